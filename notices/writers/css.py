"""The style sheet of the HTML page: every measure from the format rules, beside what a screen and a printer need."""

from __future__ import annotations

from notices import rules
from notices.lengths import Length
from notices.rules import PAGE, Align, Format

_SCREEN = """
body{{margin:0;background:#eee;color:#000;font-family:Tinos,"Times New Roman",serif}}
main{{position:relative;max-width:{text_width};margin:8mm auto;padding:{top} {right} {bottom} {left};background:#fff}}
p,h1{{font-weight:normal}}
.head,.foot{{display:grid}}
.head{{grid-template-columns:{head_left}fr {head_right}fr;row-gap:{row_gap};margin-bottom:{head_gap}}}
.foot{{grid-template-columns:{foot_left}fr {foot_right}fr}}
.head .subject{{margin-top:{subject_gap}}}.foot .signer{{margin-top:{signature_room}}}
.nation,.motto,.whole{{white-space:nowrap}}
.ruled{{display:inline-block}}
.ruled::after{{content:"";display:block;margin:{rule_drop} auto 0;border-top:{rule_width} solid}}
.notes{{border-top:.5pt solid;margin-top:12pt;padding-top:3pt}}
.table{{overflow-x:auto;margin:0 0 {table_gap}}}
table{{border-collapse:collapse;width:100%;font-size:12pt;line-height:1.3}}
th,td{{border:.5pt solid;padding:{cell_above} {cell_beside};vertical-align:top;text-align:left}}th{{text-align:center}}
figure{{margin:0 0 6pt;text-align:center}}figure img{{max-width:100%;height:auto}}
figcaption{{font-size:12pt;font-style:italic}}
.boxed{{border:.5pt solid;padding:2pt 6pt;display:inline-block}}
footer{{border-top:{rule_width} solid;margin-top:24pt;padding-top:3pt}}
mark{{background:#ffee66;white-space:pre}}
.draft-mark{{position:absolute;top:{header};right:{right}}}
@media(max-width:210mm){{
main{{margin:0 0 8mm;padding:15mm 5mm 8mm}}.head{{grid-template-columns:1fr;row-gap:6pt}}
.nation{{font-size:min(13pt,4vw)}}.to{{margin-left:0}}.to-item,.to-last{{margin-left:6mm}}
.draft-mark{{top:5mm;right:5mm}}
}}
@media print{{
body{{background:none}}main{{margin:0;padding:0;max-width:none;break-after:page}}.draft-mark{{top:0;right:0}}
}}
"""


def style_sheet(body_size: int) -> str:
    """The style sheet for running text of ``body_size`` pt: a class for every role, then the page."""
    roles = "".join(f".{role}{{{_declarations(form)}}}\n" for role, form in rules.formats(body_size).items())
    ruled = "".join(
        f".{role} .ruled::after{{width:{form.rule:.0%}}}\n"
        for role, form in rules.formats(body_size).items()
        if form.rule
    )
    head, foot = rules.HEAD_COLUMNS, rules.FOOT_COLUMNS
    page = _SCREEN.format(
        text_width=_mm(PAGE.text_width),
        top=_mm(PAGE.top),
        right=_mm(PAGE.right),
        bottom=_mm(PAGE.bottom),
        left=_mm(PAGE.left),
        header=_mm(PAGE.header),
        head_left=round(head[0].mm),
        head_right=round(head[1].mm),
        foot_left=round(foot[0].mm),
        foot_right=round(foot[1].mm),
        head_gap=_pt(rules.HEAD_GAP),
        row_gap=_pt(rules.HEAD_ROW_GAP),
        subject_gap=_pt(rules.SUBJECT_GAP),
        signature_room=_mm(rules.SIGNATURE_ROOM),
        rule_drop=_pt(rules.RULE_DROP),
        table_gap=_pt(rules.TABLE_GAP),
        cell_above=_pt(rules.CELL_ROOM[0]),
        cell_beside=_mm(rules.CELL_ROOM[1]),
        rule_width=_pt(rules.RULE_WIDTH),
    )
    return f"{roles}{ruled}{page}"


def _declarations(form: Format) -> str:
    """A format as CSS; screens set lines of any number, so the leading is a ratio of the size."""
    parts = [
        f"font-size:{_pt(form.size)}",
        f"line-height:{form.leading.pt / form.size.pt:.2f}",
        f"margin:0 {_mm(form.right)} {_pt(form.after)} {_mm(form.left)}",
        f"text-align:{'center' if form.align is Align.CENTRE else form.align}",
    ]
    if form.colour != rules.BLACK:
        parts.append(f"color:#{form.colour}")
    if form.bold:
        parts.append("font-weight:bold")
    if form.italic:
        parts.append("font-style:italic")
    if indent := form.first.mm - form.hanging.mm:
        parts.append(f"text-indent:{_number(indent)}mm")
    return ";".join(parts)


def _mm(length: Length) -> str:
    return f"{_number(length.mm)}mm" if length.pt else "0"


def _pt(length: Length) -> str:
    return f"{_number(length.pt)}pt" if length.pt else "0"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
