"""Problems as data: what was found, where, and how grave it is.

A problem carries no sentence, only the key of one; ``loa.core.words`` holds the sentences in each language. So the
same problem can be shown in Vietnamese, in English or as JSON, and tests compare keys instead of prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
