"""One process at a time."""

from __future__ import annotations

import multiprocessing
import multiprocessing.synchronize
from pathlib import Path

from loa.core.locks import lock


def _hold(path: str, taken: multiprocessing.synchronize.Event, free: multiprocessing.synchronize.Event) -> None:
    with Path(path).open("a") as handle:
        assert lock(handle.fileno(), patience=0)
        taken.set()
        free.wait()


def test_a_lock_that_another_process_holds_is_waited_for_and_given_up(tmp_path: Path) -> None:
    path = tmp_path / "khoa"
    context = multiprocessing.get_context("spawn")
    taken, free = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(str(path), taken, free))
    other.start()
    taken.wait()
    with path.open("a") as handle:
        assert not lock(handle.fileno(), patience=0)
        assert not lock(handle.fileno(), patience=0.1)
        free.set()
        assert lock(handle.fileno(), patience=30)
    other.join()
    assert other.exitcode == 0


def test_it_goes_with_the_handle(tmp_path: Path) -> None:
    for _ in range(2):
        with (tmp_path / "khoa").open("a") as handle:
            assert lock(handle.fileno(), patience=0)
