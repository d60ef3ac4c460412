"""The bundled list of fictional agencies, and the tool that makes lists of any length."""

from __future__ import annotations

from collections import Counter

from loa.planning.audience.audience import read_audience
from tests.conftest import ROOT
from tools.make_agencies import BUNDLED, BUNDLED_COUNT, COMMUNES_OF_A_COUNTRY, agencies, as_csv


def test_the_bundled_list_is_what_the_tool_makes() -> None:
    assert BUNDLED.read_bytes() == as_csv(BUNDLED_COUNT, 1)


def test_the_bundled_list_is_sound_and_has_only_two_tiers() -> None:
    audience = read_audience(ROOT / "agencies" / "song-tra.csv", "song-tra.csv")
    kinds = Counter(receiver.kind for receiver in audience.receivers)
    assert audience.warnings == ()
    assert kinds.total() == 100
    assert set(kinds) == {"Sở, ngành", "Phường", "Xã", "Đặc khu"}
    assert [len(audience.select(groups=[group])) > 3 for group in audience.groups()] == [True] * len(audience.groups())
    for receiver in audience.receivers:
        assert (receiver.contact.phone or "").startswith("0255.3000.")
        assert (receiver.contact.email or "").endswith("example.gov.vn")
        assert receiver.posting


def test_the_campaigns_places_are_on_it() -> None:
    audience = read_audience(BUNDLED, "song-tra.csv")
    assert len(audience.select(["UBND phường Trà Giang", "UBND xã An Phú", "Sở Nội vụ"])) == 3


def test_a_list_of_all_communes_of_a_country_is_the_same_each_time_and_has_no_twins() -> None:
    rows = list(agencies(COMMUNES_OF_A_COUNTRY, 7))
    assert rows == list(agencies(COMMUNES_OF_A_COUNTRY, 7))
    assert rows != list(agencies(COMMUNES_OF_A_COUNTRY, 8))
    assert len({row["Mã"] for row in rows}) == COMMUNES_OF_A_COUNTRY
    assert len({(row["Tên cơ quan"], row["Cơ quan chủ quản"]) for row in rows}) == COMMUNES_OF_A_COUNTRY


def test_ten_thousand_can_be_made() -> None:
    assert sum(1 for _ in agencies(10_000, 1)) == 10_000
