"""The styles of a paper in Word: one for each role, under the name that an officer sees, and those between blocks."""

from __future__ import annotations

from collections.abc import Iterator

from notices import rules
from notices.document import Role
from notices.rules import Align
from notices.stacks import Forms
from notices.writers.ooxml import ParagraphStyle

# Empty paragraphs: one that draws a rule, one after a table, one that ends a section.
RULE, TABLE_END, SECTION_END = "Rule", "TableEnd", "SectionEnd"
JUSTIFY = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}
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


def style_id(role: Role) -> str:
    """The identifier of a role's style; footnotes have that of Word."""
    return "FootnoteText" if role is Role.NOTE else "".join(part.title() for part in role.split("-"))


def paragraph_styles(forms: Forms) -> Iterator[ParagraphStyle]:
    """Every style that a paper of these formats may need."""
    for role, form in forms.items():
        yield ParagraphStyle(
            identifier=style_id(role),
            name=_NAMES[role],
            size=round(form.size.pt * 2),
            line=form.leading.twips,
            after=form.after.twips,
            left=form.left.twips,
            right=form.right.twips,
            first=form.first.twips,
            hanging=form.hanging.twips,
            justify=JUSTIFY[form.align],
            bold=form.bold,
            italic=form.italic,
            with_next=form.with_next,
            level=_OUTLINE.get(role, 0),
            colour=form.colour if form.colour != rules.BLACK else "",
        )
    height = rules.RULE_HEIGHT - rules.RULE_DROP - rules.RULE_WIDTH
    yield ParagraphStyle(identifier=RULE, name="Kẻ ngang", size=2, line=height.twips)
    yield ParagraphStyle(identifier=TABLE_END, name="Cuối bảng", size=2, line=rules.TABLE_GAP.twips)
    yield ParagraphStyle(identifier=SECTION_END, name="Cuối phần", size=2, line=rules.ANCHOR_HEIGHT.twips)
