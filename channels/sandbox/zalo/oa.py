"""What the Zalo stand-in knows of apps and Official Accounts, and the switches that choose between its behaviours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal

GOVERNMENT = 4  # oa_type of a government agency
ENTERPRISE = 2


class Right(StrEnum):
    """A group of permissions, granted by the account's administrator and contained in the account's package."""

    INFO = "manage OA information"
    ARTICLES = "manage articles"
    MESSAGES = "send messages and notifications"


ALL_RIGHTS = frozenset(Right)
BASIC_PACKAGE = frozenset({Right.INFO})  # the free package opens no article and no message


class Pkce(StrEnum):
    """Where an app's challenge comes from; Zalo's own documents disagree."""

    PER_REQUEST = "per_request"  # from the consent address, when one is there
    STATIC = "static"  # always the one saved in the console
    NONE = "none"  # no verifier is asked for


@dataclass(kw_only=True)
class ZaloApp:
    """An app registered with Zalo."""

    app_id: str
    secret: str
    callback: str  # the only redirect address, compared byte by byte
    active: bool = True
    registered: bool = True  # the product "Official Account API" was added to the app
    proof_required: bool = False  # every call must carry appsecret_proof
    pkce: Pkce = Pkce.PER_REQUEST
    challenge: str = ""  # saved in the console, for Pkce.STATIC


@dataclass(kw_only=True)
class ZaloAccount:
    """An Official Account as its administrators and its package have it."""

    oa_id: str
    name: str
    oa_type: int = GOVERNMENT
    verified: bool = True
    enabled: bool = True
    followers: int = 0
    package_name: str = "Nâng cao"
    package: frozenset[Right] = ALL_RIGHTS
    consent: frozenset[Right] = ALL_RIGHTS
    may_broadcast: bool = True  # some packages cannot, and say so as a parameter error
    monthly_broadcasts: int = 4
    monthly_uploads: int = 5000
    article_quota: int | None = None  # articles that may still be created; None counts nothing


@dataclass(kw_only=True)
class ZaloSwitches:
    """Where sources about Zalo disagree, or where it is known to behave in two ways."""

    access_life: timedelta = timedelta(seconds=90000)  # of an access token
    consumed_refresh: Literal["empty", "invalid", "used"] = "empty"  # HTTP 200 without body, -14014, -14020
    full_length_refused: bool = True  # a title of exactly 150 characters is refused although 150 are allowed
    fetch_media: bool = True  # download pictures at loopback addresses; others are never asked for
    outside_media: Literal["trusted", "unreachable"] = "trusted"  # pictures elsewhere, which nobody downloads
    heavy_media: Literal["fails", "hangs"] = "fails"  # a picture over 1 MB: -200 in verify, or -214 for ever
    polls: int = 1  # so many verify calls answer -214 …
    seconds: float = 5.0  # … or until so much time has passed since create
    failed_job_leaves_article: bool = False
    lists_hidden: bool = True  # getslice includes hidden articles
    broadcasts_hidden: bool = False  # a hidden article may be broadcast
    listing_lag: float = 0.0  # seconds until getslice knows an article
    dates_in: Literal["milliseconds", "seconds"] = "milliseconds"
    requests_per_minute: int = 4000  # for each app, articles and the rest counted apart
