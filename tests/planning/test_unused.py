"""Facts given in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.planning.review.unused import unused_facts
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

FACTS = changed(CAMPAIGN, "facts:\n", "facts:\n  thua:\n    text: thừa\n")
TEMPLATE = "{% block mo %}\n{{ thua }}\n{% endblock %}\n\n{% block ket %}\nHết./.\n{% endblock %}\n"


def unused(folder: Path, campaign: str, template: str = "") -> list[tuple[str, int]]:
    templates = {"notice/moi.md.j2": template} if template else None
    office = open_office(folder, campaign=campaign, templates=templates)
    problems = list(unused_facts(office.campaign(NAME), office))
    assert all(problem.severity == "warning" for problem in problems)
    return [(str(problem.values["name"]), problem.place.line) for problem in problems]


def test_a_fact_that_no_text_prints_is_told_at_its_key(tmp_path: Path) -> None:
    assert unused(tmp_path, FACTS) == [("thua", 7)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("heading: Thông báo khảo sát", 'heading: "{{ thua }}"'),
        ("- Các xã, phường", "- Các xã, phường {{ thua.label }}"),
        ("Mời người dân", "{{ thua | long }} người dân"),
        ("Mời người dân", "{% if thua %}Mời{% endif %} người dân"),
        ("Mời người dân", "{{ campaign.facts.thua }} người dân"),
        ("Mời người dân", "{{ thua người dân"),  # a slip, told elsewhere
    ],
)
def test_a_fact_counts_as_used_wherever_a_text_names_it(tmp_path: Path, old: str, new: str) -> None:
    assert unused(tmp_path, changed(FACTS, old, new)) == []


def with_template(block: str) -> str:
    own = f"    template: moi\n    blocks:\n      {block}: |\n"
    body = "    body: |\n      Liên hệ {{ dien_thoai.label }}"
    return changed(FACTS, body, f"{own}        Liên hệ {{{{ dien_thoai.label }}}}")


def test_a_template_uses_the_facts_of_the_blocks_that_are_not_replaced(tmp_path: Path) -> None:
    assert unused(tmp_path / "a", with_template("ket"), TEMPLATE) == []
    assert unused(tmp_path / "b", with_template("mo"), TEMPLATE) == [("thua", 7)]


def test_a_block_that_takes_in_the_replaced_one_uses_its_facts(tmp_path: Path) -> None:
    campaign = with_template("mo").replace("        Liên hệ {{ dien", "        {{ super() }} Liên hệ {{ dien")
    assert unused(tmp_path, campaign, TEMPLATE) == []
