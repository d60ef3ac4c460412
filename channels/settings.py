"""What config.yaml says about a channel, whatever its kind."""

from __future__ import annotations

import ipaddress
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from loa.core.model import Clock, Model, Name, refusal

# Names of channels and slots are parts of an occurrence's key, which a slash parts.
PART_PATTERN = r"^[^/]*$"
PartName = Annotated[Name, Field(pattern=PART_PATTERN)]


class Slot(Model):
    """A fixed time of day at which a channel speaks, in the zone of the office; it never crosses midnight."""

    at: Clock  # posts are due from here on
    until: Clock  # and are not sent from here on

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.until <= self.at:
            raise refusal("slot_order", at=f"{self.at:%H:%M}", until=f"{self.until:%H:%M}")
        return self


class Settings(Model):
    """What config.yaml says about one channel; each kind adds its own keys."""

    type: str  # the kind
    label: Name | None = None  # the channel's name in reports, when the key is not enough
    slots: Annotated[dict[PartName, Slot], Field(min_length=1)]

    def own_folder(self) -> str:
        """The folder of the workspace that the channel must have to itself; empty for a kind that writes no files."""
        return ""

    def stays_here(self) -> bool:
        """Whether the channel reaches nobody outside this computer, so that a rehearsal may use it."""
        return False

    def rehearsed(self) -> Self:
        """The settings for a rehearsal, which must leave what is real alone; a kind that writes files moves them."""
        return self

    def secret_names(self) -> tuple[str, ...]:
        """The names of the secrets that the channel needs; never the secrets."""
        return ()


def is_loopback(address: str) -> bool:
    """Whether a web address leads to this computer."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
