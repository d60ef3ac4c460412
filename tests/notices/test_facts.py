"""Facts in their official wording."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from notices.facts import Fact
from notices.wording import grouped


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ({"text": "Kế hoạch  số 1\n"}, "Kế hoạch số 1"),
        ({"date": "2023-05-19"}, "19/5/2023"),
        ({"period": {"from": "01/9/2023", "to": "30/11/2023"}}, "từ ngày 01/9/2023 đến ngày 30/11/2023"),
        ({"phone": "02583.810.440", "label": "Phòng A"}, "02583.810.440"),
        ({"phone": "(0258) 3810440"}, "(0258) 3810440"),
        ({"money": "1500000"}, "1.500.000 đồng"),
        ({"money": "0"}, "0 đồng"),
        ({"number": "6.045"}, "6.045"),
        ({"number": "0"}, "0"),
        ({"number": "6.045", "unit": "phiếu"}, "6.045"),
        ({"link": "https://snv.example.gov.vn/khao-sat?a=1"}, "https://snv.example.gov.vn/khao-sat?a=1"),
        ({"email": "snv@example.gov.vn"}, "snv@example.gov.vn"),
    ],
)
def test_a_fact_prints_its_value(keys: dict[str, object], shown: str) -> None:
    assert str(Fact.model_validate(keys)) == shown


@pytest.mark.parametrize(
    ("keys", "error"),
    [
        ({}, "fact_value"),
        ({"label": "x"}, "fact_value"),
        ({"text": "x", "phone": "0123"}, "fact_value"),
        ({"number": "1,5"}, "number_form"),
        ({"number": "1.50"}, "number_form"),
        ({"number": "12.345.6"}, "number_form"),
        ({"number": "-1"}, "number_form"),
        ({"number": "٣"}, "number_form"),
        ({"number": "1" * 16}, "number_form"),
        ({"phone": "gọi"}, "string_pattern_mismatch"),
        ({"phone": "1"}, "string_pattern_mismatch"),
        ({"link": "ftp://a.vn"}, "string_pattern_mismatch"),
        ({"link": "https://a b"}, "string_pattern_mismatch"),
        ({"email": "snv@example"}, "string_pattern_mismatch"),
        ({"email": "snv example@a.vn"}, "string_pattern_mismatch"),
        ({"money": "30000", "unit": "phiếu"}, "fact_unit"),
        ({"unit": "phiếu"}, "fact_value"),
        ({"text": " "}, "text_empty"),
    ],
)
def test_a_fact_that_is_none_is_refused(keys: dict[str, object], error: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Fact.model_validate(keys)
    assert [found["type"] for found in caught.value.errors()] == [error]


def test_a_fact_knows_its_kind() -> None:
    assert Fact.model_validate({"label": "x", "number": "3", "unit": "phiếu"}).kind == "number"
    assert Fact(text="x").kind == "text"


@given(st.integers(0, 10**15 - 1))
@settings(deadline=None)
def test_a_number_reads_the_same_grouped_or_not(number: int) -> None:
    for typed in (str(number), grouped(number)):
        assert Fact.model_validate({"number": typed}).number == number
    assert all(len(group) == 3 for group in grouped(number).split(".")[1:])
