"""Templates: the office's words, the campaign's facts, and every slip in them as a mistake with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.core.errors import LoaError, Place, Problem
from loa.core.words import LANGUAGES, catalogue
from notices.facts import Fact
from notices.model import Agency
from notices.prose import read_prose
from notices.template import Templates, Text
from notices.template_files import MAX_CHARACTERS

VALUES: Mapping[str, object] = {
    "nam": Fact(text="2026"),
    "so": Fact.model_validate({"number": "6045"}),
    "documents": {"cong_van": "Công văn số 12/SNV-CCHC"},
    "agency": Agency(name="Sở Nội vụ", full_name="Sở Nội vụ tỉnh A", code="SNV", place="A"),
}
SHIPPED = """\
{#- Mẫu thử. -#}
{% block mo %}
Năm {{ nam }}.
{% endblock %}

{% block ket %}
Hết./.
{% endblock %}
"""
HERE = Place(file="campaigns/x.yaml", line=10, part="documents.x.blocks.mo")


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    return office(tmp_path, {})


def office(folder: Path, own: Mapping[str, str]) -> Templates:
    for name, text in {"shipped/dispatch/thu.md.j2": SHIPPED, **{f"own/{path}": t for path, t in own.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Templates((folder / "own", folder / "shipped"))


def one_problem(error: LoaError) -> Problem:
    [problem] = error.problems
    assert all(catalogue(language).problem(problem) for language in LANGUAGES)
    return problem


def test_a_template_is_filled_with_facts(templates: Templates) -> None:
    assert [p.text for p in read_prose(templates.fill("dispatch", "thu", {}, VALUES)).paragraphs] == [
        "Năm 2026.",
        "Hết./.",
    ]


def test_a_block_can_be_said_in_other_words_and_still_print_the_shipped_ones(templates: Templates) -> None:
    text = Text(text="Trước. {{ super() }} Số {{ so }}.\n", place=HERE)
    filled = read_prose(templates.fill("dispatch", "thu", {"mo": text}, VALUES))
    assert [p.text for p in filled.paragraphs] == ["Trước. Năm 2026. Số 6.045.", "Hết./."]


def test_the_offices_template_hides_the_shipped_one(tmp_path: Path) -> None:
    templates = office(tmp_path, {"dispatch/thu.md.j2": "Của cơ quan.", "dispatch/rieng.md.j2": "x"})
    assert templates.fill("dispatch", "thu", {}, VALUES) == "Của cơ quan."
    assert templates.names("dispatch") == ["rieng", "thu"]


def test_a_template_that_is_not_there_is_answered_with_those_that_are(templates: Templates) -> None:
    with pytest.raises(LoaError) as caught:
        templates.fill("dispatch", "thuu", {}, VALUES, place=HERE)
    problem = one_problem(caught.value)
    assert (problem.key, problem.place, problem.values["known"]) == ("template.not_found_close", HERE, "thu")


def test_a_block_that_is_not_there_is_answered_with_those_that_are(templates: Templates) -> None:
    with pytest.raises(LoaError) as caught:
        templates.fill("dispatch", "thu", {"moo": Text(text="x", place=HERE)}, VALUES)
    problem = one_problem(caught.value)
    assert (problem.key, problem.place, problem.values["known"]) == ("template.no_block_close", HERE, "mo, ket")


@pytest.mark.parametrize(
    ("slip", "key"),
    [
        ("{{ nm }}", "template.undefined_close"),
        ("{{ khac }}", "template.undefined"),
        ("{ nam }", "template.single_braces"),
        ("{nam}", "template.single_braces"),
        ("{ nam }}", "template.single_braces"),
        ("{ agency.name }", "template.single_braces"),
        ("{{ agency.nam }}", "template.no_part"),
        ("{{ nam.x.y }}", "template.no_part"),
        ("{{ nam ban hành }}", "template.braces"),
        ("{{ nam }", "template.braces"),
        ("{{ }}", "template.braces"),
        ("{{ nam + }}", "template.braces"),
        ("{% nam %}", "template.unknown_tag"),
        ("{% endblock %}", "template.unopened"),
        ("{% endif %}", "template.unopened"),
        ("{% if nam %}", "template.unclosed"),
        ("{% if nam %}{% endfor %}{% endif %}", "template.unclosed"),
        ("{{ documents.cong_vn }}", "template.no_citation"),
        ("{{ nam|khong }}", "template.no_filter"),
        ("{{ nam is khong }}", "template.syntax"),
        ("{% extends 'dispatch/thu.md.j2' %}", "template.syntax"),
        ("{{ nam() }}", "template.cannot_fill"),
        ("{{ nam + 1 }}", "template.cannot_fill"),
        ("{{ 1 / 0 }}", "template.cannot_fill"),
        ("{{ [][3].x }}", "template.cannot_fill"),
        ("{% for i in range(10**9) %}a{% endfor %}", "template.cannot_fill"),
        ("{{ 'a' * 10**9 }}", "template.not_allowed"),
        ("{{ [1] * 100000000 }}", "template.not_allowed"),
        ("{{ 10 ** 10 ** 10 }}", "template.not_allowed"),
        ("{{ '%900000000d' % 1 }}", "template.not_allowed"),
        ("{{ '{:900000000}'.format(1) }}", "template.not_allowed"),
        ("{{ '{0.__class__}'.format(nam) }}", "template.not_allowed"),
        ("{{ ('{:900000000}'|attr('format'))(1) }}", "template.not_allowed"),
        ("{{ 'a'.ljust(900000000) }}", "template.not_allowed"),
        ("{{ 'a'|center(900000000) }}", "template.no_filter"),
        ("{{ ''.__class__ }}", "template.not_allowed"),
        ("{{ nam.__init__.__globals__ }}", "template.not_allowed"),
        ("{{ agency.model_fields_set.clear() }}", "template.not_allowed"),
        ("{% include 'dispatch/khong.md.j2' %}", "template.no_include"),
        ("{% include '../../../../etc/passwd' %}", "template.no_include"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "template.endless"),
        ("{{ self.mo() }}", "template.endless"),
        ("{% for i in range(99999) %}khảo sát{{ i }}{% endfor %}", "template.too_long"),
    ],
)
def test_a_slip_in_a_block_is_a_mistake_on_its_line(templates: Templates, slip: str, key: str) -> None:
    text = Text(text=f"Dòng đầu.\nDòng hai: {slip}\n", place=HERE)
    with pytest.raises(LoaError) as caught:
        templates.fill("dispatch", "thu", {"mo": text, "ket": Text(text="Hết.", place=Place())}, VALUES)
    problem = one_problem(caught.value)
    assert (problem.key, problem.place.file) == (key, HERE.file)
    if key != "template.too_long":  # of a text as a whole
        assert problem.place.line == HERE.line + 1


@pytest.mark.parametrize(
    ("slip", "key"),
    [
        ("{{ nm }}", "template.undefined_close"),
        ("{{ nam", "template.braces"),
        ("{{ ''.__class__ }}", "template.not_allowed"),
    ],
)
def test_a_slip_in_a_whole_body_is_a_mistake_on_its_line(templates: Templates, slip: str, key: str) -> None:
    with pytest.raises(LoaError) as caught:
        templates.fill_text(Text(text=f"một\n\nhai {slip}\n", place=HERE), VALUES)
    problem = one_problem(caught.value)
    assert (problem.key, problem.place.line) == (key, HERE.line + 2)


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("một\n{{ nm }}\n", "template.undefined_close", 2),
        ("một\n\n{{ nam }\n", "template.braces", 3),
        ("một\n{% if nam %}\n", "template.unclosed", 2),
        ("{% block a %}\n{% endif %}\n{% endblock %}", "template.unopened", 2),
        ("{% block a %}\nmột", "template.unclosed", 1),
        ("một\n{% include 'dispatch/rieng.md.j2' %}", "template.circle", 2),
        ("{% extends 'dispatch/rieng.md.j2' %}", "template.circle", 1),
    ],
)
def test_a_slip_in_an_own_template_is_a_mistake_in_that_file(tmp_path: Path, text: str, key: str, line: int) -> None:
    templates = office(tmp_path, {"dispatch/rieng.md.j2": text})
    with pytest.raises(LoaError) as caught:
        templates.fill("dispatch", "rieng", {}, VALUES, place=HERE)
    problem = one_problem(caught.value)
    assert problem.key == key
    assert Path(problem.place.file).name == "rieng.md.j2"
    assert problem.place.line == line


def test_an_own_template_that_extends_its_own_name_builds_on_the_shipped_one(tmp_path: Path) -> None:
    own = '{% extends "dispatch/thu.md.j2" %}\n{% block ket %}\n{{ super() }} Cảm ơn./.\n{% endblock %}\n'
    templates = office(tmp_path, {"dispatch/thu.md.j2": own})
    assert templates.blocks("dispatch", "thu") == ["mo", "ket"]
    filled = templates.fill("dispatch", "thu", {"mo": Text(text="{{ super() }} Thêm.")}, VALUES)
    assert filled.split() == ["Năm", "2026.", "Thêm.", "Hết./.", "Cảm", "ơn./."]


def test_the_shipped_template_can_be_asked_for_where_an_own_one_covers_it(tmp_path: Path) -> None:
    own = {"dispatch/thu.md.j2": "Của cơ quan.", "dispatch/rieng.md.j2": '{% extends "shipped/dispatch/thu.md.j2" %}'}
    assert office(tmp_path, own).fill("dispatch", "rieng", {}, VALUES).split() == ["Năm", "2026.", "Hết./."]


def test_templates_that_build_on_each_other_are_told_at_the_line_that_closes_the_circle(tmp_path: Path) -> None:
    own = {"a": '{% extends "dispatch/b.md.j2" %}', "b": '\n{% extends "dispatch/a.md.j2" %}'}
    with pytest.raises(LoaError) as caught:
        office(tmp_path, {f"dispatch/{name}.md.j2": text for name, text in own.items()}).blocks("dispatch", "a")
    problem = one_problem(caught.value)
    assert (problem.key, Path(problem.place.file).name, problem.place.line) == ("template.circle", "b.md.j2", 2)


def test_every_mistake_between_braces_is_told(templates: Templates) -> None:
    blocks = {
        "mo": Text(text="{{ nm }} {{ nam }} {{ khac }}\n{{ so | thu }} { nam }\n{{ nam", place=HERE),
        "ket": Text(text="{{ super() }}\n{{ agency.nam }}", place=Place(file=HERE.file, line=20)),
    }
    with pytest.raises(LoaError) as caught:
        templates.fill("dispatch", "thu", blocks, VALUES)
    assert [(p.key.removeprefix("template."), p.place.line) for p in caught.value.problems] == [
        ("undefined_close", 10),
        ("undefined", 10),
        ("single_braces", 11),
        ("no_filter", 11),
        ("braces", 12),
        ("no_part", 21),
    ]


def test_names_that_a_text_makes_itself_are_not_told(templates: Templates) -> None:
    text = Text(text="{% for k in [1] %}{{ k }}{% endfor %}{# {{ x }} #}\n{{ nm }}", place=HERE)
    with pytest.raises(LoaError) as caught:
        templates.fill_text(text, VALUES)
    assert one_problem(caught.value).place.line == 11


def test_what_is_close_to_a_name_is_answered_with_that_name(templates: Templates) -> None:
    with pytest.raises(LoaError) as caught:
        templates.fill_text(Text(text="{{ agenci.name }}", place=HERE), VALUES)
    assert one_problem(caught.value).values["close"] == "agency"


def test_every_name_between_single_braces_is_told(templates: Templates) -> None:
    with pytest.raises(LoaError) as caught:
        templates.fill_text(Text(text="{ nam }\n{{ nam }} { so }\n", place=HERE), VALUES)
    assert [(p.place.line, p.values["typed"]) for p in caught.value.problems] == [(10, "{ nam }"), (11, "{ so }")]
    assert "{{ so }}" in catalogue("vi").problem(caught.value.problems[1])


@pytest.mark.parametrize("text", ["{ khac }", "{2026}", "{ }", "{{ {'a': nam}['a'] }}", "a{b"])
def test_braces_around_no_known_name_stay_text(templates: Templates, text: str) -> None:
    assert templates.fill_text(Text(text=text), VALUES) == text.replace("{{ {'a': nam}['a'] }}", "2026")


def test_a_condition_may_ask_whether_a_fact_is_there(templates: Templates) -> None:
    text = Text(text="{% if x is defined %}có{% else %}không{% endif %}")
    assert templates.fill_text(text, VALUES) == "không"


def test_a_long_text_is_bounded(templates: Templates) -> None:
    with pytest.raises(LoaError) as caught:
        templates.fill_text(Text(text="a" * (MAX_CHARACTERS + 1), place=HERE), VALUES)
    assert one_problem(caught.value).key == "template.too_long"


SHOWN = st.text(
    alphabet=st.characters(exclude_categories=("C", "Z")) | st.sampled_from("{}%#*_[]<>&`\\'\" "), max_size=40
)


@given(SHOWN)
@settings(deadline=None, max_examples=150)
def test_markup_and_braces_in_a_fact_stay_text(tmp_path_factory: pytest.TempPathFactory, value: str) -> None:
    templates = Templates((tmp_path_factory.getbasetemp(),))
    filled = templates.fill_text(Text(text="a{{ x }}b, {{ x|upper }}c"), {"x": value})
    [paragraph] = read_prose(filled).paragraphs
    assert paragraph.text.split() == f"a{value}b, {value.upper()}c".split()


@pytest.mark.parametrize(
    "value", ["**đậm**", "{{ nam }}", "{% x %}", "<b>&amp;</b>", "[a](http://b)", "1. một", "a & b"]
)
def test_a_fact_is_shown_as_it_was_typed(templates: Templates, value: str) -> None:
    filled = templates.fill_text(
        Text(text="x {{ v }}; {{ v ~ '.' }}; {% set w %}{{ v }}{% endset %}{{ w }}"), {"v": value}
    )
    [paragraph] = read_prose(filled).paragraphs
    assert paragraph.text == f"x {value}; {value}.; {value}"


@pytest.mark.parametrize("text", ["{{ nam.label }}", "{{ nam.money }}", "{{ dict }}", "{{ range }}", "{{ [nam] }}"])
def test_what_cannot_be_printed_is_refused(text: str) -> None:
    values = {"nam": Fact.model_validate({"text": "2026"})}
    with pytest.raises(LoaError) as raised:
        Templates([]).fill_text(Text(text=f"một\n{text}", place=Place(file="x.yaml", line=10)), values)
    [problem] = raised.value.problems
    assert problem.key in ("template.nothing", "template.undefined")
    assert problem.place.line == 11


def test_a_date_of_a_fact_is_printed_in_official_form() -> None:
    values = {"ngay": Fact.model_validate({"date": "2026-03-05"})}
    assert Templates([]).fill_text(Text(text="{{ ngay }} {{ ngay.date }}"), values) == "05/3/2026 05/3/2026"


def own_template(tmp_path: Path, content: bytes) -> Templates:
    (tmp_path / "dispatch").mkdir()
    (tmp_path / "dispatch" / "rieng.md.j2").write_bytes(content)
    return Templates([tmp_path])


def test_an_own_template_is_read_as_clean_as_a_campaign(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Kính gửi bà con")
    templates = own_template(tmp_path, b"\xef\xbb\xbf" + decomposed.encode() + b"\r\n")
    assert templates.fill("dispatch", "rieng", {}, {}) == "Kính gửi bà con\n"


@pytest.mark.parametrize(
    ("content", "key", "line"),
    [("Kính gửi".encode("utf-16"), "yaml.encoding", 0), ("một\nhai\u200b".encode(), "text.forbidden", 2)],
)
def test_an_own_template_that_cannot_be_read_is_named(tmp_path: Path, content: bytes, key: str, line: int) -> None:
    with pytest.raises(LoaError) as raised:
        own_template(tmp_path, content).fill("dispatch", "rieng", {}, {})
    [problem] = raised.value.problems
    assert (problem.key, problem.place.line) == (key, line)
    assert problem.place.file.endswith("rieng.md.j2")
