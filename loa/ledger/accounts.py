"""How each channel's account is: open, closed until a person mends it, or told to wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from loa.core.errors import Problem
from loa.ledger.opening import changing, reading
from loa.ledger.queries import query
from loa.ledger.rows import trouble_from_text, trouble_to_text
from loa.ledger.times import maybe_from_text, to_text


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """One account; instants are UTC."""

    channel: str
    closed_at: datetime | None = None
    closed_for: tuple[Problem, ...] = ()
    reopens: bool = True  # whether the service itself tells when it is well again; else only a person can
    wait_until: datetime | None = None
    probed_at: datetime | None = None
    name: str = ""  # what the service calls it
    expires_at: datetime | None = None  # of the right to post


class Accounts:
    """The accounts of one ledger. Methods raise LoaError when the file cannot be used."""

    def __init__(self, db: sqlite3.Connection, *, path: Path) -> None:
        self._db = db
        self._path = path

    def all(self) -> tuple[Account, ...]:
        """Every account that was ever closed, limited or probed, by name."""
        return self._read(None)

    def of(self, channel: str) -> Account:
        """One account."""
        return next(iter(self._read(channel)), Account(channel=channel))

    def close(self, channel: str, problem: Problem, now: datetime, *, reopens: bool = True) -> None:
        """Nothing goes through it until a person has mended it, and where it does not reopen, until one says so."""
        values = {"channel": channel, "now": to_text(now), "closed_for": trouble_to_text([problem])}
        self._change("close_account", {**values, "reopens": reopens})

    def open(self, channel: str) -> None:
        """A person says that it may be used again: what waited for it is due at once."""
        with changing(self._db, self._path):
            for name in ("open_account", "wake_channel"):
                self._db.execute(query(name), {"channel": channel})

    def reopen(self, channel: str) -> None:
        """The service says that it is well again; what only a person can open stays closed."""
        self._change("reopen_account", {"channel": channel})

    def limit(self, channel: str, until: datetime) -> None:
        """Nothing goes through it before ``until``."""
        self._change("limit_account", {"channel": channel, "until": to_text(until)})

    def probed(self, channel: str, *, name: str, expires_at: datetime | None, now: datetime) -> None:
        """What the service told of it."""
        expires = to_text(expires_at) if expires_at else None
        self._change("probe_account", {"channel": channel, "name": name, "expires_at": expires, "now": to_text(now)})

    def _change(self, name: str, values: Mapping[str, object]) -> None:
        with changing(self._db, self._path):
            self._db.execute(query(name), values)

    def _read(self, channel: str | None) -> tuple[Account, ...]:
        with reading(self._path):
            rows = self._db.execute(query("accounts"), {"channel": channel}).fetchall()
        return tuple(
            Account(
                channel=row["channel"],
                closed_at=maybe_from_text(row["closed_at"]),
                closed_for=trouble_from_text(row["closed_for"]),
                reopens=bool(row["reopens"]),
                wait_until=maybe_from_text(row["wait_until"]),
                probed_at=maybe_from_text(row["probed_at"]),
                name=row["name"],
                expires_at=maybe_from_text(row["expires_at"]),
            )
            for row in rows
        )
