"""Go through a Document in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notices.document import Block, Closing, Document, Figure, Masthead, Paragraph, Sheet, Table


def all_text(document: Document) -> Iterator[str]:
    """Every run of text of a document, in reading order, footnotes after their sheet."""
    for sheet in document.all_sheets:
        for paragraph in (*paragraphs_of(sheet.blocks), *extras_of(sheet)):
            yield from (run.text for run in paragraph.runs)
        for note in sheet.notes:
            yield from (run.text for run in note)


def extras_of(sheet: Sheet) -> Iterator[Paragraph]:
    """What stands outside the text area of page 1."""
    yield from (mark for mark in (sheet.circulation, sheet.signing) if mark)
    yield from sheet.contact


def paragraphs_of(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The paragraphs of blocks, cells of head and closing included, in reading order."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case Masthead():
                yield from (*block.issuer, *block.nation, block.number, block.place_date)
                yield from (part for part in (block.subject, block.urgency) if part)
            case Closing():
                yield from (*block.recipients, *block.authority, block.signer)
            case Table():
                yield from block.head
                yield from (cell for row in block.rows for cell in row)
            case Figure() if block.caption:
                yield block.caption
