"""The dispatch with which a receiving agency may carry a campaign on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loa.core.errors import LoaError
from loa.planning.check import check_campaign
from loa.planning.relay_draft import compose_relay
from notices.context import Issue
from notices.document import Closing, Masthead
from notices.receiver import Receiver
from notices.writers.text import write_text
from tests.planning.office import CAMPAIGN, NAME, changed, open_office

RELAY = """\
audience: ds.csv
relay:
  date: 2026-09-05
  subject: triển khai khảo sát năm {{ nam }}
  to:
    - Các trường học
    - Trạm Y tế {{ host.name }}
  body: |
    Thực hiện đề nghị của {{ issuer.full_name }}, {{ agency.name }} đề nghị các đơn vị niêm yết thông báo./.
"""
HOST = Receiver.model_validate({"name": "UBND xã An Phú", "parent": "UBND tỉnh Sông Trà", "code": "H99.102"})


def draft(tmp_path: Path, relay: str = RELAY) -> tuple[str, tuple[object, ...]]:
    """The draft of An Phú: its words, and its blocks."""
    office = open_office(tmp_path, campaign=CAMPAIGN + relay)
    file = office.campaign(NAME)
    assert file.campaign.relay
    composed = compose_relay(file.campaign.relay, office.context(file), HOST)
    assert composed.problems == ()
    assert composed.document.is_draft
    return write_text(composed.document).decode(), composed.document.sheets[0].blocks


def test_it_is_in_the_name_of_the_receiving_agency(tmp_path: Path) -> None:
    words, _ = draft(tmp_path)
    assert "UBND TỈNH SÔNG TRÀ\nUBND XÃ AN PHÚ" in words
    assert "/UBND-VP" in words
    assert "An Phú, ngày" in words
    assert "đề nghị của Sở Nội vụ tỉnh Sông Trà, UBND xã An Phú đề nghị" in words
    assert "- Trạm Y tế UBND xã An Phú." in words


def test_number_day_and_signer_are_blanks_that_are_marked(tmp_path: Path) -> None:
    words, blocks = draft(tmp_path)
    assert "ngày 05" not in words
    assert "Trần Văn An" not in words
    head, *_, foot = blocks
    assert isinstance(head, Masthead)
    assert isinstance(foot, Closing)
    assert any(run.gap for run in head.number.runs)
    assert any(run.gap for run in head.place_date.runs)
    assert all(run.gap for paragraph in (*foot.authority, foot.signer) for run in paragraph.runs)


def test_its_words_are_checked_with_the_campaign(tmp_path: Path) -> None:
    (tmp_path / "ds.csv").write_text("Tên;Mã\nUBND xã An Phú;AP\n", encoding="utf-8")

    def found(relay: str) -> list[tuple[str, str]]:
        office = open_office(tmp_path, campaign=CAMPAIGN + relay)
        return [(p.key, p.place.part) for p in check_campaign(office.campaign(NAME), office) if "relay" in p.place.part]

    assert found(RELAY) == []
    assert found(changed(RELAY, "{{ issuer.full_name }}", "{{ nguoi_gui }}")) == [("template.undefined", "relay.body")]
    assert found(changed(RELAY, "năm {{ nam }}", "năm 2026.")) == [("rule.R27", "relay.subject")]


def test_without_a_list_of_agencies_there_is_nobody_to_draft_for(tmp_path: Path) -> None:
    office = open_office(tmp_path, campaign=CAMPAIGN + changed(RELAY, "audience: ds.csv\n", ""))
    with pytest.raises(LoaError) as raised:
        office.campaign(NAME)
    assert [problem.key for problem in raised.value.problems] == ["model.relay_without_audience"]


def test_a_number_of_ours_never_stands_on_the_draft_of_another_agency(tmp_path: Path) -> None:
    """Not even when a document of the campaign has the name that the draft has in kits."""
    office = open_office(tmp_path, campaign=CAMPAIGN + RELAY)
    file = office.campaign(NAME)
    assert file.campaign.relay
    issues = {
        name: Issue(number=12, day=date(2026, 9, 5)) for name in (*file.campaign.documents, "cong-van-trien-khai")
    }
    composed = compose_relay(file.campaign.relay, office.context(file, issues), HOST)
    assert composed.document.is_draft
    assert composed.document.name == "cong-van-trien-khai"
    assert "12/" not in write_text(composed.document).decode()


def test_the_words_of_the_draft_are_held_against_the_facts(tmp_path: Path) -> None:
    wrong = changed(RELAY, "niêm yết thông báo./.", "gọi số 0255.3000.999 trước ngày 31/9/2026./.")
    office = open_office(tmp_path, campaign=CAMPAIGN + wrong)
    found = {(p.key.split(".")[0], p.place.part) for p in check_campaign(office.campaign(NAME), office)}
    assert ("fact", "relay.body") in found
