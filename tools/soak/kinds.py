"""The kinds of channel of a soak: how config.yaml names an account of each, and how its stand-in comes to have it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from channels.sandbox.graph.store import page_token
from channels.sandbox.portal.signature import SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD, Media
from channels.sandbox.zalo.oa import ZaloAccount
from channels.sandbox.zalo.world import APP_ID, APP_SECRET
from channels.zalo.oauth import Pair
from channels.zalo.tokens import Tokens
from loa.core.secrets import Secret

ACCOUNTS = 3  # of each kind
LISTING_LAG = timedelta(seconds=15)
# Of Zalo's access tokens. Ours are renewed five hours before their end: every hour instead of every day.
ACCESS_LIFE = timedelta(hours=6)

_COVER = "2026/12/bia.png"
_PNG = b"\x89PNG\r\n\x1a\n"  # so much of a picture as the stand-in looks at
_USERS = ("quan-tri", "bien-tap", "tac-gia")  # of the site


class Kind(ABC):
    """One kind of channel, and the stand-in that its accounts live at. ``number`` counts them from 0."""

    name: ClassVar[str]  # of the kind, in config.yaml
    service: ClassVar[str]  # what faults, journal and truth call the stand-in
    publishes: ClassVar[str]  # the route of the request that makes something public
    reads: ClassVar[tuple[str, ...]]  # routes that tell what became of it
    latest: ClassVar[float]  # seconds until a late commit; with the lag of lists less than the channel waits

    @abstractmethod
    def settings(self, number: int, address: str) -> Mapping[str, object]:
        """What config.yaml says of an account at the sandbox with this address, but for slots and time-out."""

    @abstractmethod
    def secrets(self, number: int, /) -> Mapping[str, str]:
        """The secrets of an account that never change, by name."""

    def open(self, box: Sandbox) -> None:  # noqa: B027 - most stand-ins have their accounts from the start
        """Let the stand-in have the accounts."""

    def consent(self, box: Sandbox, number: int) -> Mapping[str, str]:  # noqa: ARG002 - of those that know none
        """What an administrator gets who agrees anew, by the name of the secret; nothing where that mends nothing."""
        return {}


class Facebook(Kind):
    """Pages."""

    name, service, publishes, reads = "facebook", "graph", "feed", ("published_posts",)
    latest = 40.0

    def settings(self, number: int, address: str) -> Mapping[str, object]:
        return {"page_id": _page(number), "token_env": f"PAGE_TOKEN_{number}", "address": f"{address}/graph"}

    def secrets(self, number: int) -> Mapping[str, str]:
        return {f"PAGE_TOKEN_{number}": page_token(_page(number))}

    def open(self, box: Sandbox) -> None:
        box.graph.switches.listing_lag = LISTING_LAG
        for number in range(ACCOUNTS):
            box.graph.add_page(_page(number), f"Trang thử {number}")


class Zalo(Kind):
    """Official Accounts; the covers of their articles lie on the website."""

    name, service, publishes, reads = "zalo", "zalo", "create", ("getslice", "verify")
    latest = 60.0

    def settings(self, number: int, address: str) -> Mapping[str, object]:
        return {
            "oa_id": _account(number),
            "app_id": APP_ID,
            "token_env": f"ZALO_TOKENS_{number}",
            "cover": f"{address}/wordpress/wp-content/uploads/{_COVER}",
            "address": address,
        }

    def secrets(self, _: int) -> Mapping[str, str]:
        return {"ZALO_APP_SECRET": APP_SECRET}

    def open(self, box: Sandbox) -> None:
        world = box.zalo.world
        world.switches.listing_lag = LISTING_LAG.total_seconds()
        world.switches.access_life = ACCESS_LIFE
        for number in range(ACCOUNTS):
            world.accounts[_account(number)] = ZaloAccount(oa_id=_account(number), name=f"Tài khoản thử {number}")
        cover = _cover(box.wordpress.site.new_id(), box.clock.now())
        box.wordpress.site.media[cover.id] = cover

    def consent(self, box: Sandbox, number: int) -> Mapping[str, str]:
        world = box.zalo.world
        with world.lock:
            given = world.tokens.issue(APP_ID, _account(number))
        pair = Pair(access=Secret(given.access), refresh=Secret(given.refresh), life=ACCESS_LIFE)
        return {f"ZALO_TOKENS_{number}": Tokens.of(pair, oa_id=given.oa_id, now=given.issued).text()}


class WordPress(Kind):
    """Users of one site."""

    name, service, publishes, reads = "wordpress", "wordpress", "create", ("find",)
    latest = 90.0

    def settings(self, number: int, address: str) -> Mapping[str, object]:
        return {"url": f"{address}/wordpress", "user": _USERS[number]}

    def secrets(self, _: int) -> Mapping[str, str]:
        return {"WORDPRESS_PASSWORD": APPLICATION_PASSWORD}


class Webhook(Kind):
    """Senders to one portal; one of them cannot ask what became of its events, and sends again unasked."""

    name, service, publishes, reads = "webhook", "portal", "hook", ("status",)
    latest = 90.0

    def settings(self, number: int, address: str) -> Mapping[str, object]:
        asks = {"status_url": f"{address}/portal/status"} if number else {}
        return {"url": f"{address}/portal/hook", **asks}

    def secrets(self, _: int) -> Mapping[str, str]:
        return {"WEBHOOK_SECRET": SECRET}


KINDS: tuple[Kind, ...] = (Facebook(), Zalo(), WordPress(), Webhook())


def _page(number: int) -> str:
    return str(2000 + number)


def _account(number: int) -> str:
    return str(5000 + number)


def _cover(number: int, now: datetime) -> Media:
    return Media(
        id=number,
        author=1,
        slug="bia",
        title="Ảnh bìa",
        date=now,
        modified=now,
        file=_COVER,
        mime_type="image/png",
        content=_PNG,
    )
