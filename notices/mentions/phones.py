"""Telephone numbers in Vietnamese texts: fixed, mobile, 1800 and 1900, the short ones of call centres."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notices.mentions.mention import Kind, Mention

# Groups of digits as people separate them: 02583.810.440, (0258) 3810440, +84 88-680 0126.
# Before it may stand a mark without a space, if that belongs to no other number: ĐT.0258…, …0440,0905….
_RUN = re.compile(
    r"(?:(?<![\w+@.,])(?<!\d-)|(?<=(?u:[^\W\d_])[.,])|(?<=\d{3},)|(?<=\d\d\),))"
    r"\(?\+?\d+(?:(?:\)[ .]?|[ .\u00a0-]\(?)\d+)*",
    re.ASCII,
)
_GROUP = re.compile(r"\d+", re.ASCII)
# Mobile and fixed lines have 10 and 11 digits, 1800 and 1900 are followed by four to six.
_WHOLE = re.compile(r"0[35789]\d{8}|02\d{9}|1[89]00\d{4,6}")
_SHORT = re.compile(
    r"\b(?:tổng đài|đường dây nóng|hotline|(?:số )?điện thoại|gọi(?: đến| tới)?)(?: số)?:? (?P<digits>1\d{2,4})\b"
    r"(?!\d*[.,/]\d| ?%| (?:người|hộ|cuộc|lượt|lần|giờ|ngày))",
    re.IGNORECASE,
)
# Ten digits that begin with 0 and are none: a tax code, an account.
_OTHER_NUMBER = re.compile(r"(?:mã số thuế|MST|tài khoản|STK|mã hồ sơ|căn cước|CCCD|CMND)[^.;\d]{0,40}$", re.IGNORECASE)
_REACH = 80  # characters before a number in which its name stands
_MOBILE = re.compile(r"0[35789]\d{8}")
_OPENINGS = ("0", "1800", "1900")
_LEAST, _MOST = 9, 12  # digits of what is meant as a number, though one is missing or one too many


def national(phone: str) -> str:
    """The digits of a phone number as dialled in the country: ``+84 (258) 3810440`` → ``02583810440``."""
    digits = "".join(_GROUP.findall(phone))
    if re.match(r"\s*\(?\+84|\s*0084", phone):
        return f"0{digits.removeprefix('00').removeprefix('84').removeprefix('0')}"
    return digits


def is_mobile(normal: str) -> bool:
    """Whether these digits are a mobile number, which may be one person's own."""
    return bool(_MOBILE.fullmatch(normal))


def find_phones(text: str) -> Iterator[Mention]:
    """The phone numbers in a text; ``normal`` is what is dialled in the country."""
    long = [mention for run in _RUN.finditer(text) for mention in _in_run(text, run.start(), run.end())]
    yield from long
    for found in _SHORT.finditer(text):
        start, end = found.span("digits")
        if all(end <= mention.start or mention.end <= start for mention in long):
            yield _mention(text, start, end)


def _in_run(text: str, start: int, end: int) -> Iterator[Mention]:
    """The phone numbers in a row of groups of digits: perhaps several, perhaps none."""
    groups = [found.span() for found in _GROUP.finditer(text, start, end)]
    first = 0
    while first < len(groups):
        last = _last_group(text, groups, first)
        if last is not None and not _OTHER_NUMBER.search(text[max(0, groups[first][0] - _REACH) : groups[first][0]]):
            yield _mention(text, _opening(text, groups[first][0], start), groups[last][1])
        first = first + 1 if last is None else last + 1


def _last_group(text: str, groups: list[tuple[int, int]], first: int) -> int | None:
    """The group with which the number that begins with group ``first`` ends; None when none begins there."""
    whole = near = None
    for last in range(first, len(groups)):
        start, end = _opening(text, groups[first][0], 0), groups[last][1]
        digits = national(text[start:end])
        if len(digits) > _MOST or not digits.startswith(_OPENINGS):
            break
        if text[end : end + 1].isalpha():
            continue
        if _WHOLE.fullmatch(digits):
            whole = last
        elif digits.startswith("0") and len(digits) >= _LEAST and (last > first or len(digits) < _MOST):
            near = last  # twelve digits without a mark between them are an identity card's
    return near if whole is None else whole


def _opening(text: str, start: int, least: int) -> int:
    """``start``, or the ``+`` and bracket before it."""
    while start > least and text[start - 1] in "+(":
        start -= 1
    return start


def _mention(text: str, start: int, end: int) -> Mention:
    written = text[start:end]
    return Mention(kind=Kind.PHONE, text=written, start=start, normal=national(written))
