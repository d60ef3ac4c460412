"""What is known of a Zalo Official Account before it is reached: what config.yaml says, and what it can do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time, timedelta
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from channels.abilities import Abilities, Doubt, Hours, Limit, Pictures
from channels.addresses import is_loopback
from channels.settings import Seconds, SecretName, ServiceAddress, Settings
from loa.core.model import Clock, Name, YesNo, refusal

_ID = Field(pattern=r"^\d{1,30}$")
_CALLBACK = r"^https?://[!-\"$->@-~]+$"  # compared byte by byte by Zalo: no blank, no query, no fragment
_PICTURE = r"^https?://[!-~]+$"

# Zalo's own limits are 150 and 300, but exactly so long ones were refused, and what it counts is not known.
TITLE, SUMMARY, AUTHOR = Limit(most=140), Limit(most=250), Limit(most=50)
# Zalo fetches them; one over a megabyte fails there, or keeps an article in the works for ever.
PICTURES = Pictures(most=20, bytes_most=1_000_000, by_address=True)
# Zalo takes broadcasts from 06:00 to 21:59 and reviews each for half an hour; later than this it may be refused then.
EARLIEST, LATEST = time(6), time(21, 15)

_SOONEST, _LATEST = timedelta(hours=2), timedelta(hours=12)


def _absence(value: Any) -> timedelta:
    typed = str(value).strip()
    hours = timedelta(hours=int(typed[:-1])) if re.fullmatch(r"\d{1,2}h", typed, re.ASCII) else timedelta()
    if not _SOONEST <= hours <= _LATEST:
        raise refusal("zalo_resend", typed=typed)
    return hours


# So many hours, such as 2h.
_Absence = Annotated[timedelta, BeforeValidator(_absence, json_schema_input_type=str)]


class ZaloSettings(Settings):
    """Which account, through which app, and where the secrets are."""

    abilities: ClassVar[Abilities] = Abilities(
        title=TITLE,
        summary=SUMMARY,
        pictures=PICTURES,
        hours=Hours(open=EARLIEST, close=LATEST),
        files=False,
        html=False,
        gives_page=False,
        repeatable=False,
        looks_first=True,
        longest=timedelta(minutes=2),
        checks=(timedelta(hours=1), timedelta(hours=24)),
        # Zalo may work on an article for hours before its list has it, so that an absence proves little.
        doubt=Doubt(settle=timedelta(minutes=2), looks=(timedelta(minutes=5), timedelta(minutes=15)), resend=False),
    )
    channel: ClassVar[str] = "channels.zalo.channel:ZaloChannel"
    login: ClassVar[str] = "channels.zalo.login:login"

    type: Literal["zalo"]
    oa_id: Annotated[str, _ID] = Field(description="Of the Official Account")
    app_id: Annotated[str, _ID] = Field(description="Of the office's own app at developers.zalo.me")
    app_secret_env: SecretName = Field(default="ZALO_APP_SECRET", description="Name of the secret of the app")
    token_env: SecretName = Field(
        default="ZALO_OA_TOKENS",
        description="Name under which loa login keeps the tokens; another one for each account",
    )
    callback: Annotated[str, Field(pattern=_CALLBACK)] | None = Field(
        default=None, description="The callback address saved in the app, byte for byte; loa login needs it"
    )
    pkce: Literal["per_request", "static", "none"] = Field(
        default="per_request", description="Where the challenge of the consent comes from; static: saved in the app"
    )
    verifier_env: SecretName | None = Field(default=None, description="Name of the secret verifier, for pkce: static")
    app_proof: YesNo = Field(
        default=False, description="Whether calls carry appsecret_proof; yes if the app demands it"
    )
    author: Annotated[Name, StringConstraints(max_length=AUTHOR.most)] | None = Field(
        default=None, description="Shown as author instead of the issuing agency, when its name is too long"
    )
    cover: Annotated[str, Field(pattern=_PICTURE)] | None = Field(
        default=None, description="Address of a picture (JPEG, under 1 MB) where a post has none or Zalo cannot use it"
    )
    comments: YesNo = Field(default=True, description="Whether people may comment on articles")
    broadcast: YesNo = Field(default=False, description="Whether every follower is told of each article")
    broadcast_from: Clock = Field(default=time(7, 30), description="Followers are told from here on, in Vietnam's time")
    broadcast_until: Clock = Field(default=time(20, 30), description="and not from here on")
    withdraw_by: Literal["remove", "hide"] = Field(
        default="remove", description="hide keeps a withdrawn article where only administrators see it"
    )
    resend_after: _Absence | None = Field(
        default=None, description="2h to 12h: an article that the list has not had for so long is posted once more"
    )
    timeout: Seconds = Field(default=30.0, description="Seconds to wait for an answer")
    address: ServiceAddress | None = Field(
        default=None, description="Of a stand-in with /oauth and /openapi, for trials"
    )

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if not EARLIEST <= self.broadcast_from < self.broadcast_until <= LATEST:
            raise refusal("zalo_hours", earliest=f"{EARLIEST:%H:%M}", latest=f"{LATEST:%H:%M}")
        if (self.pkce == "static") != (self.verifier_env is not None):
            raise refusal("zalo_verifier")
        return self

    @property
    def oauth(self) -> str:
        """Where consent and tokens are asked for."""
        return f"{self.address}/oauth" if self.address else "https://oauth.zaloapp.com"

    @property
    def openapi(self) -> str:
        """Where articles are."""
        return f"{self.address}/openapi" if self.address else "https://openapi.zalo.me"

    @property
    def doubt(self) -> Doubt:
        """What is done while nobody knows of an article, as this office wants it."""
        usual = self.abilities.doubt
        if self.resend_after is None:
            return usual
        rest = self.resend_after - usual.settle - sum(usual.looks, timedelta())
        return replace(usual, looks=(*usual.looks, rest / 2, rest / 2), resend=True)

    def keeps_hours(self) -> bool:
        """Only broadcasts have hours; an article notifies nobody."""
        return self.broadcast

    def stays_here(self) -> bool:
        """Only with a stand-in on this computer."""
        return self.address is not None and is_loopback(self.address)

    def secret_names(self) -> tuple[str, ...]:
        """The secret of the app, its tokens, and the verifier where it is fixed."""
        return tuple(filter(None, (self.app_secret_env, self.token_env, self.verifier_env)))
