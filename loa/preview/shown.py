"""What the page shows, as data: documents by their pages, announcements by their channels."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Literal

# How a channel shows a post.
Look = Literal["website", "facebook", "zalo", "card"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownPicture:
    """A picture that stands in the page itself."""

    address: str  # data:image/…
    alt: str
    width: int  # pixels
    height: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownDocument:
    """A document, page by page."""

    name: str
    title: str
    pages: tuple[ShownPicture, ...] = ()
    more: int = 0  # pages that are left out
    problems: tuple[str, ...] = ()  # why there are no pages


@dataclass(frozen=True, kw_only=True, slots=True)
class Meter:
    """How much of a limit is used."""

    label: str
    count: str
    most: str  # empty: no limit
    is_over: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownPost:
    """An announcement on one channel."""

    channel: str  # as the office calls it
    kind: str  # what sort of place that is, in Vietnamese
    look: Look
    issuer: str = ""
    title: str = ""
    summary: str = ""
    lead: str = ""  # the summary where it says something else than the text begins with
    html: str = ""  # escaped and sanitised
    folds: tuple[str, ...] = ()  # the plain text, cut where a reader has to ask for more
    pictures: tuple[ShownPicture, ...] = ()
    files: tuple[str, ...] = ()  # what their links say
    link: str = ""  # words for the page on the website to which the post leads
    code: str = ""
    meters: tuple[Meter, ...] = ()
    problems: tuple[str, ...] = ()  # over a limit, or why the post cannot be shown
    next_times: tuple[str, ...] = ()
    later: int = 0  # times after those
    approval: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownAnnouncement:
    """An announcement with its posts."""

    name: str
    title: str
    posts: tuple[ShownPost, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownProblem:
    """Something that is still to be seen to."""

    about: str  # the title of the paper or post; empty for the campaign as a whole
    words: str  # what was found and what to do, as a sentence
    places: tuple[str, ...]  # where in the files, for whoever writes them


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """The whole page."""

    title: str
    issuer: str
    window: str
    made: str  # day and time of the page
    documents: tuple[ShownDocument, ...]
    announcements: tuple[ShownAnnouncement, ...]
    problems: tuple[ShownProblem, ...] = ()  # what loa check says


def shown_picture(content: bytes, media_type: str, *, alt: str, width: int, height: int) -> ShownPicture:
    """A picture as part of the page."""
    address = f"data:{media_type};base64,{base64.b64encode(content).decode()}"
    return ShownPicture(address=address, alt=alt, width=width, height=height)
