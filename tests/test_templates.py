"""The shipped templates: each has a head and an example, and the example is a paper in good form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from loa.core.errors import Severity
from loa.planning.check import check_campaign
from loa.planning.example import document_of, read_example
from loa.planning.model import TAKEN_NAMES
from loa.planning.workspace import Workspace, open_workspace
from notices.compose import compose
from notices.document import Document
from notices.shelf import Card, Shelf
from notices.walk import all_text
from tests.conftest import ROOT

SHELF = Shelf(ROOT / "templates", ROOT / "templates")
NAMES = ["/".join(names) for names in SHELF.names()]
# What the project promises to ship.
PROMISED = {
    "dispatch/phoi-hop",
    "dispatch/phoi-hop-noi-dung",
    "dispatch/chi-dao",
    "dispatch/cong-bo-ket-qua",
    "dispatch/trien-khai",
    "dispatch/dinh-chinh",
    "notice/thong-bao",
    "notice/niem-yet",
    "notice/nghi-le-treo-co",
    "notice/tiem-chung",
    "notice/gio-lam-viec",
    "report/ket-qua",
    "appendix/noi-dung-tuyen-truyen",
}


@pytest.fixture(params=NAMES)
def card(request: pytest.FixtureRequest) -> Card:
    return card_of(request.param)


@cache
def card_of(name: str) -> Card:
    kind, _, stem = name.partition("/")
    return SHELF.card(kind, stem)


@cache
def office() -> Workspace:
    return open_workspace(ROOT)


def example_paper(card: Card) -> Document:
    example = read_example(card)
    paper = compose(document_of(card, example), office().context(example)).document
    assert isinstance(paper, Document)
    return paper


def test_every_promised_template_is_there() -> None:
    assert set(NAMES) >= PROMISED


def test_a_template_says_in_one_line_what_it_is_and_in_a_paragraph_when_to_use_it(card: Card) -> None:
    assert 5 < len(card.head.title) <= 80
    assert not card.head.title.endswith(".")
    assert len(card.head.purpose) > 40
    assert card.head.purpose.endswith(".")


def test_the_example_says_every_fact_that_the_template_prints_and_no_other(card: Card) -> None:
    facts = read_example(card).campaign.facts
    assert {name for name in card.needs if name not in TAKEN_NAMES} == set(facts)


def test_the_example_is_a_paper_with_nothing_to_mend_but_number_and_day(card: Card) -> None:
    problems = check_campaign(read_example(card), office())
    assert [problem for problem in problems if problem.severity is not Severity.GAP] == []


def test_every_paragraph_is_a_block_of_its_own(card: Card) -> None:
    for block in card.text.split("{% endblock %}")[:-1]:
        opening, _, words = block.strip().partition("%}")
        assert opening.startswith("{% block ")
        assert "\n" not in words.strip(), words


def test_a_paper_of_the_example_ends_with_its_mark_once(card: Card) -> None:
    for sheet in example_paper(card).sheets:
        text = "".join(all_text(Document(name="x", title="x", author="x", sheets=(sheet,))))
        assert text.count("./.") == 1, sheet.name


def test_templates_are_nfc_and_speak_of_no_former_level(card: Card) -> None:
    text = card.path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not [old for old in ("cấp huyện", "UBND huyện", "thị trấn", "Bộ phận Một cửa") if old in text]


PAGES = ("templates.md", "templates.vi.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_page_about_templates_names_every_one(page: str) -> None:
    listed = re.findall(r"^\| `([a-z/-]+)` \|", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(NAMES)


@pytest.mark.parametrize("page", PAGES)
def test_the_own_templates_of_the_page_can_be_copied(page: str, tmp_path: Path) -> None:
    whole, built_on = re.findall(r"```jinja\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    for name, text in (("notice/tam-nghi", whole), ("dispatch/cam-on", built_on)):
        path = tmp_path / f"{name}.md.j2"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    shelf = Shelf(tmp_path, ROOT / "templates")
    assert read_example(shelf.card("notice", "tam-nghi")).campaign.documents.keys() == {"tam-nghi"}
    assert shelf.card("dispatch", "cam-on").blocks == SHELF.card("dispatch", "phoi-hop").blocks


def test_a_block_is_left_out_with_a_blank() -> None:
    example = read_example(card_of("notice/tiem-chung"))
    spec = example.campaign.documents["thong-bao"]
    shorter = spec.model_validate(spec.model_dump(exclude_unset=True) | {"blocks": {"chi_phi": " "}})
    context = replace(office().context(example), documents={"thong-bao": shorter})
    paper = compose("thong-bao", context).document
    assert isinstance(paper, Document)
    text = "".join(all_text(paper))
    assert "không thu tiền" not in text
    assert "6. Thông báo cho cán bộ y tế" in text
