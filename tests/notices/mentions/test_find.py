"""Everything in a text at once: each piece of it is read as one thing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from notices.mentions.find import find_mentions
from notices.mentions.mention import Kind
from tests.conftest import ROOT


def test_each_piece_is_one_mention() -> None:
    text = (
        "Theo Quyết định số 233/QĐ-UBND ngày 31/01/2023, từ ngày 15/8 đến ngày 31/10/2023 gọi 0255.3000.100, viết về "
        "snv@example.gov.vn hoặc https://a.vn/0912345678/2023-01-31: 30.000 đồng/phiếu."
    )
    assert [(mention.kind, mention.text) for mention in find_mentions(text)] == [
        (Kind.CITATION, "số 233/QĐ-UBND ngày 31/01/2023"),
        (Kind.PERIOD, "từ ngày 15/8 đến ngày 31/10/2023"),
        (Kind.PHONE, "0255.3000.100"),
        (Kind.EMAIL, "snv@example.gov.vn"),
        (Kind.LINK, "https://a.vn/0912345678/2023-01-31"),
        (Kind.AMOUNT, "30.000 đồng"),
    ]


def test_real_papers_say_what_we_know_they_say() -> None:
    seeds = {
        name: [m.text for m in find_mentions((ROOT / "tests/seeds" / f"{name}.txt").read_text(encoding="utf-8"))]
        for name in ("khanh-hoa-2023", "khanh-hoa-2024", "dong-thap-2023")
    }
    assert seeds["khanh-hoa-2023"] == [
        "tháng 9 năm 2023",
        "số 233/QĐ-UBND ngày 31/01/2023",
        "số 1118/QĐ-UBND ngày 19/5/2023",
        "Từ tháng 9 – tháng 11 năm 2023",
    ]
    assert seeds["khanh-hoa-2024"] == [
        "số 1711/QĐ-UBND ngày 01 tháng 7 năm 2024",
        "từ tháng 10/2024 đến tháng 12/2024",
        "02583.810.440",
        "30.000 đồng",
    ]
    assert seeds["dong-thap-2023"] == [
        "tháng 7 năm 2023",
        "số 1854/PA-SNV ngày 11 tháng 7 năm 2023",
        "tháng 10/2023",
        "tháng 7 năm 2023",
        "từ ngày 15/8 đến ngày 31/10/2023",
        "6.045 người",
        "1022",
        "088 6800126",
    ]


PIECES = st.sampled_from(
    [
        "0255.3000.100",
        "15/8",
        "ngày ",
        "từ ",
        " đến ",
        "tháng 9",
        "/2023",
        "30.000",
        " đồng",
        "số ",
        "12/KH-UBND",
        "@a.vn",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=12).map("".join))
@settings(deadline=None, max_examples=150)
def test_mentions_never_overlap_and_stand_where_they_say(text: str) -> None:
    last = 0
    for mention in find_mentions(text):
        assert mention.start >= last
        assert mention.text
        assert text[mention.start : mention.end] == mention.text
        last = mention.end
