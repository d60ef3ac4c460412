"""Document → HTML: the paper as one readable page, and running text as a fragment for posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from notices.breaks import unbroken_words
from notices.document import Block, Closing, Document, Masthead, Paragraph, Role, Run, Runs, Sheet

_LONGEST_WHOLE = 24
_STYLE = """
body{margin:0;background:#eee;color:#000;font:14pt/1.32 Tinos,"Times New Roman",serif}
main{position:relative;max-width:165mm;margin:8mm auto;padding:20mm 15mm 20mm 30mm;background:#fff}
p,h1{margin:0 0 6pt;text-align:justify}
.body,.clause,.point,.dash,.heading{text-indent:12.7mm}
.head,.foot{display:grid;text-align:center}
.head{grid-template-columns:65fr 100fr;margin-bottom:12pt}.foot{grid-template-columns:80fr 85fr}
.head p,.foot p{margin:0;text-align:inherit}
.parent,.issuer-line,.issuer,.nation,.number,.place-date{font-size:13pt}
.nation,.motto,.whole{white-space:nowrap}
.issuer-line,.issuer,.nation,.motto,.title,.appendix-label,.appendix-title,.authority,.signer,.sign-off,.heading{font-weight:bold}
.issuer::after,.motto::after{content:"";display:block;border-top:.75pt solid;margin:3pt auto 8pt}
.issuer::after{width:3em}.motto::after{width:12.3em}
.head .subject{font-size:12pt;margin:6pt 3mm 0}
.place-date,.appendix-reference,.recipients-label{font-style:italic}
.to{margin:0 0 0 30mm}.to-item,.to-last{margin:0 0 0 50.5mm;text-indent:-2.9mm;text-align:left}
.to-last,.to-one{margin-bottom:12pt}
.title,.appendix-label,.appendix-title,.appendix-reference,.to-one,.sign-off{text-align:center}
.title,.appendix-title{font-size:14pt;text-transform:none}
.appendix-label,.appendix-title{margin:0}.title,.appendix-reference{margin-bottom:12pt}
.appendix-reference{font-size:13pt}
.foot>:first-child{text-align:left;font-size:11pt}.recipients-label{font-size:12pt;font-weight:bold}
.foot .signer{margin-top:25mm}.sign-off{margin-left:48%}
.notes{border-top:.5pt solid;font-size:11pt;margin-top:12pt;padding-top:3pt}
mark{background:#ffee66;white-space:pre}.draft{position:absolute;top:10mm;right:15mm;font-size:10pt;font-weight:bold}
@media(max-width:210mm){
main{margin:0 0 8mm;padding:15mm 5mm 8mm}.head{grid-template-columns:1fr;row-gap:6pt}
.nation{font-size:min(13pt,4vw)}.to{margin-left:0}.to-item,.to-last{margin-left:6mm}.draft{top:5mm;right:5mm}
}
@media print{body{background:none}main{margin:0;padding:0;max-width:none;break-after:page}.draft{top:0;right:0}}
"""


def write_html(document: Document) -> bytes:
    """The document as a page of its own, without outside files, in UTF-8."""
    draft = '<p class="draft">DỰ THẢO</p>' if document.is_draft else ""
    sheets = "\n".join(f'<main id="{escape(s.name)}">{draft}{_sheet(s)}</main>' for s in document.sheets)
    return (
        f'<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>{escape(document.title)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head>\n'
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
    return "\n".join([*(_block(block) for block in sheet.blocks), *_notes(sheet.notes)])


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _paragraph(block)
        case Masthead():
            subject = [block.subject] if block.subject else []
            return _columns("head", (block.issuer, block.nation), ([block.number, *subject], [block.place_date]))
        case Closing():
            return _columns("foot", (block.recipients, [*block.authority, block.signer]))


def _columns(name: str, *rows: Sequence[Sequence[Paragraph]]) -> str:
    cells = "".join(f"<div>{''.join(map(_paragraph, cell))}</div>" for row in rows for cell in row)
    return f'<div class="{name}">{cells}</div>'


def _paragraph(paragraph: Paragraph) -> str:
    tag = "h1" if paragraph.role in (Role.TITLE, Role.APPENDIX_TITLE) else "p"
    return f'<{tag} class="{paragraph.role}">{_runs(paragraph.runs)}</{tag}>'


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
        items = "".join(f"<p><sup>{number}</sup> {_runs(runs)}</p>" for number, runs in enumerate(notes, 1))
        yield f'<div class="notes">{items}</div>'
