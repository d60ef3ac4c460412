"""The ledger's promises: recording changes only what waits, a stale fence changes nothing, events tell all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loa.core.errors import LoaError, Place, Problem
from loa.ledger.model import Claim, Entry, Recorded, Sending, Skip, StaleFenceError, State
from loa.ledger.rows import from_occurrence
from loa.ledger.store import Ledger, open_ledger
from loa.ledger.working import LEASE
from loa.planning.lateness import deadline
from loa.planning.plan import Occurrence
from tests.ledger.samples import DUE, MINUTE, moved, occurrence

TROUBLE = [Problem(key="channel.cannot_write", place=Place(part="trang"), values={"reason": "đĩa đầy"})]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "loa.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with open_ledger(path, rehearsal=False, now=DUE) as opened:
        yield opened


def recorded(ledger: Ledger, planned: Occurrence | None = None) -> int:
    planned = planned or occurrence()
    ledger.record(planned.campaign, [planned], DUE)
    return next(entry.id for entry in ledger.entries() if entry.occurrence.key == planned.key)


def claimed(ledger: Ledger) -> Claim:
    claim = ledger.claim(recorded(ledger), DUE)
    assert claim
    return claim


def begun(ledger: Ledger, claim: Claim) -> Claim:
    begun = ledger.begin_attempt(claim, Sending(marker="m", payload_sha256="0" * 64), DUE)
    assert isinstance(begun, Claim)
    return begun


def published(ledger: Ledger, claim: Claim, *, adopted: bool = False) -> None:
    ledger.settle_published(
        claim, remote_id="tb/1/", link="https://a.vn/tb/1/", published_at=DUE, adopted=adopted, now=DUE
    )


def only(ledger: Ledger) -> Entry:
    (entry,) = ledger.entries()
    return entry


def is_sound(ledger: Ledger) -> bool:
    return ledger.first_broken_event() is None and ledger.contradicted() == ()


# Recording


def test_what_was_recorded_is_read_back_as_it_was_planned(ledger: Ledger) -> None:
    recorded(ledger)
    assert only(ledger) == Entry(
        id=1,
        occurrence=occurrence(),
        state=State.PLANNED,
        reason=None,
        trouble=(),
        attempts=0,
        link="",
        published_at=None,
        adopted=False,
    )


def test_recording_twice_changes_nothing(ledger: Ledger) -> None:
    plan = [occurrence("a"), occurrence("b")]
    assert ledger.record("khao-sat", plan, DUE) == Recorded(added=2)
    before = ledger.entries()
    assert ledger.record("khao-sat", plan, DUE + MINUTE) == Recorded(kept=2)
    assert ledger.entries() == before
    assert is_sound(ledger)


def test_an_edited_slot_moves_what_waits(ledger: Ledger) -> None:
    recorded(ledger)
    later = moved(occurrence(), 90 * MINUTE)
    assert ledger.record("khao-sat", [later], DUE) == Recorded(moved=1)
    assert only(ledger).occurrence == later
    assert ledger.due(DUE) == ()


def test_what_the_plan_no_longer_has_is_dropped_and_may_come_back(ledger: Ledger) -> None:
    recorded(ledger)
    assert ledger.record("khao-sat", [], DUE) == Recorded(dropped=1)
    assert (only(ledger).state, only(ledger).reason) == (State.SKIPPED, Skip.UNPLANNED)
    assert ledger.record("khao-sat", [], DUE) == Recorded()
    assert ledger.record("khao-sat", [occurrence()], DUE) == Recorded(restored=1)
    assert (only(ledger).state, only(ledger).reason) == (State.PLANNED, None)
    assert is_sound(ledger)


def test_what_was_over_before_it_was_recorded_was_never_due(ledger: Ledger) -> None:
    own = occurrence()
    late = deadline(own)
    assert ledger.record("khao-sat", [own], late) == Recorded(added=1, past=1)
    assert (only(ledger).state, only(ledger).reason) == (State.SKIPPED, Skip.PAST)
    assert ledger.record("khao-sat", [own], late) == Recorded(kept=1)
    assert ledger.due(late) == ()
    assert is_sound(ledger)


def test_what_comes_back_after_its_time_is_over_was_missed_by_nobody(ledger: Ledger) -> None:
    recorded(ledger)
    ledger.record("khao-sat", [], DUE)
    late = deadline(occurrence())
    assert ledger.record("khao-sat", [occurrence()], late) == Recorded(restored=1, past=1)
    assert only(ledger).reason is Skip.PAST
    assert ledger.record("khao-sat", [occurrence()], late) == Recorded(kept=1)
    assert is_sound(ledger)


def test_recording_one_campaign_leaves_the_others_alone(ledger: Ledger) -> None:
    recorded(ledger)
    assert ledger.record("khac", [occurrence(campaign="khac")], DUE) == Recorded(added=1)
    assert [entry.state for entry in ledger.entries()] == [State.PLANNED] * 2
    assert [entry.occurrence.campaign for entry in ledger.entries("khac")] == ["khac"]


def send(ledger: Ledger, claim: Claim) -> None:
    published(ledger, begun(ledger, claim))


def refuse(ledger: Ledger, claim: Claim) -> None:
    ledger.settle_rejected(begun(ledger, claim), TROUBLE, DUE)


def lose(ledger: Ledger, claim: Claim) -> None:
    ledger.settle_unknown(begun(ledger, claim), TROUBLE, DUE)


def skip(ledger: Ledger, claim: Claim) -> None:
    ledger.skip(claim, Skip.LATE, DUE)


def keep(ledger: Ledger, claim: Claim) -> None:
    pass


@pytest.mark.parametrize("step", [keep, begun, send, refuse, lose, skip])
@pytest.mark.parametrize("plan", [[], [moved(occurrence(), MINUTE)]], ids=["dropped", "moved"])
def test_nothing_that_was_begun_moves_when_the_plan_does(
    ledger: Ledger, step: Callable[[Ledger, Claim], object], plan: list[Occurrence]
) -> None:
    step(ledger, claimed(ledger))
    before = only(ledger)
    assert ledger.record("khao-sat", plan, DUE) == Recorded(kept=len(plan))
    assert only(ledger) == before


def test_two_occurrences_of_one_code_are_refused_and_nothing_is_recorded(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def same_code(planned: Occurrence) -> dict[str, str]:
        return {**from_occurrence(planned), "code": "00000000"}

    monkeypatch.setattr("loa.ledger.recording.from_occurrence", same_code)
    with pytest.raises(LoaError, match=r"ledger\.code_taken"):
        ledger.record("khao-sat", [occurrence("a"), occurrence("b")], DUE)
    assert ledger.entries() == ()


def test_an_instant_without_a_zone_is_a_bug(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        ledger.due(DUE.replace(tzinfo=None))


# Claims, leases, fences


def test_only_what_is_due_can_be_claimed_and_only_once(ledger: Ledger) -> None:
    number = recorded(ledger)
    assert ledger.due(DUE - MINUTE) == ()
    assert ledger.claim(number, DUE - MINUTE) is None
    assert ledger.due(DUE) == (number,)
    assert ledger.claim(number, DUE) == Claim(id=number, fence=1, state=State.CLAIMED)
    assert ledger.due(DUE) == ()
    assert ledger.claim(number, DUE) is None


def test_due_comes_by_time(ledger: Ledger) -> None:
    late = recorded(ledger, occurrence("a", campaign="mot"))
    early = recorded(ledger, occurrence("b", campaign="hai", at=DUE - MINUTE))
    assert ledger.due(DUE) == (early, late)


def test_a_lease_holds_until_it_ends(ledger: Ledger) -> None:
    claimed(ledger)
    assert ledger.expire_leases(DUE + LEASE - MINUTE) == 0
    assert only(ledger).state is State.CLAIMED
    assert ledger.expire_leases(DUE + LEASE) == 1
    assert only(ledger).state is State.PLANNED


def test_what_was_being_sent_when_the_lease_ended_is_unknown_and_not_due(ledger: Ledger) -> None:
    begun(ledger, claimed(ledger))
    assert ledger.expire_leases(DUE + LEASE) == 1
    assert only(ledger).state is State.UNKNOWN
    assert ledger.due(DUE + LEASE) == ()
    assert ledger.open_questions(State.UNKNOWN, DUE + LEASE) == (1,)


def test_one_looks_up_at_a_time(ledger: Ledger) -> None:
    lose(ledger, claimed(ledger))
    assert ledger.take(1, State.UNKNOWN, DUE)
    assert ledger.open_questions(State.UNKNOWN, DUE) == ()
    assert ledger.take(1, State.UNKNOWN, DUE) is None
    assert ledger.open_questions(State.UNKNOWN, DUE + LEASE) == (1,)
    assert ledger.take(1, State.UNKNOWN, DUE + LEASE)


STEPS_OF_A_CLAIM: dict[str, Callable[[Ledger, Claim], object]] = {
    "release": lambda ledger, claim: ledger.release(claim, TROUBLE, DUE),
    "skip": skip,
    "begin": begun,
}
STEPS_OF_A_SENDING: dict[str, Callable[[Ledger, Claim], object]] = {
    "published": published,
    "rejected": lambda ledger, claim: ledger.settle_rejected(claim, TROUBLE, DUE),
    "not sent": lambda ledger, claim: ledger.settle_not_sent(claim, TROUBLE, DUE),
    "unknown": lambda ledger, claim: ledger.settle_unknown(claim, TROUBLE, DUE),
    "absent": lambda ledger, claim: ledger.settle_absent(claim, DUE),
}


def contents(path: Path) -> list[str]:
    return list(sqlite3.connect(path).iterdump())


@pytest.mark.parametrize("again", [False, True], ids=["released", "claimed by another"])
@pytest.mark.parametrize("step", STEPS_OF_A_CLAIM.values(), ids=STEPS_OF_A_CLAIM)
def test_a_stale_claim_changes_nothing(
    ledger: Ledger, path: Path, step: Callable[[Ledger, Claim], object], again: bool
) -> None:
    claim = claimed(ledger)
    ledger.expire_leases(DUE + LEASE)
    if again:
        assert ledger.claim(claim.id, DUE + LEASE)
    before = contents(path)
    with pytest.raises(StaleFenceError):
        step(ledger, claim)
    assert contents(path) == before


@pytest.mark.parametrize("again", [False, True], ids=["unknown", "looked up by another"])
@pytest.mark.parametrize("step", STEPS_OF_A_SENDING.values(), ids=STEPS_OF_A_SENDING)
def test_a_stale_sender_changes_nothing(
    ledger: Ledger, path: Path, step: Callable[[Ledger, Claim], object], again: bool
) -> None:
    claim = begun(ledger, claimed(ledger))
    ledger.expire_leases(DUE + LEASE)
    if again:
        assert ledger.take(claim.id, State.UNKNOWN, DUE + LEASE)
    before = contents(path)
    with pytest.raises(StaleFenceError):
        step(ledger, claim)
    assert contents(path) == before


@pytest.mark.parametrize("step", [*STEPS_OF_A_CLAIM.values(), *STEPS_OF_A_SENDING.values()])
def test_a_published_occurrence_is_never_relabelled(
    ledger: Ledger, path: Path, step: Callable[[Ledger, Claim], object]
) -> None:
    claim = claimed(ledger)
    sending = begun(ledger, claim)
    published(ledger, sending)
    before = contents(path)
    with pytest.raises(StaleFenceError):
        step(ledger, claim if step in STEPS_OF_A_CLAIM.values() else sending)
    assert ledger.claim(1, DUE) is None
    assert ledger.take(1, State.UNKNOWN, DUE) is None
    assert ledger.expire_leases(DUE + 10 * LEASE) == 0
    assert contents(path) == before


# What became of it


@pytest.mark.parametrize("adopted", [False, True])
def test_a_receipt_is_kept(ledger: Ledger, adopted: bool) -> None:
    published(ledger, begun(ledger, claimed(ledger)), adopted=adopted)
    entry = only(ledger)
    assert (entry.state, entry.link, entry.published_at) == (State.PUBLISHED, "https://a.vn/tb/1/", DUE)
    assert (entry.adopted, entry.attempts, entry.trouble) == (adopted, 1, ())


def test_trouble_is_kept_until_the_post_is_out(ledger: Ledger) -> None:
    ledger.settle_not_sent(begun(ledger, claimed(ledger)), TROUBLE, DUE)
    assert only(ledger).trouble == tuple(TROUBLE)
    second = ledger.claim(1, DUE)
    assert second
    ledger.settle_unknown(begun(ledger, second), TROUBLE, DUE)
    looking = ledger.take(1, State.UNKNOWN, DUE)
    assert looking
    published(ledger, looking, adopted=True)
    assert (only(ledger).trouble, only(ledger).attempts) == ((), 2)


def test_a_skipped_occurrence_still_tells_what_troubled_it(ledger: Ledger) -> None:
    ledger.release(claimed(ledger), TROUBLE, DUE)
    claim = ledger.claim(1, DUE)
    assert claim
    ledger.skip(claim, Skip.LATE, DUE)
    assert (only(ledger).reason, only(ledger).trouble) == (Skip.LATE, tuple(TROUBLE))


def test_the_database_itself_refuses_a_second_try_that_may_be_out(ledger: Ledger) -> None:
    begun(ledger, claimed(ledger))
    ledger._db.execute("UPDATE occurrence SET state = 'claimed', fence = 2")  # as a wrong program would
    with pytest.raises(sqlite3.IntegrityError):
        begun(ledger, Claim(id=1, fence=2, state=State.CLAIMED))
    assert ledger._db.execute("SELECT count(*) FROM attempt").fetchone()[0] == 1


# Events


def story(ledger: Ledger) -> None:
    ledger.settle_not_sent(begun(ledger, claimed(ledger)), TROUBLE, DUE)
    claim = ledger.claim(1, DUE)
    assert claim
    begun(ledger, claim)
    ledger.expire_leases(DUE + LEASE)
    looking = ledger.take(1, State.UNKNOWN, DUE + LEASE)
    assert looking
    published(ledger, looking, adopted=True)


def test_every_change_leaves_an_event(ledger: Ledger) -> None:
    story(ledger)
    told = [(row["what"], row["state"], row["fence"]) for row in ledger._db.execute("SELECT * FROM event ORDER BY id")]
    assert told == [
        ("recorded", "planned", 0),
        ("claimed", "claimed", 1),
        ("intent", "sending", 1),
        ("not_sent", "planned", 1),
        ("claimed", "claimed", 2),
        ("intent", "sending", 2),
        ("lease over", "unknown", 3),
        ("looking up", "unknown", 4),
        ("published", "published", 4),
    ]
    assert is_sound(ledger)


@pytest.mark.parametrize("statement", ["UPDATE event SET what = 'x' WHERE id = 3", "DELETE FROM event WHERE id = 9"])
def test_events_cannot_be_changed(ledger: Ledger, statement: str) -> None:
    story(ledger)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        ledger._db.execute(statement)


@pytest.mark.parametrize(
    ("statement", "broken", "contradicted"),
    [
        ("UPDATE event SET detail = '{}' WHERE id = 3", 3, ()),
        ("UPDATE event SET at = '2023-09-05T00:31:00.000Z' WHERE id = 1", 1, ()),
        ("UPDATE event SET state = 'rejected' WHERE id = 9", 9, (1,)),
        ("DELETE FROM event WHERE id = 4", 5, ()),
        ("DELETE FROM event WHERE id = 9", None, (1,)),  # the end cut off: the chain holds, the state tells
        ("DELETE FROM event", None, (1,)),
        ("UPDATE occurrence SET state = 'planned'", None, (1,)),
    ],
)
def test_a_tampered_ledger_is_found(
    ledger: Ledger, statement: str, broken: int | None, contradicted: tuple[int, ...]
) -> None:
    story(ledger)
    ledger._db.executescript(
        "DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted; PRAGMA foreign_keys = OFF;"
    )
    ledger._db.execute(statement)
    assert (ledger.first_broken_event(), ledger.contradicted()) == (broken, contradicted)


# When the file cannot be used


def test_a_ledger_that_stays_locked_is_an_officers_message(ledger: Ledger, path: Path) -> None:
    number = recorded(ledger)
    ledger._db.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LoaError, match=r"ledger\.unusable.*SQLITE_BUSY"):
        ledger.claim(number, DUE)
    assert only(ledger).state is State.PLANNED  # reading does not wait for writers
    other.execute("ROLLBACK")
    assert ledger.claim(number, DUE)
