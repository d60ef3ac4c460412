"""Problems as data: what was found, where, and how grave it is.

A problem carries no sentence, only the key of one; ``loa.core.words`` holds the sentences in each language. So the
same problem can be shown in Vietnamese, in English or as JSON, and tests compare keys instead of prose.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


class Severity(StrEnum):
    """How grave a problem is, and so what it stops."""

    ERROR = "error"  # stops everything: the input cannot be used
    GAP = "gap"  # something still to be filled in; a draft is possible, a final paper is not
    BREACH = "breach"  # breaks a format rule; a draft is possible, a final paper is not
    WARNING = "warning"  # against a form or strong practice; a person decides


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Place:
    """Where a problem is: a position in a file, or a named part such as a channel or a page.

    ``line`` and ``column`` count from 1, ``column`` in characters; 0 means unknown.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    part: str = ""  # dotted path in the file (``window.to``), a channel, a document

    def __str__(self) -> str:
        position = ":".join(str(p) for p in (self.file, self.line, self.column) if p)
        return ": ".join(p for p in (position, self.part) if p)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong: a catalogue key, the values for its sentence, and its place."""

    key: str
    place: Place = Place()
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    rule: str = ""  # identifier of a format rule, such as ``R44``
    clause: str = ""  # that asks for it, such as ``I/1-II.9d``

    def fails_check(self) -> bool:
        """Whether a check must fail: a mistake or a breach of form, but not a blank left for the registry."""
        return self.severity in (Severity.ERROR, Severity.BREACH)

    def blocks_final(self) -> bool:
        """Whether a final paper must not be made as long as this stands."""
        return self.severity is not Severity.WARNING


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, as they stand in their file: an appendix is read alone and again with its dispatch."""
    once = {(p.key, p.place, str(p.values)): p for p in problems}
    return sorted(once.values(), key=lambda problem: (problem.place.line, problem.place.column, problem.rule))


def stopping(problems: Iterable[Problem], *, final: bool) -> list[Problem]:
    """Those among ``problems`` that keep what they speak of from being made: mistakes, and all but warnings if
    ``final``.
    """
    return [p for p in problems if p.severity is Severity.ERROR or (final and p.blocks_final())]


# What the system may refuse a file for, or SQLite its database: by these codes each catalogue words it.
SYSTEM_REASONS = frozenset(
    {
        *("EACCES", "EADDRINUSE"),
        *("EBUSY", "EDQUOT", "EEXIST", "EFBIG", "EIO", "EISDIR", "ELOOP", "EMFILE", "ENAMETOOLONG"),
        *("ENOENT", "ENOSPC", "ENOTDIR", "ENOTEMPTY", "EPERM", "EROFS"),
        *("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_NOTADB"),
        *("SQLITE_PERM", "SQLITE_READONLY"),
    }
)


def reason_of(error: OSError | sqlite3.Error) -> str:
    """Why the system refused, as a value of a problem: one of ``SYSTEM_REASONS``, else the system's own words."""
    if isinstance(error, OSError):
        code, words = errno.errorcode.get(error.errno or 0, ""), error.strerror or str(error)
    else:
        name = str(getattr(error, "sqlite_errorname", ""))  # such as SQLITE_READONLY_DIRECTORY
        code, words = "_".join(name.split("_")[:2]), str(error)
    return code if code in SYSTEM_REASONS else words


class LoaError(Exception):
    """A mistake that a person can mend: one or more problems, all found at once.

    Any other exception that reaches the command line is a bug of ours and keeps its trace.
    """

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(f"{p.place}: {p.key} {dict(p.values)}" for p in self.problems))


def mistake(key: str, place: Place | None = None, **values: object) -> LoaError:
    """A LoaError with a single problem, for the places where only one can be found."""
    return LoaError(Problem(key=key, place=place or Place(), values=values))


@contextmanager
def noting(problems: list[Problem]) -> Iterator[None]:
    """Go on after a LoaError that is raised inside, with its problems added to ``problems``: all are told at once."""
    try:
        yield
    except LoaError as error:
        problems += error.problems
