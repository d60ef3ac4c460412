"""The measures of Nghị định 30/2020/NĐ-CP, each beside its clause. Writers and the checker read them here.

Clauses are given as ``I/1-II.6e``: Phụ lục I, Phần I, Mục II, khoản 6 điểm e. Where the decree leaves a range or is
silent, the value is our choice inside it and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from notices.document import Document, Role, Sheet
from notices.lengths import Length, Mm, Pt

BLACK = "000000"
RED = "ff0000"  # I/1-III.2b: bright red


class Align(StrEnum):
    """Where the lines of a paragraph stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A4, and what stays free around the text (I/1-I.1, I/1-I.3)."""

    width: Length = Mm(210)
    height: Length = Mm(297)
    top: Length = Mm(20)  # 20–25
    bottom: Length = Mm(20)  # 20–25
    left: Length = Mm(30)  # 30–35
    right: Length = Mm(15)  # 15–20
    header: Length = Mm(10)  # edge to page number; the official forms' own value

    footer: Length = Mm(10)  # edge to the foot of the contact line; ours

    @property
    def text_width(self) -> Length:
        """Between the side margins."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> Length:
        """Between top and bottom margin."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """How a paragraph of one role looks."""

    clause: str
    size: Length
    leading: Length  # exact line spacing: what makes DOCX and PDF break alike
    bold: bool = False
    italic: bool = False
    align: Align = Align.LEFT
    left: Length = Pt(0)
    right: Length = Pt(0)
    first: Length = Pt(0)  # indent of the first line, beyond ``left``
    hanging: Length = Pt(0)  # how far the first line stands out to the left
    after: Length = Pt(0)
    with_next: bool = False  # stays on the page of the paragraph that follows
    balanced: bool = False  # lines of about equal length where there are several
    rule: float = 0.0  # a line below, as a part of the last text line's length
    box: tuple[Length, Length] | None = None  # a rectangle around it: room above and below, and at the sides
    colour: str = BLACK


PAGE = Page()
LANDSCAPE = Page(width=PAGE.height, height=PAGE.width)  # I/1-I.2: for wide tables
BOARD = Page(width=Mm(297), height=Mm(420), top=Mm(25), bottom=Mm(25), left=Mm(30), right=Mm(30))  # A3; ours
BOARD_HEADING = 1.5  # ours: of the heading, beyond the growth of the text
BOARD_LEADING = 1.32  # ours: Vietnamese capitals carry marks above and below
BOARD_SIZES = range(26, 17, -1)  # pt, of running text on a notice board: the largest that fits one page; ours
BODY_SIZE = 14  # pt; 13 or 14 (I/1-II.6e)
HEAD_ROOM = Mm(61)  # ours: of the left column for names, so that they keep clear of Quốc hiệu
HEAD_COLUMNS = (Mm(65), Mm(100))  # ours: Quốc hiệu of 95.7 mm never wraps in 100 mm
FOOT_COLUMNS = (Mm(80), Mm(85))  # ours
SUBJECT_INSET = Mm(3)  # ours, on either side: keeps V/v a narrow block below the number
HEAD_ROW_GAP = Pt(8)  # ours: from the rules to number and date
HEAD_GAP = Pt(12)  # ours: from the head to Kính gửi
SUBJECT_GAP = Pt(6)  # I/1-II.5b: V/v stands 6 pt below the number
SIGNATURE_ROOM = Mm(25)  # usual; I/1-II.7 gives none
ANCHOR_HEIGHT = Pt(1)  # ours: of the empty paragraph that Word wants after a table at the end
RULE_WIDTH = Pt(0.75)  # ours, 0.5–1 pt
RULE_HEIGHT = Pt(8)  # ours: the room a rule takes below its text
RULE_DROP = Pt(3)  # ours: from the text line to the rule, clear of dots below letters
URGENCY_WIDTHS = {"KHẨN": Mm(20), "THƯỢNG KHẨN": Mm(40), "HỎA TỐC": Mm(30)}  # I/1-III.2b
URGENCY_GAP = Pt(8)  # ours: from V/v to the mark
BOX_LINE = Pt(0.5)  # of the rectangle around a mark; ours
CIRCULATION_HEADER = Mm(8)  # ours: edge to the mark of circulation, which would not fit below 10 mm
CONTACT_GAP = Pt(3)  # ours: from the line to the contact
CELL_ROOM = (Pt(2.5), Pt(4.25))  # ours: between the text and the lines of a table, above and below, at the sides
TABLE_LINE = Pt(0.5)  # ours
TABLE_GAP = Pt(6)  # ours: below a table
TABLE_FOOT = Pt(0.5)  # what LibreOffice adds below the last line of a table
PICTURE_DPI = 150  # ours: pixels on an inch where no width is asked for
PICTURE_HEIGHT = 0.5  # ours: of the text's height, at most, where no width is asked for
PICTURE_HIGHEST = 0.8  # ours: of the text's height, at most, whatever width: a caption stays on its page
SUBJECT_RULE = 0.4  # I/1-II.5b: 1/3 to 1/2 of the line
ISSUER_RULE = 0.4  # I/1-II.2b: 1/3 to 1/2 of the line
MOTTO_RULE = 1.0  # I/1-II.1b: as long as the motto
BODY_INDENT = Mm(12.7)  # I/1-II.6e: 1 cm or 1.27 cm
TO_INDENT = Mm(30)  # ours; the dashes stand below the colon (I/1-II.9d)
FOOTNOTE_RULE = (Mm(50), Pt(0.5))  # ours: length and width
FOOTNOTE_GAP = Pt(6.2)  # from the text to the footnotes, the rule in its middle; LibreOffice's own distance
NOTE_SHARE = 0.8  # ours: of a page that one footnote may fill
NOTE_MARK = (0.58, 0.385)  # size and rise of a footnote's mark, as parts of the type size; LibreOffice's own
BASELINE = 0.8  # of the leading lies above the baseline: so LibreOffice places exact lines

NOTHING = Pt(0)

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"  # I/1-II.1a
MOTTO = "Độc lập - Tự do - Hạnh phúc"  # I/1-II.1b
DRAFT_MARK = "DỰ THẢO"
POSTED_FROM = f"Niêm yết từ ngày {'.' * 22} đến ngày {'.' * 22}"
POSTED_BY = f"Người niêm yết: {'.' * 30} Ký tên: {'.' * 20}"

_LEADING = {14: Pt(18.5), 13: Pt(17), 12: Pt(15.5), 11: Pt(14), 10: Pt(12)}


def page_of(document: Document, sheet: Sheet) -> Page:
    """The page that a sheet is printed on."""
    if document.paper == "A3":
        return BOARD
    return LANDSCAPE if sheet.landscape else PAGE


def _format(clause: str, size: int, **rest: object) -> Format:
    return Format(clause=clause, size=Pt(size), leading=_LEADING[size], **rest)  # type: ignore[arg-type]  # checked by Format itself


@cache
def formats(body_size: int) -> Mapping[Role, Format]:
    """The format of every role, for running text of 13 or 14 pt (I/1-II.6e; sizes of the rest: I/1-V).

    Larger sizes are for a notice board: everything grows with them, the heading most.
    """
    if body_size in BOARD_SIZES:
        factor = body_size / BODY_SIZE
        grown = {role: _grown(form, factor) for role, form in formats(BODY_SIZE).items()}
        heading = _grown(grown[Role.TITLE], BOARD_HEADING)
        return grown | {Role.TITLE: replace(heading, leading=heading.size * BOARD_LEADING)}
    return (
        _head_forms()
        | _addressee_forms(body_size)
        | _body_forms(body_size)
        | _heading_forms(body_size)
        | _closing_forms()
        | _edge_forms()
    )


def _head_forms() -> dict[Role, Format]:
    """From the names of the agencies to what the paper is about."""
    centre = Align.CENTRE
    return {
        Role.PARENT: _format("I/1-II.2b", 13, align=centre),
        Role.ISSUER_LINE: _format("I/1-II.2b", 13, align=centre, bold=True),
        Role.ISSUER: _format("I/1-II.2b", 13, align=centre, bold=True, rule=ISSUER_RULE),
        Role.NATION: _format("I/1-II.1a", 13, align=centre, bold=True),
        Role.MOTTO: _format("I/1-II.1b", 14, align=centre, bold=True, rule=MOTTO_RULE),
        Role.NUMBER: _format("I/1-II.3c", 13, align=centre),
        # 8 mm high with its rectangle (I/1-III.2b)
        Role.URGENCY: replace(
            _format("I/1-III.2b", 13, align=centre, bold=True, box=(Pt(3), Pt(0)), colour=RED), leading=Pt(15.7)
        ),
        Role.CIRCULATION: replace(
            _format("I/1-III.2c", 13, align=centre, bold=True, left=HEAD_COLUMNS[0], box=(Pt(1), Pt(6))),
            leading=Pt(15.7),
        ),
        Role.TYPE_NAME: _format("I/1-II.5b", 14, align=centre, bold=True, with_next=True),
        Role.NAMED_SUBJECT: _format(
            "I/1-II.5b", 14, align=centre, balanced=True, bold=True, after=Pt(6), with_next=True, rule=SUBJECT_RULE
        ),
        Role.PLACE_DATE: _format("I/1-II.4c", 13, align=centre, italic=True),
        Role.SUBJECT: _format("I/1-II.5b", 12, align=centre, balanced=True, left=SUBJECT_INSET, right=SUBJECT_INSET),
    }


def _addressee_forms(body_size: int) -> dict[Role, Format]:
    """Kính gửi, and each place below it."""
    to = _format("I/1-II.9d", body_size, left=TO_INDENT)
    colon = Pt(3.563 * body_size)  # "Kính gửi" is that wide
    dash = Pt(0.583 * body_size)  # "- " is that wide
    item = replace(to, left=TO_INDENT + colon + dash, hanging=dash)
    return {
        Role.TO: replace(to, with_next=True),
        Role.TO_ONE: replace(to, left=Pt(0), align=Align.CENTRE, after=HEAD_GAP),
        Role.TO_ITEM: item,
        Role.TO_LAST: replace(item, after=HEAD_GAP),
    }


def _body_forms(body_size: int) -> dict[Role, Format]:
    """Running text with its parts, tables and figures."""
    centre = Align.CENTRE
    body = _format("I/1-II.6e", body_size, align=Align.JUSTIFY, first=BODY_INDENT, after=Pt(6))
    return {
        Role.BASIS: replace(body, clause="I/1-II.6a", italic=True),
        Role.BODY: body,
        Role.CLAUSE: body,
        Role.POINT: body,
        Role.DASH: body,
        Role.HEADING: replace(body, clause="I/1-II.6đ", bold=True, with_next=True),
        Role.PART: _format("I/1-II.6đ", 14, align=centre, bold=True, with_next=True),
        Role.PART_TITLE: _format("I/1-II.6đ", 14, align=centre, balanced=True, bold=True, after=Pt(6), with_next=True),
        Role.CELL_HEAD: _format("", 12, align=centre, bold=True),
        Role.CELL: _format("", 12),
        Role.FIGURE: Format(clause="", size=Pt(1), leading=Pt(1), align=centre, after=Pt(6)),
        Role.CAPTION: _format("", 12, align=centre, italic=True, balanced=True, after=Pt(6)),
    }


def _heading_forms(body_size: int) -> dict[Role, Format]:
    """What a posting notice has instead of the decree's head and closing, and the head of an appendix."""
    centre = Align.CENTRE
    return {
        Role.TITLE: _format("I/1-II.5b", 14, align=centre, balanced=True, bold=True, after=Pt(12), with_next=True),
        Role.SIGN_OFF: _format("I/1-II.7", body_size, align=centre, bold=True, left=FOOT_COLUMNS[0], after=Pt(12)),
        Role.POSTED: _format("", body_size, after=Pt(6)),
        Role.APPENDIX_LABEL: _format("I/1-III.1b", 14, align=centre, bold=True, with_next=True),
        Role.APPENDIX_TITLE: _format("I/1-III.1b", 14, align=centre, balanced=True, bold=True, with_next=True),
        Role.APPENDIX_REFERENCE: _format(
            "I/1-III.1c", 13, align=centre, balanced=True, italic=True, after=Pt(12), with_next=True
        ),
    }


def _closing_forms() -> dict[Role, Format]:
    """Nơi nhận, and beside it who signs."""
    return {
        # as high as the line of authority beside it, so that both stand on one level
        Role.RECIPIENTS_LABEL: replace(_format("I/1-II.9d", 12, bold=True, italic=True), leading=_LEADING[14]),
        Role.RECIPIENT: _format("I/1-II.9d", 11, right=Mm(5)),
        Role.AUTHORITY: _format("I/1-II.7d", 14, align=Align.CENTRE, bold=True),
        Role.SIGNER: _format("I/1-II.7d", 14, align=Align.CENTRE, bold=True),
    }


def _edge_forms() -> dict[Role, Format]:
    """What stands at the edges of a page, around its text."""
    return {
        Role.NOTE: _format("", 11, align=Align.JUSTIFY),
        Role.CONTACT: _format("I/1-III.4", 11, align=Align.CENTRE),
        Role.SIGNING_LINE: _format("I/1-II.8b", 10, align=Align.RIGHT),
        # page number and draft mark together fit between header distance and top margin
        Role.PAGE_NUMBER: replace(_format("I/1-I.7", 13, align=Align.CENTRE), leading=Pt(16)),
        Role.DRAFT_MARK: _format("", 10, align=Align.RIGHT, bold=True),
    }


def _grown(form: Format, factor: float) -> Format:
    return replace(
        form,
        size=_whole_twips(form.size * factor),
        leading=_whole_twips(form.leading * factor),
        left=_whole_twips(form.left * factor),
        right=_whole_twips(form.right * factor),
        first=_whole_twips(form.first * factor),
        hanging=_whole_twips(form.hanging * factor),
        after=_whole_twips(form.after * factor),
    )


def _whole_twips(length: Length) -> Length:
    """What Word can say; anything finer would add up over a page."""
    return Pt(length.twips / 20)
