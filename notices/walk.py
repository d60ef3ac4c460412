"""Go through a Document in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notices.document import Block, Closing, Document, Masthead, Paragraph


def all_text(document: Document) -> Iterator[str]:
    """Every run of text of a document, in reading order, footnotes after their sheet."""
    for sheet in document.sheets:
        for paragraph in paragraphs_of(sheet.blocks):
            yield from (run.text for run in paragraph.runs)
        for note in sheet.notes:
            yield from (run.text for run in note)


def paragraphs_of(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """The paragraphs of blocks, cells of head and closing included, in reading order."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case Masthead():
                yield from (*block.issuer, *block.nation, block.number, block.place_date)
                if block.subject:
                    yield block.subject
            case Closing():
                yield from (*block.recipients, *block.authority, block.signer)
