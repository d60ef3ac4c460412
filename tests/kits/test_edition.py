"""The edition of kits: another one whenever some kit may say something else, and only then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import loa.kits.edition
from loa.kits.assemble import Order, make_kit, prepare
from notices.context import NO_ISSUES, Issue
from tests.kits.stage import AGENCIES, RELAY, nothing_signed, office, ordered
from tests.planning.office import CAMPAIGN, NAME, changed

WHOLE = CAMPAIGN + RELAY
CALL = "{{ agency.name }} đề nghị"
INCLUDED = changed(WHOLE, CALL, '{% if host.kind == "Xã" %}{% include "notice/rieng.md.j2" %}{% endif %}' + CALL)


def edition(
    folder: Path, *, campaign: str = WHOLE, own: dict[str, str] | None = None, agencies: str = AGENCIES, number: int = 0
) -> str:
    """Of a workspace with that campaign and these templates of its own, whose dispatch may have a number."""
    for path, text in (own or {}).items():
        file = folder / "templates" / f"{path}.md.j2"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    place = office(folder, campaign=campaign, agencies=agencies)
    file_of_campaign = place.campaign(NAME)
    issues = {"cong-van": Issue(number=number, day=date(2026, 9, 5))} if number else NO_ISSUES
    context = place.context(file_of_campaign, issues)
    return prepare(Order(campaign=file_of_campaign.campaign, context=context), nothing_signed).edition


def test_the_same_sources_are_one_edition_wherever_they_lie(tmp_path: Path) -> None:
    assert edition(tmp_path / "a") == edition(tmp_path / "b")


def test_words_that_only_some_agencies_get_make_another_edition(tmp_path: Path) -> None:
    """The made-up agency that stands for all is a ward; a commune's words are not among what it says."""
    made = []
    for day in ("sáng thứ Hai", "chiều thứ Năm"):
        campaign = changed(WHOLE, CALL, "{% if host.kind == 'Xã' %}Vào " + day + ", {% endif %}" + CALL)
        batch, audience = ordered(tmp_path / day, campaign=campaign)
        made.append((batch.edition, make_kit(batch, audience.receivers[1]).files))
    (first, monday), (second, thursday) = made
    assert monday != thursday
    assert first != second


def test_a_template_that_only_some_agencies_get_makes_another_edition(tmp_path: Path) -> None:
    own = [{"notice/rieng": '{% include "notice/sau.md.j2" %}', "notice/sau": text} for text in ("Một. ", "Hai. ")]
    first, second = (edition(tmp_path / str(i), campaign=INCLUDED, own=given) for i, given in enumerate(own))
    assert first != second


def test_a_template_that_the_campaign_does_not_use_makes_no_other_edition(tmp_path: Path) -> None:
    assert edition(tmp_path / "a", own={"notice/khac": "Khác."}) == edition(tmp_path / "b")


def test_the_numbering_of_a_paper_makes_another_edition_where_texts_may_print_it(tmp_path: Path) -> None:
    assert edition(tmp_path / "a", number=12) == edition(tmp_path / "b")
    citing = changed(WHOLE, CALL, "{% if host.kind == 'Xã' %}Theo {{ documents.cong_van }}, {% endif %}" + CALL)
    assert edition(tmp_path / "c", campaign=citing, number=12) != edition(tmp_path / "d", campaign=citing)


def test_another_version_of_loa_is_another_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = edition(tmp_path / "a")
    monkeypatch.setattr(loa.kits.edition, "__version__", "0.0.1")
    assert edition(tmp_path / "b") != before
