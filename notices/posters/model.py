"""What a campaign file says about posters and leaflets."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from loa.core.model import Day, Key, Line, Model, YesNo, refusal
from notices.posters.document import LayoutName, ThemeName

_PERCENT = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?", re.ASCII)


def _parse_percent(value: Any) -> float:
    """``91,25``, ``91.25`` or ``91 %``, from 0 to 100."""
    typed = str(value).strip()
    found = _PERCENT.fullmatch(typed)
    if not found or float(f"{found[1]}.{found[2] or 0}") > 100:
        raise refusal("percent", typed=typed)
    return float(f"{found[1]}.{found[2] or 0}")


Percent = Annotated[float, BeforeValidator(_parse_percent, json_schema_input_type=str)]
Short = Annotated[Line, Field(max_length=160)]
Label = Annotated[Line, Field(max_length=60)]


class ResultRow(Model):
    """One result."""

    name: Short
    now: Percent = Field(description="Per cent: 91,25")
    before: Percent | None = Field(default=None, description="Of the period before")


class PosterResults(Model):
    """Results in per cent, drawn as bars or set as a table."""

    draw: Literal["bars", "table"] = "bars"
    now: Label = Field(default="Kết quả", description="What the period is called: Năm 2026")
    before: Label | None = Field(default=None, description="What the period before is called: Năm 2025")
    rows: Annotated[list[ResultRow], Field(min_length=1, max_length=8)]

    @model_validator(mode="after")
    def _names_the_period_before(self) -> Self:
        if self.before is None and any(row.before is not None for row in self.rows):
            raise refusal("results_before")
        return self


class PosterTrust(Model):
    """How to know a real surveyor or caller."""

    title: Label = "Tránh bị giả mạo"
    know: Annotated[list[Short], Field(max_length=3)] = Field(
        default=[], description="What a real one has: Khảo sát viên đeo thẻ có dấu của Sở Nội vụ"
    )
    caller: Label | None = Field(default=None, description="The number that people will see on their telephones")
    never: Short = "Không thu tiền; không hỏi mã OTP, mật khẩu."


class PosterImprint(Model):
    """What stands in small type."""

    dispatch: Key | None = Field(default=None, description="Document of this campaign whose number is printed")
    version: Annotated[Line, Field(max_length=20)] | None = None
    until: Day | None = Field(default=None, description="After this day the poster is taken down")


class Displayed(Model):
    """What posters and leaflets have in common. Facts may stand in every text."""

    layout: LayoutName = Field(
        default="field", description="field: large type on colour; photo; date: a date or number; split: calm"
    )
    theme: ThemeName = Field(default="river", description="Colours; mono is for one-colour office printers")
    print: Literal["office", "shop"] = Field(
        default="office", description="office: a white border; shop: 3 mm bleed and crop marks"
    )
    kicker: Short | None = Field(default=None, description="One line above the headline")
    headline: Short
    hero: Annotated[Line, Field(max_length=40)] | None = Field(
        default=None, description="What the layout date shows largest: 94 %; else the dates"
    )
    points: Annotated[list[Short], Field(max_length=5)] = Field(default=[], description="Three to five short lines")
    results: PosterResults | None = None
    when: Short | None = Field(default=None, description="Dates of the event, such as {{ thoi_gian }}")
    when_label: Label = "Thời gian"
    phone: Label | None = Field(default=None, description="Printed large, such as {{ dien_thoai }}")
    phone_label: Label = "Điện thoại hỗ trợ"
    link: Line | None = Field(default=None, description="Becomes a QR code")
    link_label: Label = "Quét mã để xem chi tiết"
    logo: Line | None = Field(default=None, description="Picture file, from the workspace's folder")
    photo: Line | None = Field(default=None, description="Picture file, for the layout photo")
    trust: PosterTrust | None = None
    imprint: PosterImprint = PosterImprint()


class Poster(Displayed):
    """Áp phích."""

    type: Literal["poster"]
    size: Literal["A4", "A3", "A2", "A1"] = "A4"
    orientation: Literal["portrait", "landscape"] = "portrait"
    posted: YesNo = Field(default=False, description="A line to fill in by hand: posted from, to")
    staff: YesNo = Field(default=False, description="A line to fill in by hand: who helps, telephone")


class Leaflet(Displayed):
    """Tờ rơi: A5, two on a sheet of A4."""

    type: Literal["leaflet"]
