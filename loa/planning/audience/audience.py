"""The agencies that get kits of a campaign, and which of them are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

from loa.core.errors import LoaError, Place, Problem, mistake
from loa.core.files import read_file
from loa.core.text import slug
from loa.planning.audience.from_yaml import read_yaml
from loa.planning.audience.rows import Locate, Located, check_list, read_rows, refuse, tell_apart
from loa.planning.source import Source
from notices.receiver import Receiver

MAX_BYTES = 20_000_000
_MOST_KNOWN = 12  # names that a message lists
# Kind of table → its reader; imported on first use, for the one of workbooks brings a large library along.
_TABLES = {".csv": "loa.planning.audience.from_csv:read_csv", ".xlsx": "loa.planning.audience.from_xlsx:read_xlsx"}
SUFFIXES = (".yaml", ".yml", *_TABLES)


@dataclass(frozen=True, kw_only=True)
class Audience:
    """The agencies of a list, in its order, no two alike; ``warnings`` are doubts about the file."""

    file: str
    receivers: tuple[Receiver, ...]
    warnings: tuple[Problem, ...] = ()
    places: Mapping[str, Locate] = field(default_factory=dict)  # by folder: where what is said of an agency stands

    def place(self, receiver: Receiver, *loc: str | int) -> Place:
        """Where ``loc`` of an agency, such as ``("contact", "phone")``, stands in the list, or would stand."""
        return self.places[receiver.folder](*loc)

    def groups(self) -> list[str]:
        """The names of all groups, as first spelt; capitals, accents and blanks make no other group."""
        spelt: dict[str, str] = {}
        for receiver in self.receivers:
            for group in receiver.groups:
                spelt.setdefault(_alike(group), group)
        return list(spelt.values())

    def kinds(self) -> dict[str, int]:
        """How many agencies there are of each kind, as first spelt; those without a kind under an empty name."""
        spelt: dict[str, str] = {}
        found = ((receiver.kind or "") for receiver in self.receivers)
        return dict(Counter(spelt.setdefault(kind.casefold(), kind) for kind in found))

    def select(self, names: Sequence[str] = (), groups: Sequence[str] = ()) -> tuple[Receiver, ...]:
        """The agencies of these codes, names or groups, in the order of the list; all of them when none is asked for.

        Capitals and small letters are alike; groups may be typed without accents. Raises LoaError with every name and
        group that is not there, and for a name that several agencies have.
        """
        if not names and not groups:
            return self.receivers
        wanted = set(map(_alike, groups))
        chosen = {r.folder for r in self.receivers if any(_alike(group) in wanted for group in r.groups)}
        problems = list(self._lost_groups(groups))
        for name in names:
            found = self._called(name)
            chosen |= {receiver.folder for receiver in found}
            if len(found) != 1:
                problems.append(self._unclear(name, found))
        if problems:
            raise LoaError(problems)
        return tuple(receiver for receiver in self.receivers if receiver.folder in chosen)

    def _called(self, name: str) -> list[Receiver]:
        said = name.strip().casefold()
        by_code = [receiver for receiver in self.receivers if receiver.code.casefold() == said]
        return by_code or [r for r in self.receivers if said in (r.name.casefold(), r.full_name.casefold())]

    def _unclear(self, name: str, found: Sequence[Receiver]) -> Problem:
        place = Place(file=self.file)
        if found:
            codes = ", ".join(receiver.code for receiver in found[:_MOST_KNOWN])
            return Problem(key="audience.several", place=place, values={"name": name, "codes": codes})
        known = {word.casefold(): word for receiver in self.receivers for word in (receiver.code, receiver.name)}
        close = get_close_matches(name.casefold(), known, n=3, cutoff=0.6)
        shown = ", ".join(known[word] for word in close) or ", ".join(r.code for r in self.receivers[:_MOST_KNOWN])
        return Problem(key="audience.unknown", place=place, values={"name": name, "known": shown})

    def _lost_groups(self, groups: Iterable[str]) -> Iterator[Problem]:
        known = {_alike(group): group for group in self.groups()}
        place = Place(file=self.file)
        for group in (group for group in groups if _alike(group) not in known):
            close = get_close_matches(_alike(group), known, n=3, cutoff=0.6)
            shown = ", ".join(known[name] for name in close or list(known)[:_MOST_KNOWN]) or "–"
            yield Problem(key="audience.no_group", place=place, values={"name": group, "known": shown})


def read_audience(path: Path, shown: str) -> Audience:
    """The list of agencies in a YAML, CSV or XLSX file; ``shown`` is its name in messages.

    Raises LoaError with every mistake in it: of the file, of its rows, of the list as a whole.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise mistake("audience.kind", Place(file=shown), known=", ".join(SUFFIXES))
    if suffix not in _TABLES:
        receivers, source = read_yaml(path, shown)
        return _checked(shown, [_in_yaml(receiver, source, index) for index, receiver in enumerate(receivers)])
    module, _, reader = _TABLES[suffix].partition(":")
    sheet = getattr(import_module(module), reader)(read_file(path, limit=MAX_BYTES, shown=shown), shown)
    return _checked(shown, read_rows(sheet), (*sheet.warnings, *sheet.totals()))


def _alike(group: str) -> str:
    """The name of a group as people type it from memory: without capitals, accents and blanks."""
    return slug(group).replace("-", "") or group.casefold()


def _in_yaml(receiver: Receiver, source: Source, index: int) -> Located:
    def locate(*loc: str | int) -> Place:
        return source.place("agencies", index, *loc)

    return receiver, locate


def _checked(file: str, located: Sequence[Located], warnings: tuple[Problem, ...] = ()) -> Audience:
    distinct = tell_apart(located)
    refuse(list(check_list(distinct)))
    places = {receiver.folder: locate for receiver, locate in distinct}
    return Audience(file=file, receivers=tuple(receiver for receiver, _ in distinct), warnings=warnings, places=places)
