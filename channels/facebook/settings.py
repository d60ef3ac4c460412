"""What is known of a Facebook Page before it is reached: what config.yaml says, and what it can do."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from channels.abilities import Abilities, Doubt, Limit, Pictures, Unit
from channels.addresses import is_loopback
from channels.facebook.versions import NEWEST
from channels.settings import Seconds, SecretName, ServiceAddress, Settings

_ID = Field(pattern=r"^\d{1,30}$")

# In UTF-16 units. Meta names no limit; this is the one that publishers keep to. The rest is for our own lines.
MESSAGE_MOST, TEXT_MOST = 63_206, 60_000
PICTURES_MOST = 10


class FacebookSettings(Settings):
    """Which Page, through which app, and where the secrets are."""

    abilities: ClassVar[Abilities] = Abilities(
        text=Limit(most=TEXT_MOST, unit=Unit.UTF16),
        pictures=Pictures(most=PICTURES_MOST, shape="portrait"),
        files=False,
        html=False,
        gives_page=False,
        repeatable=False,
        looks_first=True,
        longest=timedelta(minutes=7),  # uploads, the last of them, the post and its second step, each at its slowest
        checks=(timedelta(minutes=15), timedelta(hours=24)),
        doubt=Doubt(settle=timedelta(minutes=1), looks=(timedelta(minutes=5), timedelta(minutes=15)), resend=False),
    )
    channel: ClassVar[str] = "channels.facebook.channel:FacebookChannel"
    login: ClassVar[str] = "channels.facebook.login:login"

    type: Literal["facebook"]
    page_id: Annotated[str, _ID]
    token_env: SecretName = Field(default="FACEBOOK_PAGE_TOKEN", description="Name of the secret that holds its token")
    app_id: Annotated[str, _ID] | None = Field(default=None, description="Of the office's own app")
    app_secret_env: SecretName | None = Field(
        default=None, description="Name of the secret that holds the secret of the app; calls are then proved with it"
    )
    publish_mode: Literal["direct", "two_step"] = Field(
        default="direct", description="two_step makes an unpublished post first, which may be repeated"
    )
    version: Annotated[str, Field(pattern=r"^v\d{1,3}\.\d$")] = Field(default=NEWEST, description="Of the Graph API")
    timeout: Seconds = Field(default=30.0, description="Seconds to wait for an answer")
    address: ServiceAddress = Field(default="https://graph.facebook.com", description="Another one only for trials")

    def stays_here(self) -> bool:
        """Only with a stand-in on this computer."""
        return is_loopback(self.address)

    def secret_names(self) -> tuple[str, ...]:
        """The token of the Page, and the secret of the app where one is named."""
        return tuple(filter(None, (self.token_env, self.app_secret_env)))
