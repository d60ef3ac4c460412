"""``--json``: one document on standard output, whatever goes wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.run import Here, loa
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder

UNKNOWN = [("plan", "mua-he"), ("status", "mua-he")]
MOMENTS = [("plan", NAME), ("publish",), ("status",)]
COMMANDS = [("check",), ("render",), ("plan", NAME), ("publish",), ("status",)]


def keys(out: str) -> list[str]:
    document = json.loads(out)
    assert list(document) == ["problems"]
    return [problem["key"] for problem in document["problems"]]


@pytest.mark.parametrize("command", UNKNOWN, ids=" ".join)
def test_an_unknown_campaign_is_told_to_programs(here: Here, office: Path, command: tuple[str, ...]) -> None:
    ran = here(*command, "--json", cwd=office)
    assert (ran.code, keys(ran.out)) == (1, ["campaign.unknown"])
    assert "không có đợt tuyên truyền “mua-he”" in ran.err


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_outside_of_any_workspace_programs_are_told(here: Here, tmp_path: Path, command: tuple[str, ...]) -> None:
    ran = here(*command, "--json", cwd=tmp_path)
    assert (ran.code, keys(ran.out)) == (1, ["workspace.none"])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_mistakes_in_the_configuration_are_all_told_with_their_places(
    here: Here, office: Path, command: tuple[str, ...]
) -> None:
    make_folder(office, config=changed(changed(CONFIG, "  code: SNV", "  cod: SNV"), "approval: none", "approval: x"))
    ran = here(*command, "--json", cwd=office)
    assert ran.code == 1
    assert [(p["file"], p["line"]) for p in json.loads(ran.out)["problems"]] == [
        ("config.yaml", 2),
        ("config.yaml", 5),
        ("config.yaml", 11),
    ]


def test_mistakes_in_a_campaign_are_told_by_the_plan(here: Here, office: Path) -> None:
    make_folder(office, campaign=changed(CAMPAIGN, "from: 2026-09-01", "from: 31/9/2026"))
    ran = here("plan", NAME, "--json", cwd=office)
    assert (ran.code, keys(ran.out)) == (1, ["model.date_day"])


@pytest.mark.parametrize("command", MOMENTS, ids=" ".join)
def test_a_moment_that_is_none_is_told_to_programs(here: Here, office: Path, command: tuple[str, ...]) -> None:
    ran = here(*command, "--json", "--at", "x", cwd=office)
    assert (ran.code, keys(ran.out)) == (1, ["time.form"])


def test_wrong_usage_is_told_to_programs_too(here: Here, office: Path) -> None:
    ran = here("plan", "--colour", "--json", cwd=office)
    assert (ran.code, keys(ran.out)) == (2, ["usage"])
    assert "--colour" in ran.err


def test_without_the_option_standard_output_stays_empty(here: Here, office: Path) -> None:
    assert here("plan", "mua-he", cwd=office).out == ""


def test_a_bug_of_ours_is_told_to_programs_and_keeps_its_trace(office: Path) -> None:
    broken = office / "broken"
    broken.mkdir()
    (broken / "reportlab.py").write_text("raise RuntimeError('broken')\n", encoding="utf-8")
    ran = loa("render", "mua-he", "--json", cwd=office, env={"PYTHONPATH": str(broken)})
    assert (ran.code, keys(ran.out)) == (1, ["bug"])
    assert "RuntimeError: broken" in ran.err
