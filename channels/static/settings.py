"""What is known of a static site before it is opened: what config.yaml says, and what it can do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field

from channels.abilities import Abilities, Doubt, Pictures
from channels.folders import Folder, in_rehearsal
from channels.settings import Settings
from loa.core.model import Line, Name, refusal


def _url(value: str) -> str:
    """The address of the site's home page, without the slash at its end."""
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~%-]+)*", value, re.ASCII):
        raise refusal("url_form", typed=value)
    return value


class StaticSettings(Settings):
    """Where the site lies and under which address the world reads it."""

    abilities: ClassVar[Abilities] = Abilities(
        pictures=Pictures(most=20),
        files=True,
        html=True,
        gives_page=True,
        repeatable=True,
        looks_first=False,
        doubt=Doubt(settle=timedelta(0), looks=(), resend=True),
    )
    channel: ClassVar[str] = "channels.static.channel:StaticChannel"

    type: Literal["static"]
    folder: Folder
    url: Annotated[Line, AfterValidator(_url)]
    responsible: Name | None = Field(default=None, description="Who answers for what the site says, as the footer says")

    def own_folder(self) -> str:
        return self.folder

    def stays_here(self) -> bool:
        return True

    def rehearsed(self) -> Self:
        """The same site in a folder of its own."""
        return self.model_copy(update={"folder": in_rehearsal(self.folder)})
