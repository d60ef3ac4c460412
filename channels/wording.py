"""Days, sizes and contacts in the words that citizens read."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import urlsplit

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_FIRST_MEGABYTE = 999_500  # bytes; fewer are rounded to at most 999 KB
_TYPES = {"image/jpeg": "JPG", "text/plain": "TXT", "audio/mpeg": "MP3"}  # others are named by their ending


def vietnamese_day(day: date) -> str:
    """``05/9/2023``; an instant counts in its own zone.

    Days below 10 and the months 1 and 2 get a zero, other months none (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """
    month = f"{day.month:02d}" if day.month in {1, 2} else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def vietnamese_moment(moment: datetime) -> str:
    """``Thứ Ba, 05/9/2023 07:30`` in the zone of ``moment``."""
    return f"{_WEEKDAYS[moment.weekday()]}, {vietnamese_day(moment)} {moment:%H:%M}"


def titled(title: str, text: str) -> str:
    """The title as first line where a post has no other place for it, unless the text begins with it."""
    text = text.strip()
    return text if text.startswith(title) else f"{title}\n\n{text}".strip()


def kind_and_size(name: str, media_type: str, size: int) -> str:
    """``PDF, 1,2 MB``: what a reader wants to know before opening a file of ``size`` bytes.

    Units are decimal, at least 1 KB, and a no-break space keeps them with their number.
    """
    ending = name.rpartition(".")[2].upper() if "." in name else ""
    kind = _TYPES.get(media_type, ending)
    if size < _FIRST_MEGABYTE:
        words = f"{max(1, round(size / 1000))}\u00a0KB"
    else:
        words = f"{size / 1_000_000:.1f}\u00a0MB".replace(".", ",")
    return f"{kind}, {words}" if kind else words


def phone_link(phone: str) -> str:
    """``tel:02583810440`` for one telephone number, nothing for anything else."""
    digits = re.sub(r"[ .\-()]", "", phone)
    return f"tel:{digits}" if re.fullmatch(r"\+?\d{3,15}", digits, re.ASCII) else ""


def mail_link(address: str) -> str:
    """``mailto:snv@example.gov.vn`` for one address, nothing for anything else."""
    return f"mailto:{address}" if re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+", address, re.ASCII) else ""


def web_link(website: str) -> str:
    """The address if it can be a link to a website, nothing otherwise."""
    parts = urlsplit(website)
    return website if parts.scheme in {"http", "https"} and parts.netloc else ""
