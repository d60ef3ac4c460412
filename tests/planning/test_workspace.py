"""Where a workspace is, and what lies in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from loa.core.errors import LoaError
from loa.core.words import LANGUAGES, catalogue
from loa.planning.workspace import find_workspace, open_workspace
from notices.compose import compose
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder, open_office


def keys(error: LoaError) -> list[str]:
    return [problem.key for problem in error.problems]


def test_the_workspace_is_found_from_any_folder_in_it(tmp_path: Path) -> None:
    make_folder(tmp_path)
    (tmp_path / "output" / "site").mkdir(parents=True)
    assert find_workspace(tmp_path / "output" / "site") == tmp_path
    assert find_workspace(tmp_path) == tmp_path


def test_no_workspace_is_a_mistake_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LoaError) as caught:
        find_workspace(tmp_path)
    assert keys(caught.value) == ["workspace.none"]


def test_a_folder_without_configuration_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(LoaError) as caught:
        open_workspace(tmp_path)
    assert str(caught.value.problems[0].place) == "config.yaml"


def test_campaigns_are_known_by_name_and_by_file(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    assert [path.stem for path in office.campaign_files()] == [NAME]
    for name in (NAME, str(tmp_path / "campaigns" / f"{NAME}.yaml")):
        file = office.campaign(name)
        assert file.campaign.campaign == NAME
        assert file.source.file == f"campaigns/{NAME}.yaml"


def test_a_campaign_may_lie_in_a_file_with_the_short_suffix(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    (tmp_path / "campaigns" / f"{NAME}.yaml").rename(tmp_path / "campaigns" / f"{NAME}.yml")
    assert [path.name for path in office.campaign_files()] == [f"{NAME}.yml"]
    assert office.campaign(NAME).source.file == f"campaigns/{NAME}.yml"


def test_a_campaign_in_two_files_is_a_mistake(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    (tmp_path / "campaigns" / f"{NAME}.yml").write_text(CAMPAIGN, encoding="utf-8")
    assert [path.name for path in office.campaign_files()] == [f"{NAME}.yaml"]
    with pytest.raises(LoaError) as caught:
        office.campaign(NAME)
    [problem] = caught.value.problems
    assert (problem.key, problem.place.file) == ("campaign.two_files", f"campaigns/{NAME}.yml")


@pytest.mark.parametrize("folder", ["output/site", "output//site", "output/site/", "Output/Site"])
def test_two_channels_in_one_folder_are_a_mistake_at_the_second(tmp_path: Path, folder: str) -> None:
    second = CONFIG.partition("channels:\n")[2].replace("trang-tin:", "trang-hai:").replace("output/site", folder)
    with pytest.raises(LoaError) as caught:
        open_workspace(make_folder(tmp_path, config=CONFIG + second))
    [problem] = caught.value.problems
    assert (problem.key, problem.place.line, problem.place.column) == ("channel.folder_shared", 21, 13)
    assert problem.values["other"] == "trang-tin"
    assert all(catalogue(language).problem(problem) for language in LANGUAGES)


def test_two_channels_in_two_folders_are_none(tmp_path: Path) -> None:
    second = CONFIG.partition("channels:\n")[2].replace("trang-tin:", "trang-hai:").replace("site\n", "site-2\n")
    assert len(open_workspace(make_folder(tmp_path, config=CONFIG + second)).config.channels) == 2


def test_an_unknown_campaign_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(LoaError) as caught:
        open_office(tmp_path).campaign("mua-he")
    [problem] = caught.value.problems
    assert (problem.key, problem.values["known"]) == ("campaign.unknown", NAME)


def test_a_campaign_is_called_as_its_file(tmp_path: Path) -> None:
    office = open_office(tmp_path, campaign=changed(CAMPAIGN, "campaign: khao-sat", "campaign: mua-he"))
    with pytest.raises(LoaError) as caught:
        office.campaign(NAME)
    [problem] = caught.value.problems
    assert (problem.key, problem.place.line, problem.place.column) == ("campaign.name", 1, 11)


def test_a_file_outside_the_workspace_is_shown_in_full(tmp_path: Path) -> None:
    office = open_office(tmp_path / "office")
    assert office.shown(tmp_path / "office" / "campaigns" / "a.yaml") == "campaigns/a.yaml"
    assert office.shown(tmp_path / "b.yaml") == str(tmp_path / "b.yaml")


def test_rehearsals_have_a_ledger_of_their_own(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    assert office.ledger_path(rehearsal=True) != office.ledger_path(rehearsal=False)
    assert office.ledger_path(rehearsal=False) == tmp_path / "state" / "loa.db"


def test_a_campaign_may_speak_for_another_agency(tmp_path: Path) -> None:
    other = "agency: {name: Sở Y tế, full_name: Sở Y tế tỉnh A, code: SYT, place: A}\n"
    office = open_office(tmp_path, campaign=changed(CAMPAIGN, "window:\n", other + "window:\n"))
    assert office.context(office.campaign(NAME)).agency.code == "SYT"
    assert office.config.agency.code == "SNV"


def test_the_offices_own_template_comes_before_the_shipped_one(tmp_path: Path) -> None:
    body = "    body: |\n      Liên hệ {{ dien_thoai.label }}: {{ dien_thoai }}./.\n"
    campaign = changed(CAMPAIGN, body, "    template: niem-yet\n")
    templates = {"notice/niem-yet.md.j2": "{% block ket %}Mẫu của cơ quan./.{% endblock %}"}
    office = open_office(tmp_path, campaign=campaign, templates=templates)
    composed = compose("thong-bao", office.context(office.campaign(NAME)))
    assert "Mẫu của cơ quan./." in str(composed.document)
