"""DOCX → PDF by LibreOffice: alone with its profile, within its time, the same each time, or a clear problem."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest

from loa.core.errors import LoaError
from notices.letterhead import office
from notices.letterhead.office import to_pdf
from tests.notices.letterhead.stage import WHOLE, opened, rich, word_file

PAPER = word_file(*WHOLE)


def test_two_at_once_give_the_same_pdf(tmp_path: Path) -> None:
    paper = opened(tmp_path, PAPER).write(rich())
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: to_pdf(paper, name="cong-van"), range(2))
    assert first == second
    assert b"/CreationDate(D:19800101000000" in first
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(first)]
    assert len(pages) == 3
    assert "Các sở, ban, ngành" in pages[0]
    assert "NỘI DUNG TUYÊN TRUYỀN" in pages[1]


def problem_of(content: bytes) -> tuple[str, str]:
    with pytest.raises(LoaError) as caught:
        to_pdf(content, name="cong-van")
    [problem] = caught.value.problems
    return problem.key, problem.place.part


def test_without_libreoffice_the_officer_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert problem_of(PAPER) == ("letterhead.no_libreoffice", "cong-van")


def stand_in(folder: Path, script: str) -> None:
    """A program that is called soffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def test_a_program_that_makes_nothing_is_a_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stand_in(tmp_path, "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert problem_of(PAPER) == ("letterhead.not_converted", "cong-van")


def test_a_program_that_hangs_is_ended_with_all_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    stand_in(tmp_path, f"(sleep 2; touch {alive}) &\nsleep 30")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(office, "TIMEOUT", 1)
    begin = time.monotonic()
    assert problem_of(PAPER)[0] == "letterhead.not_converted"
    assert time.monotonic() - begin < 2
    time.sleep(1.5)
    assert not alive.exists()
