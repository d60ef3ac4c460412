"""What a person says of an occurrence that nothing else can bring to an end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from channels.answers import OutcomeUnknown, Rejected
from loa.core.errors import LoaError
from loa.delivery.evidence import MAX_BYTES, keep_evidence
from loa.delivery.office import Office
from loa.delivery.publish import publish_due
from loa.delivery.resolving import Answer, Word, answers_for, resolve
from loa.delivery.tally import tally
from loa.ledger.model import Entry, Skip, State
from loa.ledger.store import Ledger
from loa.planning.model import Config
from loa.planning.plan import plan
from tests.delivery.outside import Fanpage, outside
from tests.delivery.stage import DUE, MINUTE, SLOT_END, announcement, at, campaign, is_sound, ledger_of, office

__all__ = ["outside"]  # a fixture

LINK = "https://mang.example/p7"


def word(answer: Answer, link: str = "", photo: str = "") -> Word:
    return Word(answer=answer, by="an", why="đã xem", link=link, photo_sha256=photo)


class Desk:
    """One occurrence on one channel, its ledger and its office."""

    def __init__(self, ledger: Ledger, office: Office) -> None:
        self.ledger, self.office = ledger, office

    @property
    def entry(self) -> Entry:
        return self.ledger.entries()[0]

    @property
    def page(self) -> Fanpage:
        page = self.office.channel("fanpage", rehearsal=False)
        assert isinstance(page, Fanpage)
        return page

    def run(self, minutes: int = 0) -> None:
        publish_due(self.ledger, self.office, at(DUE + minutes * MINUTE))

    @property
    def state(self) -> State:
        return self.entry.state

    def say(self, answer: Answer, link: str = "", *, minutes: int = 10, at_next: bool = False) -> Entry:
        now = DUE + minutes * MINUTE
        return resolve(self.ledger, self.office, self.entry, word(answer, link), now=now, at_next=at_next)


@pytest.fixture(params=["fanpage"])
def desk(tmp_path: Path, outside: Config, request: pytest.FixtureRequest) -> Iterator[Desk]:
    own = campaign(announcements={"mo-dau": announcement(channels=[request.param])})
    with ledger_of(tmp_path) as ledger:
        ledger.record(own.campaign, plan(own, outside), DUE)
        yield Desk(ledger, office(tmp_path, own, config=outside))
        assert is_sound(ledger)


def lost(desk: Desk) -> Desk:
    """Nobody knows whether it is out there, and look-ups find nothing."""
    desk.page.failure = OutcomeUnknown("http.no_answer")
    desk.run()
    desk.run(5)
    desk.page.failure = None
    assert desk.state is State.NEEDS_PERSON
    return desk


def test_what_a_person_found_out_there_is_published_by_hand(desk: Desk) -> None:
    after = lost(desk).say(Answer.PUBLISHED, LINK)
    assert (after.state, after.link, after.note) == (State.PUBLISHED, LINK, "đã xem")
    assert desk.ledger.decisions.confirmed() == {after.id}
    desk.run(15)
    assert desk.page.calls == ["publish"]


def test_what_is_not_out_there_is_sent_again_once(desk: Desk) -> None:
    assert lost(desk).say(Answer.AGAIN).state is State.PLANNED
    desk.run(11)
    assert (desk.state, desk.entry.attempts, len(desk.page.live)) == (State.PUBLISHED, 2, 1)
    assert desk.ledger.decisions.confirmed() == set()


def test_once_its_time_is_over_it_is_sent_again_in_the_next_slot_only(desk: Desk) -> None:
    late = int((SLOT_END - DUE) / MINUTE)
    lost(desk)
    with pytest.raises(LoaError, match=r"decision\.time_over"):
        desk.say(Answer.AGAIN, minutes=late)
    assert [entry.attempts for entry in desk.ledger.entries()] == [1]
    after = desk.say(Answer.AGAIN, minutes=late, at_next=True)
    assert (after.state, after.occurrence.starts_at) == (State.PLANNED, DUE + timedelta(days=1))
    desk.run(24 * 60)
    assert desk.state is State.PUBLISHED


def test_without_another_day_in_the_window_it_stays_what_it_is(desk: Desk) -> None:
    lost(desk)
    with pytest.raises(LoaError, match=r"decision\.no_free_day"):
        desk.say(Answer.AGAIN, minutes=200 * 24 * 60, at_next=True)
    assert desk.state is State.NEEDS_PERSON


def test_leaving_it_at_that_ends_it(desk: Desk) -> None:
    after = lost(desk).say(Answer.SKIP)
    assert (after.state, after.reason) == (State.SKIPPED, Skip.CHOSEN)
    desk.run(15)
    assert desk.page.calls == ["publish"]


def refused(desk: Desk) -> Desk:
    desk.page.failure = Rejected("channel.attachment_name", name="x")
    desk.run()
    desk.page.failure = None
    assert desk.state is State.REJECTED
    return desk


def test_what_was_refused_is_left_at_that_posted_by_hand_or_sent_again_and_nothing_else(desk: Desk) -> None:
    refused(desk)
    for answer in (Answer.SUBMITTED, Answer.WITHDRAWN, Answer.CORRECTED):
        with pytest.raises(LoaError, match=r"decision\.not_now"):
            desk.say(answer, LINK)
    assert desk.say(Answer.SKIP).state is State.SKIPPED


def test_what_was_refused_and_mended_is_sent_again_once(desk: Desk) -> None:
    after = refused(desk).say(Answer.AGAIN)
    assert (after.state, after.trouble) == (State.PLANNED, ())
    desk.run(11)
    assert (desk.state, desk.entry.attempts, len(desk.page.live)) == (State.PUBLISHED, 2, 1)
    assert desk.ledger.decisions.confirmed() == set()


def test_what_was_refused_is_sent_again_only_while_there_is_time(desk: Desk) -> None:
    late = int((SLOT_END - DUE) / MINUTE)
    refused(desk)
    with pytest.raises(LoaError, match=r"decision\.time_over"):
        desk.say(Answer.AGAIN, minutes=late)
    assert desk.say(Answer.AGAIN, minutes=late, at_next=True).state is State.PLANNED


def confirm_by_hand(desk: Desk) -> None:
    """Posted by a person; the job leaves it alone, and everything that counts posts counts it."""
    after = desk.say(Answer.PUBLISHED, LINK, minutes=200)
    assert (after.state, after.reason, after.link, after.trouble) == (State.PUBLISHED, None, LINK, ())
    assert after.published_at == DUE + 200 * MINUTE
    assert desk.ledger.decisions.confirmed() == {after.id}
    desk.run(201)
    assert (desk.state, desk.page.live) == (State.PUBLISHED, {})
    [week] = tally(desk.ledger.entries(), confirmed=desk.ledger.decisions.confirmed())
    assert (week.published, week.by_hand, sum(week.ended), dict(week.skipped)) == (1, 1, 1, {})
    assert desk.say(Answer.WITHDRAWN, minutes=300).state is State.WITHDRAWN


def test_what_was_refused_and_posted_by_hand_counts_as_posted(desk: Desk) -> None:
    confirm_by_hand(refused(desk))


def test_what_was_too_late_and_posted_by_hand_counts_as_posted(desk: Desk) -> None:
    desk.run(int((SLOT_END - DUE) / MINUTE))
    assert (desk.state, desk.entry.reason, desk.entry.attempts) == (State.SKIPPED, Skip.LATE, 0)
    assert answers_for(desk.entry) == (Answer.PUBLISHED,)
    confirm_by_hand(desk)


def test_what_somebody_left_at_that_and_posted_by_hand_counts_as_posted(desk: Desk) -> None:
    lost(desk).say(Answer.SKIP)
    confirm_by_hand(desk)


def test_what_the_plan_no_longer_asks_for_has_no_answer(desk: Desk) -> None:
    desk.ledger.record("khao-sat", [], DUE)
    assert (desk.entry.reason, answers_for(desk.entry)) == (Skip.UNPLANNED, ())
    with pytest.raises(LoaError, match=r"decision\.not_now"):
        desk.say(Answer.PUBLISHED, LINK)


def test_the_posting_job_that_finds_it_meanwhile_comes_first(desk: Desk) -> None:
    entry = lost(desk).entry
    desk.say(Answer.PUBLISHED, LINK)
    with pytest.raises(LoaError, match=r"decision\.not_now"):  # what the person saw is no longer so
        resolve(desk.ledger, desk.office, entry, word(Answer.AGAIN), now=DUE)
    assert desk.state is State.PUBLISHED


@pytest.mark.parametrize("desk", ["to-dan-pho"], indirect=True)
def test_what_was_handed_over_is_handed_in_then_confirmed_then_taken_down(desk: Desk) -> None:
    desk.run()
    assert desk.state is State.HANDED
    with pytest.raises(LoaError, match=r"decision\.not_now"):
        desk.say(Answer.AGAIN)
    assert desk.say(Answer.SUBMITTED).state is State.HANDED
    photo = resolve(desk.ledger, desk.office, desk.entry, word(Answer.PUBLISHED, photo="ab12"), now=DUE)
    assert (photo.state, photo.link) == (State.PUBLISHED, "")
    assert desk.say(Answer.WITHDRAWN).state is State.WITHDRAWN


@pytest.mark.parametrize("link", ["mang.example/p7", "ftp://mang.example", "https://", "https://a b.vn", "http://[::1"])
def test_a_link_that_is_none_is_refused(desk: Desk, link: str) -> None:
    with pytest.raises(LoaError, match=r"decision\.link_form"):
        lost(desk).say(Answer.PUBLISHED, link)
    assert desk.state is State.NEEDS_PERSON


def test_what_waits_for_its_time_has_no_answer(desk: Desk) -> None:
    assert answers_for(desk.entry) == ()


@pytest.mark.parametrize(
    ("content", "suffix"), [(b"%PDF-1.7 x", ".pdf"), (b"\x89PNG\r\n\x1a\nx", ".png"), (b"\xff\xd8\xffx", ".jpg")]
)
def test_a_scan_is_kept_under_its_hash(tmp_path: Path, content: bytes, suffix: str) -> None:
    (tmp_path / "bút phê.bin").write_bytes(content)
    sha256 = keep_evidence(tmp_path / "state/approvals", tmp_path / "bút phê.bin")
    assert keep_evidence(tmp_path / "state/approvals", tmp_path / "bút phê.bin") == sha256
    assert (tmp_path / f"state/approvals/{sha256}{suffix}").read_bytes() == content


@pytest.mark.parametrize(
    ("content", "key"),
    [(b"<svg/>", "decision.evidence_kind"), (b"", "decision.evidence_kind"), (None, "file.not_found")],
)
def test_what_is_no_scan_is_refused_and_not_kept(tmp_path: Path, content: bytes | None, key: str) -> None:
    if content is not None:
        (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(LoaError, match=key.replace(".", r"\.")):
        keep_evidence(tmp_path / "state", tmp_path / "a.pdf")
    assert not (tmp_path / "state").exists()


def test_a_scan_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.write(b"%PDF-")
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(LoaError, match=r"file\.too_large"):
        keep_evidence(tmp_path / "state", tmp_path / "a.pdf")
