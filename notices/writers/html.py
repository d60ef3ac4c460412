"""Document → HTML: the paper as one readable page, and running text as a fragment for posts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

from notices import rules
from notices.breaks import unbroken_words
from notices.document import Block, Closing, Document, Figure, Masthead, Paragraph, Role, Run, Runs, Sheet, Table
from notices.writers.css import style_sheet

_LONGEST_WHOLE = 24  # characters
_ALIGNS = {"centre": "center", "right": "right"}
_RULED = {role for role, form in rules.formats(rules.BODY_SIZE).items() if form.rule}
_BOXED = {role for role, form in rules.formats(rules.BODY_SIZE).items() if form.box}


def write_html(document: Document) -> bytes:
    """The document as a page of its own, without outside files, in UTF-8."""
    draft = f'<p class="{Role.DRAFT_MARK}">{rules.DRAFT_MARK}</p>' if document.is_draft else ""
    sheets = "\n".join(f'<main id="{escape(s.name)}">{draft}{_sheet(s)}</main>' for s in document.sheets)
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>{escape(document.title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{style_sheet(document.body_size)}</style></head>\n"
        f"<body>{sheets}</body></html>\n"
    ).encode()


def fragment(blocks: Sequence[Block], notes: Sequence[Runs] = ()) -> str:
    """Paragraphs as HTML for a post: dashes become a list, footnotes stand below; every value is escaped."""
    parts: list[str] = []
    items: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.role is Role.DASH:
            items.append(f"<li>{_runs(_without_dash(block.runs))}</li>")
            continue
        parts.extend(_list(items))
        items = []
        if isinstance(block, Paragraph):
            tag = "h2" if block.role is Role.HEADING else "p"
            parts.append(f"<{tag}>{_runs(block.runs)}</{tag}>")
        else:
            parts.append(_block(block))
    parts.extend(_list(items))
    parts.extend(_notes(notes))
    return "\n".join(parts)


def _list(items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"<ul>{''.join(items)}</ul>"


def _without_dash(runs: Runs) -> Runs:
    first = Run(text=re.sub(r"^[-–+] ", "", runs[0].text), bold=runs[0].bold, italic=runs[0].italic, link=runs[0].link)
    return (first, *runs[1:])


def _sheet(sheet: Sheet) -> str:
    before = [_paragraph(sheet.circulation)] if sheet.circulation else []
    after = [f"<footer>{''.join(map(_paragraph, sheet.contact))}</footer>"] if sheet.contact else []
    return "\n".join([*before, *(_block(block) for block in sheet.blocks), *_notes(sheet.notes), *after])


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _paragraph(block)
        case Masthead():
            below = [part for part in (block.subject, block.urgency) if part]
            return _columns("head", (block.issuer, block.nation), ([block.number, *below], [block.place_date]))
        case Closing():
            return _columns("foot", (block.recipients, [*block.authority, block.signer]))

        case Table():
            return _table(block)
        case Figure():
            return _figure(block)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_runs(cell.runs)}</th>' for cell in table.head)
    rows = "".join(f"<tr>{''.join(map(_cell, row, table.aligns))}</tr>" for row in table.rows)
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cell(cell: Paragraph, align: str) -> str:
    style = "" if align == "left" else f' style="text-align:{_ALIGNS[align]}"'
    return f"<td{style}>{_runs(cell.runs)}</td>"


def _figure(figure: Figure) -> str:
    data = b64encode(figure.picture.content).decode()
    caption = f"<figcaption>{_runs(figure.caption.runs)}</figcaption>" if figure.caption else ""
    width = f' style="width:{figure.width:g}mm"' if figure.width else ""
    source = f"data:{figure.picture.media_type};base64,{data}"
    return f'<figure><img src="{source}" alt="{escape(figure.alt)}"{width}>{caption}</figure>'


def _columns(name: str, *rows: Sequence[Sequence[Paragraph]]) -> str:
    cells = "".join(f"<div>{''.join(map(_paragraph, cell))}</div>" for row in rows for cell in row)
    return f'<div class="{name}">{cells}</div>'


def _paragraph(paragraph: Paragraph) -> str:
    tag = "h1" if paragraph.role in (Role.TITLE, Role.APPENDIX_TITLE) else "p"
    words = _runs(paragraph.runs)
    if paragraph.role in _RULED:
        words = f'<span class="ruled">{words}</span>'
    if paragraph.role in _BOXED:
        words = f'<span class="boxed">{words}</span>'
    return f'<{tag} class="{paragraph.role}">{words}</{tag}>'


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.note:
        return f"<sup>{run.note}</sup>"
    text = f"<mark>{escape(run.text)}</mark>" if run.gap else _escaped(run.text)
    for tag, is_set in (("strong", run.bold), ("em", run.italic)):
        text = f"<{tag}>{text}</{tag}>" if is_set else text
    return f'<a href="{escape(run.link)}">{text}</a>' if run.link else text


def _escaped(text: str) -> str:
    """The text for HTML; a number such as 12/KH-UBND stays on one line, a long address may break on a small screen."""
    parts: list[str] = []
    last = 0
    for start, end in unbroken_words(text):
        if end - start > _LONGEST_WHOLE:
            continue
        parts += [escape(text[last:start]), f'<span class="whole">{escape(text[start:end])}</span>']
        last = end
    return "".join([*parts, escape(text[last:])])


def _notes(notes: Sequence[Runs]) -> Iterator[str]:
    if notes:
        marked = (f"<sup>{number}</sup> {_runs(runs)}" for number, runs in enumerate(notes, 1))
        items = "".join(f'<p class="{Role.NOTE}">{words}</p>' for words in marked)
        yield f'<div class="notes">{items}</div>'
