"""A kit as data: the files that one agency gets, and what of them is to be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from notices.receiver import Receiver


@dataclass(frozen=True, kw_only=True, slots=True)
class Print:
    """A paper that hangs somewhere: which file, how large, how often."""

    document: str  # its key in the campaign
    title: str
    file: str  # of the kit, a PDF
    paper: str  # A5 to A1
    pages: int
    place: str
    copies: int

    @property
    def sheets(self) -> int:
        """How many sheets of its paper it takes."""
        return self.pages * self.copies


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """A PDF that goes along as it is, and is not printed for posting: a signed paper, or what goes with one."""

    document: str  # its key in the campaign
    title: str
    file: str  # of the kit
    is_signed: bool  # else an appendix or an enclosure of a signed paper

    @property
    def said(self) -> str:
        """What a list calls it."""
        return f"{self.title} (bản đã ký)" if self.is_signed else self.title


@dataclass(frozen=True, kw_only=True)
class Kit:
    """What one agency gets: path in its folder → content."""

    receiver: Receiver
    files: Mapping[str, bytes]
    prints: tuple[Print, ...]
    originals: tuple[Original, ...] = ()
