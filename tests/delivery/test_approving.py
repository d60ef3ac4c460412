"""A leader's yes: bound to the content, given by somebody who may, void after an edit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loa.core.errors import LoaError
from loa.delivery.approving import Basis, Content, approve, approvers, contents
from loa.delivery.comparing import Change, find_changes
from loa.delivery.publish import publish_due
from loa.ledger.model import Skip, State
from loa.ledger.store import Ledger
from loa.planning.model import Campaign, Person
from loa.planning.plan import plan
from tests.delivery.stage import CONFIG, DUE, MINUTE, announcement, at, campaign, is_sound, ledger_of, office, pages

PEOPLE = [Person(id="an", roles=["draft"]), Person(id="binh", roles=["approve"]), Person(id="chi", roles=["approve"])]
REQUIRED = CONFIG.model_copy(update={"approval": "required", "people": PEOPLE})
POST = [{"date": day, "slot": "sáng"} for day in ("2023-09-05", "2023-09-07")]


def written(text: str = "Một.\n\nHai.", **changes: Any) -> Campaign:
    return campaign(announcements={"mo-dau": announcement(text=text, post=POST)}, **changes)


def say_yes(
    ledger: Ledger, folder: Path, own: Campaign, approver: str = "binh", basis: Basis | None = None
) -> tuple[Content, ...]:
    here = office(folder, own, config=REQUIRED)
    told = {"approver": approver, "recorded_by": "an", "basis": basis or Basis(), "now": DUE - MINUTE}
    return approve(own, "mo-dau", here, ledger, **told)  # type: ignore[arg-type]  # of several types


def test_nothing_goes_out_before_the_yes_and_everything_of_it_after(tmp_path: Path) -> None:
    own = written()
    here = office(tmp_path, own, config=REQUIRED)
    with ledger_of(tmp_path, own) as ledger:
        [held] = publish_due(ledger, here, at(DUE)).failed
        assert [problem.key for problem in held.problems] == ["delivery.unapproved"]
        say_yes(ledger, tmp_path, own)
        publish_due(ledger, here, at(DUE + 2 * MINUTE))
        publish_due(ledger, here, at(DUE.replace(day=7)))
        assert [entry.state for entry in ledger.entries()] == [State.PUBLISHED] * 2
        assert is_sound(ledger)


def test_f33_an_edit_voids_the_yes_and_says_what_changed(tmp_path: Path) -> None:
    own, edited = written(), written("Một.\n\nBa.\n\nBốn.")
    with ledger_of(tmp_path, own) as ledger:
        say_yes(ledger, tmp_path, own)
        here = office(tmp_path, edited, config=REQUIRED)
        [held] = publish_due(ledger, here, at(DUE)).failed
        assert [problem.key for problem in held.problems] == ["delivery.unapproved"]
        assert pages(tmp_path) == []
        [content] = contents(edited, "mo-dau", here, ledger)
        assert not content.is_approved
        assert content.changes == (Change(part="text", before="Hai.", after="Ba.\nBốn."),)
        say_yes(ledger, tmp_path, edited)
        assert len(publish_due(ledger, here, at(DUE + 2 * MINUTE)).published) == 1
        [content] = contents(edited, "mo-dau", here, ledger)
        assert (content.is_approved, content.changes) == (True, ())


def test_f34_a_shortened_window_skips_what_lies_outside_though_it_was_approved(tmp_path: Path) -> None:
    own = written()
    with ledger_of(tmp_path, own) as ledger:
        say_yes(ledger, tmp_path, own)
        shorter = written(window={"from": "2023-09-01", "to": "2023-09-05"})
        here = office(tmp_path, shorter, config=REQUIRED)
        assert len(publish_due(ledger, here, at(DUE)).published) == 1
        [outside] = publish_due(ledger, here, at(DUE.replace(day=7))).skipped
        assert outside.reason is Skip.WINDOW
        assert len(pages(tmp_path)) == 1


@pytest.mark.parametrize(
    ("approver", "basis", "key"),
    [
        ("an", Basis(), "decision.not_approver"),
        ("ai-do", Basis(), "decision.not_approver"),
        ("binh", Basis(), "decision.own"),
        ("binh", Basis(words="Phiếu trình số 12/PTr-VP"), "decision.own"),
    ],
)
def test_who_may_not_approve_is_told(tmp_path: Path, approver: str, basis: Basis, key: str) -> None:
    own = written(author="binh")
    with ledger_of(tmp_path, own) as ledger:
        with pytest.raises(LoaError, match=key.replace(".", r"\.")):
            say_yes(ledger, tmp_path, own, approver, basis)
        assert ledger.decisions.approvals() == ()
        assert approvers(own, office(tmp_path, own, config=REQUIRED)) == ("chi",)


def test_on_paper_anybody_may_have_approved_and_the_paper_is_recorded(tmp_path: Path) -> None:
    own = written()
    paper = Basis(words="Phiếu trình số 12/PTr-VP", day=date(2023, 9, 1), scan_sha256="ab")
    with ledger_of(tmp_path, own) as ledger:
        say_yes(ledger, tmp_path, own, "Nguyễn Văn Minh", paper)
        [record] = ledger.decisions.approvals()
        assert (record.person, record.recorded_by) == ("Nguyễn Văn Minh", "an")
        assert (record.basis, record.basis_day, record.scan_sha256) == (paper.words, paper.day, "ab")
        assert record.content["text"] == "Một.\n\nHai."
        assert len(publish_due(ledger, office(tmp_path, own, config=REQUIRED), at(DUE)).published) == 1


def test_what_waited_for_an_approval_is_due_as_soon_as_it_is_given(tmp_path: Path) -> None:
    own = written()
    with ledger_of(tmp_path, own) as ledger:
        held = office(tmp_path, own, config=REQUIRED)
        publish_due(ledger, held, at(DUE))
        assert ledger.due(DUE) == ()
        say_yes(ledger, tmp_path, own)
        entry, _ = ledger.entries()
        assert (entry.trouble, ledger.due(DUE)) == ((), (entry.id,))
        assert len(publish_due(ledger, held, at(DUE)).published) == 1


def test_mistakes_in_the_words_and_unknown_names_cannot_be_approved(tmp_path: Path) -> None:
    with ledger_of(tmp_path) as ledger:
        with pytest.raises(LoaError, match=r"fact\.unknown"):
            say_yes(ledger, tmp_path, written("!hotlin"))
        with pytest.raises(LoaError, match=r"announcement\.unknown"):
            contents(written(), "khac", office(tmp_path), ledger)


FILE = {"name": "a.pdf", "title": "Công văn", "alt": "", "sha256": "0" * 64}
CHANGES: dict[str, tuple[dict[str, Any], dict[str, Any], list[Change]]] = {
    "nothing": ({"text": "a"}, {"text": "a"}, []),
    "blank lines": ({"text": "a\n\nb"}, {"text": "a\nb"}, []),
    "title": ({"title": "a"}, {"title": "b"}, [Change(part="title", before="a", after="b")]),
    "a line more": ({"text": "a"}, {"text": "a\nb"}, [Change(part="text", before="", after="b")]),
    "a file less": (
        {"attachments": [FILE]},
        {"attachments": []},
        [Change(part="attachments", before="a.pdf (Công văn; 000000000000)", after="")],
    ),
    "a file changed": (
        {"attachments": [FILE]},
        {"attachments": [FILE | {"sha256": "1" * 64}]},
        [
            Change(
                part="attachments",
                before="a.pdf (Công văn; 000000000000)",
                after="a.pdf (Công văn; 111111111111)",
            )
        ],
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_told_in_words(before: dict[str, Any], after: dict[str, Any], expected: list[Change]) -> None:
    assert list(find_changes(before, after)) == expected


def test_a_plan_that_asks_for_less_keeps_its_approvals(tmp_path: Path) -> None:
    own = written()
    with ledger_of(tmp_path, own) as ledger:
        say_yes(ledger, tmp_path, own)
        ledger.record(own.campaign, plan(own, CONFIG)[:1], DUE - MINUTE)
        assert len(ledger.decisions.approvals("khao-sat")) == 1
        assert ledger.decisions.approvals("khac") == ()
