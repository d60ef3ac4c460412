"""Files: names, sizes, boxes, faces; the same poster gives the same bytes."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from openxml_audit import OpenXmlValidator
from PIL import Image

from notices.lengths import Mm
from notices.posters.document import Words
from notices.posters.pages import compose_pages
from notices.posters.reading import in_order
from notices.posters.render import render_poster, write_poster_pdf
from notices.posters.scene import Stroke
from notices.render import render, render_pdf
from tests.notices.posters.raster import raster
from tests.notices.posters.samples import FULL, GUARDED, LOGO, PHOTO, RATED, SHORT, USUAL, poster

EVERY = ("docx", "pdf", "png", "html", "txt")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_format_has_its_file() -> None:
    files = render(poster(), EVERY)
    assert sorted(files) == [
        "ap-phich-1.png",
        "ap-phich-1080x1350.png",
        "ap-phich-1080x1920.png",
        "ap-phich-1200x630.png",
        "ap-phich.docx",
        "ap-phich.html",
        "ap-phich.pdf",
        "ap-phich.txt",
    ]
    for shape in ("1080x1350", "1200x630", "1080x1920"):
        size = Image.open(io.BytesIO(files[f"ap-phich-{shape}.png"])).size
        assert "x".join(map(str, size)) == shape


def test_the_same_poster_gives_the_same_bytes() -> None:
    formats = ("docx", "pdf", "html", "txt")  # pictures are made from the PDF
    assert render_poster(poster(FULL, "photo"), formats) == render_poster(poster(FULL, "photo"), formats)


def test_words_in_the_pdf_are_words_and_its_faces_are_embedded(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(render_pdf(poster(FULL)))
    text = plain(subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout)
    for point in FULL.points:
        assert point in text
    fonts = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert fonts
    assert all("BeVietnamPro" in line and line.split()[-5] == "yes" for line in fonts)


@pytest.mark.parametrize(
    ("look", "size"),
    [
        ({}, (210, 297)),
        ({"paper": "A3"}, (297, 420)),
        ({"paper": "A2", "landscape": True}, (594, 420)),
        ({"paper": "A1"}, (594, 841)),
        ({"paper": "A5", "two_up": True}, (297, 210)),
    ],
)
def test_the_page_is_as_large_as_its_paper(look: dict[str, Any], size: tuple[int, int]) -> None:
    opened = pypdfium2.PdfDocument(write_poster_pdf(poster(**look)))
    width, height = opened[0].get_size()
    opened.close()
    assert (width, height) == pytest.approx([Mm(side).pt for side in size], abs=0.1)


def test_a_leaflet_stands_twice_with_a_light_line_to_cut_between() -> None:
    image = raster(write_poster_pdf(poster(paper="A5", two_up=True)), 60)
    half = image.width // 2
    left, right = image.crop((0, 0, half - 4, image.height)), image.crop((half, 0, 2 * half - 4, image.height))
    differing = sum(abs(a - b) > 90 for a, b in zip(left.tobytes(), right.tobytes(), strict=True))
    assert differing < len(left.tobytes()) * 0.02
    [scene] = compose_pages(poster(paper="A5", two_up=True))
    [cut] = [item for item in scene.items if isinstance(item, Stroke)]
    assert (cut.x, cut.dx, cut.dy) == (scene.width / 2, 0, scene.height)


def test_a_print_shop_gets_bleed_marks_and_boxes() -> None:
    pdf = write_poster_pdf(poster(for_shop=True))
    opened = pypdfium2.PdfDocument(pdf)
    page = opened[0]
    trim, bleed, whole = page.get_trimbox(), page.get_bleedbox(), page.get_mediabox()
    opened.close()
    assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((Mm(210).pt, Mm(297).pt), abs=0.1)
    assert [abs(a - b) for a, b in zip(trim, bleed, strict=True)] == pytest.approx([Mm(3).pt] * 4, abs=0.1)
    assert whole[2] > bleed[2]
    image, dot = raster(pdf, 72), 1
    top = image.height - bleed[3]
    inside = image.getpixel((image.width // 2, int(top) + 2 * dot))
    outside = image.getpixel((image.width // 2, int(top) - 2 * dot))
    assert outside == (255, 255, 255)
    assert inside != outside
    marks = [item for item in compose_pages(poster(for_shop=True))[0].items if isinstance(item, Stroke)]
    assert len(marks) == 8


@pytest.mark.parametrize("words", [USUAL, FULL, SHORT, GUARDED, RATED])
def test_every_medium_says_the_same_words(words: Words, tmp_path: Path) -> None:
    files = render_poster(poster(words), ("docx", "html", "txt"))
    path = tmp_path / "a.docx"
    path.write_bytes(files["ap-phich.docx"])
    paragraphs = plain(" ".join(p.text for p in docx.Document(str(path)).paragraphs))
    text, html = plain(files["ap-phich.txt"].decode()), files["ap-phich.html"].decode()
    for line in in_order(words):
        for medium in (paragraphs, text, plain(html)):
            assert plain(line.text) in medium
    assert OpenXmlValidator().validate(str(path)).errors == []


def test_a_docx_has_the_pictures_and_the_code(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(render_poster(poster(replace(RATED, logo=LOGO, photo=PHOTO)), ["docx"])["ap-phich.docx"])
    document = docx.Document(str(path))
    assert len(document.inline_shapes) == 3
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["Tiếp cận dịch vụ", "90,20%", "87,10%"]


def test_html_is_escaped_and_needs_nothing_from_outside() -> None:
    html = render_poster(poster(replace(USUAL, headline="<b>Ý kiến</b> & góp ý")), ["html"])["ap-phich.html"].decode()
    assert "&lt;b&gt;Ý kiến&lt;/b&gt; &amp; góp ý" in html
    assert "<b>" not in html
    assert not re.search(r'(src|href)="(?!data:|tel:|https://snv\.example)', html)
