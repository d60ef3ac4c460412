"""Data about one person in a text that the public reads (Luật Bảo vệ dữ liệu cá nhân, 91/2025/QH15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from notices.mentions.addresses import find_emails, is_private
from notices.mentions.find import find_mentions
from notices.mentions.mention import Kind
from notices.mentions.phones import is_mobile


class Personal(StrEnum):
    """What may be one person's own."""

    MOBILE = "mobile"
    IDENTITY = "identity"
    ACCOUNT = "account"
    EMAIL = "email"
    BIRTH = "birth"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """A piece of a text that may be one person's own; ``normal`` is its digits, or the address."""

    kind: Personal
    text: str  # as written
    normal: str


# Twelve digits of an identity card, nine of an older one; only behind the word, or any number would be one.
_IDENTITY = re.compile(
    r"\b(?:CCCD|CMND|CMTND|căn cước(?: công dân)?|chứng minh (?:nhân dân|thư)|(?:số )?định danh(?: cá nhân)?)\b"
    r"[^.;\d]{0,30}(?P<value>\d{3}[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{3})?)(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:số tài khoản|STK|tài khoản(?: ngân hàng)?(?: số)?)\b[^.;\d]{0,40}(?P<value>\d(?:[ .-]?\d){5,18})(?!\d)",
    re.IGNORECASE,
)
_DAY = r"(?:ngày )?\d{1,2}(?:[/.-]\d{1,2}[/.-]| tháng \d{1,2} năm )\d{4}"
# Học sinh, phát sinh, vệ sinh are other words; the year alone is a group of people (trẻ em sinh năm 2020), unless
# somebody's name stands before it.
_OTHER_WORDS = "".join(f"(?<!{word} )" for word in ("học", "thí", "phát", "vệ", "khai", "sơ", "tái", "hộ"))
_BIRTH = re.compile(
    rf"\b(?i:{_OTHER_WORDS}sinh(?= ngày)|ngày sinh|ngày, tháng, năm sinh)\b:? ?(?P<value>{_DAY})"
    r"|\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị) (?:[A-ZĐÀ-Ỹ]\w* ?){2,6},? (?:sinh năm|SN) (?P<year>\d{4})"
)


def find_personal(text: str) -> Iterator[Trace]:
    """What in a text may be one person's own."""
    for mention in find_mentions(text):
        if mention.kind is Kind.PHONE and is_mobile(mention.normal):
            yield Trace(kind=Personal.MOBILE, text=mention.text, normal=mention.normal)
    for kind, pattern in ((Personal.IDENTITY, _IDENTITY), (Personal.ACCOUNT, _ACCOUNT)):
        for found in pattern.finditer(text):
            yield Trace(kind=kind, text=found["value"], normal=re.sub(r"\D", "", found["value"]))
    for mention in find_emails(text):
        if is_private(mention.normal):
            yield Trace(kind=Personal.EMAIL, text=mention.text, normal=mention.normal)
    for found in _BIRTH.finditer(text):
        value = found["value"] or found["year"]
        yield Trace(kind=Personal.BIRTH, text=value, normal=value)
