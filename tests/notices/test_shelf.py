"""What the shelf tells of templates: whose they are, what their head says, what they print."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.core.errors import LoaError
from notices.shelf import KINDS, Head, Shelf, read_head

HEAD = """\
{#-
Thông báo tạm nghỉ

Dùng khi tạm nghỉ
tiếp công dân.

Ví dụ:

facts:
  ngay:
    date: 2026-12-05
-#}
"""
BLOCKS = "{% block mot %}\nNgày {{ ngay }}.\n{% endblock %}\n\n{% block hai %}\n{{ agency.name }}./.\n{% endblock %}\n"


def shelf(folder: Path, own: dict[str, str], shipped: dict[str, str]) -> Shelf:
    for side, files in (("own", own), ("shipped", shipped)):
        (folder / side).mkdir()
        for name, text in files.items():
            path = folder / side / f"{name}.md.j2"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return Shelf(folder / "own", folder / "shipped")


def test_the_head_has_a_title_a_purpose_and_an_example_at_its_line() -> None:
    head = read_head(HEAD + BLOCKS)
    assert (head.title, head.purpose) == ("Thông báo tạm nghỉ", "Dùng khi tạm nghỉ tiếp công dân.")
    assert head.example.strip().startswith("facts:")
    first = next(number for number, line in enumerate(HEAD.split("\n"), 1) if line == "facts:")
    assert head.example.split("\n")[first - head.example_line] == "facts:"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BLOCKS, Head()),
        ("{# Một dòng. #}\n" + BLOCKS, Head(title="Một dòng.")),
        ("{% block a %}{# không phải ở đầu #}{% endblock %}", Head()),
        ("{#- Tên\n\nVí dụ: gọi điện. -#}", Head(title="Tên", purpose="Ví dụ: gọi điện.")),
    ],
)
def test_a_head_may_say_less_or_nothing(text: str, expected: Head) -> None:
    assert read_head(text) == expected


def test_own_templates_come_first_and_say_whose_they_are(tmp_path: Path) -> None:
    both = {"notice/chung": HEAD + BLOCKS}
    found = shelf(tmp_path, own={**both, "notice/rieng": BLOCKS}, shipped={**both, "notice/co-san": BLOCKS})
    assert found.names() == [("notice", "chung"), ("notice", "co-san"), ("notice", "rieng")]
    marks = {name: (card.is_own, card.covers) for kind, name in found.names() for card in [found.card(kind, name)]}
    assert marks == {"chung": (True, True), "co-san": (False, False), "rieng": (True, False)}


def test_kinds_come_in_the_order_of_the_table(tmp_path: Path) -> None:
    found = shelf(tmp_path, own={}, shipped={f"{kind}/a": BLOCKS for kind in KINDS})
    assert [kind for kind, _ in found.names()] == list(KINDS)


def test_in_the_shipped_folder_itself_no_template_is_an_own_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf(tmp_path, own={}, shipped={"notice/chung": BLOCKS})
    monkeypatch.chdir(tmp_path)
    assert not Shelf(Path("shipped"), tmp_path / "shipped").card("notice", "chung").is_own


@pytest.mark.parametrize(
    ("text", "blocks", "needs"),
    [
        (BLOCKS, ["mot", "hai"], {"ngay": ["mot"], "agency": ["hai"]}),
        ("{{ ngay | weekday }}./.", [], {"ngay": []}),
        ("{% for k in ds %}{{ k }}{% endfor %}{% set x = 1 %}{{ x }}", [], {"ds": []}),
        ("{% block a %}{{ x }}{% endblock %}{% block b %}{{ x }}{% endblock %}", ["a", "b"], {"x": ["a", "b"]}),
        ("{% if co %}{% block a %}{{ x }}{% endblock %}{% endif %}", ["a"], {"x": ["a"], "co": []}),
    ],
)
def test_what_a_template_prints_is_found_in_it(
    tmp_path: Path, text: str, blocks: list[str], needs: dict[str, list[str]]
) -> None:
    card = shelf(tmp_path, own={"notice/a": text}, shipped={}).card("notice", "a")
    assert list(card.blocks) == blocks
    assert {name: list(where) for name, where in card.needs.items()} == needs


def test_a_template_that_extends_another_needs_what_is_left_of_it(tmp_path: Path) -> None:
    changed = '{% extends "notice/chung.md.j2" %}{% block mot %}Từ {{ buoi }}.{% endblock %}'
    card = shelf(tmp_path, own={"notice/rieng": changed}, shipped={"notice/chung": BLOCKS}).card("notice", "rieng")
    assert list(card.blocks) == ["mot", "hai"]
    assert set(card.needs) == {"buoi", "agency"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{% block a %}{{ ngay }", "template.braces"),
        ("{{ ngay | thu }}", "template.no_filter"),
        ('{% extends "notice/khong-co.md.j2" %}', ""),
        ('{% extends "notice/hong.md.j2" %}', "template.braces"),
    ],
)
def test_a_broken_template_is_named_with_its_place(tmp_path: Path, text: str, key: str) -> None:
    found = shelf(tmp_path, own={"notice/a": text, "notice/hong": "\n{{ ngay }"}, shipped={})
    if not key:  # what it extends is missing: told when it is filled, as everywhere
        assert found.card("notice", "a").blocks == []
        return
    with pytest.raises(LoaError) as caught:
        found.card("notice", "a")
    [problem] = caught.value.problems
    assert problem.key == key
    assert problem.place.line == (2 if "hong" in text else 1)


def test_templates_in_a_folder_that_is_no_kind_are_named(tmp_path: Path) -> None:
    found = shelf(tmp_path, own={"thong-bao/a": BLOCKS, "notice/b": BLOCKS}, shipped={"word/c": BLOCKS})
    [problem] = found.misplaced()
    assert problem.key == "shelf.no_kind"
    assert problem.place.file.endswith("own/thong-bao/a.md.j2")
