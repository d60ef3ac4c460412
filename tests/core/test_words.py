"""The catalogues and the language they are read in."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from loa.core.errors import Place, Problem, reason_of
from loa.core.words import LANGUAGES, catalogue, chosen_language


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("vi", "a.yaml:4:9: x: không có khóa “x”; các khóa ở đây: a, b."),
        ("en", "a.yaml:4:9: x: there is no key “x”; the keys here are: a, b."),
    ],
)
def test_a_problem_says_where_what_and_what_to_do(language: str, wanted: str) -> None:
    place = Place(file="a.yaml", line=4, column=9, part="x")
    problem = Problem(key="model.unknown_key", place=place, values={"name": "x", "known": "a, b"})
    assert catalogue(language).problem(problem) == wanted


def test_the_rule_stands_before_the_sentence() -> None:
    problem = Problem(key="form.no_number", rule="R13")
    assert catalogue("en").problem(problem).startswith("[R13] the paper")


@pytest.mark.parametrize("language", LANGUAGES)
def test_braces_in_a_value_stay_as_they_are(language: str) -> None:
    problem = Problem(key="campaign.unknown", values={"name": "{0} {known} {", "known": "%s"})
    assert "{0} {known} {" in catalogue(language).problem(problem)


@pytest.mark.parametrize("language", LANGUAGES)
def test_control_characters_of_a_file_are_shown_and_not_obeyed(language: str) -> None:
    values = {"name": "Sở\x1b[2J\x9b1m\u202eY tế\ud800", "known": "a\nb"}
    problem = Problem(key="campaign.unknown", place=Place(file="a.csv", part="\x07B2"), values=values)
    said = catalogue(language).problem(problem)
    assert said.startswith("a.csv: U+0007B2")
    assert "SởU+001B[2JU+009B1mU+202EY tếU+D800" in said
    assert "a\nb" in said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "đĩa đã đầy"),
        (PermissionError(errno.EACCES, "Permission denied"), "không có quyền"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "Invalid cross-device link"),  # nobody worded it
        (OSError("sách vỡ"), "sách vỡ"),
    ],
)
def test_what_the_system_says_comes_in_the_language(error: OSError, said: str) -> None:
    problem = Problem(key="file.cannot_write", values={"reason": reason_of(error)})
    assert f"không ghi được: {said};" in catalogue("vi").problem(problem)


def test_what_the_database_says_comes_in_the_language(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        sqlite3.connect(path).execute("SELECT * FROM meta")
    problem = Problem(key="ledger.unusable", values={"reason": reason_of(caught.value)})
    assert "tệp không phải là sổ của Loa" in catalogue("vi").problem(problem)


def test_a_word_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(KeyError):
        catalogue("vi").word("help.nothing")


def test_an_unknown_language_is_answered_in_vietnamese() -> None:
    assert catalogue("fr").language == "vi"


def test_the_environment_comes_before_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen_language() == "vi"
    assert chosen_language("en") == "en"
    monkeypatch.setenv("LOA_LANG", "vi")
    assert chosen_language("en") == "vi"
