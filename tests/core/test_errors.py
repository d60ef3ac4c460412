"""Problems as data."""

from __future__ import annotations

import pytest

from loa.core.errors import LoaError, Place, Problem, Severity, mistake, stopping


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(), ""),
        (Place(file="a.yaml"), "a.yaml"),
        (Place(file="a.yaml", line=4), "a.yaml:4"),
        (Place(file="a.yaml", line=4, column=9), "a.yaml:4:9"),
        (Place(file="a.yaml", line=4, column=9, part="window.to"), "a.yaml:4:9: window.to"),
        (Place(part="trang-tin"), "trang-tin"),
    ],
)
def test_a_place_shows_only_what_is_known(place: Place, shown: str) -> None:
    assert str(place) == shown


@pytest.mark.parametrize(
    ("severity", "fails_check", "blocks_final"),
    [
        (Severity.ERROR, True, True),
        (Severity.BREACH, True, True),
        (Severity.GAP, False, True),
        (Severity.WARNING, False, False),
    ],
)
def test_severity_says_what_a_problem_stops(severity: Severity, fails_check: bool, blocks_final: bool) -> None:
    problem = Problem(key="x", severity=severity)
    assert (problem.fails_check(), problem.blocks_final()) == (fails_check, blocks_final)


@pytest.mark.parametrize(
    ("final", "stops"),
    [(False, [Severity.ERROR]), (True, [Severity.ERROR, Severity.GAP, Severity.BREACH])],
)
def test_a_mistake_stops_a_draft_and_a_final_paper_has_only_warnings(final: bool, stops: list[Severity]) -> None:
    problems = [Problem(key="x", severity=severity) for severity in Severity]
    assert [problem.severity for problem in stopping(problems, final=final)] == stops


def test_an_error_carries_all_its_problems() -> None:
    problems = [Problem(key="a"), Problem(key="b", place=Place(file="f"))]
    assert LoaError(iter(problems)).problems == tuple(problems)
    assert "f: b" in str(LoaError(problems))


def test_a_mistake_is_an_error_with_one_problem() -> None:
    [problem] = mistake("file.not_found", Place(file="f"), reason="x").problems
    assert problem == Problem(key="file.not_found", place=Place(file="f"), values={"reason": "x"})
