"""Events that a portal understands: an announcement was published, updated or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from channels.sandbox.plain_text import plain_text
from channels.sandbox.web import Picture, Request

TYPES = ("announcement.published", "announcement.updated", "announcement.withdrawn")
_LARGEST = 5_000_000  # bytes of a body; pictures may be inside


@dataclass(frozen=True, kw_only=True)
class Event:
    """What an event says. An event that withdraws has nothing but the identifier."""

    type: str
    id: str  # the sender's name for the announcement
    title: str
    text: str
    link: str
    pictures: tuple[Picture, ...]


class Refused(Exception):  # noqa: N818 - named for what the portal does
    """A body that is no event, with the HTTP status that says so."""

    def __init__(self, status: int, text: str) -> None:
        self.status = status
        self.text = text
        super().__init__(text)


def read_event(request: Request) -> Event:
    """The event in a body whose signature was right. Raises Refused."""
    if len(request.body) > _LARGEST:
        raise Refused(413, "too large")
    try:
        value = request.json()
    except ValueError as error:
        raise Refused(400, "not JSON") from error
    match value:
        case {"type": str(kind), "timestamp": str(), "data": dict(data)} if kind in TYPES:
            return _event(kind, data)
    raise Refused(422, "not an announcement")


def _event(kind: str, data: Mapping[str, object]) -> Event:
    name, title = _text(data, "id"), _text(data, "title")
    if not name:
        raise Refused(422, "an announcement needs an id")
    if not title and kind != "announcement.withdrawn":
        raise Refused(422, "an announcement needs a title")
    return Event(
        type=kind,
        id=name,
        title=title,
        text=_text(data, "text") or plain_text(_text(data, "html")) or _text(data, "summary"),
        link=_text(data, "url"),
        pictures=_pictures(data.get("images")),
    )


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise Refused(422, f"{name} is not a text")
    return value


def _pictures(images: object) -> tuple[Picture, ...]:
    """Those with an address; bytes inside the body are taken and not shown."""
    if images is None:
        return ()
    if not isinstance(images, list) or not all(isinstance(image, dict) for image in images):
        raise Refused(422, "images is not a list of objects")
    return tuple(
        Picture(address=image["url"], alt=str(image.get("alt", "")))
        for image in images
        if isinstance(image.get("url"), str)
    )
