"""One sandbox for the scenarios of a file: it begins again before each of them, with its clock standing still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from channels.sandbox.sandbox import Sandbox
from tests.delivery.scenarios.stage import PAGES, TWO_STEPS, Stage, clock, posts
from tests.delivery.stage import DUE


@pytest.fixture(scope="module", name="running")
def _running() -> Iterator[Sandbox]:
    with Sandbox(clock=clock()) as box:
        yield box


@pytest.fixture
def box(running: Sandbox) -> Sandbox:
    begin_again(running)
    return running


def begin_again(box: Sandbox) -> None:
    """It is the beginning of the slot, and nothing was posted."""
    box.clock.run(0)
    box.clock.set(DUE)
    box.reset()
    for name, page in {**PAGES, "trang-c": TWO_STEPS}.items():
        box.graph.add_page(page, name)


@pytest.fixture
def make(box: Sandbox, tmp_path: Path) -> Callable[..., Stage]:
    """A recorded office with so many announcements: ``make(3, channels=("trang-a", "trang-b"))``."""

    def make_stage(number: int = 1, **changes: Any) -> Stage:
        own = {name: changes.pop(name) for name in ("approval", "resend_after") if name in changes}
        made = Stage(folder=tmp_path, box=box, announcements=posts(number, **changes), **own)
        made.record()
        made.log_in()
        return made

    return make_stage


@pytest.fixture
def one(make: Callable[..., Stage]) -> Stage:
    """An office with one announcement on one Page, due now."""
    return make()
