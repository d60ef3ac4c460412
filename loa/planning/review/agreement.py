"""Whether everything that a campaign says agrees with its facts, and what is left for a person to read again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from loa.core.errors import Place, Problem
from loa.planning.review.passages import Passage
from notices.facts import Fact, Period
from notices.mentions.addresses import find_emails, find_links
from notices.mentions.amounts import amount, unit_of
from notices.mentions.citations import Citation
from notices.mentions.dates import Point, points_of
from notices.mentions.find import find_mentions
from notices.mentions.known import Known
from notices.mentions.mention import Kind, Mention
from notices.mentions.near import nearest
from notices.mentions.spelled import find_slips
from notices.mentions.weekdays import find_weekday_slips

_RULE = "R59"  # dates, phones and amounts are the same in every text of a campaign
# The sentence for an address or number that is no fact's, and for one that nearly is.
_UNKNOWN = {
    Kind.PHONE: ("fact.phone", "fact.phone_close"),
    Kind.LINK: ("fact.link", "fact.link_close"),
    Kind.EMAIL: ("fact.email", "fact.email_close"),
}


@dataclass(frozen=True, kw_only=True)
class Spotted:
    """A mention, and where it was found."""

    mention: Mention
    part: str  # documents.cong-van, announcements.mo-dau
    place: Place


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What disagrees, and what nothing can be compared with: for a person to read again."""

    problems: tuple[Problem, ...]
    to_read: tuple[Spotted, ...]


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """A passage with what was found in it."""

    passage: Passage
    mentions: Sequence[Mention]


def compare(passages: Iterable[Passage], facts: Mapping[str, Fact], known: Known) -> Agreement:
    """Every phone, link, e-mail, amount, date and cited paper in the texts of a campaign, against its facts."""
    readings = [_read(passage, known) for passage in passages]
    problems = [problem for reading in readings for problem in _disagreements(reading, facts, known)]
    problems += _two_days(readings, known)
    told = {(problem.place, str(problem.values["text"])) for problem in problems}
    spotted = [
        Spotted(mention=mention, part=reading.passage.part, place=reading.passage.place_of(mention.text))
        for reading in readings
        for mention in reading.mentions
        if not known.has(mention)
    ]
    to_read = (one for one in spotted if (one.place, one.mention.text) not in told)
    return Agreement(problems=tuple(problems), to_read=tuple(_once(to_read)))


def _once(spotted: Iterable[Spotted]) -> Iterable[Spotted]:
    """Each value of a document or announcement once, where it stands first."""
    seen: dict[tuple[str, Kind, str], Spotted] = {}
    for one in spotted:
        seen.setdefault((one.part, one.mention.kind, one.mention.normal), one)
    return seen.values()


def _read(passage: Passage, known: Known) -> _Reading:
    hidden = [mention for link in passage.links for mention in (*find_links(link), *find_emails(link))]
    return _Reading(passage=passage, mentions=[*find_mentions(passage.text, units=known.units), *hidden])


def _disagreements(reading: _Reading, facts: Mapping[str, Fact], known: Known) -> Iterator[Problem]:
    passage = reading.passage
    for mention in reading.mentions:
        if mention.kind in _UNKNOWN and not known.has(mention):
            yield _unknown(mention, passage, known)
        elif mention.kind is Kind.AMOUNT and unit_of(mention) in known.units and not known.has(mention):
            right = ", ".join(_named_counts(facts, unit_of(mention)))
            yield _problem("fact.amount", mention.text, passage, known=right)
        elif _is_impossible(mention) and not known.lets_pass(mention.text, mention.normal):
            yield _problem("fact.no_day", mention.text, passage)
    for slip in find_slips(passage.text, reading.mentions):
        yield _problem("fact.words", slip.mention.text, passage, words=slip.words, right=slip.right)
    for other in find_weekday_slips(passage.text, reading.mentions):
        if not known.lets_pass(other.text):
            yield _problem("fact.weekday", other.text, passage, right=other.right)
    for name, fact in facts.items():
        if fact.label:
            yield from _beside_label(name, fact, reading, known)


def _is_impossible(mention: Mention) -> bool:
    """Whether it is a day that is not in the calendar, such as 31/9."""
    return mention.kind in (Kind.DATE, Kind.PERIOD) and not all(point.exists() for point in points_of(mention))


def _unknown(mention: Mention, passage: Passage, known: Known) -> Problem:
    """A phone, link or e-mail that is no fact's: perhaps a slip in one that is."""
    key, close_key = _UNKNOWN[mention.kind]
    written = known.of(mention.kind)
    if close := nearest(mention.normal, written):
        return _problem(close_key, mention.text, passage, close=written[close])
    return _problem(key, mention.text, passage)


def _named_counts(facts: Mapping[str, Fact], unit: str) -> Iterator[str]:
    """The facts that count ``unit``: ``thu_lao (30.000 đồng)``."""
    for name, fact in facts.items():
        if fact.money is not None and unit == "đồng":
            yield f"{name} ({fact})"
        elif fact.number is not None and fact.unit and amount(fact.number, fact.unit).partition(" ")[2] == unit:
            yield f"{name} ({fact} {fact.unit})"


# --- beside a label ------------------------------------------------------------------------------------------

_LEADS = re.compile(r"[\s:,(–-]*(?:(?:là|vào|từ|đến|hết|trước|ngày|tháng|thời gian|hạn)[\s:]+)*", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.;!?\n]{0,80}")
_NUMBER = r"(?<![\w.,/])(\d{1,3}(?:\.\d{3})+|\d+)"


def _beside_label(name: str, fact: Fact, reading: _Reading, known: Known) -> Iterator[Problem]:
    """A value next to a fact's label that is not the fact's."""
    label = fact.label or ""
    text = reading.passage.text
    values: dict[str, object] = {"name": name, "label": label, "right": str(fact)}
    if fact.date is not None or fact.period is not None:
        for end in (found.end() for found in re.finditer(_word(label), text, re.IGNORECASE)):
            mention = next((m for m in reading.mentions if m.kind in (Kind.DATE, Kind.PERIOD) and m.start >= end), None)
            if mention and not known.has(mention) and _shows_wrongly(mention, fact, text[end : mention.start]):
                yield _problem("fact.date", mention.text, reading.passage, **values)
    elif fact.number is not None:
        beside = rf"{_NUMBER} {_word(label)}|{_word(label)}(?:: ?| là )(?:{_NUMBER})(?![.,/]?\d)"
        for found in re.finditer(beside, text, re.IGNORECASE):
            typed = found[1] or found[2]
            if int(typed.replace(".", "")) != fact.number and not known.lets_pass(typed):
                yield _problem("fact.number", typed, reading.passage, **values)


def _word(label: str) -> str:
    return rf"(?<!\w){re.escape(label)}(?!\w)"


def _shows_wrongly(mention: Mention, fact: Fact, between: str) -> bool:
    """Whether a date is meant as the fact's: directly behind the label, or in its sentence and off in one place.

    A day inside the fact's period may be any event of it.
    """
    points, wanted = points_of(mention), _points(fact)
    if len(points) < len(wanted):
        day = replace(points[0], year=points[0].year or wanted[0].year)
        if wanted[0].parts <= day.parts <= wanted[-1].parts:
            return False
    if _LEADS.fullmatch(between):
        return True
    return bool(_SENTENCE.fullmatch(between)) and _is_one_off(points, wanted)


def _is_one_off(points: Sequence[Point], wanted: Sequence[Point]) -> bool:
    if len(points) == len(wanted):
        return sum(point.differences(other) for point, other in zip(points, wanted, strict=True)) == 1
    return len(points) == 1 and any(points[0].differences(other) == 1 for other in wanted)


def _points(fact: Fact) -> Sequence[Point]:
    if isinstance(fact.period, Period):
        return (Point.of(fact.period.from_), Point.of(fact.period.to))
    return (Point.of(fact.date),) if fact.date else ()


# --- cited papers --------------------------------------------------------------------------------------------


def _two_days(readings: Iterable[_Reading], known: Known) -> Iterator[Problem]:
    """Papers that are cited with two days: all that differ from the fact's, or from what stands first.

    One that is allowed is another paper of that number.
    """
    found = ((mention, reading.passage) for reading in readings for mention in reading.mentions)
    cited = [
        (citation, passage)
        for citation, passage in found
        if isinstance(citation, Citation) and citation.day and not known.lets_pass(citation.text, citation.normal)
    ]
    cited.sort(key=lambda pair: not known.has(pair[0]))  # facts first; the order is kept otherwise
    for index, (citation, passage) in enumerate(cited):
        first = next((other for other, _ in cited[:index] if citation.may_be(other)), None)
        if first and first.day != citation.day:
            yield _problem("fact.two_days", citation.text, passage, other=first.text)


def _problem(key: str, text: str, passage: Passage, **values: object) -> Problem:
    return Problem(key=key, place=passage.place_of(text), values={"text": text, **values}, rule=_RULE)
