"""What is known of a place where a person posts: what config.yaml says, and what can be done there."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Literal, Self

from pydantic import Field

from channels.abilities import Abilities, Doubt, Pictures
from channels.folders import Folder, in_rehearsal
from channels.settings import Settings
from loa.core.model import Name, Prose


class ManualSettings(Settings):
    """Where posts are laid ready, and what the person who posts them has to know."""

    abilities: ClassVar[Abilities] = Abilities(
        pictures=Pictures(most=20),
        files=True,
        html=True,
        gives_page=False,
        repeatable=True,
        looks_first=False,
        by_hand=True,
        corrects=False,
        withdraws=False,
        doubt=Doubt(settle=timedelta(0), looks=(), resend=True),
    )
    channel: ClassVar[str] = "channels.manual.channel:ManualChannel"

    type: Literal["manual"]
    folder: Folder = Field(default="output/can-dang", description="Where posts are laid ready, by day")
    who: Name | None = Field(default=None, description="Who posts")
    how: Prose | None = Field(default=None, description="What that person has to know: where to log in, whom to ask")

    def stays_here(self) -> bool:
        return True

    def rehearsed(self) -> Self:
        """The same place with a folder of its own."""
        return self.model_copy(update={"folder": in_rehearsal(self.folder)})
