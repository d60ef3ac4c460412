"""The letterhead that comes along carries every kind of paper it is meant for, from the campaign file to the pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pypdfium2
import pytest
from openxml_audit import OpenXmlValidator

from loa import root
from loa.core.errors import LoaError, Severity
from loa.planning.check import check_campaign
from loa.planning.workspace import Workspace, open_workspace
from notices.compose import compose
from notices.composed import Composed
from notices.document import Document
from notices.render import render
from tests.notices.letterhead.stage import WHOLE, found, parts_of, plain, word_file
from tools.make_letterhead import make_letterhead

SAMPLE = root() / "templates" / "word" / "cong-van.docx"


def test_the_sample_is_what_its_script_makes() -> None:
    is_fresh = parts_of(make_letterhead()) == parts_of(SAMPLE.read_bytes())
    assert is_fresh, "run: .venv/bin/python -m tools.make_letterhead"


def test_the_sample_has_a_place_for_every_component(tmp_path: Path) -> None:
    document = plain(urgency="khẩn", basis=["Luật Tiếp cận thông tin"], contact="yes")
    for given in (document, plain(), plain(to=["UBND tỉnh"])):
        assert found(tmp_path, SAMPLE.read_bytes(), given) == []


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with one campaign of the bundled office, its dispatch in the sample letterhead."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "campaigns").mkdir()
    (folder / "mau").mkdir()
    shutil.copy(root() / "config.yaml", folder)
    shutil.copy(SAMPLE, folder / "mau")
    text = """campaign: khao-sat
title: Khảo sát
window: {from: 2026-09-01, to: 2026-11-30}
documents:
  cong-van:
    type: dispatch
    word: mau/cong-van.docx
    unit: CCHC
    date: 2026-09
    subject: phối hợp khảo sát
    to:
      - UBND các xã
    sign:
      - GIÁM ĐỐC
      - Nguyễn Văn Minh
    file: VT, CCHC
    body: |
      Đề nghị các cơ quan phối hợp./.
"""
    (folder / "campaigns" / "khao-sat.yaml").write_text(text, encoding="utf-8")
    return open_workspace(folder)


def composed(office: Workspace) -> Composed[Document]:
    paper = compose("cong-van", office.context(office.campaign("khao-sat")))
    assert isinstance(paper.document, Document)
    return paper


def test_a_campaign_names_its_letterhead(office: Workspace, tmp_path: Path) -> None:
    files = render(composed(office).document, ["docx", "pdf", "png", "html", "txt"])
    assert sorted(files) == [f"cong-van{end}" for end in ("-1.png", ".docx", ".html", ".pdf", ".txt")]
    path = tmp_path / "cong-van.docx"
    path.write_bytes(files["cong-van.docx"])
    assert "Kính gửi: UBND các xã" in [p.text for p in docx.Document(str(path)).paragraphs]
    text = pypdfium2.PdfDocument(files["cong-van.pdf"])[0].get_textpage().get_text_range()
    assert "Nguyễn Văn Minh" in text
    assert "DỰ THẢO" in text
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_check_says_what_the_letterhead_leaves_out(office: Workspace) -> None:
    path = office.folder / "mau" / "cong-van.docx"
    path.write_bytes(word_file(*(line for line in WHOLE if "nguoi_ky" not in line)))
    try:
        problems = check_campaign(office.campaign("khao-sat"), office)
        keys = {problem.key for problem in problems if problem.severity is Severity.BREACH}
        assert keys == {"letterhead.unused"}
        path.write_bytes(b"Word")
        [problem] = check_campaign(office.campaign("khao-sat"), office)
        assert (problem.key, problem.place.line) == ("letterhead.not_word", 7)
    finally:
        shutil.copy(SAMPLE, path)


def test_a_letterhead_outside_the_workspace_is_refused(office: Workspace) -> None:
    file = office.campaign("khao-sat")
    with pytest.raises(LoaError) as caught:
        office.context(file).letterhead("../cong-van.docx", file.source.place("documents", "cong-van", "word"))
    assert caught.value.problems[0].key == "letterhead.outside"
