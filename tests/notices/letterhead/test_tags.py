"""What a template asks for is compared with what a document has, before anything is filled."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document as DocxDocument

from loa import root
from loa.core.errors import LoaError, Severity
from loa.core.words import LANGUAGES, catalogue
from notices.letterhead.values import NAMES
from tests.notices.letterhead.stage import SHOWN, WHOLE, found, opened, plain, word_file

ERROR, BREACH, WARNING = Severity.ERROR, Severity.BREACH, Severity.WARNING


def without(*tags: str) -> list[str]:
    return [line for line in WHOLE if not any(tag in line for tag in tags)]


def test_a_template_with_a_place_for_everything_has_no_problem(tmp_path: Path) -> None:
    assert found(tmp_path, word_file(*WHOLE)) == []


TAGS: Sequence[tuple[str, str]] = [
    ("{{ nguoi_ki }}", "letterhead.unknown_close"),
    ("{{ x }}", "letterhead.unknown"),
    ("{% if x %}a{% endif %}", "letterhead.unknown"),
    ("{{ so }", "letterhead.braces"),
    ("{{ so", "letterhead.braces"),
    ("so }}", "letterhead.braces"),
    ("{% if so", "letterhead.braces"),
    ("Số: { so }", "letterhead.single_braces"),
    ("{{p so }}", "letterhead.raw_tag"),
    ("{%- if so %}a{% endif %}", "letterhead.raw_tag"),
    ("{%tc for x in can_cu %}", "letterhead.raw_tag"),
    ("a {%p if so %}", "letterhead.carrier_p"),
    ("{%p if so %}{{ so }}{%p endif %}", "letterhead.carrier_p"),
    ("{% if so %}", "letterhead.unclosed"),
    ("{% endfor %}", "letterhead.unopened"),
    ("{% so %}", "letterhead.unknown_tag"),
    ("{{ so so }}", "letterhead.syntax"),
    ("{{ 9 ** 9 }}", "letterhead.not_allowed"),
    ("{{ so * 1000 }}", "letterhead.not_allowed"),
    ("{{ so.format(1) }}", "letterhead.not_allowed"),
    ("{{ so | center(1000000) }}", "letterhead.not_allowed"),
    ("{% include 'x' %}", "letterhead.not_allowed"),
    ("{% set so = 1 %}", "letterhead.not_allowed"),
    ("{% for a in can_cu %}{% for b in can_cu %}{% endfor %}{% endfor %}", "letterhead.not_allowed"),
    ("{{ ().__class__ }}", "letterhead.not_allowed"),
    ("{{ noi_dung }}", "letterhead.body_twice"),
    ("Nội dung: {{ noi_dung }}", "letterhead.body_not_alone"),
]


@pytest.mark.parametrize(("tag", "key"), TAGS)
def test_a_wrong_tag_is_an_error_at_its_paragraph(tmp_path: Path, tag: str, key: str) -> None:
    problems = found(tmp_path, word_file(*WHOLE, "Trước", tag, "Sau"))
    assert [(p.key, p.place.file, p.severity) for p in problems] == [(key, SHOWN, ERROR)]
    # what is left open is noticed where the file ends
    places = {f"body.paragraph{len(WHOLE) + n}" for n in ((2, 3) if key == "letterhead.unclosed" else (2,))}
    assert problems[0].place.part in places
    said = [catalogue(language).problem(problems[0]) for language in LANGUAGES]
    assert not any(word in line for line in said for word in ("Encountered", "expected token", "Jinja"))


def test_a_close_name_is_offered(tmp_path: Path) -> None:
    [problem] = found(tmp_path, word_file(*WHOLE, "Điện thoại: {{ hot_line }}"))
    assert problem.values["close"] == "hotline"
    assert problem.values["text"] == "Điện thoại: {{ hot_line }}"


def test_places_in_tables_headers_and_footers_are_named(tmp_path: Path) -> None:
    def add(file: DocxDocument) -> None:
        file.add_table(1, 1)
        table = file.add_table(2, 2)
        table.cell(1, 0).paragraphs[0].text = "{{ x1 }}"
        file.sections[0].header.paragraphs[0].text = "{{ x2 }}"
        file.sections[0].footer.paragraphs[0].text = "{{ x3 }}"

    problems = found(tmp_path, word_file(*WHOLE, add=add))
    assert [problem.place.part for problem in problems] == [
        f"body.table2.row2.cell1.paragraph{len(WHOLE) + 4}",
        "footer1.paragraph1",
        "header1.paragraph1",
    ]


def test_a_row_that_a_tag_takes_away_holds_no_other_words(tmp_path: Path) -> None:
    def add(words: str) -> bytes:
        def rows(file: DocxDocument) -> None:
            table = file.add_table(3, 2)
            table.cell(0, 0).paragraphs[0].text = "{%tr for dong in can_cu %}"
            table.cell(0, 1).paragraphs[0].text = words
            table.cell(1, 0).paragraphs[0].text = "{{ dong }}"
            table.cell(2, 0).paragraphs[0].text = "{%tr endfor %}"

        return word_file(*WHOLE, add=rows)

    assert found(tmp_path, add("")) == []
    assert [problem.key for problem in found(tmp_path, add("mất"))] == ["letterhead.carrier_tr"]


def test_the_text_stands_outside_tables(tmp_path: Path) -> None:
    def add(file: DocxDocument) -> None:
        file.add_table(1, 1).cell(0, 0).paragraphs[0].text = "{{ noi_dung }}"

    problems = found(tmp_path, word_file(*without("noi_dung"), add=add))
    assert [problem.key for problem in problems] == ["letterhead.body_not_alone"]


@pytest.mark.parametrize("around", [("if can_cu", "endif"), ("if noi_dung", "endif"), ("for a in kinh_gui", "endfor")])
def test_the_text_stands_outside_conditions_and_loops(tmp_path: Path, around: tuple[str, str]) -> None:
    opening, closing = (f"{{%p {part} %}}" for part in around)
    lines = [(opening, line, closing) if "noi_dung" in line else (line,) for line in WHOLE]
    problems = found(tmp_path, word_file(*(line for group in lines for line in group)))
    assert [problem.key for problem in problems] == ["letterhead.body_not_alone"]


@pytest.mark.parametrize(
    ("tag", "severity"),
    [
        *((name, BREACH) for name in ("ky_hieu", "ngay_thang", "trich_yeu", "kinh_gui", "noi_nhan", "nguoi_ky")),
        *((name, WARNING) for name in ("co_quan }}", "co_quan_chu_quan")),
    ],
)
def test_what_the_template_leaves_out_is_named(tmp_path: Path, tag: str, severity: Severity) -> None:
    problems = found(tmp_path, word_file(*without(tag)))
    assert {problem.key for problem in problems} == {"letterhead.unused"}
    assert severity in {problem.severity for problem in problems}
    assert tag.removesuffix(" }}") in {problem.values["name"] for problem in problems}


def test_a_template_that_forgot_the_text_is_a_breach(tmp_path: Path) -> None:
    content = word_file(*without("noi_dung"))
    [problem] = found(tmp_path, content)
    assert (problem.key, problem.severity) == ("letterhead.no_body", BREACH)
    assert docx.Document(io.BytesIO(opened(tmp_path, content).write(plain()))).paragraphs  # a draft can be made


def test_words_printed_in_the_letterhead_itself_are_not_left_out(tmp_path: Path) -> None:
    own = ("UBND TỈNH SÔNG TRÀ", "Sở Nội vụ", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Bình")
    assert found(tmp_path, word_file(*own, *without("co_quan", "quyen_han", "nguoi_ky"))) == []
    other = ("UBND TỈNH SÔNG TRÀ", "Sở Y tế", *without("co_quan"))
    assert [problem.values["name"] for problem in found(tmp_path, word_file(*other))] == ["co_quan"]


def test_urgency_must_not_get_lost(tmp_path: Path) -> None:
    document = plain(urgency="khẩn", basis=["Luật Tiếp cận thông tin"])
    problems = found(tmp_path, word_file(*WHOLE), document)
    assert [(p.values["name"], p.severity) for p in problems] == [("do_khan", BREACH), ("can_cu", BREACH)]


def test_a_tag_for_what_the_document_lacks_would_leave_a_blank(tmp_path: Path) -> None:
    [problem] = found(tmp_path, word_file(*WHOLE, "Căn cứ: {{ can_cu | join }}"))
    assert (problem.key, problem.severity, problem.values["name"]) == ("letterhead.empty", WARNING, "can_cu")
    guarded = "{% if can_cu %}Căn cứ: {{ can_cu }}{% endif %}"
    assert found(tmp_path, word_file(*WHOLE, guarded, "{{ hotline }}")) == []


def test_a_fact_without_the_part_asked_for_is_an_error_when_filled(tmp_path: Path) -> None:
    for tag, key in (("{{ hotline.unit }}", "letterhead.nothing"), ("{{ hotline.fax }}", "letterhead.no_part")):
        letterhead = opened(tmp_path, word_file(*WHOLE, "Trước", tag, "Sau"))
        with pytest.raises(LoaError) as caught:
            letterhead.write(plain())
        [problem] = caught.value.problems
        assert (problem.key, problem.place.part) == (key, f"body.paragraph{len(WHOLE) + 2}")


def test_the_page_for_officers_tells_every_name() -> None:
    for page in ("word-template.md", "word-template.vi.md"):
        text = (root() / "docs" / page).read_text(encoding="utf-8")
        assert [name for name in NAMES if f"`{name}`" not in text] == []


def test_docx_is_what_python_docx_reads(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(opened(tmp_path, word_file(*WHOLE)).write(plain()))
    assert docx.Document(str(path)).core_properties.author == "Sở Nội vụ tỉnh Sông Trà"
