"""What an officer types from habit in a dispatch, and what is left of it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from notices.model import Agency, Dispatch

LINES: dict[str, object] = {
    "type": "dispatch",
    "body": "Lời./.",
    "unit": "CCHC",
    "date": "2026-09",
    "subject": "phối hợp",
    "to": ["Các sở"],
    "sign": ["GIÁM ĐỐC", "Trần Văn An"],
    "file": "VT, CCHC",
}


def dispatch(**changes: object) -> Dispatch:
    return Dispatch.model_validate(LINES | changes)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("V/v phối hợp", "phối hợp"),
        ("v/v: phối hợp", "phối hợp"),
        ("Về việc phối hợp", "phối hợp"),
        ("về việc phối hợp", "phối hợp"),
        ("phối hợp về việc khảo sát", "phối hợp về việc khảo sát"),
        ("{{ viec }}", "{{ viec }}"),
    ],
)
def test_a_subject_loses_the_words_that_stand_before_every_subject(typed: str, kept: str) -> None:
    assert dispatch(subject=typed).subject == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("- Các sở;", "Các sở"),
        ("– Các sở, ban, ngành.", "Các sở, ban, ngành"),
        ("Kính gửi: Các sở,", "Các sở"),
        ("Kính gửi: - Các sở ;", "Các sở"),
        ("Giám đốc Sở (để b/c)", "Giám đốc Sở (để b/c)"),
        ("UBND TP. Trà Giang", "UBND TP. Trà Giang"),
    ],
)
def test_addressees_and_copies_lose_the_marks_that_loa_prints(typed: str, kept: str) -> None:
    spec = dispatch(to=[typed], cc=["Như trên;", typed])
    assert (spec.to, spec.cc) == ([kept], ["Như trên", kept])


@pytest.mark.parametrize("typed", ["VT, CCHC", "Lưu: VT, CCHC", "- Lưu: VT, CCHC", "lưu : VT, CCHC"])
def test_the_filing_line_loses_its_first_word(typed: str) -> None:
    assert dispatch(file=typed).file == "VT, CCHC"


@pytest.mark.parametrize("change", [{"subject": "V/v"}, {"to": ["- ;"]}, {"cc": ["."]}, {"file": "Lưu:"}])
def test_a_line_with_nothing_but_such_marks_is_empty(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as caught:
        dispatch(**change)
    assert [found["type"] for found in caught.value.errors()] == ["text_empty"]


@pytest.mark.parametrize("code", ["CCHC", "QLĐĐ", "VX", "KT&TH", "PC08", "TCHC-QT", "T.H", " SNV "])
def test_parts_of_a_symbol_are_capitals_digits_and_a_few_marks(code: str) -> None:
    assert dispatch(unit=code).unit == code.strip()
    assert Agency(name="a", full_name="a", code=code, place="A").code == code.strip()


@pytest.mark.parametrize("code", ["cchc", "CCHc", "CC HC", "CCHC/TH", "CCHC,", "qlđđ", "Số"])
def test_what_no_symbol_holds_is_refused(code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        dispatch(unit=code)
    assert [found["type"] for found in caught.value.errors()] == ["string_pattern_mismatch"]
