"""Occurrences and instants for tests of the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from loa.planning.plan import Occurrence

DUE = datetime(2023, 9, 5, 0, 30, tzinfo=UTC)  # 07:30 in Việt Nam
MINUTE = timedelta(minutes=1)


def occurrence(announcement: str = "mo-dau", *, campaign: str = "khao-sat", at: datetime = DUE) -> Occurrence:
    return Occurrence(
        campaign=campaign,
        announcement=announcement,
        channel="trang",
        local_date=date(2023, 9, 5),
        slot="sáng",
        zone="Asia/Ho_Chi_Minh",
        starts_at=at,
        ends_at=at + timedelta(hours=1),
    )


def moved(occurrence: Occurrence, by: timedelta) -> Occurrence:
    return replace(occurrence, starts_at=occurrence.starts_at + by, ends_at=occurrence.ends_at + by)
