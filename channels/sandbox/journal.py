"""Every request that the sandbox saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One request, without its query, headers and body: no token can get in."""

    time: datetime  # when it came, UTC by the sandbox's clock
    service: str
    method: str
    route: str
    account: str
    status: int | None  # that was sent; None when the connection was closed without an answer
    fault: str = ""
    executed: bool = True  # whether the service was asked at all; a late commit gets a second entry once it was


class Journal:
    """The entries, in the order in which their requests were done with."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """Put it at the end."""
        with self._lock:
            self._entries.append(entry)

    def entries(self, *, service: str = "", route: str = "") -> list[Entry]:
        """All of them, or those of one service or route."""
        with self._lock:
            return [e for e in self._entries if service in ("", e.service) and route in ("", e.route)]

    def clear(self) -> None:
        """Forget them."""
        with self._lock:
            self._entries.clear()
