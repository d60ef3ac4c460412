"""Document → files: every format asked for, under the names that an office looks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from typing import Any

from notices.document import Document

# Format → its writer; imported on first use, because each brings a library along.
_WRITERS: Mapping[str, str] = {
    "docx": "notices.writers.docx:write_docx",
    "pdf": "notices.writers.pdf:write_pdf",
    "html": "notices.writers.html:write_html",
    "txt": "notices.writers.text:write_text",
}
_PICTURES = "notices.writers.png:write_pngs"
FORMATS = (*_WRITERS, "png")


def render(document: Document, formats: Collection[str]) -> dict[str, bytes]:
    """File name → content, for each of ``formats``: ``NAME.docx``, …; pictures are ``NAME-1.png``, one a page."""
    files: dict[str, bytes] = {
        f"{document.name}.{suffix}": _function(where)(document)
        for suffix, where in _WRITERS.items()
        if suffix in formats
    }
    if "png" in formats:
        pdf = files.get(f"{document.name}.pdf") or _function(_WRITERS["pdf"])(document)
        files |= {f"{document.name}-{page}.png": png for page, png in enumerate(_function(_PICTURES)(pdf), 1)}
    return files


def _function(where: str) -> Callable[..., Any]:
    module, _, name = where.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
