"""The bundled papers, part by part and word by word, as a person last looked at them (``make golden`` renews them)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from notices.writers.docx import write_docx
from notices.writers.html import write_html
from notices.writers.pdf import write_pdf
from notices.writers.text import write_text
from tests.notices.bundled import BUNDLED
from tests.notices.pages import read_pages

GOLDEN = Path(__file__).parent / "golden"
_PARTS = ("word/document.xml", "word/styles.xml", "word/footnotes.xml", "word/header1.xml", "docProps/core.xml")


def _parts(docx: bytes) -> dict[str, str]:
    """The parts that carry the text and its look, indented so that a difference can be read."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        found = {name: etree.fromstring(archive.read(name)) for name in _PARTS if name in archive.namelist()}
    for root in found.values():
        etree.indent(root)
    return {Path(name).name: etree.tostring(root, encoding="unicode") + "\n" for name, root in found.items()}


def _positions(pdf: bytes, folder: Path) -> str:
    """Each line of each page with the place of its first word, to a tenth of a point."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return "".join(
        f"{number} {line[0].x:.1f} {line[0].y:.1f} {' '.join(word.text for word in line)}\n"
        for number, page in enumerate(read_pages(path), 1)
        for line in page
    )


@pytest.mark.parametrize("name", BUNDLED)
def test_the_paper_is_what_a_person_last_looked_at(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    document = BUNDLED[name]
    made = _parts(write_docx(document))
    made["positions.txt"] = _positions(write_pdf(document), tmp_path)
    made["paper.html"] = write_html(document).decode()
    made["paper.txt"] = write_text(document).decode()
    folder = GOLDEN / name
    if request.config.getoption("--update-golden"):
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.iterdir():
            file.unlink()
        for part, content in made.items():
            (folder / part).write_text(content, encoding="utf-8")
    golden = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert made == golden


def test_no_golden_paper_is_left_behind() -> None:
    assert {folder.name for folder in GOLDEN.iterdir()} == set(BUNDLED)


@pytest.mark.parametrize("name", BUNDLED)
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    document = BUNDLED[name]
    assert write_pdf(document) == write_pdf(document)
    assert write_docx(document) == write_docx(document)
