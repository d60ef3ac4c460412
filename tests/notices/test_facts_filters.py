"""Facts in every official wording, asked for in templates as an officer writes them."""

from __future__ import annotations

import pytest

from loa.core.errors import LoaError, Place, Problem
from loa.core.words import LANGUAGES, catalogue
from notices.facts import Fact
from notices.filters import FILTERS
from notices.model import Agency, Contact
from notices.prose import unescape
from notices.template import Templates, Text

HERE = Place(file="campaigns/x.yaml", line=7, part="documents.x.body")
FACTS = {
    "ngay": {"date": "2026-09-07"},
    "tet": {"date": "2026-02-01"},
    "dot": {"period": {"from": "2026-09-05", "to": "2027-01-31"}},
    "quy": {"period": {"from": "2026-09-01", "to": "2026-11-30"}},
    "dau_nam": {"period": {"from": "2026-12-01", "to": "2027-02-28"}},
    "thang": {"period": {"from": "2028-02-01", "to": "2028-02-29"}},
    "may_ban": {"phone": "0255.3000.100"},
    "ha_noi": {"phone": "(024) 38456789"},
    "di_dong": {"phone": "+84 886800126"},
    "mien_phi": {"phone": "1800599920"},
    "tong_dai": {"phone": "1022"},
    "thu_lao": {"money": "30.000"},
    "so_nguoi": {"number": "6.045"},
    "trang": {"link": "https://snv.example.gov.vn/khao-sat/"},
    "thu": {"email": "snv@example.gov.vn"},
    "chu": {"text": "lời"},
}
VALUES: dict[str, object] = {name: Fact.model_validate(keys) for name, keys in FACTS.items()}
VALUES["agency"] = Agency(
    name="Sở Nội vụ",
    full_name="Sở Nội vụ tỉnh A",
    code="SNV",
    place="A",
    contact=Contact(phone="0255.3000.100", website="https://snv.example.gov.vn"),
)


def fill(text: str) -> str:
    return unescape(Templates([]).fill_text(Text(text=text, place=HERE), VALUES))


def mistake_in(text: str) -> Problem:
    with pytest.raises(LoaError) as caught:
        fill(text)
    [problem] = caught.value.problems
    assert all(catalogue(language).problem(problem) for language in LANGUAGES)
    return problem


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ ngay }}", "07/9/2026"),
        ("{{ ngay | short }}", "07/9/2026"),
        ("{{ ngay | long }}", "ngày 07 tháng 9 năm 2026"),
        ("{{ tet | long }}", "ngày 01 tháng 02 năm 2026"),
        ("{{ ngay | weekday }}", "thứ Hai, ngày 07/9/2026"),
        ("{{ tet | weekday }}", "Chủ nhật, ngày 01/02/2026"),
        ("{{ ngay | day_month }}", "07/9"),
        ("{{ tet | day_month }}", "01/02"),
        ("{{ ngay | month }}", "tháng 9 năm 2026"),
        ("{{ dot }}", "từ ngày 05/9/2026 đến ngày 31/01/2027"),
        ("{{ dot | long }}", "từ ngày 05 tháng 9 năm 2026 đến ngày 31 tháng 01 năm 2027"),
        ("{{ dot | start }} và {{ dot | end }}", "05/9/2026 và 31/01/2027"),
        ("{{ dot | end | long }}", "ngày 31 tháng 01 năm 2027"),
        ("{{ dot | start | weekday }}", "thứ Bảy, ngày 05/9/2026"),
        ("{{ quy | months }}", "từ tháng 9 đến tháng 11 năm 2026"),
        ("{{ dau_nam | months }}", "từ tháng 12 năm 2026 đến tháng 02 năm 2027"),
        ("{{ thang | months }}", "tháng 02 năm 2028"),
        ("{{ may_ban }}", "0255.3000.100"),
        ("{{ may_ban | spaced }}", "0255 3000 100"),
        ("{{ may_ban | tel }}", "tel:+842553000100"),
        ("{{ ha_noi | spaced }}", "024 3845 6789"),
        ("{{ di_dong | spaced }}", "0886 800 126"),
        ("{{ di_dong | tel }}", "tel:+84886800126"),
        ("{{ mien_phi | spaced }}", "1800 5999 20"),
        ("{{ mien_phi | tel }}", "tel:1800599920"),
        ("{{ tong_dai | spaced }}", "1022"),
        ("{{ tong_dai | tel }}", "tel:1022"),
        ("{{ agency.contact.phone | spaced }}", "0255 3000 100"),
        ("{{ thu_lao }} ({{ thu_lao | in_words }})", "30.000 đồng (ba mươi nghìn đồng)"),
        ("{{ so_nguoi }} ({{ so_nguoi | in_words }})", "6.045 (sáu nghìn không trăm bốn mươi lăm)"),
        ("{{ so_nguoi.number | in_words }}", "sáu nghìn không trăm bốn mươi lăm"),
        ("{{ trang | short }}", "snv.example.gov.vn/khao-sat"),
        ("{{ agency.contact.website | short }}", "snv.example.gov.vn"),
        ("{{ thu }}", "snv@example.gov.vn"),
    ],
)
def test_a_fact_is_worded_as_asked(text: str, shown: str) -> None:
    assert fill(text) == shown


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        ("{{ may_ban | long }}", "phone", "date, period"),
        ("{{ thu_lao | short }}", "money", "date, link"),
        ("{{ dot | weekday }}", "period", "date"),
        ("{{ chu | day_month }}", "text", "date"),
        ("{{ trang | month }}", "link", "date"),
        ("{{ ngay | start }}", "date", "period"),
        ("{{ ngay | end }}", "date", "period"),
        ("{{ so_nguoi | months }}", "number", "period"),
        ("{{ ngay | tel }}", "date", "phone"),
        ("{{ thu_lao | spaced }}", "money", "phone"),
        ("{{ may_ban | in_words }}", "phone", "money, number"),
        ("{{ 'abc' | in_words }}", "str", "money, number"),
        ("{{ agency | long }}", "Agency", "date, period"),
    ],
)
def test_a_wording_for_another_kind_is_refused_with_those_it_is_for(text: str, given: str, wanted: str) -> None:
    problem = mistake_in(f"Dòng một.\n{text}")
    assert problem.key == "template.unfit"
    assert (problem.values["given"], problem.values["wanted"]) == (given, wanted)
    assert problem.place.line == HERE.line + 1


def test_a_period_of_other_than_whole_months_has_no_months() -> None:
    assert mistake_in("{{ dot | months }}").key == "template.not_months"


def test_an_undefined_fact_stays_undefined_behind_a_wording() -> None:
    problem = mistake_in("{{ ngayy | long }}")
    assert (problem.key, problem.values["close"]) == ("template.undefined_close", "ngay")


def test_an_unknown_wording_is_told_with_the_known_ones() -> None:
    problem = mistake_in("a\nb {{ ngay | dai }}")
    assert (problem.key, problem.place.line) == ("template.no_filter", HERE.line + 1)
    assert problem.values == {"name": "dai", "known": ", ".join(FILTERS)}
