"""What is known of a portal that takes signed events: what config.yaml says, and what it can do."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from typing import ClassVar, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from channels.abilities import Abilities, Doubt, Pictures
from channels.addresses import is_loopback, is_public
from channels.settings import Seconds, SecretName, ServiceAddress, Settings
from loa.core.model import YesNo, refusal


class WebhookSettings(Settings):
    """Where the portal takes events, where it tells what became of them, and where the secret is."""

    abilities: ClassVar[Abilities] = Abilities(
        pictures=Pictures(most=20),
        files=True,
        html=True,
        gives_page=False,  # a portal may tell its address, and need not
        repeatable=True,
        looks_first=False,
        longest=timedelta(minutes=2),
        doubt=Doubt(settle=timedelta(seconds=5), looks=(timedelta(minutes=5),), resend=True),
    )
    channel: ClassVar[str] = "channels.webhook.channel:WebhookChannel"
    login: ClassVar[str] = "channels.webhook.login:login"

    type: Literal["webhook"]
    url: ServiceAddress = Field(description="Where events are sent")
    status_url: ServiceAddress | None = Field(
        default=None, description="Where the portal tells what became of an event: GET with ?id="
    )
    secret_env: SecretName = Field(
        default="WEBHOOK_SECRET", description="Name of the secret that the portal gave, whsec_ and base64"
    )
    old_secret_env: SecretName | None = Field(
        default=None, description="While a secret is being replaced: the name of the one before"
    )
    private: YesNo = Field(default=False, description="Whether the portal lies in the office's own network")
    timeout: Seconds = Field(default=30.0, description="Seconds to wait for an answer")

    @model_validator(mode="after")
    def _leads_into_the_public_network(self) -> Self:
        for address in self._addresses():
            if not self.private and _is_private(address):
                raise refusal("url_private", typed=address)
        return self

    def public_only(self) -> bool:
        """Whether a connection into a private network is refused."""
        return not self.private and not is_loopback(self.url)

    def stays_here(self) -> bool:
        """Only with a portal on this computer."""
        return all(is_loopback(address) for address in self._addresses())

    def secret_names(self) -> tuple[str, ...]:
        """The secret, and the one before while there are two."""
        return tuple(filter(None, (self.secret_env, self.old_secret_env)))

    def _addresses(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.url, self.status_url)))


def _is_private(address: str) -> bool:
    """Whether an address names a private network by its number; this computer, typed as such, is meant."""
    if is_loopback(address):
        return False
    host = urlsplit(address).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:  # a name: where it leads is seen when the connection stands
        return False
    return not is_public(host)
