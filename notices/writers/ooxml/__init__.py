"""WordprocessingML: the one place where raw XML of Word is made. Knows nothing of documents or rules of the decree."""

from notices.writers.ooxml.package import add_footnotes, link, restart_page_numbers, to_bytes
from notices.writers.ooxml.paragraphs import (
    align,
    box,
    lowest_paragraph,
    paragraph,
    restyle,
    rule,
    set_indents,
    set_natural_leading,
    set_spacing,
)
from notices.writers.ooxml.runs import hyperlink, note_mark, page_field, picture, run
from notices.writers.ooxml.styles import ParagraphStyle, prepare
from notices.writers.ooxml.tables import Ruling, table

__all__ = [
    "ParagraphStyle",
    "Ruling",
    "add_footnotes",
    "align",
    "box",
    "hyperlink",
    "link",
    "lowest_paragraph",
    "note_mark",
    "page_field",
    "paragraph",
    "picture",
    "prepare",
    "restart_page_numbers",
    "restyle",
    "rule",
    "run",
    "set_indents",
    "set_natural_leading",
    "set_spacing",
    "table",
    "to_bytes",
]
