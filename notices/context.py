"""What the papers of one campaign share while they are composed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from loa.core.errors import Place, mistake
from notices.document import Letterhead
from notices.enclosure import EnclosedFile, Enclosure
from notices.model import Agency, DocumentSpec
from notices.picture import Picture
from notices.receiver import Receiver
from notices.template import Templates

Locate = Callable[..., Place]
ReadPicture = Callable[[str, Place], Picture]
ReadEnclosure = Callable[[str, Enclosure, Place], EnclosedFile]
ReadLetterhead = Callable[[str, Place], Letterhead]


def _nowhere(*path: str | int) -> Place:
    return Place(part=".".join(str(part) for part in path))


def _no_picture(name: str, place: Place) -> Picture:
    raise mistake("picture.missing", place, file=name)


def _no_letterhead(name: str, place: Place) -> Letterhead:
    raise mistake("letterhead.missing", place, file=name)


def _no_enclosure(_name: str, spec: Enclosure, place: Place) -> EnclosedFile:
    raise mistake("enclosure.missing", place, file=spec.file)


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What the registry gave a document: its number and its day, and what became of the paper since."""

    number: int
    day: date
    content: tuple[str, ...] = ()  # what it said when it was numbered, by ``notices.content``; empty where not kept
    letterhead: str | None = None  # SHA-256 of the Word file it was set in; empty for none, None where not kept
    signed: str = ""  # SHA-256 of the signed original, once it is back


NO_ISSUES: Mapping[str, Issue] = MappingProxyType({})  # a campaign of which nothing has a number yet


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the papers of one campaign share.

    ``locate`` tells where in the campaign file a path such as ``("documents", "cong-van", "body")`` stands;
    ``picture`` and ``letterhead`` read a picture file and a Word template by the name that stands there, and raise
    LoaError. ``host`` is the agency that posts this copy, where it is made for one. With ``is_checked`` composing does
    not look for breaches and doubts, nor whether words have room: all that was asked of the same words before.
    """

    agency: Agency
    documents: Mapping[str, DocumentSpec]
    values: Mapping[str, object]  # facts by name, and what else templates may print
    templates: Templates
    issues: Mapping[str, Issue] = field(default_factory=lambda: NO_ISSUES)
    locate: Locate = _nowhere
    picture: ReadPicture = _no_picture
    letterhead: ReadLetterhead = _no_letterhead
    enclosure: ReadEnclosure = _no_enclosure
    host: Receiver | None = None
    is_checked: bool = False

    def hosted_by(self, host: Receiver) -> Context:
        """The same for the copy that ``host`` posts; templates print it as ``host``."""
        return replace(self, host=host, values={**self.values, "host": host})
