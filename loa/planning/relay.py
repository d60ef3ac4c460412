"""What a campaign says of the dispatch with which receiving agencies may carry it on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from loa.core.model import OpenDate, PartDay
from notices.model import Dispatch, Entry, Filing, Subject, Unit, Wording

RELAY = "cong-van-trien-khai"  # its name among a kit's papers
_SIGN = ["QUYỀN HẠN, CHỨC VỤ", "Họ và tên"]  # Phụ lục III, Mẫu 1.5, in the place of a signer


class Relay(Wording):
    """What the issuer may say of another agency's dispatch: no number, no day, nobody's name below it."""

    unit: Unit = Field(default="VP", description="Drafting unit in the symbol, for the agency to change")
    date: PartDay = Field(description="Year, or year and month; the day is left open")
    subject: Subject
    to: Annotated[list[Entry], Field(min_length=1, max_length=40)] = Field(description="Kính gửi")
    cc: Annotated[list[Entry], Field(max_length=60)] = Field(default=[], description="Nơi nhận, besides “Như trên”")
    file: Filing = "VT"

    def as_dispatch(self) -> Dispatch:
        """The specification of the draft, without a day and without a signer."""
        own = {name: getattr(self, name) for name in Relay.model_fields}
        when = OpenDate(year=self.date.year, month=self.date.month)
        return Dispatch.model_construct(**own | {"type": "dispatch", "date": when, "sign": _SIGN})
