"""A posting job killed at every single moment of its work, on every service: one post in the end, and no lie."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from channels.sandbox.sandbox import Sandbox
from channels.sandbox.web import Item
from channels.sandbox.zalo.world import APP_ID, OA_ID
from loa.ledger.model import State
from loa.ledger.working import LEASE
from tests.delivery.scenarios.conftest import begin_again
from tests.delivery.scenarios.dying import ANSWER, COMMIT, FILE, REQUEST, Died, killed_at
from tests.delivery.scenarios.stage import ALL_DAY, OVER, Stage, posts, send_again_when_absent

PICTURES = [{"file": f"anh-{number}.png", "alt": f"Áp phích {number}"} for number in (1, 2)]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One service, and which of the passes that a post takes there is killed."""

    channel: str
    route: str  # of the one request that makes something public, or begins to
    passes: int = 0  # that are whole before
    announcement: dict[str, Any] = field(default_factory=dict)
    token_life: timedelta = timedelta(hours=25)
    resend_after: str | None = None  # of Zalo
    wanted: Counter[str] = field(default_factory=Counter)  # moments that must be among those that were tried


CASES = {
    "Facebook, several pictures": Case(
        channel="trang-a", route="feed", announcement={"images": PICTURES}, wanted=Counter({REQUEST: 5, ANSWER: 5})
    ),
    "Facebook, in two steps": Case(
        channel="trang-c", route="feed", announcement={"images": PICTURES}, wanted=Counter({REQUEST: 6, ANSWER: 6})
    ),
    "WordPress, with files": Case(
        channel="blog", route="create", announcement={"images": PICTURES}, wanted=Counter({REQUEST: 8, ANSWER: 8})
    ),
    "webhook": Case(channel="cong", route="hook", wanted=Counter({REQUEST: 1, ANSWER: 1})),
    "Zalo, when the article is made": Case(
        channel="oa", route="create", resend_after="2h", wanted=Counter({REQUEST: 2, ANSWER: 2})
    ),
    "Zalo, when it is followed and told": Case(
        channel="oa", route="create", passes=1, wanted=Counter({REQUEST: 3, ANSWER: 3, FILE: 2})
    ),
    "Zalo, when its tokens are renewed": Case(
        channel="oa",
        route="create",
        resend_after="2h",
        token_life=timedelta(hours=1),
        wanted=Counter({REQUEST: 3, ANSWER: 3, FILE: 6}),
    ),
}
# As they ship: what may have come through is not repeated by anybody but a person.
AS_SHIPPED = {
    "Facebook": CASES["Facebook, several pictures"],
    "Zalo": replace(CASES["Zalo, when the article is made"], resend_after=None),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_kill_at_any_moment_of_a_pass_leaves_one_post(
    case: Case, running: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CP1 to CP10 of every service: after each request, before each answer, commit and change of a file."""
    send_again_when_absent(monkeypatch)
    died = [_check(case, stage, died) for stage, died in _deaths(case, running, tmp_path)]
    assert died[-1].killed is False, "the sweep ends with a pass that nothing killed"
    assert case.wanted <= Counter(died[-1].moments), died[-1].moments
    assert COMMIT in died[-1].moments


@pytest.mark.parametrize("case", AS_SHIPPED.values(), ids=AS_SHIPPED)
def test_a_kill_at_any_moment_leaves_a_post_or_a_persons_question_where_nothing_may_be_sent_again(
    case: Case, running: Sandbox, tmp_path: Path
) -> None:
    for stage, died in _deaths(case, running, tmp_path):
        _settle(stage)
        (entry,) = stage.entries()
        shown = _shown(stage)
        assert len(shown) <= 1, died.moments
        assert entry.state is (State.PUBLISHED if shown else State.NEEDS_PERSON), died.moments
        assert stage.asked(case.route) <= entry.attempts == 1, died.moments


def _deaths(case: Case, running: Sandbox, folder: Path) -> Iterator[tuple[Stage, Died]]:
    """A fresh office for each moment, after the process in it was killed there; the last one's was not."""
    begin_again(running)
    own = posts(1, channels=(case.channel,), post=ALL_DAY, **case.announcement)
    fresh = Stage(folder=folder / "fresh", box=running, announcements=own, resend_after=case.resend_after)
    fresh.folder.mkdir()
    fresh.record()
    fresh.log_in(life=case.token_life)
    for number in count(1):
        begin_again(running)
        one = replace(fresh, folder=folder / str(number))
        shutil.copytree(fresh.folder, one.folder)
        for _ in range(case.passes):
            one.publish()
            one.box.clock.advance(minutes=1)
        died = killed_at(number, one)
        yield one, died
        if not died.killed:
            return


def _check(case: Case, on: Stage, died: Died) -> Died:
    _settle(on)
    if case.channel == "oa":
        _agree_anew_if_tokens_were_lost(on, died)
    (entry,) = on.entries()
    shown = _shown(on)
    assert (entry.state, len(shown)) == (State.PUBLISHED, 1), died.moments
    (item,) = shown
    assert case.channel == "cong" or entry.remote_id == item.id, died.moments
    assert on.asked(case.route) <= max(entry.attempts, 1), f"a request without intent: {died.moments}"
    _check_files(case, on, item, died)
    return died


def _check_files(case: Case, on: Stage, item: Item, died: Died) -> None:
    """Every picture stands in the post, once; what was uploaded before the kill is taken and not shown beside it."""
    wanted = len(case.announcement.get("images", ()))
    if case.channel == "blog":
        assert len(on.box.wordpress.site.media) == wanted, died.moments
    elif case.channel != "oa":
        assert len({picture.address for picture in item.pictures}) == len(item.pictures) == wanted, died.moments
    if case.channel == "oa":
        assert sum(item.kind == "broadcast" for item in on.public()) <= 1, died.moments


def _shown(on: Stage) -> list[Item]:
    return [item for item in on.public() if item.kind != "broadcast"]


def _settle(on: Stage) -> None:
    """A pass after the lease, and then one whenever there is something to do."""
    on.later(seconds=LEASE.total_seconds())
    for _ in range(18):
        (entry,) = on.entries()
        if entry.state in OVER or _is_closed(on):
            return
        on.box.clock.set(max(entry.next_at or on.now(), on.now() + timedelta(minutes=1)))
        on.publish()


def _is_closed(on: Stage) -> bool:
    with on.open() as ledger:
        return ledger.accounts.of("oa").closed_at is not None


def _agree_anew_if_tokens_were_lost(on: Stage, died: Died) -> None:
    """A pair that was given and not kept is an alarm, not a storm; after a new consent the post goes out."""
    if not _is_closed(on):
        return
    with on.open() as ledger:
        assert [problem.key for problem in ledger.accounts.of("oa").closed_for] == ["zalo.consent"], died.moments
        ledger.accounts.open("oa")
    assert on.asked("token") <= 3, died.moments
    assert _shown(on) == [], died.moments
    pair = on.box.zalo.world.tokens.issue(APP_ID, OA_ID)
    on.log_in(pair.access, pair.refresh)
    _settle(on)
