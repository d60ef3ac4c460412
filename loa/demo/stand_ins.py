"""The channels of the demo: the office's own, and accounts on the stand-ins of this computer."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import timedelta
from urllib.request import urlopen

import yaml

from channels import settings_model
from channels.sandbox.graph.store import FIRST_PAGES, page_token
from channels.sandbox.portal.signature import SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD, EDITOR
from channels.sandbox.zalo.world import APP_ID, APP_SECRET, OA_ID
from channels.settings import Slot
from channels.zalo_oauth import Pair
from channels.zalo_tokens import Tokens
from loa.core.secrets import Secret, Secrets
from loa.planning.announcement import Announcement
from loa.planning.model import Campaign, Config

_PAGE = FIRST_PAGES[0][0]
ZALO_TOKENS = "ZALO_OA_TOKENS"
# What opens the stand-ins, and nothing else.
SECRETS: Mapping[str, str] = {
    "FACEBOOK_PAGE_TOKEN": page_token(_PAGE),
    "ZALO_APP_SECRET": APP_SECRET,
    "WORDPRESS_PASSWORD": APPLICATION_PASSWORD,
    "WEBHOOK_SECRET": SECRET,
}
# What config.yaml would say, but for the slots. ADDRESS is where the stand-ins are.
_CHANNELS = f"""
trang-facebook: {{type: facebook, page_id: "{_PAGE}", address: ADDRESS/graph}}
zalo-oa: {{type: zalo, oa_id: "{OA_ID}", app_id: "{APP_ID}", address: ADDRESS}}
trang-wordpress: {{type: wordpress, url: ADDRESS/wordpress, user: {EDITOR}}}
cong-thong-tin: {{type: webhook, url: ADDRESS/portal/hook, secret_env: WEBHOOK_SECRET}}
nhom-to-dan-pho: {{type: manual, who: Tổ trưởng tổ dân phố}}
"""
SERVICES = frozenset({"trang-facebook", "zalo-oa", "trang-wordpress", "cong-thong-tin"})  # those on the network
_ZALO_LIFE = timedelta(seconds=90_000)  # of an access token
_PICTURE = re.compile(r'(<img[^>]*\ssrc=")([^"]+)(")')
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


def channel_settings(address: str) -> dict[str, dict[str, str]]:
    """The lines of config.yaml for accounts on the stand-ins at ``address``, by name of the channel."""
    lines: dict[str, dict[str, str]] = yaml.load(_CHANNELS.replace("ADDRESS", address), Loader=yaml.BaseLoader)  # noqa: S506
    return lines


def with_stand_ins(config: Config, address: str) -> Config:
    """The office with all the demo's channels, which keep the slots of its first one; leaders approve."""
    slots: Mapping[str, Slot] = next(iter(config.channels.values())).slots
    added = {
        name: settings_model(lines["type"]).model_validate({**lines, "slots": slots})
        for name, lines in channel_settings(address).items()
    }
    return config.model_copy(update={"channels": {**config.channels, **added}, "approval": "required"})


def on_all_channels(campaign: Campaign, config: Config) -> Campaign:
    """A campaign whose announcements go everywhere that takes them: Zalo asks for a picture."""
    announcements = {
        name: announcement.model_copy(update={"channels": _taking(announcement, config)})
        for name, announcement in campaign.announcements.items()
    }
    return campaign.model_copy(update={"announcements": announcements})


def secrets_for(box: Sandbox, secrets: Secrets) -> None:
    """Let the office hold what opens the stand-ins: tokens of Zalo lie in its file, because they are renewed."""
    issued = box.zalo.world.tokens.issue(APP_ID, OA_ID)
    pair = Pair(access=Secret(issued.access), refresh=Secret(issued.refresh), life=_ZALO_LIFE)
    secrets.store({ZALO_TOKENS: Tokens.of(pair, oa_id=OA_ID, now=box.clock.now()).text()})


def snapshot(box: Sandbox) -> str:
    """The stand-ins' page with its pictures and style inside, to be looked at when they have ended."""
    page = _fetch(f"{box.address}/").decode()
    page = _STYLE.sub(lambda found: f"<style>{_fetch(box.address + found[1]).decode()}</style>", page)
    return _PICTURE.sub(lambda found: found[1] + _inside(found[2], box.address) + found[3], page)


def _taking(announcement: Announcement, config: Config) -> list[str]:
    return [
        name
        for name, settings in config.channels.items()
        if settings.type != "zalo" or getattr(announcement, "image", None)
    ]


def _inside(address: str, home: str) -> str:
    """A picture of the stand-ins as an address that holds it; any other address as it is."""
    if address.startswith("/"):
        address = home + address
    if not address.startswith(home):
        return address
    return "data:image/jpeg;base64," + base64.b64encode(_fetch(address)).decode()


def _fetch(address: str) -> bytes:
    with urlopen(address, timeout=10) as answer:  # noqa: S310  # on this computer
        content: bytes = answer.read()
    return content
