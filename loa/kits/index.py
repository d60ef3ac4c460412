"""The page that lists the kits of a campaign, by kind of agency: to look at, to print, to download from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import jinja2

from loa import root
from loa.kits.kit import Print
from notices.receiver import Receiver

OTHER_KIND = "Cơ quan, đơn vị khác"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A line of the page."""

    name: str
    code: str
    folder: str
    files: tuple[str, ...]
    printed: tuple[Print, ...]  # each paper once, with the copies of all places
    places: tuple[str, ...]


@dataclass(kw_only=True)
class Index:
    """The lines of the page, gathered one agency at a time."""

    title: str
    issuer: str
    kinds: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, receiver: Receiver, files: Sequence[str], prints: Sequence[Print]) -> None:
        """One agency with its kit."""
        entry = Entry(
            name=receiver.name,
            code=receiver.code,
            folder=receiver.folder,
            files=tuple(files),
            printed=tuple(_added_up(prints)),
            places=tuple(posting.place for posting in receiver.posting),
        )
        self.kinds.setdefault(receiver.kind or OTHER_KIND, []).append(entry)

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
