"""Take away what earlier runs wrote of a document and what is no longer true."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from notices.render import FORMATS


def remove_old_files(
    folder: Path, name: str, current: Collection[str], formats: Collection[str], written: Collection[Path]
) -> None:
    """Files of the document ``name`` that are no longer true: its draft or one with a cancelled number, once its files
    are called ``current``; appendices that no longer are files of their own; pictures of pages that a shorter document
    no longer has.
    """
    for path in folder.glob("*"):  # nothing where nothing was written
        stem = re.sub(r"-\d+$", "", path.stem) if path.suffix == ".png" else path.stem
        paper, *_ = stem.split("_")  # what follows is the label of an appendix
        is_old_page = path.suffix == ".png" and "png" in formats and stem in current
        has_old_name = stem not in current and (paper == name or _is_numbered(paper, name))
        if path.suffix[1:] in FORMATS and path not in written and (is_old_page or has_old_name):
            path.unlink()


def _is_numbered(stem: str, name: str) -> bool:
    """Whether a file is called like ``name`` with a number. Names of documents themselves have no capitals."""
    return re.fullmatch(rf"{re.escape(name)}-\d{{2,}}-[A-Z0-9-]*[A-Z][A-Z0-9-]*", stem) is not None
