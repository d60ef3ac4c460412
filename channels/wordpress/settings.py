"""What is known of a WordPress site before it is reached: what config.yaml says, and what it can do."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from channels.abilities import Abilities, Doubt, Pictures
from channels.addresses import is_loopback
from channels.settings import Seconds, SecretName, ServiceAddress, Settings
from loa.core.model import Line, YesNo


class WordPressSettings(Settings):
    """Which site, who posts there, and how its posts are to be."""

    abilities: ClassVar[Abilities] = Abilities(
        pictures=Pictures(most=20),
        files=True,
        html=True,
        gives_page=True,
        repeatable=False,
        looks_first=True,
        longest=timedelta(minutes=3),
        checks=(timedelta(minutes=15), timedelta(hours=24)),
        # PHP may go on with a request whose client has gone, as long as the site's time limit lets it.
        doubt=Doubt(settle=timedelta(seconds=120), looks=(timedelta(seconds=60),), resend=True),
    )
    channel: ClassVar[str] = "channels.wordpress.channel:WordPressChannel"
    login: ClassVar[str] = "channels.wordpress.login:login"

    type: Literal["wordpress"]
    url: ServiceAddress = Field(description="Address of the home page")
    # HTTP joins user and password with a colon.
    user: Annotated[Line, Field(pattern=r"^[^:]*$", description="User name, or e-mail address, of the account")]
    password_env: SecretName = Field(
        default="WORDPRESS_PASSWORD", description="Name of the secret that holds the application password"
    )
    status: Literal["publish", "pending", "draft"] = Field(
        default="publish", description="pending: an editor of the site lets the post out; draft: only for trials"
    )
    categories: list[Line] = Field(default=[], description="Names, slugs or numbers; none: the default one of the site")
    featured: YesNo = Field(
        default=True, description="Whether the first picture is the featured image; otherwise it stands in the text"
    )
    withdrawal: Literal["trash", "notice"] = Field(
        default="trash", description="notice: the page stays and says that the post was taken down"
    )
    timeout: Seconds = Field(default=30.0, description="Seconds to wait for an answer")

    def stays_here(self) -> bool:
        """Only with a site on this computer."""
        return is_loopback(self.url)

    def secret_names(self) -> tuple[str, ...]:
        """The application password."""
        return (self.password_env,)
