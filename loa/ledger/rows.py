"""Rows of the ledger to values and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from loa.core.errors import Place, Problem, Severity
from loa.ledger.events import as_json
from loa.ledger.model import Entry, Skip, State
from loa.ledger.times import from_text, maybe_from_text, to_text
from loa.planning.plan import Occurrence


def to_entry(row: sqlite3.Row) -> Entry:
    """A row of the view ``entry``."""
    return Entry(
        id=row["id"],
        occurrence=to_occurrence(row),
        state=State(row["state"]),
        reason=Skip(row["reason"]) if row["reason"] else None,
        trouble=trouble_from_text(row["trouble"]),
        attempts=row["attempts"],
        looks=row["looks"],
        next_at=maybe_from_text(row["next_at"]),
        remote_id=row["remote_id"] or "",
        link=row["link"] or "",
        content_sha256=row["content_sha256"] or "",
        media=json.loads(row["media"] or "{}"),
        published_at=maybe_from_text(row["published_at"]),
        adopted=bool(row["adopted"]),
        verified_at=maybe_from_text(row["verified_at"]),
        gone_at=maybe_from_text(row["gone_at"]),
        note=row["note"],
        is_shifted=bool(row["shifted"]),
        recalled=row["recalled"],
        recalled_by=row["recalled_by"],
    )


def to_occurrence(row: sqlite3.Row) -> Occurrence:
    """The planned part of a row."""
    return Occurrence(
        campaign=row["campaign"],
        announcement=row["announcement"],
        channel=row["channel"],
        local_date=date.fromisoformat(row["local_date"]),
        slot=row["slot"],
        zone=row["zone"],
        starts_at=from_text(row["starts_at"]),
        ends_at=from_text(row["ends_at"]),
    )


def from_occurrence(occurrence: Occurrence) -> dict[str, str]:
    """The columns of an occurrence."""
    return {
        "campaign": occurrence.campaign,
        "announcement": occurrence.announcement,
        "channel": occurrence.channel,
        "local_date": occurrence.local_date.isoformat(),
        "slot": occurrence.slot,
        "zone": occurrence.zone,
        "starts_at": to_text(occurrence.starts_at),
        "ends_at": to_text(occurrence.ends_at),
        "code": occurrence.code,
    }


def trouble_to_text(problems: Sequence[Problem]) -> str:
    """Problems as JSON: keys and values, not sentences, so that they can be told in either language later."""
    return as_json(
        [
            {
                "key": problem.key,
                "values": dict(problem.values),
                "severity": problem.severity,
                "rule": problem.rule,
                **asdict(problem.place),
            }
            for problem in problems
        ]
    )


def trouble_from_text(text: str) -> tuple[Problem, ...]:
    """The problems that ``trouble_to_text`` wrote."""
    return tuple(_to_problem(item) for item in json.loads(text))


def _to_problem(item: Mapping[str, Any]) -> Problem:
    # The first ledgers kept neither severity nor rule nor column.
    return Problem(
        key=item["key"],
        values=item["values"],
        severity=Severity(item.get("severity", Severity.ERROR)),
        rule=item.get("rule", ""),
        place=Place(file=item["file"], line=item["line"], column=item.get("column", 0), part=item["part"]),
    )
