"""What config.yaml says about a Facebook Page."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from channels.facebook.versions import NEWEST
from channels.settings import Seconds, SecretName, ServiceAddress, Settings, is_loopback

_ID = Field(pattern=r"^\d{1,30}$")


class FacebookSettings(Settings):
    """Which Page, through which app, and where the secrets are."""

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
