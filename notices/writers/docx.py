"""Document → DOCX: what a careful person would have made in Word, with styles, real footnotes and page fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from textwrap import shorten

import docx
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section, _BaseHeaderFooter
from docx.shared import Pt as WordPt
from lxml.etree import _Element as Element

from notices import rules
from notices.breaks import hard_hyphens
from notices.document import Block, Closing, Document, Figure, Masthead, Paragraph, Role, Runs, Sheet, Table, text_run
from notices.figures import figure_size
from notices.fonts import WORD_FAMILY
from notices.layout import header_distance
from notices.lengths import Length
from notices.lines import set_lines
from notices.pieces import needs_anchor
from notices.rules import PAGE, Align, Format, Page
from notices.stacks import (
    Forms,
    Stack,
    closing_cells,
    fitted_format,
    masthead_rows,
    rule_below,
    stays_with_closing,
)
from notices.tables import cell_format, column_widths, set_rows
from notices.writers import ooxml

_LANGUAGE = "vi-VN"
_LONGEST_PROPERTY = 255  # characters, for Word
_RULE = "Rule"
_END = "SectionEnd"
_TABLE_END = "TableEnd"
_JUSTIFY = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}
# Names of the styles as an officer sees them in Word.
_NAMES = {
    Role.PARENT: "Cơ quan chủ quản",
    Role.ISSUER_LINE: "Cơ quan ban hành, dòng trên",
    Role.ISSUER: "Cơ quan ban hành",
    Role.NATION: "Quốc hiệu",
    Role.MOTTO: "Tiêu ngữ",
    Role.NUMBER: "Số, ký hiệu",
    Role.PLACE_DATE: "Địa danh, thời gian",
    Role.SUBJECT: "Trích yếu công văn",
    Role.URGENCY: "Mức độ khẩn",
    Role.CIRCULATION: "Phạm vi lưu hành",
    Role.TYPE_NAME: "Tên loại văn bản",
    Role.NAMED_SUBJECT: "Trích yếu",
    Role.TO: "Kính gửi",
    Role.TO_ONE: "Kính gửi một nơi",
    Role.TO_ITEM: "Nơi được gửi",
    Role.TO_LAST: "Nơi được gửi cuối",
    Role.BASIS: "Căn cứ",
    Role.BODY: "Nội dung",
    Role.CLAUSE: "Khoản",
    Role.POINT: "Điểm",
    Role.DASH: "Gạch đầu dòng",
    Role.HEADING: "Đề mục",
    Role.PART: "Phần, chương, mục",
    Role.PART_TITLE: "Tên phần, chương, mục",
    Role.CELL_HEAD: "Đầu bảng",
    Role.CELL: "Ô bảng",
    Role.FIGURE: "Hình",
    Role.CAPTION: "Chú thích hình",
    Role.TITLE: "Tiêu đề thông báo",
    Role.SIGN_OFF: "Tên cơ quan cuối thông báo",
    Role.POSTED: "Thông tin niêm yết",
    Role.APPENDIX_LABEL: "Phụ lục",
    Role.APPENDIX_TITLE: "Tiêu đề phụ lục",
    Role.APPENDIX_REFERENCE: "Kèm theo",
    Role.RECIPIENTS_LABEL: "Nơi nhận",
    Role.RECIPIENT: "Danh sách nơi nhận",
    Role.AUTHORITY: "Quyền hạn, chức vụ",
    Role.SIGNER: "Họ tên người ký",
    Role.NOTE: "footnote text",
    Role.CONTACT: "Thông tin liên hệ",
    Role.SIGNING_LINE: "Thông tin ký số",
    Role.PAGE_NUMBER: "Số trang",
    Role.DRAFT_MARK: "Dự thảo",
}
_OUTLINE = {Role.TITLE: 1, Role.APPENDIX_LABEL: 1, Role.HEADING: 2}


def write_docx(document: Document) -> bytes:
    """The document as a Word file."""
    return _Writer(document).write()


class _Writer:
    """Builds one file; notes are numbered through all its sheets."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._forms: Forms = rules.formats(document.body_size)
        self._file: DocxDocument = docx.Document()
        self._body = self._file.element.body
        self._notes: dict[int, list[Element]] = {}
        self._note_links: dict[str, str] = {}  # the footnotes are a part of the file with relations of its own

    def write(self) -> bytes:
        ooxml.prepare(
            self._file, self._styles(), font=WORD_FAMILY, size=self._document.body_size * 2, language=_LANGUAGE
        )
        self._set_properties()
        if needs_anchor(self._document):
            self._body.insert_element_before(ooxml.paragraph(_END), "w:sectPr")
        for index, sheet in enumerate(self._document.sheets):
            if index:
                self._file.add_section(WD_SECTION.NEW_PAGE)
                ooxml.restyle(self._body.findall(qn("w:p"))[-1], _END)
            self._add_sheet(sheet)
        self._set_sections()
        if self._notes:
            ooxml.add_footnotes(self._file, _style_id(Role.NOTE), self._notes, self._note_links)
        return ooxml.to_bytes(self._file)

    def _styles(self) -> Iterator[ooxml.ParagraphStyle]:
        for role, form in self._forms.items():
            yield ooxml.ParagraphStyle(
                identifier=_style_id(role),
                name=_NAMES[role],
                size=round(form.size.pt * 2),
                line=form.leading.twips,
                after=form.after.twips,
                left=form.left.twips,
                right=form.right.twips,
                first=form.first.twips,
                hanging=form.hanging.twips,
                justify=_JUSTIFY[form.align],
                bold=form.bold,
                italic=form.italic,
                with_next=form.with_next,
                level=_OUTLINE.get(role, 0),
                colour=form.colour if form.colour != rules.BLACK else "",
            )
        height = rules.RULE_HEIGHT - rules.RULE_DROP - rules.RULE_WIDTH
        yield ooxml.ParagraphStyle(identifier=_RULE, name="Kẻ ngang", size=2, line=height.twips)
        yield ooxml.ParagraphStyle(identifier=_TABLE_END, name="Cuối bảng", size=2, line=rules.TABLE_GAP.twips)
        yield ooxml.ParagraphStyle(identifier=_END, name="Cuối phần", size=2, line=rules.ANCHOR_HEIGHT.twips)

    def _set_properties(self) -> None:
        properties = self._file.core_properties
        properties.title = shorten(self._document.title, _LONGEST_PROPERTY, placeholder="…")
        properties.author = self._document.author
        properties.language = _LANGUAGE
        properties.comments = ""
        element = properties._element
        for child in list(element):
            # the clock, and what python-docx says of itself
            if not child.text or child.tag.rpartition("}")[2] in ("created", "modified", "lastModifiedBy", "revision"):
                element.remove(child)

    def _add_sheet(self, sheet: Sheet) -> None:
        first_note = len(self._notes) + 1
        page = rules.page_of(self._document, sheet)
        for number, runs in enumerate(sheet.notes, first_note):
            self._notes[number] = list(self._runs(runs, first_note, link=self._link_of_note))
        for index, block in enumerate(sheet.blocks):
            closes = stays_with_closing(sheet.blocks, index, self._forms, page)
            for element in self._block(block, page, closes=closes, first_note=first_note):
                self._body.insert_element_before(element, "w:sectPr")
        if sheet is self._document.sheets[-1] and isinstance(sheet.blocks[-1], Closing):
            # a table must be followed by a paragraph; between sheets the one that ends the section serves
            self._body.insert_element_before(ooxml.paragraph(_END), "w:sectPr")

    def _block(self, block: Block, page: Page, *, closes: bool, first_note: int) -> Iterator[Element]:
        match block:
            case Paragraph():
                yield from self._paragraph(block, closes=closes, first_note=first_note, column=page.text_width)
            case Table():
                yield self._table(block, page, first_note)
                yield ooxml.paragraph(_TABLE_END)
            case Figure():
                yield from self._figure(block, page)
            case Masthead():
                yield self._masthead(block)
            case Closing():
                yield self._closing(block)

    def _paragraph(
        self,
        given: Paragraph,
        *,
        closes: bool = False,
        first_note: int = 1,
        column: Length = PAGE.text_width,
        before: Length | None = None,
        after: Length | None = None,
    ) -> Iterator[Element]:
        """The paragraph, and the rule below it where its format asks for one."""
        style = self._forms[given.role]
        form = fitted_format(given, self._forms, column.pt)
        element = ooxml.paragraph(_style_id(given.role), with_next=closes, whole=closes)
        if form.box:
            room = round(form.box[0].pt)
            ooxml.box(element, width=round(rules.BOX_LINE.pt * 8), room=room, colour=form.colour)
        if form.rule and form.after.pt:
            after = rules.NOTHING  # it follows the rule
        ooxml.set_spacing(element, before=before.twips if before else None, after=after.twips if after else None)
        if form is not style:
            ooxml.set_indents(element, left=form.left.twips, right=form.right.twips)
        element.extend(list(self._runs(given.runs, first_note)))
        yield element
        if form.rule:
            yield self._rule(given, form, column)

    def _rule(self, given: Paragraph, form: Format, column: Length) -> Element:
        length, left = rule_below(set_lines(given.runs, form, column.pt)[-1], form)
        right = column.pt - left - length
        return ooxml.rule(
            _RULE,
            left=round(left * 20),
            right=round(right * 20),
            width=round(rules.RULE_WIDTH.pt * 8),
            before=rules.RULE_DROP.twips,
            after=form.after.twips,
            with_next=form.with_next,
        )

    def _table(self, table: Table, page: Page, first_note: int) -> Element:
        widths = column_widths(table, self._forms, page.text_width.pt)
        heights = (round(row.stack.height * 20) for row in set_rows(table, self._forms, widths, first_note))
        cells = (
            [[self._cell(cell, align, first_note)] for cell, align in zip(row, table.aligns, strict=True)]
            for row in (table.head, *table.rows)
        )
        above, beside = rules.CELL_ROOM
        ruling = ooxml.Ruling(width=round(rules.TABLE_LINE.pt * 8), above=above.twips, beside=beside.twips)
        return ooxml.table([round(width * 20) for width in widths], zip(heights, cells, strict=True), ruling)

    def _cell(self, cell: Paragraph, align: str, first_note: int) -> Element:
        element = ooxml.paragraph(_style_id(cell.role))
        ooxml.align(element, _JUSTIFY[cell_format(cell, align, self._forms).align])
        element.extend(list(self._runs(cell.runs, first_note)))
        return element

    def _figure(self, figure: Figure, page: Page) -> Iterator[Element]:
        width, height = figure_size(figure, page)
        element = ooxml.paragraph(_style_id(Role.FIGURE), with_next=figure.caption is not None)
        ooxml.set_natural_leading(element)
        element.append(ooxml.picture(self._file, figure.picture.content, width=width, height=height, alt=figure.alt))
        yield element
        if figure.caption:
            yield from self._paragraph(figure.caption, column=page.text_width)

    def _masthead(self, masthead: Masthead) -> Element:
        left, right = rules.HEAD_COLUMNS
        names, dates = masthead_rows(masthead, self._forms)
        number = list(self._paragraph(masthead.number, column=left))
        if masthead.subject:
            number.extend(self._paragraph(masthead.subject, column=left, before=rules.SUBJECT_GAP))
        if masthead.urgency:
            number.extend(self._paragraph(masthead.urgency, column=left, before=rules.URGENCY_GAP))
        cells = (
            (self._column(masthead.issuer, left), self._column(masthead.nation, right)),
            (number, self._column([masthead.place_date], right)),
        )
        return _table(rules.HEAD_COLUMNS, (names, dates), cells)

    def _closing(self, closing: Closing) -> Element:
        left, right = rules.FOOT_COLUMNS
        *above, last = closing.authority
        sign = [*self._column(above, right), *self._paragraph(last, column=right, after=rules.SIGNATURE_ROOM)]
        sign.extend(self._paragraph(closing.signer, column=right))
        row = closing_cells(closing, self._forms)
        return _table(rules.FOOT_COLUMNS, (row,), ((self._column(closing.recipients, left), sign),))

    def _column(self, paragraphs: Iterable[Paragraph], column: Length) -> list[Element]:
        return [element for given in paragraphs for element in self._paragraph(given, column=column)]

    def _link(self, address: str) -> str:
        return ooxml.link(self._file, address)

    def _link_of_note(self, address: str) -> str:
        return self._note_links.setdefault(address, f"rId{len(self._note_links) + 1}")

    def _runs(self, runs: Runs, first_note: int, link: Callable[[str], str] | None = None) -> Iterator[Element]:
        hard = hard_hyphens("".join(run.text for run in runs))
        start = 0
        for run in runs:
            if run.note:
                yield ooxml.note_mark(run.note + first_note - 1)
                continue
            inside = frozenset(place - start for place in hard if start <= place < start + len(run.text))
            element = ooxml.run(
                run.text, bold=run.bold or None, italic=run.italic or None, highlight=run.gap, hard_hyphens=inside
            )
            start += len(run.text)
            yield ooxml.hyperlink((link or self._link)(run.link), [element]) if run.link else element

    def _set_sections(self) -> None:
        """Paper, margins, header and footer; every section counts its pages from 1."""
        own = any(sheet.circulation or sheet.contact for sheet in self._document.sheets)
        for index, (section, sheet) in enumerate(zip(self._file.sections, self._document.sheets, strict=True)):
            page = rules.page_of(self._document, sheet)
            section.page_width, section.page_height = WordPt(page.width.pt), WordPt(page.height.pt)
            if page.width > page.height:
                section.orientation = WD_ORIENT.LANDSCAPE
            section.top_margin, section.bottom_margin = WordPt(page.top.pt), WordPt(page.bottom.pt)
            section.left_margin, section.right_margin = WordPt(page.left.pt), WordPt(page.right.pt)
            section.header_distance = WordPt(header_distance(sheet, page))
            section.footer_distance = WordPt(page.footer.pt)
            section.different_first_page_header_footer = True
            ooxml.restart_page_numbers(section._sectPr)
            if index == 0 or own:  # else it has those of the section before
                self._set_headers(section, sheet, page)
                self._set_footer(section, sheet, page)

    def _set_headers(self, section: Section, sheet: Sheet, page: Page) -> None:
        mark = [Paragraph(role=Role.DRAFT_MARK, runs=text_run(rules.DRAFT_MARK))] if self._document.is_draft else []
        number = _style_id(Role.PAGE_NUMBER)
        restricted = [sheet.circulation] if sheet.circulation else []
        first = self._column([*mark, *restricted], page.text_width) or [ooxml.paragraph(number)]
        others = [ooxml.page_field(number), *self._column(mark, page.text_width)]
        for header, paragraphs in ((section.first_page_header, first), (section.header, others)):
            _fill(header, paragraphs)

    def _set_footer(self, section: Section, sheet: Sheet, page: Page) -> None:
        """The contact below a line across the text, on page 1 only."""
        if not sheet.contact and sheet is self._document.sheets[0]:
            return
        line = ooxml.rule(
            _RULE, left=0, right=0, width=round(rules.RULE_WIDTH.pt * 8), before=0, height=rules.CONTACT_GAP.twips
        )
        lines = [line, *self._column(sheet.contact, page.text_width)] if sheet.contact else [ooxml.paragraph(_END)]
        _fill(section.first_page_footer, lines)


def _fill(part: _BaseHeaderFooter, paragraphs: Iterable[Element]) -> None:
    """Make ``paragraphs`` all that a header or footer holds; it is no longer that of the section before."""
    part.is_linked_to_previous = False
    for child in list(part._element):
        part._element.remove(child)
    part._element.extend(list(paragraphs))


def _style_id(role: Role) -> str:
    return "FootnoteText" if role is Role.NOTE else "".join(part.title() for part in role.split("-"))


def _table(
    columns: tuple[Length, Length], rows: Iterable[tuple[Stack, Stack]], cells: Iterable[Iterable[list[Element]]]
) -> Element:
    heights = (round(row[0].height * 20) for row in rows)
    return ooxml.table([column.twips for column in columns], zip(heights, cells, strict=True))
