"""Pictures in running text: none leaves a page nearly empty, and one that is too coarse is told."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
from PIL import Image

from loa.core.errors import Place, Severity
from loa.core.words import LANGUAGES, catalogue
from notices import rules
from notices.compose import compose
from notices.composed import Composed
from notices.document import Document, Figure
from notices.figures import figure_size
from notices.layout import lay_out
from notices.picture import Picture, drawn_picture
from notices.writers.docx import write_docx
from tests.notices.libreoffice import to_pdf
from tests.notices.samples import context, notice

TALL = "![Cột mốc](cot.png 'Cột mốc cao nhất tỉnh'){width=80mm}"


def picture(width: int, height: int) -> Picture:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#334455").save(stream, "PNG")
    return drawn_picture("cot.png", stream.getvalue())


def composed(body: str, width: int, height: int) -> Composed[Document]:
    def read(_name: str, _place: Place) -> Picture:
        return picture(width, height)

    given = replace(context({"thong-bao": notice(body=body)}), picture=read)
    return cast(Composed[Document], compose("thong-bao", given))


@pytest.mark.parametrize("width", [0.0, 3.0, 80.0, 500.0])
@pytest.mark.parametrize("page", [rules.PAGE, rules.LANDSCAPE, rules.BOARD])
def test_no_picture_is_larger_than_leaves_room_for_its_caption(width: float, page: rules.Page) -> None:
    for pixels in ((3, 1000), (1000, 3), (1000, 1000)):
        wide, high = figure_size(Figure(picture=picture(*pixels), alt="Cột", width=width), page)
        assert wide <= page.text_width.pt + 0.01
        assert high <= page.text_height.pt * rules.PICTURE_HIGHEST + 0.01
        assert wide / high == pytest.approx(pixels[0] / pixels[1])


def test_a_thin_high_picture_leaves_no_page_empty(tmp_path: Path) -> None:
    document = composed(f"Trước.\n\n{TALL}\n\nSau./.", 3, 1000).document
    pages = lay_out(document)
    assert [len(page.pictures) for page in pages] == [1]
    pdf = to_pdf({"a": write_docx(document)}, tmp_path)["a"]
    opened = pypdfium2.PdfDocument(pdf)
    pages_of_word = len(opened)
    opened.close()
    assert pages_of_word == len(pages)


def test_a_picture_of_few_pixels_printed_large_is_warned_of() -> None:
    [problem] = composed("![Sơ đồ](so-do.png){width=150mm}\n\nSau./.", 400, 300).problems
    assert (problem.key, problem.severity, problem.place.part) == (
        "picture.coarse",
        Severity.WARNING,
        "documents.thong-bao.body",
    )
    assert problem.values == {
        "file": "cot.png",
        "pixels": "400 × 300",
        "size": "150 × 112 mm",
        "dots": 68,
        "least": 150,
        "wanted": 900,
    }
    for language in LANGUAGES:
        assert "400 × 300" in str(catalogue(language).problem(problem))


@pytest.mark.parametrize("body", ["![Sơ đồ](so-do.png)", "![Sơ đồ](so-do.png){width=60mm}"])
def test_one_with_enough_pixels_or_as_large_as_its_pixels_want_is_not(body: str) -> None:
    assert composed(f"{body}\n\nSau./.", 400, 300).problems == ()
