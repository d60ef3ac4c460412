"""What ages or is long, read from the data files beside this package: former names, superseded documents, spellings."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_HOME = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, kw_only=True, slots=True)
class Former:
    """A name that is no longer right from ``since`` on, and what to write instead."""

    pattern: re.Pattern[str]
    since: date
    instead: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Superseded:
    """A document that has been replaced: its number or name as it is cited, since when, and by what."""

    cited: str
    since: date
    instead: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """A spelling that Phụ lục II does not know, and the one it gives; ``rule`` is V1 to V15."""

    rule: str
    pattern: re.Pattern[str]
    instead: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Spellings:
    """Names with their capitals."""

    agencies: tuple[str, ...]
    verbs: frozenset[str]  # agencies whose second word may be a verb
    offices: tuple[str, ...]
    surnames: tuple[str, ...]
    peoples: tuple[str, ...]  # what stands before “nhân dân” where that keeps its small letters
    phrases: tuple[Phrase, ...]


@cache
def former_names() -> tuple[Former, ...]:
    """Administrative names out of use, the longer ones before those they contain."""
    given = _read("administrative")
    terms = [Former(pattern=_word(row["pattern"]), since=row["since"], instead=row["instead"]) for row in given["term"]]
    provinces = [
        Former(pattern=_word(rf"tỉnh {re.escape(name)}"), since=group["since"], instead=successor)
        for group in given["province"]
        for name, successor in group["into"].items()
    ]
    return (*terms, *provinces)


@cache
def superseded_documents() -> tuple[Superseded, ...]:
    """Documents that are no longer a legal basis."""
    return tuple(Superseded(**row) for row in _read("superseded")["document"])


@cache
def spellings() -> Spellings:
    """Names and phrases with their capitals."""
    given = _read("capitals")
    phrases = (
        Phrase(rule=row["rule"], pattern=re.compile(row["pattern"]), instead=row["instead"]) for row in given["phrase"]
    )
    return Spellings(
        agencies=tuple(given["agencies"]),
        verbs=frozenset(given["verbs"]),
        offices=tuple(given["offices"]),
        surnames=tuple(given["surnames"]),
        peoples=tuple(given["peoples"]),
        phrases=tuple(phrases),
    )


def _word(pattern: str) -> re.Pattern[str]:
    """The pattern as whole words, capital or small."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HOME / f"{name}.toml").read_text(encoding="utf-8"))
