"""What is known of a channel before it is opened: what config.yaml says, and what its kind can do."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from channels.abilities import Abilities
from channels.addresses import is_loopback
from loa.core.model import Clock, Model, Name, YesNo, refusal

# Names of channels and slots are parts of an occurrence's key, which a slash parts.
PART_PATTERN = r"^[^/]*$"
PartName = Annotated[Name, Field(pattern=PART_PATTERN)]

_CAPITALS = r"[A-Z][A-Z0-9_]{2,79}"
_LONGEST_WAIT = 60.0  # seconds


def _secret_name(value: str) -> str:
    if not re.fullmatch(_CAPITALS, value):
        raise refusal("secret_name")  # without what was typed: it may be the secret itself
    return value


def _service_address(value: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.\[\]:-]+(/[A-Za-z0-9._~%-]+)*", value, re.ASCII):
        raise refusal("url_form", typed=value)
    if not value.startswith("https://") and not is_loopback(value):
        raise refusal("https_only", typed=value)
    return value


def _seconds(value: Any) -> float:
    typed = str(value).strip()
    if not re.fullmatch(r"\d{1,2}(\.\d{1,3})?", typed, re.ASCII) or not 0 < float(typed) <= _LONGEST_WAIT:
        raise refusal("seconds", typed=typed, most=round(_LONGEST_WAIT))
    return float(typed)


# The name of an environment variable, or of an entry in the file of secrets; never the secret.
SecretName = Annotated[str, AfterValidator(_secret_name)]
# Where a service answers, without the slash at its end: https, or anything on this computer.
ServiceAddress = Annotated[str, AfterValidator(_service_address)]
# How long to wait for an answer; at most a minute.
Seconds = Annotated[float, BeforeValidator(_seconds, json_schema_input_type=str)]


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
    """What config.yaml says about one channel; each kind adds its own keys, and says what no file does.

    Reading config.yaml imports the settings of every kind, so they import no service and nothing that speaks with one.
    """

    abilities: ClassVar[Abilities]  # of the kind
    channel: ClassVar[str]  # its ``channels.base.Channel`` as module:class, imported when one is opened
    login: ClassVar[str] = ""  # its ``channels.login.Login`` as module:function; empty for a kind that needs none

    type: str  # the kind
    label: Name | None = None  # the channel's name in reports, when the key is not enough
    slots: Annotated[dict[PartName, Slot], Field(min_length=1)]
    visible_code: YesNo = Field(default=False, description="Whether posts show a line “Mã tin: …”")

    def own_folder(self) -> str:
        """The folder of the workspace that the channel must have to itself; empty for a kind that writes no files."""
        return ""

    def keeps_hours(self) -> bool:
        """Whether the hours of the kind bind this channel; not where they are those of a part that is switched off."""
        return True

    def stays_here(self) -> bool:
        """Whether the channel reaches nobody outside this computer, so that a rehearsal may use it."""
        return False

    def rehearsed(self) -> Self:
        """The settings for a rehearsal, which must leave what is real alone; a kind that writes files moves them."""
        return self

    def secret_names(self) -> tuple[str, ...]:
        """The names of the secrets that the channel needs; never the secrets."""
        return ()
