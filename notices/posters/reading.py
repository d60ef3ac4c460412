"""The words of a poster in the order in which they are read, for media that only set them below each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from notices.posters.document import Words

BLANK = "…" * 12  # room to write by hand


class Part(StrEnum):
    """What a line is."""

    PARENT = "parent"
    AGENCY = "agency"
    KICKER = "kicker"
    HEADLINE = "headline"
    HERO = "hero"
    PHOTO = "photo"  # where the picture stands
    RESULTS = "results"  # where they stand
    POINT = "point"
    LABEL = "label"  # of what follows
    WHEN = "when"
    PHONE = "phone"
    LINK = "link"
    TRUST_TITLE = "trust-title"
    TRUST = "trust"
    BLANK = "blank"
    IMPRINT = "imprint"
    DRAFT = "draft"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line and what it is."""

    part: Part
    text: str = ""


def in_order(words: Words) -> Iterator[Line]:
    """Every line of the poster; of pictures and results only their place."""
    first = ((Part.DRAFT, words.draft), (Part.PARENT, words.parent), (Part.AGENCY, words.agency))
    message = ((Part.KICKER, words.kicker), (Part.HEADLINE, words.headline), (Part.HERO, words.hero))
    yield from (Line(part=part, text=text) for part, text in (*first, *message) if text)
    if words.photo:
        yield Line(part=Part.PHOTO)
    if words.results:
        yield Line(part=Part.RESULTS)
    yield from (Line(part=Part.POINT, text=text) for text in words.points)
    reach = (
        (words.when_label, Part.WHEN, words.when),
        (words.phone_label, Part.PHONE, words.phone),
        (words.link_label, Part.LINK, words.link),
    )
    for label, part, text in reach:
        if text:
            yield Line(part=Part.LABEL, text=label)
            yield Line(part=part, text=text)
    yield from _small_print(words)


def _small_print(words: Words) -> Iterator[Line]:
    if words.trust:
        yield Line(part=Part.TRUST_TITLE, text=words.trust.title)
        yield from (Line(part=Part.TRUST, text=text) for text in words.trust.lines)
    if words.posted_at:
        yield Line(part=Part.BLANK, text=words.posted_at)
    for line in words.blanks:
        yield Line(part=Part.BLANK, text=" ".join(f"{blank.label} {BLANK}" for blank in line.blanks))
    if words.imprint:
        yield Line(part=Part.IMPRINT, text=" · ".join(words.imprint))
