"""What changed in an announcement since somebody approved it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

_TEXTS = ("title", "summary", "text", "issuer")
PARTS = (*_TEXTS, "attachments")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that reads otherwise now. ``before`` is empty for what was added, ``after`` for what was left out."""

    part: str  # one of PARTS
    before: str
    after: str


def find_changes(approved: Mapping[str, Any], present: Mapping[str, Any]) -> tuple[Change, ...]:
    """How ``present`` differs from what was ``approved``, both as the ledger keeps them; texts line by line."""
    return (
        *(change for part in PARTS for change in _between(part, lines_of(part, approved), lines_of(part, present))),
    )


def lines_of(part: str, content: Mapping[str, Any]) -> list[str]:
    """One of PARTS of a content, as the ledger keeps it, in lines to be read: of files a line each."""
    return _files(content) if part == "attachments" else _lines(content, part)


def _between(part: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind != "equal":
            yield Change(part=part, before="\n".join(before[first:last]), after="\n".join(after[new_first:new_last]))


def _lines(content: Mapping[str, Any], part: str) -> list[str]:
    return [line for line in str(content.get(part, "")).splitlines() if line.strip()]


def _files(content: Mapping[str, Any]) -> list[str]:
    """A line a file: its name, what it is called or shows, the beginning of its hash."""
    files: Sequence[Mapping[str, str]] = content.get("attachments", ())
    return [f"{file['name']} ({file['alt'] or file['title']}; {file['sha256'][:12]})" for file in files]
