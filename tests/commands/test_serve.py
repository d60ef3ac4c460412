"""``loa serve`` goes on, whatever one pass runs into."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from loa.commands import serve
from loa.core.errors import mistake
from tests.commands.run import Here


@pytest.mark.parametrize(
    ("error", "told"),
    [(ZeroDivisionError(), "lỗi của Loa (ZeroDivisionError)"), (mistake("ledger.damaged"), "rỗng hoặc đã hỏng")],
)
def test_a_pass_that_fails_even_through_a_bug_is_told_and_the_next_one_comes(
    here: Here, office: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    passes: list[datetime | None] = []

    def keep_serving(one_pass: Callable[[], datetime | None], **_: Any) -> None:
        passes.extend(one_pass() for _ in range(2))

    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(serve, "keep_serving", keep_serving)
    monkeypatch.setattr(serve, "run_pass", fail)
    logging.disable(logging.CRITICAL)  # its trace goes to the log
    try:
        ran = here("serve", cwd=office)
    finally:
        logging.disable(logging.NOTSET)
    assert (ran.code, ran.err.count(told), passes) == (0, 2, [None, None])
