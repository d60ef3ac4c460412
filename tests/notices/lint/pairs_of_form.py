"""For each rule of page, head and foot: a paper that breaks it, and one that nearly does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from notices.document import Role
from notices.lengths import Mm, Pt
from notices.lint.observed import ObservedDocument, Zone
from notices.rules import LANDSCAPE, PAGE, Align
from tests.notices.lint.papers import (
    a_dispatch,
    a_draft,
    a_notice,
    a_report,
    edited,
    on_sheet,
    said_by,
    sheet_with,
    twice,
    typed,
    with_appendices,
    with_appendix,
    with_appendix_apart,
    without,
)
from tests.notices.samples import appendix

Paper = Callable[[], ObservedDocument]
Pair = tuple[Paper, Paper]


def looks(role: Role, bad: dict[str, object], good: dict[str, object], paper: Paper = a_dispatch) -> Pair:
    """A pair of papers in which one paragraph looks otherwise."""
    return lambda: edited(paper(), role, look=bad), lambda: edited(paper(), role, look=good)


def says(role: Role, bad: str, good: str, paper: Paper = a_dispatch) -> Pair:
    """A pair of papers in which one paragraph says something else."""
    return lambda: edited(paper(), role, text=bad), lambda: edited(paper(), role, text=good)


def numbers(**changes: Any) -> ObservedDocument:
    """A dispatch whose page numbers stand otherwise."""
    document = a_dispatch()
    old = document.main.numbers
    assert old is not None
    on_first = bool(changes.pop("on_first", False))
    look = {key: value for key, value in changes.items() if key in ("size", "italic")}
    setting = {key: value for key, value in changes.items() if key not in look}
    stretches = tuple(replace(stretch, **look) for stretch in old.look.stretches)
    new = replace(old, look=replace(old.look, stretches=stretches, **setting), on_first=on_first)
    return sheet_with(document, numbers=new)


def restarting(value: bool) -> ObservedDocument:
    """A dispatch whose appendix counts its pages from 1, or goes on."""
    document = with_appendix()
    old = document.sheets[1].numbers
    assert old is not None
    return sheet_with(document, 1, numbers=replace(old, restarts=value))


def urgent(**changes: Any) -> ObservedDocument:
    """An urgent dispatch, its mark changed."""
    return edited(a_dispatch(urgency="khẩn"), Role.URGENCY, **changes)


def restricted() -> ObservedDocument:
    """A dispatch for the house alone."""
    return a_dispatch(circulation="lưu hành nội bộ")


def signing_line(size: float) -> ObservedDocument:
    """An appendix with room for the words of a digital signature."""
    document = said_by(with_appendix(), Role.SIGNING_LINE, "Số: 12/SNV-CCHC; 22/11/2026; 09:30:15")
    return edited(document, Role.SIGNING_LINE, look={"size": size}, align=Align.RIGHT)


def landscape(tables: int) -> ObservedDocument:
    """An appendix on a landscape page."""
    return sheet_with(with_appendix(), 1, page=LANDSCAPE, tables=tables)


FORM: Mapping[str, Pair] = {
    "R01": (
        lambda: sheet_with(a_dispatch(), page=replace(PAGE, width=Mm(216), height=Mm(279))),
        lambda: sheet_with(a_dispatch(), page=replace(PAGE, width=Mm(210.4))),
    ),
    "R02": (lambda: landscape(0), lambda: landscape(1)),
    "R03": (
        lambda: sheet_with(a_dispatch(), page=replace(PAGE, left=Mm(25))),
        lambda: sheet_with(a_dispatch(), page=replace(PAGE, top=Mm(25), left=Mm(35), right=Mm(20))),
    ),
    "R04": looks(Role.BODY, {"font": "Arial"}, {"font": "Tinos"}),
    "R04_twin": looks(Role.BODY, {"font": "Liberation Serif"}, {"font": "Times New Roman"}),
    "R05": says(Role.BODY, "Trân tro\u0323ng./.", "Trân trọng\u00a0kính gửi./."),
    "R06": (lambda: edited(a_dispatch(), Role.BODY, look={"colour": "0000ff"}), urgent),
    "R07": (lambda: numbers(zone=Zone.FOOTER), lambda: numbers(size=14.0)),
    "R08": says(Role.NATION, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT-NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    "R08_look": looks(Role.NATION, {"bold": False}, {"size": 12.0}),
    "R09": says(Role.MOTTO, "Độc lập – Tự do – Hạnh phúc", "Độc lập - Tự do - Hạnh phúc"),
    "R09_look": looks(Role.MOTTO, {"italic": True}, {"size": 13.0}),
    "R10": (lambda: edited(a_dispatch(), Role.MOTTO, rule=0.8), lambda: edited(a_dispatch(), Role.MOTTO, rule=0.96)),
    "R11_parent": looks(Role.PARENT, {"bold": True}, {"size": 13.0}),
    "R11_issuer": looks(Role.ISSUER, {"bold": False}, {"size": 12.0}),
    "R11_sizes": looks(Role.ISSUER, {"size": 12.0}, {"size": 13.0}),
    "R12": (lambda: edited(a_dispatch(), Role.ISSUER, rule=1.0), lambda: edited(a_dispatch(), Role.ISSUER, rule=0.5)),
    "R13": (lambda: edited(a_dispatch(), Role.NUMBER, text="Số: 12 / SNV - CCHC"), a_draft),
    "R14": says(Role.NUMBER, "Số: 5/SNV-CCHC", "Số: 50/SNV-CCHC"),
    "R14_zeros": says(Role.NUMBER, "Số: 012/SNV-CCHC", "Số: 02/SNV-CCHC"),
    "R15": says(Role.NUMBER, "Số: 12/CV-SNV", "Số: 12/SCVT-CVT"),
    "R16": says(Role.NUMBER, "Số: 12/2026/SNV-CCHC", "Số: 2026/SNV-CCHC"),
    "R17": says(Role.NUMBER, "Số: 12/Tb-SNV", "Số: 12/TB-SNV", a_notice),
    "R18": looks(Role.NUMBER, {"size": 14.0}, {"size": 13.0}),
    "R19": (lambda: edited(a_dispatch(), Role.PLACE_DATE, text="Sông Trà, ngày    tháng 9 năm 2026"), a_draft),
    "R20": says(Role.PLACE_DATE, "Sông Trà, ngày 05 tháng 09 năm 2026", "Sông Trà, ngày 05 tháng 02 năm 2026"),
    "R21": says(Role.PLACE_DATE, "Sông Trà, ngày 31 tháng 9 năm 2026", "Sông Trà, ngày 29 tháng 02 năm 2028"),
    "R22": says(
        Role.PLACE_DATE,
        "TP. Hồ Chí Minh, ngày 05 tháng 9 năm 2026",
        "Thành phố Hồ Chí Minh, ngày 05 tháng 9 năm 2026",
    ),
    "R22_look": looks(Role.PLACE_DATE, {"italic": False}, {"size": 14.0}),
    "R23": (
        lambda: edited(a_dispatch(), Role.PLACE_DATE, row=0),
        lambda: edited(edited(a_dispatch(), Role.PLACE_DATE, row=7), Role.NUMBER, row=7),
    ),
    "R24": (lambda: without(a_notice(), Role.TYPE_NAME), a_report),
    "R24_type": looks(Role.TYPE_NAME, {"bold": False}, {"size": 13.0}, a_notice),
    "R24_subject": looks(Role.NAMED_SUBJECT, {"size": 12.0}, {"size": 13.0}, a_report),
    "R24_line": (
        lambda: edited(a_notice(), Role.NAMED_SUBJECT, rule=0.0),
        lambda: edited(a_notice(), Role.NAMED_SUBJECT, rule=1 / 3),
    ),
    "R25": says(Role.BODY, "CÔNG VĂN", "Công văn này thay cho công văn trước./."),
    "R26": says(Role.SUBJECT, "Về việc tuyên truyền", "V/v tuyên truyền"),
    "R26_look": looks(Role.SUBJECT, {"bold": True}, {"size": 13.0}),
    "R26_gap": (
        lambda: edited(a_dispatch(), Role.SUBJECT, before=Pt(0)),
        lambda: edited(a_dispatch(), Role.SUBJECT, before=Pt(6)),
    ),
    "R27": (lambda: a_dispatch(subject="tuyên truyền khảo sát."), lambda: a_notice(subject="triển khai khảo sát")),
    "R27_length": says(Role.SUBJECT, f"V/v {'a' * 501}", f"V/v {'a' * 500}"),
    "R28": (lambda: said_by(a_notice(), Role.TO_ONE, "Kính gửi: Bộ Nội vụ"), a_report),
    "R29": (
        lambda: edited(a_dispatch(), Role.TO_ITEM, text="- Các sở, ban, ngành,"),
        lambda: a_dispatch(to=["Các sở, ban, ngành", "Báo Sông Trà", "UBND các xã"]),
    ),
    "R29_look": looks(Role.TO_ITEM, {"bold": True}, {"size": 13.0}),
    "R29_dashes": (
        lambda: edited(a_dispatch(), Role.TO_ITEM, left=Mm(20)),
        lambda: edited(a_dispatch(), Role.TO_ITEM, first=Pt(-9.0)),
    ),
    "R38": (
        lambda: a_dispatch(sign=["KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Bình"]),
        lambda: a_dispatch(sign=["Q. GIÁM ĐỐC", "Trần Thị Bình"]),
    ),
    "R38_deputy": (
        lambda: a_dispatch(sign=["KT. GIÁM ĐỐC", "TRƯỞNG PHÒNG", "Trần Thị Bình"]),
        lambda: a_dispatch(sign=["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Trần Thị Bình"]),
    ),
    "R38_body": (
        lambda: a_dispatch(sign=["TM. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Bình"]),
        lambda: a_dispatch(sign=["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Trần Thị Bình"]),
    ),
    "R39": (
        lambda: a_dispatch(sign=["GIÁM ĐỐC", "TS. Trần Thị Bình"]),
        lambda: a_dispatch(sign=["GIÁM ĐỐC", "Tô Sơn"]),
    ),
    "R39_authority": looks(Role.AUTHORITY, {"bold": False}, {"size": 13.0}),
    "R39_signer": looks(Role.SIGNER, {"italic": True}, {"size": 13.0}),
    "R40_level": (
        lambda: edited(a_dispatch(), Role.AUTHORITY, row=0),
        lambda: edited(a_dispatch(), Role.AUTHORITY, row=0, nth=1),
    ),
    "R41": says(Role.RECIPIENTS_LABEL, "Nơi nhận: (VBĐT)", "Nơi nhận: "),
    "R41_look": looks(Role.RECIPIENTS_LABEL, {"underline": True}, {"underline": False}),
    "R42": says(Role.RECIPIENT, "- Như trên,", "- Như trên (VBĐT);"),
    "R42_look": looks(Role.RECIPIENT, {"size": 12.0}, {"size": 11.0}),
    "R43": says(Role.RECIPIENT, "- Như kính gửi;", "- Như trên (để thực hiện);"),
    "R44": (lambda: a_dispatch(file="VT. CCHC.01b"), lambda: a_dispatch(file="VT, CCHC (01b)")),
    "R44_unit": (
        lambda: replace(a_dispatch(file="VT, CCHC, MINH"), units=frozenset({"CCHC"})),
        lambda: replace(a_dispatch(file="VT, CCHC (02)"), units=frozenset({"CCHC"})),
    ),
    "R44_name": (lambda: a_dispatch(file="VT, CCCQ, ĐIỂM"), lambda: a_dispatch(file="VT, ĐÔ, TCCQ")),
    "R45": (
        lambda: a_dispatch(appendix(), body="Kế hoạch ban hành kèm theo Quyết định số 5 của Sở./."),
        lambda: a_dispatch(appendix(), body="Sở Nội vụ gửi kèm nội dung tuyên truyền./."),
    ),
    "R45_promise": (
        lambda: typed("Chi tiết nêu tại phụ lục (có phụ lục kèm theo)."),
        lambda: typed("Mẫu tại Phụ lục I kèm theo Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ."),
    ),
    "R46": (
        lambda: edited(with_appendices(), Role.APPENDIX_LABEL, text="PHỤ LỤC 1", sheet=1),
        lambda: edited(with_appendix(), Role.APPENDIX_LABEL, text="Phụ lục", sheet=1),
    ),
    "R46_look": (
        lambda: edited(with_appendix(), Role.APPENDIX_LABEL, look={"size": 13.0}, sheet=1),
        with_appendices,
    ),
    "R46_title": (
        lambda: edited(with_appendix(), Role.APPENDIX_TITLE, text="Nội dung tuyên truyền", sheet=1),
        lambda: edited(with_appendix(), Role.APPENDIX_TITLE, look={"size": 13.0}, sheet=1),
    ),
    "R47": (
        lambda: edited(
            with_appendix(),
            Role.APPENDIX_REFERENCE,
            text="(Kèm theo Công văn số 06/SNV-CCHC ngày 05 tháng 02 năm 2026 của Sở Nội vụ)",
            sheet=1,
        ),
        lambda: a_dispatch(appendix(), medium="electronic"),
    ),
    "R47_look": (
        lambda: edited(with_appendix(), Role.APPENDIX_REFERENCE, look={"italic": False}, sheet=1),
        lambda: edited(with_appendix(), Role.APPENDIX_REFERENCE, look={"size": 14.0}, sheet=1),
    ),
    "R48": (lambda: restarting(False), lambda: restarting(True)),
    "R49": (
        lambda: sheet_with(a_dispatch(), pictures_at_signature=1),
        lambda: sheet_with(a_dispatch(), tables=1),
    ),
    "R50": (lambda: signing_line(12.0), lambda: signing_line(10.0)),
    "R50_room": (
        lambda: without(with_appendix_apart(), Role.SIGNING_LINE, sheet=1),
        lambda: a_dispatch(appendix(), medium="electronic"),
    ),
    "R51": (
        lambda: edited(with_contact(), Role.CONTACT, is_ruled_above=False),
        lambda: edited(with_contact(), Role.CONTACT, is_ruled_above=False, nth=1),
    ),
    "R51_look": (
        lambda: edited(with_contact(), Role.CONTACT, zone=Zone.TEXT),
        lambda: edited(with_contact(), Role.CONTACT, look={"size": 12.0}),
    ),
    "R52": (lambda: urgent(box=(Mm(30), Mm(8))), lambda: urgent(box=(Mm(20.2), Mm(8)))),
    "R52_look": (lambda: urgent(look={"bold": False}), lambda: urgent(look={"size": 14.0})),
    "R52_circulation": (
        lambda: edited(restricted(), Role.CIRCULATION, text="Lưu hành nội bộ"),
        restricted,
    ),
    "R63": says(Role.NAMED_SUBJECT, "V/v tổ chức khảo sát", "Về việc tổ chức khảo sát", a_notice),
    "R64": (
        lambda: edited(a_notice(), Role.RECIPIENT, text="- Như trên;"),
        lambda: edited(a_notice(), Role.RECIPIENT, text="- Như Điều 3;"),
    ),
}


def with_contact() -> ObservedDocument:
    """A dispatch that says how to reach the agency, on two lines."""
    return said_by_foot("Số 1, đường Hùng Vương", "ĐT: 0255.3000.100")


def said_by_foot(*lines: str) -> ObservedDocument:
    """A dispatch with lines at the foot of page 1."""
    document = said_by(a_dispatch(), Role.CONTACT, *lines)
    for nth in range(len(lines)):
        document = edited(
            document, Role.CONTACT, nth=nth, look={"size": 11.0}, zone=Zone.FOOTER, is_ruled_above=nth == 0
        )
    return document


# Further ways to break a rule that has several sentences: one paper for each of them.
OTHER_SENTENCES: Mapping[str, Paper] = {
    "look_light": lambda: edited(a_dispatch(), Role.NUMBER, look={"bold": True}),
    "look_italic": lambda: edited(a_dispatch(), Role.PLACE_DATE, look={"italic": False}),
    "look_upright": lambda: edited(a_dispatch(), Role.SIGNER, look={"italic": True}),
    "look_underlined": lambda: edited(a_dispatch(), Role.RECIPIENTS_LABEL, look={"underline": True}),
    "look_align": lambda: edited(a_dispatch(), Role.BODY, align=Align.LEFT),
    "look_capitals": lambda: edited(a_dispatch(), Role.PARENT, text="UBND tỉnh Sông Trà"),
    "look_zone": lambda: edited(with_contact(), Role.CONTACT, zone=Zone.TEXT),
    "R03_top": lambda: sheet_with(a_dispatch(), page=replace(PAGE, top=Mm(15))),
    "R03_bottom": lambda: sheet_with(a_dispatch(), page=replace(PAGE, bottom=Mm(30))),
    "R03_right": lambda: sheet_with(a_dispatch(), page=replace(PAGE, right=Mm(10))),
    "R07_none": lambda: sheet_with(a_dispatch(), numbers=None),
    "R07_look": lambda: numbers(italic=True),
    "R07_first": lambda: numbers(on_first=True),
    "R08_count": lambda: twice(a_dispatch(), Role.NATION),
    "R08_wrapped": lambda: edited(a_dispatch(), Role.NATION, room=Mm(90)),
    "R24_below": lambda: without(a_notice(), Role.NAMED_SUBJECT),
    "R28_none": lambda: on_sheet(
        a_dispatch(), lambda given: replace(given, paragraphs=tuple(p for p in given.paragraphs if not _is_to(p.role)))
    ),
    "R29_one": lambda: edited(a_dispatch(to=["Bộ Nội vụ"]), Role.TO_ONE, text="Kính gửi: Bộ Nội vụ."),
    "R29_label": lambda: edited(a_dispatch(), Role.TO, text="KÍNH GỬI"),
    "R29_single": lambda: without(a_dispatch(), Role.TO_ITEM),
    "R37": lambda: a_dispatch(body="Sở Nội vụ đề nghị phối hợp./.\n\nTrân trọng./."),
    "R38_alone": lambda: a_dispatch(sign=["TM. ỦY BAN NHÂN DÂN", "Trần Thị Bình"]),
    "R38_office": lambda: a_dispatch(sign=["KT. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH", "Trần Thị Bình"]),
    "R47_none": lambda: without(with_appendix(), Role.APPENDIX_REFERENCE, sheet=1),
    "R52_word": lambda: urgent(text="RẤT KHẨN"),
    "R52_colour": lambda: urgent(look={"colour": "000000"}),
}


def _is_to(role: Role | None) -> bool:
    return role in (Role.TO, Role.TO_ONE, Role.TO_ITEM, Role.TO_LAST)
