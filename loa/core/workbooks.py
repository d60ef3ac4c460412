"""What every XLSX workbook that Loa writes has in common: text stays text, and the same rows give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

from openpyxl.cell import Cell, MergedCell

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a value begins that a spreadsheet would calculate
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def set_text(cell: Cell | MergedCell, text: str) -> None:
    """Write text that is never calculated, also after somebody edits it: a name may begin with ``=``."""
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_FORMULA)


def without_clock(content: bytes) -> bytes:
    """The workbook without the times at which openpyxl says it was made."""
    clean = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            part = given.read(name)
            made.writestr(entry, _TIMES.sub(b"", part) if name == "docProps/core.xml" else part)
    return clean.getvalue()
