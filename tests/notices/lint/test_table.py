"""The table of rules, and what it says of whole papers."""

from __future__ import annotations

import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.core.errors import Severity
from loa.core.words import HOME, LANGUAGES
from notices.document import Role
from notices.lint.observe import observe
from notices.lint.rule import Rule
from notices.lint.table import RULES, find_breaches
from tests.conftest import ROOT
from tests.notices.lint.papers import (
    a_dispatch,
    a_draft,
    a_notice,
    a_report,
    said_by,
    sheet_with,
    typed,
    with_appendices,
    with_appendix,
    with_appendix_apart,
)
from tests.notices.lint.test_sound_words import SENTENCES
from tests.notices.samples import composed, notice

GOOD = with_appendix()
PAPERS = {
    "dispatch": a_dispatch,
    "draft": a_draft,
    "notice": a_notice,
    "report": a_report,
    "with one appendix": with_appendix,
    "with two appendices": with_appendices,
    "with an appendix apart": with_appendix_apart,
}


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_a_paper_in_good_form_breaks_nothing(paper: object) -> None:
    assert callable(paper)
    assert find_breaches(paper()) == []


def test_a_sheet_to_post_is_not_asked_for_what_only_papers_of_the_registry_have() -> None:
    assert find_breaches(observe(composed(notice(paper="A3")).document)) == []


def test_a_long_paper_in_good_form_breaks_nothing() -> None:
    assert find_breaches(typed(*(f"{number}. {text}" for number, text in enumerate(SENTENCES * 8, 1)))) == []


def test_an_appendix_has_no_head_of_its_own() -> None:
    nation = GOOD.main.of(Role.NATION)
    headed = sheet_with(GOOD, 1, paragraphs=(*nation, *GOOD.appendices[0].paragraphs))
    assert [(breach.sentence, breach.sheet) for breach in find_breaches(headed)] == [("R08_count", "phu-luc-1")]


# What rules look for, in an order that no person would think of.
WORDS = st.lists(
    st.sampled_from(
        (
            *("Số:", "/", "-", "5", "005", "/2026", "61/2018/NĐ-CP", "Nghị định số", "của", "VT,", "V/v", "Kính gửi:"),
            *("ngày", "tháng", "năm", "31/02/2026", "thứ hai", "Điều 1.", "I.", "a)", "f)", "1.", "1.1.", "Khoản 2"),
            *("./.", ";", "…", "[", "]", "(", ")", "“", "”", "TM.", "KT.", "T/M", "UBND huyện", "Tỉnh Nam Định"),
            *("UỶ BAN NHÂN DÂN", "TOÀ án Nhân Dân", "ſở Nội Vụ", "sở xây dựng", "Bộ y tế", "thành phố Hồ Chí Minh"),
            *("o\u0323", "\u200b", "\U0001f642"),
        )
    )
    | st.text(max_size=3),
    max_size=12,
)


@given(role=st.sampled_from(Role), words=WORDS)
@settings(max_examples=150, deadline=None)
def test_whatever_a_paper_says_every_rule_has_an_answer(role: Role, words: list[str]) -> None:
    find_breaches(said_by(GOOD, role, " ".join(words), " ".join(reversed(words))))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_row_has_an_identifier_a_clause_and_kinds(rule: Rule) -> None:
    assert re.fullmatch(r"R\d\d", rule.identifier)
    assert rule.kinds
    assert rule.clause or rule.severity is Severity.WARNING or rule.identifier == "R56", "a breach is of the decree"
    assert re.fullmatch(r"|I{1,3}/1-.+|VI/2-I|Phụ lục I{1,3}(, .+)?", rule.clause)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_a_rule_is_in_the_catalogue(language: str) -> None:
    told = tomllib.loads((HOME / f"{language}.problems.toml").read_text(encoding="utf-8"))["problem"]["rule"]
    assert {sentence for rule in RULES for sentence in rule.sentences} <= set(told)


def test_every_rule_has_a_row_in_the_documentation() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| (R\d\d|V\d+)", page, re.MULTILINE))
    assert {rule.identifier for rule in RULES} <= rows
    assert {rule.key.split("_")[1] for rule in RULES if rule.identifier == "R55"} <= rows


def test_every_rule_of_the_table_is_asked_or_said_to_be_asked_elsewhere() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert {f"R{number:02d}" for number in range(1, 65)} <= set(re.findall(r"R\d\d", page))
