"""Enclosures: a PDF of the workspace goes along as it is, and what is none is refused where the campaign names it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from loa.core.errors import LoaError, Place
from notices.compose import compose
from notices.enclosure import EnclosedFile, Enclosure, read_enclosure
from notices.render import render, render_pdf
from notices.writers.pdf import write_pdf
from tests.notices.samples import composed, context, dispatch

HERE = Place(file="campaigns/x.yaml", line=9)
PDF = write_pdf(composed(dispatch()).document)


def read(path: Path) -> EnclosedFile:
    spec = Enclosure.model_validate({"type": "enclosure", "file": path.name, "title": "Báo cáo"})
    return read_enclosure(path, HERE, name="bao-cao", spec=spec)


def refused(path: Path) -> str:
    with pytest.raises(LoaError) as caught:
        read(path)
    [problem] = caught.value.problems
    assert problem.place == HERE
    return problem.key


def test_a_pdf_goes_along_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "báo cáo.pdf"
    path.write_bytes(PDF)
    file = read(path)
    assert (file.page_count, file.title, file.is_draft) == (1, "Báo cáo", False)
    assert render(file, ["docx", "pdf", "png"]) == {"bao-cao.pdf": PDF}
    assert render_pdf(file) == PDF


def test_what_is_no_pdf_that_opens_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "thieu.pdf") == "enclosure.missing"
    assert refused(tmp_path) == "enclosure.missing"
    for name, content in (("rong", b""), ("word", b"PK\x03\x04"), ("hong", PDF[:200]), ("chu", b"%PDF-1.7")):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        assert refused(path) == "enclosure.unreadable", name


def test_a_locked_pdf_is_told_apart_from_a_broken_one(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("mat-khau", algorithm="RC4-128")
    path = tmp_path / "khoa.pdf"
    writer.write(path)
    assert refused(path) == "enclosure.locked"


def test_an_enclosure_is_a_document_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    spec = Enclosure.model_validate({"type": "enclosure", "file": "a.pdf", "title": "Báo cáo"})
    given = context({"bao-cao": spec})
    with pytest.raises(LoaError):
        compose("bao-cao", given)

    def read_here(name: str, said: Enclosure, place: Place) -> EnclosedFile:
        return read_enclosure(path, place, name=name, spec=said)

    made = compose("bao-cao", replace(given, enclosure=read_here))
    assert isinstance(made.document, EnclosedFile)
    assert made.problems == ()
