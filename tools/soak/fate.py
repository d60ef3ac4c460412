"""How a process of the posting job dies: of SIGKILL, at a point that chance picks or at some time."""

from __future__ import annotations

import http.client
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from channels.http import Door
from channels.zalo.notes import Notes
from loa.core.secrets import Secrets
from loa.delivery.office import Office
from loa.ledger.store import Ledger

# Where a process may be killed: before or after each of these.
_POINTS: tuple[tuple[str, type, str], ...] = (
    ("after", Ledger, "claim"),
    ("before", Ledger, "begin_attempt"),
    ("after", Ledger, "begin_attempt"),
    ("after", Ledger, "take"),
    ("after", Ledger, "save_steps"),
    ("before", http.client.HTTPConnection, "getresponse"),  # the request is out, its answer not read
    ("after", Door, "send"),
    ("after", Notes, "add"),  # a request for new tokens is announced, and not made
    ("before", Secrets, "store"),  # new tokens are known to nobody else
    ("after", Secrets, "store"),
    ("before", Ledger, "settle_published"),
    ("after", Ledger, "settle_published"),
    ("before", Ledger, "settle_unknown"),
)
_LONGEST_LIFE = 1.5  # seconds, of a pass that is killed at a time instead of a point


class Fate:
    """Of one process, which has just begun."""

    def __init__(self, chance: Random, kills: float, deaths: Path) -> None:
        """``kills`` is the chance of being killed at each point, and of being killed at some time; 0 to 1.

        ``deaths`` is a file; whoever dies adds a line: the channel that was at work, empty before the first.
        """
        self._chance = chance
        self._kills = kills
        self._deaths = deaths
        self._channel = ""

    def tempt(self) -> None:
        """From now on this process may die."""
        _watch(Office, "channel", before=self._note)
        for when, owner, name in _POINTS:
            _watch(owner, name, **{when: self._perhaps})
        if self._chance.random() < self._kills:
            timer = threading.Timer(self._chance.random() * _LONGEST_LIFE, self._die)
            timer.daemon = True
            timer.start()

    def _note(self, _: Office, name: str, **__: object) -> None:
        self._channel = name

    def _perhaps(self, *_: object, **__: object) -> None:
        if self._chance.random() < self._kills:
            self._die()

    def _die(self) -> None:
        with self._deaths.open("a", encoding="ascii") as told:
            told.write(f"{self._channel}\n")
        os.kill(os.getpid(), signal.SIGKILL)


def _watch(
    owner: type, name: str, *, before: Callable[..., None] | None = None, after: Callable[..., None] | None = None
) -> None:
    """Let every call of a method be announced."""
    real: Callable[..., Any] = getattr(owner, name)

    def watched(*arguments: Any, **named: Any) -> Any:
        if before:
            before(*arguments, **named)
        result = real(*arguments, **named)
        if after:
            after(*arguments, **named)
        return result

    setattr(owner, name, watched)
