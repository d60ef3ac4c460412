"""Rule R55: capitals as Phụ lục II writes them, V1 to V15 of the table in docs/rules.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from loa.core.errors import Severity
from notices.document import Role
from notices.lint.data import spellings
from notices.lint.letters import CAPITAL, SMALL, is_capitals
from notices.lint.observed import RUNNING, WORDED, ObservedDocument, ObservedSheet
from notices.lint.rule import EVERY, Check, Found, Rule

SENTENCE = "R55"
_IN_SENTENCE = rf"(?<=[{SMALL},] )"  # what stands before makes it the middle of a sentence
_STARTS = frozenset({Role.BODY, Role.CLAUSE})
_LABEL = re.compile(r"\d{1,3}(?:\.\d{1,2})*\. ")
_SMALL_START = re.compile(rf"[{SMALL}]+(?=[\s,:;]|$)")
_AFTER_STOP = re.compile(rf"[{SMALL}]{{2,}}[.?!] ([{SMALL}]+)(?=[\s,:;])")
_ABBREVIATED = ("tp.", "tr.", "stt.", "đc.", "vs.", "ths.")
_DOCUMENTS = (
    "nghị quyết|nghị định|quyết định|chỉ thị|thông tư|kế hoạch|công văn|báo cáo|hướng dẫn|chương trình|tờ trình|"
    "thông báo|phương án|công điện"
)
# Both places of the tone are usual.
_TONE_MARKS = {"Uỷ": "Ủy", "uỷ": "ủy", "UỶ": "ỦY", "Toà": "Tòa", "toà": "tòa", "TOÀ": "TÒA"}
_STEMS = "giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý"
_BRANCHES = "tý|sửu|dần|mão|thìn|tỵ|ngọ|mùi|thân|dậu|tuất|hợi"
_CITIES = "Hà Nội|Hải Phòng|Đà Nẵng|Cần Thơ|Huế"
_WEEKDAYS = {"hai": "Hai", "ba": "Ba", "tư": "Tư", "năm": "Năm", "sáu": "Sáu", "bảy": "Bảy"}
_DAY = "|".join(_WEEKDAYS)
_WEEKDAY = re.compile(
    rf"(?:sáng|trưa|chiều|tối|đêm) thứ ({_DAY})(?!\w)|từ thứ ({_DAY}) (?:đến|tới) |"
    rf"(?:đến|tới) thứ ({_DAY})(?=[,.;)]|$)|"
    rf"(?<!\w)(?<!lần )(?<!đợt )(?<!kỳ )thứ ({_DAY})(?= (?:hằng|hàng) tuần|,? (?:ngày )?\d{{1,2}}/)"
)

Pairs = Callable[[str], Iterator[tuple[str, str]]]  # in a text: what is written, and how it should be


def _check(pairs: Pairs) -> Check:
    """The check that asks ``pairs`` of every paragraph with sentences; names in capitals alone are left out."""

    def check(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
        for paragraph in sheet.within(WORDED):
            text = paragraph.own_words
            if not is_capitals(text):
                for written, instead in pairs(text):
                    yield Found(at=paragraph, values={"text": written, "instead": instead})

    return check


def _starts(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """V1: a paragraph and a sentence begin with a capital; entries with a dash or a letter may go on a sentence."""
    for paragraph in sheet.within(RUNNING):
        text = paragraph.own_words
        begin = _LABEL.match(text)
        first = _SMALL_START.match(text, begin.end() if begin else 0)
        if paragraph.role in _STARTS and first:
            yield Found(at=paragraph, values={"text": first[0], "instead": _raised(first[0])})
        for found in _AFTER_STOP.finditer(text):
            if not found[0].lower().startswith(_ABBREVIATED):
                yield Found(at=paragraph, values={"text": found[1], "instead": _raised(found[1])})


def _raised(word: str) -> str:
    return word[:1].upper() + word[1:]


def _phrase(pattern: str, instead: Callable[[re.Match[str]], str], flags: re.RegexFlag = re.NOFLAG) -> Pairs:
    """Whatever matches, and the spelling made from it, where that is another one."""
    compiled = re.compile(pattern, flags)

    def pairs(text: str) -> Iterator[tuple[str, str]]:
        for found in compiled.finditer(text):
            if (wanted := instead(found)) != found[0]:
                yield found[0], wanted

    return pairs


def _agencies(text: str) -> Iterator[tuple[str, str]]:
    """V6: the names of agencies; a name in capitals alone is right too."""
    names = {name.lower(): name for name in spellings().agencies}
    for found in _agency_pattern().finditer(text):
        written = found[0]
        for other, tone in _TONE_MARKS.items():
            written = written.replace(other, tone)
        name = names.get(written.lower(), written)
        is_verb = name in spellings().verbs and not written.split(" ")[1][0].isupper()
        if written not in (name, name.upper()) and not is_verb:
            yield found[0], name


@cache
def _agency_pattern() -> re.Pattern[str]:
    """The names in any capitals, but not “cán bộ y tế”, “tiến bộ khoa học và công nghệ”, “cơ sở y tế”."""
    names = "|".join(sorted(spellings().agencies, key=len, reverse=True))
    spelled = names.replace("Ủy", "(?:Ủy|Uỷ)").replace("Tòa", "(?:Tòa|Toà)").replace("Bộ ", "(?-i:B)ộ ")
    return re.compile(rf"(?<!\w)(?<!cơ )(?<!trụ )(?:{spelled})(?!\w)", re.IGNORECASE)


def _people(text: str) -> Iterator[tuple[str, str]]:
    """V7: Nhân dân, but not as a part of another name."""
    for found in re.finditer(r"(?<!\w)nhân dân(?! tệ)(?!\w)", text):
        if not text[: found.start()].rstrip().lower().endswith(spellings().peoples):
            yield found[0], "Nhân dân"


def _offices(text: str) -> Iterator[tuple[str, str]]:
    """V8: an office before the name of who holds it."""
    for found in _office_pattern().finditer(text):
        yield found[0], _raised(found[0])


@cache
def _office_pattern() -> re.Pattern[str]:
    offices, surnames = "|".join(spellings().offices), "|".join(spellings().surnames)
    return re.compile(rf"(?<!\w)(?:{offices})(?= (?:{surnames}) [{CAPITAL}][{SMALL}])")


def _weekdays(text: str) -> Iterator[tuple[str, str]]:
    """V11: days of the week; “lần thứ hai” is none, so that something must tell of a week."""
    for found in _WEEKDAY.finditer(text):
        small = next(group for group in found.groups() if group)
        yield f"thứ {small}", f"thứ {_WEEKDAYS[small]}"
    for found in re.finditer(r"(?<!\w)chủ nhật(?!\w)", text):
        yield found[0], "Chủ nhật"


def _listed(rule: str) -> Pairs:
    """The phrases of the data file for one rule."""

    def pairs(text: str) -> Iterator[tuple[str, str]]:
        for phrase in spellings().phrases:
            if phrase.rule == rule:
                yield from ((found[0], phrase.instead) for found in phrase.pattern.finditer(text))

    return pairs


def _lowered(found: re.Match[str]) -> str:
    return found[0][:1].lower() + found[0][1:]


def _lunar(found: re.Match[str]) -> str:
    return f"{found[1]} {found[2].capitalize()} {found[3].capitalize()}"


_PROVINCE = _phrase(
    rf"{_IN_SENTENCE}(?:Tỉnh (?!Đoàn|Đội|Uỷ|Ủy)[{CAPITAL}][{SMALL}]+ [{CAPITAL}][{SMALL}]+|Thành phố (?:{_CITIES}))",
    _lowered,
)
_NUMBERED_UNIT = _phrase(
    r"(?<!\w)(quận|phường) \d{1,2}(?![\w/]|\.\d)(?! (?:tháng|ngày|năm|giờ|lần|người|đơn))",
    lambda found: _raised(found[0]),
)
_CAPITAL_CITY = _phrase(r"thành phố Hồ Chí Minh|thủ đô Hà Nội", lambda found: _raised(found[0]))
_CITED = _phrase(rf"(?<!\w)(?:{_DOCUMENTS}) số \d+(?=/)", lambda found: _raised(found[0]))
_ARTICLES = _phrase(
    rf"(?<!\w)(?<!những )(?<!mấy )(?:(?<=khoản \d )|(?<=Khoản \d )|(?<!\d ))điều \d+(?![\w/])"
    rf"|{_IN_SENTENCE}Khoản \d+(?![\w/])|"
    rf"{_IN_SENTENCE}Điểm [a-zđ](?=,? [kK]hoản)",
    lambda found: _raised(found[0]) if found[0].startswith("điều") else _lowered(found),
)
_MONTHS = _phrase(rf"{_IN_SENTENCE}Tháng \d{{1,2}}(?!\d)(?! [{CAPITAL}])", _lowered)
_LUNAR_YEARS = _phrase(rf"(?<!\w)(năm|Tết|tết) ({_STEMS}) ({_BRANCHES})(?!\w)", _lunar, re.IGNORECASE)


def _rule(key: str, section: str, check: Check, severity: Severity = Severity.WARNING) -> Rule:
    return Rule(
        key=f"R55_{key}",
        clause=f"Phụ lục II, Mục {section}",
        severity=severity,
        check=check,
        kinds=EVERY,
        says=(SENTENCE,),
    )


RULES = (
    _rule("V1", "I", _starts),
    _rule("V3", "III", _check(_PROVINCE)),
    _rule("V4", "III", _check(_NUMBERED_UNIT)),
    _rule("V5", "III", _check(_CAPITAL_CITY), Severity.BREACH),
    _rule("V6", "IV", _check(_agencies)),
    _rule("V7", "V", _check(_people)),
    _rule("V8", "V", _check(_offices)),
    _rule("V9", "V", _check(_CITED)),
    _rule("V10", "V", _check(_ARTICLES), Severity.BREACH),
    _rule("V11", "V", _check(_weekdays)),
    _rule("V11_month", "V", _check(_MONTHS)),
    _rule("V12", "V", _check(_listed("V12"))),
    _rule("V13", "V", _check(_listed("V13"))),
    _rule("V14", "V", _check(_LUNAR_YEARS)),
    _rule("V15", "IV", _check(_listed("V15"))),
)
