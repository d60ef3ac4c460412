"""Each rule of the table has a paper that breaks it and one that nearly does."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from notices.document import Role
from notices.lint.looks import SENTENCES
from notices.lint.observed import ObservedDocument
from notices.lint.rule import Breach
from notices.lint.table import RULES, find_breaches
from tests.notices.lint.pairs_of_form import FORM, OTHER_SENTENCES, Pair, Paper
from tests.notices.lint.pairs_of_words import WORDS
from tests.notices.lint.papers import a_draft, edited

PAIRS = {**FORM, **WORDS}
# What such a paper breaks besides, because one change touches two rules.
BESIDES = {"R17": {"R13"}, "R25": {"R37"}}
NEARLY = {"R04": {"R04_twin"}, "R11_issuer": {"R11_sizes"}}
KEYS = {rule.key for rule in RULES}


@cache
def breaches_of_the_first(key: str) -> list[Breach]:
    """What is wrong with the paper that breaks a rule."""
    return find_breaches(PAIRS[key][0]())


def keys(breaches: list[Breach]) -> set[str]:
    return {breach.rule.key for breach in breaches}


def said(document: ObservedDocument) -> set[str]:
    return {breach.sentence for breach in find_breaches(document)}


def test_every_rule_has_a_pair_and_every_pair_a_rule() -> None:
    assert len(KEYS) == len(RULES), "two rules of one name"
    assert set(PAIRS) == KEYS


@pytest.mark.parametrize("key", PAIRS)
def test_a_paper_that_breaks_a_rule_breaks_that_one_alone(key: str) -> None:
    assert keys(breaches_of_the_first(key)) == {key} | BESIDES.get(key, set())


@pytest.mark.parametrize(("key", "pair"), PAIRS.items(), ids=PAIRS)
def test_a_paper_that_nearly_breaks_a_rule_breaks_none(key: str, pair: Pair) -> None:
    assert keys(find_breaches(pair[1]())) == NEARLY.get(key, set())


@pytest.mark.parametrize(("sentence", "paper"), OTHER_SENTENCES.items(), ids=OTHER_SENTENCES)
def test_each_way_to_break_a_rule_has_its_own_sentence(sentence: str, paper: Paper) -> None:
    assert sentence in said(paper())


def test_a_line_is_in_its_look_only_as_a_whole() -> None:
    number = a_draft().main.of(Role.NUMBER)[0]
    first, *rest = number.stretches
    assert rest
    partly = edited(a_draft(), Role.NUMBER, stretches=(replace(first, bold=True), *rest))
    assert said(partly) == {"look_light"}


def test_every_sentence_of_a_rule_is_said_of_some_paper() -> None:
    several = {sentence for rule in RULES for sentence in rule.sentences}
    told = {breach.sentence for key in PAIRS for breach in breaches_of_the_first(key)} | set(OTHER_SENTENCES)
    assert several - told == set()
    assert set(SENTENCES) <= told
