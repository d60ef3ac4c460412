"""Dates as WordPress reads and writes them, and what a date makes of a post's status."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from channels.sandbox.wordpress.errors import WrongParameterError

SOON = timedelta(seconds=60)  # a post that is due sooner is published at once
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d(?::\d\d)?)?")


def read_date(value: object, zone: tzinfo) -> datetime:
    """The instant, in UTC; a date without offset is in ``zone``. Raises WrongParameterError."""
    found = _DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise WrongParameterError("rest_invalid_date", "Ngày không hợp lệ.")
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ''}")
    except ValueError as error:
        raise WrongParameterError("rest_invalid_date", "Ngày không hợp lệ.") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def write_date(moment: datetime, zone: tzinfo) -> str:
    """To the second and never with an offset."""
    return f"{moment.astimezone(zone):%Y-%m-%dT%H:%M:%S}"


def settled_status(status: str, date: datetime, now: datetime) -> str:
    """What ``publish`` and ``future`` come to, whichever was asked for; other statuses stay."""
    if status not in ("publish", "future"):
        return status
    return "future" if date - now >= SOON else "publish"
