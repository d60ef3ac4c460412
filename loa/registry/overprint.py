"""The lines that programs for signing print over a paper: entries of signatures, and stamps made of names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_OPENING = re.compile(r"(ký bởi\b|người ký\s*:|digitally signed\b)", re.IGNORECASE)
_WHEN = r"[\d\s:./,+'Z-]+([AP]M)?"
# What may follow inside an entry. Each takes only what such a line holds, so that nothing else hides behind its key.
_FURTHER = re.compile(
    rf"(thời gian ký|ngày ký|date)\s*:({_WHEN})?"
    r"|email\s*:\s*\S*"
    r"|(chức vụ|reason|location)\s*:\D*"
    r"|(cơ quan|signature|dn)\s*:.*",
    re.IGNORECASE,
)
_TIME = re.compile(rf"(?=.*[:']){_WHEN}")
_SIGNED_AT = re.compile(rf"(thời gian|ngày) ký\s*:{_WHEN}", re.IGNORECASE)  # may stand apart from its entry


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedLine:
    """A line of a PDF none of whose words belongs to the paper."""

    number: int  # of the whole PDF
    page: int
    words: tuple[str, ...]  # as printed
    plain: tuple[str, ...]  # as compared

    @property
    def text(self) -> str:
        """The line as printed."""
        return " ".join(self.words)


def overprinted(lines: Sequence[PrintedLine], names: Collection[str]) -> set[int]:
    """The numbers of those lines that a signature or a stamp has put there.

    ``names``: plain words, in capitals, of the agency and the signer. An entry opens with who signed; it goes on over
    lines with further keys, a time, words of ``names``, and one line without figures that is wrapped below a key
    when another key follows.
    """
    found: set[int] = set()
    is_open = is_key = False
    for at, line in enumerate(lines):
        is_next = at > 0 and lines[at - 1].number in found and _follows(line, lines[at - 1])
        is_wrapped = is_key and is_next and _is_wrapped(line, lines[at + 1 : at + 2])
        is_open = is_open and line.page == lines[at - 1].page
        is_key = bool(_OPENING.match(line.text)) or (is_open and bool(_FURTHER.fullmatch(line.text)))
        is_time = is_open and is_next and bool(_TIME.fullmatch(line.text))
        is_stamp = all(word.upper() in names for word in line.plain)
        if is_key or is_time or is_wrapped or is_stamp or _SIGNED_AT.fullmatch(line.text):
            found.add(line.number)
        is_open = is_key or (is_open and line.number in found)
    return found


def _is_wrapped(line: PrintedLine, below: Sequence[PrintedLine]) -> bool:
    """Whether a line may be the second half of the key above it."""
    has_figures = any(character.isdigit() for character in line.text)
    return not has_figures and any(_follows(one, line) and _FURTHER.fullmatch(one.text) for one in below)


def _follows(line: PrintedLine, above: PrintedLine) -> bool:
    return (line.page, line.number) == (above.page, above.number + 1)
