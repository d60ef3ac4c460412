"""Enclosures: PDF files made elsewhere, such as an institute's report, that go out with a campaign's papers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from loa.core.errors import Place, mistake
from loa.core.files import read_file
from loa.core.model import Line, Model

MAX_BYTES = 30_000_000


class Enclosure(Model):
    """A PDF of the workspace that other papers, posts and kits take along as it is."""

    type: Literal["enclosure"]
    file: Line = Field(description="PDF, from the workspace's folder")
    title: Line = Field(description="What it is called in lists and links")


@dataclass(frozen=True, kw_only=True)
class EnclosedFile:
    """An enclosure that opens."""

    name: str  # the document's key in its campaign
    title: str
    content: bytes
    page_count: int
    is_draft: bool = False


def read_enclosure(path: Path, place: Place, *, name: str, spec: Enclosure) -> EnclosedFile:
    """The PDF at ``path`` as the document ``name``; ``place`` is where the campaign names the file.

    Raises LoaError: not there, too large, no PDF, locked with a password, without pages.
    """
    if not path.is_file():
        raise mistake("enclosure.missing", place, file=spec.file)
    import pypdfium2  # noqa: PLC0415  # few campaigns have one, and it takes as long to import as a page to set

    content = read_file(path, limit=MAX_BYTES, shown=spec.file)
    try:
        opened = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        key = "enclosure.locked" if "password" in str(error).lower() else "enclosure.unreadable"
        raise mistake(key, place, file=spec.file) from None
    try:
        count = len(opened)
    finally:
        opened.close()
    if not count:
        raise mistake("enclosure.unreadable", place, file=spec.file)
    return EnclosedFile(name=name, title=spec.title, content=content, page_count=count)
