"""The summary of a text that nobody summed up."""

from __future__ import annotations

from loa.core.text import one_line


def first_paragraph(text: str) -> str:
    """The first paragraph of plain text, as one line."""
    return one_line(text.strip().split("\n\n")[0])
