"""YAML as text with places: what stays as it was typed, and what is refused and where."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.core.errors import LoaError, Problem
from loa.core.words import LANGUAGES, catalogue
from loa.planning.source import MAX_BYTES, Source, read_source
from tests.planning.office import CAMPAIGN


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "x.yaml"


def read(file: Path, content: str | bytes) -> Source:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_source(file, "x.yaml")


def mistakes(file: Path, content: str | bytes) -> list[tuple[str, int, int]]:
    with pytest.raises(LoaError) as caught:
        read(file, content)
    for problem in caught.value.problems:
        assert problem.place.file == "x.yaml"
        for language in LANGUAGES:
            assert catalogue(language).problem(problem)
    return [(problem.key, problem.place.line, problem.place.column) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "typed", ["no", "on", "yes", "true", "null", "~", "12:30", "0012", "1_000", "1e3", "2023-09-05", ".5", "0x1F"]
)
def test_what_looks_like_something_else_stays_text(file: Path, typed: str) -> None:
    assert read(file, f"a: {typed}\nb: [{typed}]\n").data == {"a": typed, "b": [typed]}


def test_a_key_without_value_is_empty_text(file: Path) -> None:
    assert read(file, "a:\nb: ''\n").data == {"a": "", "b": ""}


def test_nested_values_keep_their_shape(file: Path) -> None:
    assert read(file, "a:\n  - {b: c}\n  - d\ne: |\n  một\n\n  hai\n").data == {
        "a": [{"b": "c"}, "d"],
        "e": "một\n\nhai\n",
    }


@pytest.mark.parametrize("nl", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_however_a_file_was_saved_its_text_and_places_are_the_same(
    file: Path, nl: str, bom: bytes, form: Literal["NFC", "NFD"]
) -> None:
    text = unicodedata.normalize(form, "tên: Sở Nội vụ\nghi chú: |\n  một\n  hai\nmã: X\n")
    source = read(file, bom + text.replace("\n", nl).encode())
    assert source.data == {"tên": "Sở Nội vụ", "ghi chú": "một\nhai\n", "mã": "X"}
    assert (source.place("mã").line, source.place("mã").column) == (5, 5)


def test_places_are_those_of_the_value_of_the_key_or_of_the_text(file: Path) -> None:
    source = read(file, "a:\n  b: |\n    lời\n  c: [x, y]\n")
    assert str(source.place("a", "b")) == "x.yaml:2:6: a.b"
    assert str(source.place("a", "b", key=True)) == "x.yaml:2:3: a.b"
    assert str(source.text_place("a", "b")) == "x.yaml:3: a.b"
    assert str(source.text_place("a", "c")) == "x.yaml:4:6: a.c"
    assert str(source.place("a", "c", 1)) == "x.yaml:4:10: a.c.1"


def test_the_place_of_what_is_not_there_is_the_nearest_around_it(file: Path) -> None:
    source = read(file, "a:\n  b: x\n")
    assert str(source.place("a", "z", 3)) == "x.yaml:2:3: a.z.3"
    assert str(source.place("z")) == "x.yaml:1:1: z"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ("yaml.empty", 1, 1)),
        ("\n # chú thích\n", ("yaml.empty", 1, 1)),
        ("- a\n- b\n", ("yaml.not_a_mapping", 1, 1)),
        ("a\n", ("yaml.not_a_mapping", 1, 1)),
        ("a: 1\n---\nb: 2\n", ("yaml.two_documents", 2, 1)),
        ("a: 1\nb: ế\n".encode("utf-16"), ("yaml.encoding", 1, 0)),
        ("a: 1\nb: được\n".encode("cp1258", "replace"), ("yaml.encoding", 2, 0)),
        (b"a: \xed\xa0\x80\n", ("yaml.encoding", 1, 0)),
        ("a: &n x\n", ("yaml.anchor", 1, 4)),
        ("a: *n\n", ("yaml.anchor", 1, 4)),
        ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", ("yaml.anchor", 1, 4)),
        ("a: !!python/object/apply:os.system [ls]\n", ("yaml.tag", 1, 4)),
        ("a: !tên\n", ("yaml.character", 1, 6)),
        ("a: !x!y z\n", ("yaml.character", 1, 4)),
        ("a:\n\tb: 1\n", ("yaml.tab", 2, 1)),
        ("a:\n  b: 1\n   c: 2\n", ("yaml.colon", 3, 5)),
        ("a:\n  b: 1\n c: 2\n", ("yaml.indent", 3, 2)),
        ("a:\n  b: 1\n  - c\n", ("yaml.indent", 3, 3)),
        ("a: Kính gửi: các sở\n", ("yaml.colon", 1, 12)),
        ("a: 1\nb\nc: 3\n", ("yaml.no_colon", 2, 1)),
        ("a: @x\n", ("yaml.character", 1, 4)),
        ("a: `x`\n", ("yaml.character", 1, 4)),
        ("a: %x\n", ("yaml.character", 1, 4)),
        ("a: - x\n", ("yaml.character", 1, 4)),
        ("a: ? x\n", ("yaml.character", 1, 4)),
        ("a: }\n", ("yaml.character", 1, 4)),
        ("a: **đậm**\n", ("yaml.character", 1, 5)),
        ("a: | chữ\n", ("yaml.character", 1, 6)),
        ('a: "x\nb: y\n', ("yaml.unclosed", 1, 4)),
        ("a: 1\nb: 'x\nc: y\n", ("yaml.unclosed", 2, 4)),
        ('a: "x\nb: "y"\nc: "z"\n', ("yaml.unclosed", 1, 4)),
        ("a: [x, y\n", ("yaml.unclosed", 1, 4)),
        ("a: {x: y\nb: z\n", ("yaml.unclosed", 1, 4)),
        ('a: "x" y\n', ("yaml.indent", 1, 8)),
        ('a: "\\d"\n', ("yaml.escape", 1, 5)),
        ('a: "\\ud800"\n', ("yaml.escape", 1, 7)),
        ("a: {{ nam }}\n", ("yaml.key_kind", 1, 5)),
        ("a: {{ nam }} và\n", ("yaml.indent", 1, 14)),
        ("? [a, b]\n: c\n", ("yaml.key_kind", 1, 3)),
        ("%YAML 9.9\n---\na: b\n", ("yaml.syntax", 1, 1)),
        ("[" * 20_000, ("yaml.too_big", 1, 25)),
        ("a: " + "[" * 20_000, ("yaml.too_big", 1, 27)),
        ("".join(f"{' ' * depth}a:\n" for depth in range(30)), ("yaml.too_big", 25, 25)),
        ("a:\n" + "- x\n" * 50_000, ("yaml.too_big", 39_998, 3)),
        (b"a: b\n#" + b"x" * MAX_BYTES, ("file.too_large", 0, 0)),
        ("a: x\x07\n", ("text.forbidden", 1, 0)),
        ("a: 1\n# \x00\n", ("text.forbidden", 2, 0)),
        ('a: "\\u0007"\n', ("text.forbidden", 1, 4)),
        ('a: "\\0"\n', ("text.forbidden", 1, 4)),
        ("a: x\u200by\n", ("text.forbidden", 1, 4)),
        ("a: x\u202ey\n", ("text.forbidden", 1, 4)),
        ("a: x\ufeffy\n", ("text.forbidden", 1, 4)),
        ("a: x\ue000y\n", ("text.forbidden", 1, 4)),
        ('a: "x\u2028y"\n', ("text.forbidden", 1, 4)),
        ("a: S\u0323\u0301\n", ("text.forbidden", 1, 4)),
        ("a\u200b: x\n", ("text.forbidden", 1, 1)),
    ],
)
def test_what_is_refused_is_refused_at_its_place(
    file: Path, content: str | bytes, expected: tuple[str, int, int]
) -> None:
    assert mistakes(file, content) == [expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a:\n  unit:CCHC\n  date: 1\n", ("yaml.no_space", 2, 8)),  # noticed by the reader one line below
        ("a:\n  x: 1\n  unit:CCHC\n  date: 1\n", ("yaml.no_space", 3, 8)),
        ("a:\n  x: 1\n  unit:CCHC\n", ("yaml.no_space", 3, 8)),
        ("a: x\n\n  unit:CCHC\n\n  b: 2\n", ("yaml.no_space", 3, 8)),
        ("unit:CCHC\n", ("yaml.no_space", 1, 6)),
        ("a: {date: 1, slot:sáng}\n", ("yaml.no_space", 1, 19)),
        ("a:\n  - x\n  -y\n", ("yaml.no_space", 3, 4)),
        ("a:\n  unit:\u00a0CCHC\n  date: 1\n", ("yaml.no_break_space", 2, 8)),
        ("a:\n  unit\u00a0: CCHC\n", ("yaml.no_break_space", 2, 7)),
        ("a:\n  - x\n  -\u00a0y\n", ("yaml.no_break_space", 3, 4)),
        ("a:\n\u00a0\u00a0b: 1\n", ("yaml.no_break_space", 2, 1)),
        ("a:\n  b: 1\n \u00a0c: 2\n", ("yaml.no_break_space", 3, 2)),
        ("a:\n  unit\uff1a CCHC\n  date: 1\n", ("yaml.wide_colon", 2, 7)),
        ("a:\n  x: 1\n  unit\uff1aCCHC\nb: 2\n", ("yaml.wide_colon", 3, 7)),
        ("a: http://x\nb\nc: 1\n", ("yaml.no_colon", 2, 1)),
        ("a: x y:z\nb\u00a0c: 1\nd: e: f\n", ("yaml.colon", 3, 5)),  # no-break spaces belong into text
    ],
)
def test_a_slip_of_the_keyboard_is_shown_where_it_is(file: Path, content: str, expected: tuple[str, int, int]) -> None:
    assert mistakes(file, content) == [expected]


def test_repeated_keys_and_bad_characters_are_reported_all_at_once(file: Path) -> None:
    content = "a: 1\nb:\n  c: x\u200b\n  c: y\na: 2\na: 3\n"
    assert mistakes(file, content) == [
        ("text.forbidden", 3, 6),
        ("yaml.repeated_key", 4, 3),
        ("yaml.repeated_key", 5, 1),
        ("yaml.repeated_key", 6, 1),
    ]


def test_accents_that_make_two_keys_one_are_seen(file: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "sáng")
    assert mistakes(file, f"sáng: 1\n{decomposed}: 2\n") == [("yaml.repeated_key", 2, 1)]


def test_a_merge_key_is_a_key_like_any_other(file: Path) -> None:
    assert read(file, "a:\n  <<: {b: c}\n").data == {"a": {"<<": {"b": "c"}}}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoaError) as caught:
        read_source(tmp_path / "none.yaml", "none.yaml")
    assert [(p.key, p.place.file) for p in caught.value.problems] == [("file.not_found", "none.yaml")]


def answer(file: Path) -> Sequence[Problem]:
    """The mistakes in a file, if any; whatever else is raised is a bug."""
    try:
        assert isinstance(read_source(file).data, dict)
    except LoaError as error:
        return error.problems
    return ()


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
@settings(deadline=None, max_examples=200)
def test_no_bytes_give_anything_but_a_source_or_mistakes(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "bytes.yaml"
    file.write_bytes(content)
    assert all(catalogue("vi").problem(problem) for problem in answer(file))


@given(
    st.lists(
        st.tuples(st.integers(0, len(CAMPAIGN)), st.sampled_from("{}[]:-|>&*!%@`\"'#, \n\t\\?x\u200b")), max_size=4
    )
)
@settings(deadline=None, max_examples=200)
def test_a_few_stray_characters_give_a_source_or_mistakes(
    tmp_path_factory: pytest.TempPathFactory, strays: list[tuple[int, str]]
) -> None:
    text = CAMPAIGN
    for position, stray in strays:
        text = text[:position] + stray + text[position:]
    file = tmp_path_factory.getbasetemp() / "strays.yaml"
    file.write_text(text, encoding="utf-8")
    assert all(catalogue("vi").problem(problem) for problem in answer(file))
