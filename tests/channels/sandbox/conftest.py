"""One sandbox for the tests of a file: it begins again before each of them, with its clock standing still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from channels.sandbox.clock import SandboxClock
from channels.sandbox.sandbox import Sandbox
from tests.channels.sandbox.wordpress import WordPressSite
from tests.channels.sandbox.zalo import Zalo

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam


@pytest.fixture(scope="module", name="running")
def _running() -> Iterator[Sandbox]:
    with Sandbox(clock=SandboxClock(MORNING, speed=0)) as box:
        yield box


@pytest.fixture
def box(running: Sandbox) -> Sandbox:
    running.clock.set(MORNING)
    running.reset()
    return running


@pytest.fixture
def oa(box: Sandbox) -> Zalo:
    return Zalo(box=box)


@pytest.fixture
def site(box: Sandbox) -> WordPressSite:
    return WordPressSite(box=box)
