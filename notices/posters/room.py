"""What is raised when words have no room at a size that can be read."""

from __future__ import annotations


class NoRoomError(Exception):
    """A part of a poster that does not fit; ``part`` is its key in the campaign file."""

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(part)


class LongWordError(NoRoomError):
    """A word, or an address without blanks, that is longer than its line."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__("")
