"""Word templates for tests, made as an office would make them, and documents to put into them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import docx
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from PIL import Image

from loa.core.errors import LoaError, Place, Problem
from notices.compose import compose_paper
from notices.document import Document
from notices.facts import Fact
from notices.letterhead.letterhead import Letterhead, open_letterhead
from notices.model import DocumentSpec
from notices.picture import Picture, drawn_picture
from tests.notices.samples import appendix, composed, context, dispatch

HERE = Place(file="campaigns/x.yaml", line=7, column=11, part="documents.cong-van.word")
SHOWN = "mau/cong-van.docx"
FACTS = {"hotline": Fact.model_validate({"phone": "0255.3000.100", "label": "Văn phòng"})}
# A template that has a place for everything that a plain dispatch consists of.
WHOLE = (
    "{{ co_quan_chu_quan }}",
    "{{ co_quan }}",
    "Số: {{ so }}/{{ ky_hieu }}",
    "{{ dia_danh }}, {{ ngay_thang }}",
    "V/v {{ trich_yeu }}",
    "Kính gửi: {{ kinh_gui }}",
    "{{ noi_dung }}",
    "Nơi nhận:",
    "{{ noi_nhan }}",
    "{{ quyen_han }}",
    "{{ nguoi_ky }}",
    "{% if lien_he %}{{ lien_he }}{% endif %}",
)


RICH = """Sở Nội vụ **đề nghị** các cơ quan & đơn vị <phối hợp>[^1], xem https://snv.example.gov.vn.

1. Việc *thứ nhất*.

- Việc thứ hai.

| Nội dung | Số |
|---|---:|
| A & B | 1.000 |

![Biểu đồ](bieu-do.png "Kết quả")

Đề nghị quan tâm, phối hợp (có phụ lục kèm theo)./.

[^1]: Theo **Luật** & https://vbpl.example.gov.vn.
"""


def rich() -> Document:
    """A dispatch with all that a text can hold, and two appendices, one of them landscape."""
    drawn = io.BytesIO()
    Image.new("RGB", (300, 100), (20, 60, 180)).save(drawn, "PNG")

    def picture(name: str, _place: Place) -> Picture:
        return drawn_picture(name, drawn.getvalue())

    specs: dict[str, DocumentSpec] = {
        "van-ban": dispatch(body=RICH, appendices=["phu-luc-1", "phu-luc-2"]),
        "phu-luc-1": appendix(orientation="landscape", body="Nội dung phụ lục một[^1].\n\n[^1]: Chú thích hai."),
        "phu-luc-2": appendix(title="Danh sách"),
    }
    return compose_paper("van-ban", replace(context(specs), picture=picture)).document


def word_file(*paragraphs: str, add: Callable[[DocxDocument], object] | None = None) -> bytes:
    """A Word file of these paragraphs; ``add`` may put more into it."""
    file = docx.Document()
    _slim(file)
    for text in paragraphs:
        file.add_paragraph(text)
    if add:
        add(file)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _slim(file: DocxDocument) -> None:
    """Without what python-docx brings along: parts in which an auditor finds mistakes, styles that take it seconds."""
    for rels in (file.part.rels, file.part.package.rels):
        for key in [k for k, rel in rels.items() if rel.reltype.endswith(("stylesWithEffects", "thumbnail"))]:
            rels.pop(key)
    styles = file.styles.element
    for style in [s for s in styles if s.get(qn("w:default")) is None and s.tag != qn("w:docDefaults")]:
        styles.remove(style)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """The file with some XML of one part replaced, which must be there."""
    parts = parts_of(content)
    assert old.encode() in parts[part]
    return zipped(parts | {part: parts[part].replace(old.encode(), new.encode())})


def opened(folder: Path, content: bytes) -> Letterhead:
    path = folder / "cong-van.docx"
    path.write_bytes(content)
    return open_letterhead(path, HERE, shown=SHOWN, facts=FACTS)


def plain(**changes: object) -> Document:
    return composed(dispatch(**changes)).document


def written(folder: Path, content: bytes, document: Document | None = None) -> DocxDocument:
    return docx.Document(io.BytesIO(opened(folder, content).write(document or plain())))


def texts(file: DocxDocument) -> list[str]:
    """Every paragraph of the main text, cells included, that has words."""

    paragraphs = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in file.element.body.iter(qn("w:p")))
    return [text for text in paragraphs if text.strip()]


def found(folder: Path, content: bytes, document: Document | None = None) -> list[Problem]:
    """What opening and checking say of a template."""
    try:
        return opened(folder, content).check(document or plain())
    except LoaError as error:
        return list(error.problems)
