"""The harness bites: a posting job that is broken on purpose doubles, loses or lies, and that is seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.delivery.scenarios.child import ended, start, wait_until_stopped
from tests.delivery.scenarios.stage import Stage
from tests.delivery.scenarios.test_crashes import AFTER_LEASE
from tools.soak.kinds import KINDS
from tools.soak.run import soak

ALL = ("facebook", "zalo", "wordpress", "webhook")
NO_KEYS = ("facebook", "zalo", "wordpress")  # a portal knows a repeated event by its name
NO_CLEARING = ("facebook", "zalo")  # on a site of ours the younger of two is taken down again
# What each build must be caught at, and on which kinds of channel.
BUILDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "no_settling": (("duplicates",), NO_KEYS),
    "client_retries": (("duplicates",), NO_CLEARING),
    "mark_before_send": (("lost", "falsely_sent"), ALL),
    "no_intent": (("lost", "unfinished"), ("facebook",)),
    "new_names": (("duplicates",), ("webhook",)),
    "forgotten_tokens": (("alarms",), ("zalo",)),
}
POSTS = 36  # of each kind
SEEDS = (3, 4, 5, 6, 7, 8)


@pytest.mark.parametrize("build", BUILDS)
def test_a_build_that_is_broken_on_purpose_is_caught_by_the_soak_on_every_kind_of_channel(
    tmp_path: Path, build: str
) -> None:
    """Processes are killed whenever it happens, so no two runs are alike: one of a few must show what is broken."""
    wanted, kinds = BUILDS[build]
    missed = {(kind, what) for kind in kinds for what in wanted}
    for seed in SEEDS:
        kinds_left = [kind for kind in KINDS if kind.name in {name for name, _ in missed}]
        done = soak(
            tmp_path / str(seed),
            posts=POSTS * len(kinds_left),
            seed=seed,
            workers=2,
            kinds=kinds_left,
            arrange=f"tests.delivery.broken:{build}",
        )
        missed -= {(part.kind, what) for part in done.parts for what in wanted if part.line()[what]}
        if not missed:
            return
    pytest.fail(f"nobody saw {sorted(missed)}")


@pytest.mark.parametrize(("has_index", "intents"), [(True, 1), (False, 2)])
def test_a_build_without_fence_begins_twice_unless_the_database_says_no(
    one: Stage, has_index: bool, intents: int
) -> None:
    if not has_index:
        db = sqlite3.connect(one.folder / "state/loa.db")
        db.execute("DROP INDEX attempt_that_may_be_out")
        db.close()
    process = start(one, "stop:before:begin_attempt", build="no_fence")
    wait_until_stopped(process)
    one.later(**AFTER_LEASE)
    process.go_on()
    ended(process)
    with one.open() as ledger:
        assert ledger.entries()[0].attempts == intents
    assert len(one.public()) == 1, "the steps of the first try, which the second finds, are the last line of defence"
