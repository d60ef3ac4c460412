"""One sandbox for the scenarios of a file: it begins again before each of them, with its clock standing still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from channels.sandbox.sandbox import Sandbox
from tests.delivery.scenarios.stage import PAGES, Stage, clock, posts
from tests.delivery.stage import DUE


@pytest.fixture(scope="module", name="running")
def _running() -> Iterator[Sandbox]:
    with Sandbox(clock=clock()) as box:
        yield box


@pytest.fixture
def box(running: Sandbox) -> Sandbox:
    running.clock.run(0)
    running.clock.set(DUE)
    running.reset()
    for name, page in PAGES.items():
        running.graph.add_page(page, name)
    return running


@pytest.fixture
def make(box: Sandbox, tmp_path: Path) -> Callable[..., Stage]:
    """A recorded office with so many announcements: ``make(3, channels=("trang-a", "trang-b"))``."""

    def make_stage(number: int = 1, **changes: Any) -> Stage:
        approval = changes.pop("approval", "none")
        made = Stage(folder=tmp_path, box=box, announcements=posts(number, **changes), approval=approval)
        made.record()
        return made

    return make_stage


@pytest.fixture
def one(make: Callable[..., Stage]) -> Stage:
    """An office with one announcement on one Page, due now."""
    return make()
