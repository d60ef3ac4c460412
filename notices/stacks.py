"""Paragraphs set below and beside each other as one piece: the head and the closing block of a dispatch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from notices import rules
from notices.balance import fitted
from notices.document import Block, Closing, Masthead, Paragraph, Role
from notices.lengths import Length
from notices.lines import Line, set_lines
from notices.picture import Picture
from notices.rules import BLACK, Format, Page

Forms = Mapping[Role, Format]


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line whose column starts at ``x``; ``y`` is its baseline."""

    x: float
    y: float
    line: Line


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line from ``x``, ``y``, so far to the right and so far down; ``width`` is its thickness."""

    x: float
    y: float
    right: float
    down: float
    width: float
    colour: str = BLACK


@dataclass(frozen=True, slots=True)
class SetPicture:
    """A picture whose top left corner is at ``x``, ``y``."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture


@dataclass(slots=True)
class Stack:
    """Paragraphs set below each other in a column: lines and rules from its top left corner, and its height."""

    lines: list[SetLine] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    pictures: list[SetPicture] = field(default_factory=list)
    height: float = 0.0

    def add(self, other: Stack, x: float = 0.0, y: float = 0.0) -> None:
        """Put another stack into this one, its corner at ``x``, ``y``."""
        self.lines.extend(SetLine(s.x + x, s.y + y, s.line) for s in other.lines)
        self.strokes.extend(replace(s, x=s.x + x, y=s.y + y) for s in other.strokes)
        self.pictures.extend(replace(p, x=p.x + x, y=p.y + y) for p in other.pictures)

    def frame(self, x: float, y: float, width: float, height: float, line: float, colour: str = BLACK) -> None:
        """Draw a rectangle around an area: ``x``, ``y`` is the corner of the area inside, ``line`` its thickness."""
        half = line / 2
        left, top, right, bottom = x - half, y - half, x + width + half, y + height + half
        for start_x, start_y, across, down in (
            (left - half, top, width + 2 * line, 0.0),
            (left - half, bottom, width + 2 * line, 0.0),
            (left, top, 0.0, height + line),
            (right, top, 0.0, height + line),
        ):
            self.strokes.append(Stroke(start_x, start_y, across, down, line, colour))


def stack_paragraphs(paragraphs: Iterable[Paragraph], forms: Forms, column: float, first_note: int = 1) -> Stack:
    """Paragraphs below each other in a column of ``column`` pt, with the rules that their formats ask for."""
    stack = Stack()
    for paragraph in paragraphs:
        form = fitted_format(paragraph, forms, column)
        edge = box_edge(form)
        stack.height += edge
        lines = set_lines(paragraph.runs, form, column, first_note=first_note)
        top = stack.height
        for line in lines:
            stack.lines.append(SetLine(0.0, stack.height + rules.BASELINE * form.leading.pt, line))
            stack.height += form.leading.pt
        if form.box:
            _add_box(stack, form, column, top)
        if form.rule:
            length, x = rule_below(lines[-1], form)
            stack.strokes.append(Stroke(x, stack.height + rules.RULE_DROP.pt, length, 0.0, rules.RULE_WIDTH.pt))
            stack.height += rules.RULE_HEIGHT.pt
        stack.height += edge + form.after.pt
    return stack


def fitted_format(paragraph: Paragraph, forms: Forms, column: float) -> Format:
    """The paragraph's format with the indents that its words ask for: even lines, or the width of its box."""
    form = forms[paragraph.role]
    if not form.box:
        return fitted(paragraph.runs, form, column)
    width = rules.URGENCY_WIDTHS.get(paragraph.text)
    if width is None:
        text = sum(line.width for line in set_lines(paragraph.runs, form, column))
        width = Length(text) + form.box[1] * 2 + rules.BOX_LINE * 2
    inset = Length((column - form.left.pt - form.right.pt - width.pt) / 2) + rules.BOX_LINE
    return replace(form, left=form.left + inset, right=form.right + inset)


def box_edge(form: Format) -> float:
    """Height in pt of what a box adds above its text, and again below."""
    return form.box[0].pt + rules.BOX_LINE.pt if form.box else 0.0


def _add_box(stack: Stack, form: Format, column: float, top: float) -> None:
    room = form.box[0].pt if form.box else 0.0
    width = column - form.left.pt - form.right.pt
    stack.frame(form.left.pt, top - room, width, stack.height - top + 2 * room, rules.BOX_LINE.pt, form.colour)


def rule_below(line: Line, form: Format) -> tuple[float, float]:
    """Length and left end, in the line's column, of the rule below its last line; centred under the text."""
    length = line.width * form.rule
    return length, line.x + (line.width - length) / 2


def masthead_rows(masthead: Masthead, forms: Forms) -> tuple[tuple[Stack, Stack], tuple[Stack, Stack]]:
    """The cells of the two rows of a masthead, heights with the gap below each row included."""
    left, right = (column.pt for column in rules.HEAD_COLUMNS)
    names = stack_paragraphs(masthead.issuer, forms, left), stack_paragraphs(masthead.nation, forms, right)
    number = stack_paragraphs([masthead.number], forms, left)
    if masthead.subject:
        subject = stack_paragraphs([masthead.subject], forms, left)
        number.add(subject, y=number.height + rules.SUBJECT_GAP.pt)
        number.height += rules.SUBJECT_GAP.pt + subject.height
    if masthead.urgency:
        mark = stack_paragraphs([masthead.urgency], forms, left)
        number.add(mark, y=number.height + rules.URGENCY_GAP.pt)
        number.height += rules.URGENCY_GAP.pt + mark.height
    dates = number, stack_paragraphs([masthead.place_date], forms, right)
    for row, gap in ((names, rules.HEAD_ROW_GAP), (dates, rules.HEAD_GAP)):
        height = max(cell.height for cell in row) + gap.pt
        for cell in row:
            cell.height = height
    return names, dates


def closing_cells(closing: Closing, forms: Forms) -> tuple[Stack, Stack]:
    """The two cells of a closing block, of equal height."""
    left, right = (column.pt for column in rules.FOOT_COLUMNS)
    recipients = stack_paragraphs(closing.recipients, forms, left)
    sign = stack_paragraphs(closing.authority, forms, right)
    name = stack_paragraphs([closing.signer], forms, right)
    sign.add(name, y=sign.height + rules.SIGNATURE_ROOM.pt)
    sign.height += rules.SIGNATURE_ROOM.pt + name.height
    recipients.height = sign.height = max(recipients.height, sign.height)
    return recipients, sign


def beside(cells: Sequence[Stack], columns: Sequence[float]) -> Stack:
    """Cells side by side as one stack; ``columns`` are their widths in pt."""
    row = Stack(height=max(cell.height for cell in cells))
    x = 0.0
    for cell, width in zip(cells, columns, strict=True):
        row.add(cell, x=x)
        x += width
    return row


def stays_with_closing(blocks: Sequence[Block], index: int, forms: Forms, page: Page = rules.PAGE) -> bool:
    """Whether the block at ``index`` is the last paragraph and goes, in one piece, with what closes the sheet.

    So signature or agency never stand alone. A paragraph that fills most of a page is too long for that.
    """
    block, following = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
    if not isinstance(block, Paragraph):
        return False
    if isinstance(following, Closing):
        foot = closing_cells(following, forms)[0].height
    elif isinstance(following, Paragraph) and following.role is Role.SIGN_OFF:
        foot = forms[Role.SIGN_OFF].leading.pt
    else:
        return False
    paragraph = stack_paragraphs([block], forms, page.text_width.pt)
    return paragraph.height + foot <= page.text_height.pt
