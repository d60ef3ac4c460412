"""Poster → plain text: its words, for e-mail and for comparing."""

from __future__ import annotations

from collections.abc import Iterator

from notices.posters.document import PosterDocument, Words
from notices.posters.reading import Line, Part, in_order
from notices.posters.results import as_rows


def write_poster_text(document: PosterDocument) -> bytes:
    """The poster's words in UTF-8, a line each."""
    lines = [text for line in in_order(document.words) for text in _shown(line, document.words)]
    return ("\n".join(lines) + "\n").encode()


def _shown(line: Line, words: Words) -> Iterator[str]:
    if line.part is Part.RESULTS and words.results:
        yield from (" | ".join(row) for row in as_rows(words.results))
    elif line.part is Part.POINT:
        yield f"- {line.text}"
    elif line.part is Part.LABEL:
        yield f"{line.text}:"
    elif line.text:
        yield line.text
