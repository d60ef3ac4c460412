"""Who receives a kit: what is worked out from the name, and what stands in for one that is not known."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from notices.receiver import DOTS, Receiver, blank_receiver, sample_receiver


def receiver(**row: object) -> Receiver:
    return Receiver.model_validate(row)


@pytest.mark.parametrize(
    ("name", "parent", "place", "code", "symbol"),
    [
        ("UBND phường Trà Giang", None, "Trà Giang", "UBND-PHUONG-TRA-GIANG", "UBND"),
        ("Ủy ban nhân dân xã An Phú", "UBND tỉnh Sông Trà", "An Phú", "UY-BAN-NHAN-DAN-XA-AN-PHU", "UBND"),
        ("UBND đặc khu Đảo Yến", None, "Đảo Yến", "UBND-DAC-KHU-DAO-YEN", "UBND"),
        ("Sở Y tế", "UBND tỉnh Sông Trà", "Sông Trà", "SO-Y-TE", "SYT"),
        ("Sở Văn hóa - Du lịch", "UBND tỉnh Sông Trà", "Sông Trà", "SO-VAN-HOA-DU-LICH", "SVHDL"),
        ("Đài Phát thanh", None, "Đài Phát thanh", "DAI-PHAT-THANH", "ĐPT"),
        ("BQL KKT", None, "BQL KKT", "BQL-KKT", "BQLKKT"),
    ],
)
def test_what_a_row_leaves_out_is_worked_out_from_the_name(
    name: str, parent: str | None, place: str, code: str, symbol: str
) -> None:
    row = receiver(name=name) if parent is None else receiver(name=name, parent=parent)
    assert (row.full_name, row.place, row.code, row.as_issuer().code) == (name, place, code, symbol)


def test_what_a_row_says_is_kept() -> None:
    row = receiver(
        name="UBND xã An Phú", full_name="UBND xã An Phú, tỉnh Sông Trà", code="H99.2", place="Phú", symbol="VP"
    )
    assert (row.full_name, row.place, row.code, row.as_issuer().code) == (
        "UBND xã An Phú, tỉnh Sông Trà",
        "Phú",
        "H99.2",
        "VP",
    )


@pytest.mark.parametrize(
    ("code", "identity"),
    [
        ("H99.101", "H99.101"),
        ("H99", "H99"),
        ("H99.01.02.03", "H99.01.02.03"),
        ("H99.101.102.103", ""),  # longer than the field of Phụ lục VI
        ("UBND-XA-AN-PHU", ""),
        ("SNV", ""),
    ],
)
def test_only_a_code_of_identification_goes_into_metadata(code: str, identity: str) -> None:
    assert receiver(name="Sở Y tế", code=code).identity == identity


@pytest.mark.parametrize(
    ("code", "folder"),
    [("H99.101", "h99-101"), ("CON", "con_"), ("Aux", "aux_"), ("COM1", "com1_"), ("LPT9", "lpt9_"), ("COMA", "coma")],
)
def test_no_folder_has_the_name_of_a_device_of_windows(code: str, folder: str) -> None:
    assert Receiver.model_construct(code=code).folder == folder


def test_a_code_that_tells_namesakes_apart_depends_on_nothing_but_name_and_parent() -> None:
    name = "Trung tâm Phục vụ hành chính công phường Trà Giang"
    one, again = receiver(name=name, parent="UBND phường A"), receiver(name=name, parent="UBND phường A", hours="sáng")
    other = receiver(name=name, parent="UBND phường B")
    assert one.told_apart().code == again.told_apart().code != other.told_apart().code
    assert one.told_apart().code.startswith("TRUNG-TAM-PHUC-VU-")
    assert len(one.told_apart().code) <= 30
    assert receiver(**one.told_apart().model_dump()).code == one.told_apart().code


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"name": ""},
        {"name": "A" * 161},
        {"name": "Sở Y tế", "contact": {"email": "không có"}},
        {"name": "Sở Y tế", "contact": {"website": "javascript:alert(1)"}},
        {"name": "Sở Y tế", "contact": {"phone": "gọi"}},
        {"name": "Sở Y tế", "posting": [{"place": "Cổng", "copies": "10000"}]},
        {"name": "Sở Y tế", "own": {"Số hộ": "1"}},
        {"name": "Sở Y tế", "nhóm": "a"},
    ],
)
def test_a_row_with_something_wrong_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        receiver(**row)


def test_a_receiver_that_is_not_known_prints_as_dots_to_write_on() -> None:
    blank = blank_receiver()
    assert {blank.name, blank.full_name, blank.contact.phone, blank.hours, blank.own["so_ho"]} == {DOTS}
    assert blank.posting == []


def test_the_made_up_one_has_everything_that_a_template_may_print() -> None:
    sample = sample_receiver()
    assert all((sample.name, sample.contact.phone, sample.contact.website, sample.hours, sample.own["so_ho"]))
