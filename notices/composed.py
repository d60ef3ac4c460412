"""A document that was composed, of whatever kind, and what is still open or doubtful in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from loa.core.errors import Problem
from notices.document import Document
from notices.enclosure import EnclosedFile
from notices.posters.document import PosterDocument

# What can be written: a paper of the decree, a poster, or a PDF that goes along as it is.
Printable = Document | PosterDocument | EnclosedFile
D = TypeVar("D", Document, PosterDocument, EnclosedFile)


@dataclass(frozen=True, kw_only=True)
class Composed(Generic[D]):
    """A document, and what is still open or doubtful in it."""

    document: D
    problems: tuple[Problem, ...] = ()
