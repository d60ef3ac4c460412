"""Braces in a text of a campaign: what stands between them, and those that do not meet."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

# ``{ dien_thoai }``: one brace is plain text to Jinja and would be printed.
_SINGLE = re.compile(r"(?<!\{)\{\s*(([a-z_][a-z0-9_]*)(?:\.[a-z_]+)*)\s*\}{1,2}(?!\})")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_PRINTED = re.compile(r"\{\{[^{}]*\}\}")
_OPENED = re.compile(r"\{\{")
_OF_BLOCKS = re.compile(r"\b(super|self)\b")  # mean something inside their block only


def single_braces(text: str, known: Container[str]) -> Iterator[tuple[int, str, str]]:
    """Known names between single braces, which the paper would show as typed: line (from 1), name, as typed."""
    for found in _SINGLE.finditer(text):
        if found[2] in known:
            yield _line(text, found), found[1], found[0]


def open_braces(text: str) -> Iterator[int]:
    """The lines, from 1, of double braces that are never closed."""
    rest = _blanked(_PRINTED, _blanked(_COMMENT, text))
    for found in _OPENED.finditer(rest):
        yield _line(rest, found)


def printed(text: str) -> Iterator[tuple[int, str]]:
    """What a text prints, ``{{ … }}``, with its line; nothing of one with commands, which may make names itself."""
    words = _blanked(_COMMENT, text)
    if "{%" in words:
        return
    for found in _PRINTED.finditer(words):
        if not _OF_BLOCKS.search(found[0]):
            yield _line(words, found), found[0]


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """``text`` without what the pattern finds; every line keeps its number."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


def _line(text: str, found: re.Match[str]) -> int:
    return 1 + text.count("\n", 0, found.start())
