"""Document → plain text: for reading on a terminal, for e-mail, for comparing words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notices.document import Block, Closing, Document, Figure, Masthead, Paragraph, Runs, Sheet, Table


def write_text(document: Document) -> bytes:
    """The document's words in UTF-8, a blank line between paragraphs."""
    return "\n\n\n".join("\n\n".join(_sheet(sheet)) for sheet in document.sheets).encode() + b"\n"


def plain(blocks: Sequence[Block], notes: Sequence[Runs] = ()) -> str:
    """Paragraphs as plain text, links spelt out, a blank line between them, footnotes below."""
    return "\n\n".join([*(text for block in blocks for text in _block(block)), *_notes(notes)])


def _sheet(sheet: Sheet) -> Iterator[str]:
    if sheet.circulation:
        yield _words(sheet.circulation.runs)
    yield plain(sheet.blocks, sheet.notes)
    if sheet.contact:
        yield "\n".join(_words(line.runs) for line in sheet.contact)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _words(block.runs)
        case Masthead():
            yield "\n".join(_words(p.runs) for p in block.issuer)
            yield "\n".join(_words(p.runs) for p in block.nation)
            yield _words(block.number.runs)
            yield _words(block.place_date.runs)
            yield from (_words(part.runs) for part in (block.subject, block.urgency) if part)
        case Closing():
            yield "\n".join(_words(p.runs) for p in block.recipients)
            yield "\n".join(_words(p.runs) for p in (*block.authority, block.signer))
        case Table():
            yield "\n".join(" | ".join(_words(cell.runs) for cell in row) for row in (block.head, *block.rows))
        case Figure():
            yield f"[{block.alt}]"
            if block.caption:
                yield _words(block.caption.runs)


def _words(runs: Runs) -> str:
    return "".join(_run(run.text, run.link, run.note) for run in runs)


def _run(text: str, link: str, note: int) -> str:
    if note:
        return f"[{note}]"
    return f"{text} ({link})" if link and link.removeprefix("mailto:") != text else text


def _notes(notes: Sequence[Runs]) -> Iterator[str]:
    for number, runs in enumerate(notes, 1):
        yield f"[{number}] {_words(runs)}"
