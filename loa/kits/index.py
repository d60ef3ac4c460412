"""The page that lists the kits of a campaign, by kind of agency: to look at, to print, to download from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import jinja2

from loa import root
from loa.kits.kit import Original, Print
from notices.receiver import Receiver

OTHER_KIND = "Cơ quan, đơn vị khác"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A line of the page."""

    name: str
    code: str
    folder: str
    files: tuple[str, ...]
    originals: tuple[Original, ...]
    printed: tuple[Print, ...]  # each paper once, with the copies of all places
    places: tuple[str, ...]


@dataclass(kw_only=True)
class Index:
    """The lines of the page, gathered one agency at a time."""

    title: str
    issuer: str
    waiting: Sequence[str] = ()  # titles of papers that are in no kit, because nobody has signed them yet
    kinds: dict[str, list[Entry]] = field(default_factory=dict)
    _spelt: dict[str, str] = field(default_factory=dict)  # a kind whatever its capitals → as first spelt

    def add(
        self, receiver: Receiver, files: Sequence[str], prints: Sequence[Print], originals: Sequence[Original] = ()
    ) -> None:
        """One agency with its kit."""
        entry = Entry(
            name=receiver.name,
            code=receiver.code,
            folder=receiver.folder,
            files=tuple(files),
            originals=tuple(originals),
            printed=tuple(_added_up(prints)),
            places=tuple(posting.place for posting in receiver.posting),
        )
        kind = receiver.kind or OTHER_KIND
        self.kinds.setdefault(self._spelt.setdefault(kind.casefold(), kind), []).append(entry)

    def to_bytes(self) -> bytes:
        """The page, in UTF-8 and without outside files."""
        page = _environment().get_template("index.html.j2")
        return page.render(index=self, count=sum(map(len, self.kinds.values()))).encode()


def _added_up(prints: Sequence[Print]) -> Iterator[Print]:
    for file in dict.fromkeys(line.file for line in prints):
        lines = [line for line in prints if line.file == file]
        yield replace(lines[0], copies=sum(line.copies for line in lines))


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(root() / "templates" / "kits")
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
