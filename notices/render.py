"""Document → files: every format asked for, under the names that an office looks for."""

from __future__ import annotations

from collections.abc import Collection

from notices.document import Document
from notices.writers.docx import write_docx
from notices.writers.html import write_html
from notices.writers.pdf import write_pdf
from notices.writers.png import write_pngs
from notices.writers.text import write_text

FORMATS = ("docx", "pdf", "png", "html", "txt")


def render(document: Document, formats: Collection[str]) -> dict[str, bytes]:
    """File name → content, for each of ``formats``: ``NAME.docx``, …; pictures are ``NAME-1.png``, one a page."""
    files: dict[str, bytes] = {}
    for suffix, write in (("docx", write_docx), ("html", write_html), ("txt", write_text)):
        if suffix in formats:
            files[f"{document.name}.{suffix}"] = write(document)
    if "pdf" in formats or "png" in formats:
        pdf = write_pdf(document)
        if "pdf" in formats:
            files[f"{document.name}.pdf"] = pdf
        if "png" in formats:
            files |= {f"{document.name}-{page}.png": png for page, png in enumerate(write_pngs(pdf), 1)}
    return files
