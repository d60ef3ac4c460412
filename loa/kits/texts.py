"""Announcements as an agency gets them: plain text, and a Word file to adapt in which shared facts are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loa.planning.announcement import Announcement
from notices import rules
from notices.context import Context
from notices.document import Block, Document, Kind, Paragraph, Role, Run, Runs, Sheet, Table, text_run
from notices.fill import fill_line, fill_prose
from notices.template import Text
from notices.wording import capitals
from notices.writers.docx import write_docx
from notices.writers.text import plain

# Around every value that a text takes from its campaign while it is filled in: characters that no text may hold.
_OPEN, _CLOSE = "\uf8f0", "\uf8f1"
_MARKS = re.compile(f"([{_OPEN}{_CLOSE}])")
_PRINTED = re.compile(r"(?<!\]\()(\{\{.*?\}\})", re.DOTALL)  # but not the address of a link, which nobody reads
_ADVICE = (
    "Cơ quan, đơn vị có thể tùy chỉnh nội dung cho phù hợp với địa phương và hình thức tuyên truyền; phần tô vàng là "
    "thông tin dùng chung của đợt tuyên truyền, đề nghị giữ nguyên. Xóa đoạn này trước khi đăng."
)


def plain_text(name: str, announcement: Announcement, context: Context) -> bytes:
    """Title and text of the announcement called ``name`` in UTF-8, a blank line between paragraphs. Raises LoaError."""
    title, text = _texts(name, announcement, context)
    filled = fill_prose(text, context)
    return f"{fill_line(title, context)}\n\n{plain(filled.blocks, filled.notes)}\n".encode()


def editable_text(name: str, announcement: Announcement, context: Context) -> bytes:
    """The announcement as a Word file, in which everything that it took from the campaign is highlighted.

    Raises LoaError.
    """
    title, text = (_marked(text) for text in _texts(name, announcement, context))
    heading = fill_line(title, context)
    filled = fill_prose(text, context)
    advice = Paragraph(role=Role.BODY, runs=(Run(text=_ADVICE, italic=True),))
    sheet = Sheet(
        name=name,
        kind=Kind.APPENDIX,
        blocks=(
            Paragraph(role=Role.TITLE, runs=_split(text_run(capitals(heading)))),
            advice,
            *map(_split_block, filled.blocks),
        ),
        notes=tuple(_split(runs) for runs in filled.notes),
    )
    author = context.agency.full_name
    return write_docx(
        Document(name=name, title=_MARKS.sub("", heading), author=author, sheets=(sheet,), body_size=rules.BODY_SIZE)
    )


def _texts(name: str, announcement: Announcement, context: Context) -> tuple[Text, Text]:
    return (
        Text(text=announcement.title, place=context.locate("announcements", name, "title")),
        Text(text=announcement.text, place=context.locate("announcements", name, "text")),
    )


def _marked(text: Text) -> Text:
    return replace(text, text=_PRINTED.sub(rf"{_OPEN}\1{_CLOSE}", text.text))


def _split_block(block: Block) -> Block:
    match block:
        case Paragraph():
            return replace(block, runs=_split(block.runs))
        case Table():
            rows = tuple(tuple(replace(cell, runs=_split(cell.runs)) for cell in row) for row in block.rows)
            return replace(block, head=tuple(replace(c, runs=_split(c.runs)) for c in block.head), rows=rows)
        case _:
            return block


def _split(runs: Runs) -> Runs:
    """The runs without the marks; what stood between them is highlighted as a blank would be."""
    return tuple(_pieces(runs))


def _pieces(runs: Runs) -> Iterator[Run]:
    is_shared = False
    for run in runs:
        whole = replace(run, link=_MARKS.sub("", run.link))
        if not run.text:
            yield whole
        for piece in _MARKS.split(run.text):
            if piece in (_OPEN, _CLOSE):
                is_shared = piece == _OPEN
            elif piece:
                yield replace(whole, text=piece, gap=run.gap or is_shared)
