"""What documents are called: their type, their symbol, their title."""

from __future__ import annotations

import re

from notices.document import Kind
from notices.enclosure import Enclosure
from notices.model import Agency, Appendix, Dispatch, DocumentSpec, FormalNotice, Issued, Notice, Report
from notices.posters.model import Leaflet, Poster

# The named types that we make, as printed above their text, and their codes (I/1-II.5, Phụ lục III, Mục I).
TYPE_NAMES = {Kind.NOTICE: "Thông báo", Kind.REPORT: "Báo cáo", Kind.DISPATCH: "Công văn"}
TYPE_CODES = {Kind.NOTICE: "TB", Kind.REPORT: "BC"}
_SAYS_ABOUT = re.compile(r"(về|kết quả|tình hình|công tác|lịch)\b", re.IGNORECASE)


def title_of(spec: DocumentSpec) -> str:
    """The document's title for lists and file properties."""
    match spec:
        case Dispatch():
            return f"Công văn {spec.subject}"
        case FormalNotice() | Report():
            return f"{TYPE_NAMES[spec.kind]} {about(spec.subject)}"
        case Notice():
            return spec.heading
        case Appendix():
            return spec.title
        case Enclosure():
            return spec.title
        case Poster():
            return f"Áp phích: {spec.headline}"
        case Leaflet():
            return f"Tờ rơi: {spec.headline}"


def symbol_of(spec: Issued, agency: Agency) -> str:
    """The symbol behind the number: ``SNV-CCHC`` of a dispatch, ``TB-SNV`` of a named type (I/1-II.3b)."""
    return f"{agency.code}-{spec.unit}" if isinstance(spec, Dispatch) else f"{TYPE_CODES[spec.kind]}-{agency.code}"


def about(subject: str, *, capital: bool = False) -> str:
    """The trích yếu of a named type: “Về việc …”, unless it says “về” by itself or names its content."""
    words = subject if _SAYS_ABOUT.match(subject) else f"về việc {subject}"
    return words[:1].upper() + words[1:] if capital else words
