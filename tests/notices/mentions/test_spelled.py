"""Amounts said in digits and in words."""

from __future__ import annotations

import pytest

from notices.mentions.find import find_mentions
from notices.mentions.spelled import find_slips


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("30.000 đồng (bằng chữ: Ba mươi nghìn đồng)", None),
        ("30.000 đồng (viết bằng chữ: ba mươi ngàn đồng chẵn).", None),
        ("1.000.105 đồng, bằng chữ: một triệu không nghìn một trăm linh năm đồng", "một triệu một trăm linh năm"),
        ("105.000 đồng (Bằng chữ: một trăm lẻ năm nghìn đồng)", None),
        ("30.000 đồng (bằng chữ: ba trăm nghìn đồng)", "ba mươi nghìn"),
        ("24 phiếu (bằng chữ: hai mươi bốn)", None),
        ("30.000 đồng (gồm cả thuế)", None),
        ("30.000 đồng", None),
        ("1,5 ha (bằng chữ: một phẩy năm)", None),
    ],
)
def test_words_that_say_another_number_are_found(text: str, right: str | None) -> None:
    assert [slip.right for slip in find_slips(text, find_mentions(text))] == ([right] if right else [])
