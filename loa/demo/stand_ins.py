"""The demo's accounts on stand-ins of this computer: their settings, what opens them, and what they show in the end."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from html import unescape
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote
from urllib.request import urlopen

import yaml

from channels.sandbox.graph.store import FIRST_PAGES, page_token
from channels.sandbox.portal.signature import SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD, EDITOR
from channels.sandbox.zalo.world import APP_ID, APP_SECRET, OA_ID
from channels.zalo.oauth import Pair
from channels.zalo.tokens import Tokens
from loa.core.secrets import Secret

_PAGE = FIRST_PAGES[0][0]
SERVICES = frozenset({"trang-facebook", "zalo-oa", "trang-wordpress", "cong-thong-tin"})  # those on the network
# What opens the stand-ins, and nothing else.
SECRETS: Mapping[str, str] = {
    "FACEBOOK_PAGE_TOKEN": page_token(_PAGE),
    "ZALO_APP_SECRET": APP_SECRET,
    "WORDPRESS_PASSWORD": APPLICATION_PASSWORD,
    "WEBHOOK_SECRET": SECRET,
}
ZALO_TOKENS, _ZALO_LIFE = "ZALO_OA_TOKENS", timedelta(seconds=90_000)
# What config.yaml says, but for the slots. ADDRESS is where the stand-ins are.
_CHANNELS = f"""
trang-facebook: {{type: facebook, page_id: "{_PAGE}", address: ADDRESS/graph}}
zalo-oa: {{type: zalo, oa_id: "{OA_ID}", app_id: "{APP_ID}", address: ADDRESS}}
trang-wordpress: {{type: wordpress, url: ADDRESS/wordpress, user: {EDITOR}}}
cong-thong-tin: {{type: webhook, url: ADDRESS/portal/hook, secret_env: WEBHOOK_SECRET}}
"""
_PICTURE = re.compile(r'(<img[^>]*\ssrc=")([^"]+)(")')
_ELSEWHERE = re.compile(r'<p class="elsewhere" data-picture="([^"]+)">([^<]*) <span>.*?</p>', re.DOTALL)
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
_LIVE = re.compile(r'<meta http-equiv="refresh"[^>]*>|<span class="live">.*?</span>')  # what only a server keeps true


def channel_settings(address: str) -> dict[str, dict[str, object]]:
    """The lines of config.yaml for accounts on the stand-ins at ``address``, by name of the channel; without slots."""
    lines: dict[str, dict[str, object]] = yaml.safe_load(_CHANNELS.replace("ADDRESS", address))
    return lines


def fresh_tokens(box: Sandbox) -> str:
    """A new pair of Zalo's tokens, as an office keeps it; renewed by the posting job from then on."""
    issued = box.zalo.world.tokens.issue(APP_ID, OA_ID)
    pair = Pair(access=Secret(issued.access), refresh=Secret(issued.refresh), life=_ZALO_LIFE)
    return Tokens.of(pair, oa_id=OA_ID, now=box.clock.now()).text()


def snapshot(box: Sandbox, websites: Mapping[str, Path]) -> str:
    """The stand-ins' page with its pictures and style inside, to be looked at when they have ended.

    ``websites``: addresses that are not on the Internet yet, and the folder that holds the pages of each.
    """
    page = _LIVE.sub("", _fetch(f"{box.address}/").decode())
    page = _STYLE.sub(lambda found: f"<style>{_fetch(box.address + found[1]).decode()}</style>", page)
    for address, folder in websites.items():
        page = _ELSEWHERE.sub(partial(_from_disk, address=address, folder=folder), page)
    return _PICTURE.sub(lambda found: found[1] + _inside(found[2], box.address) + found[3], page)


def _inside(address: str, home: str) -> str:
    """A picture of the stand-ins as an address that holds it; any other address as it is."""
    if address.startswith("/"):
        address = home + address
    if not address.startswith(home):
        return address
    return "data:image/jpeg;base64," + base64.b64encode(_fetch(address)).decode()


def _from_disk(found: re.Match[str], *, address: str, folder: Path) -> str:
    """The picture on a website that lies in ``folder``; what stood in its place where there is none."""
    path = folder / unquote(unescape(found[1])).removeprefix(f"{address}/")
    if not path.is_file():
        return found[0]
    held = base64.b64encode(path.read_bytes()).decode()
    return f'<img src="data:{guess_type(path.name)[0]};base64,{held}" alt="{found[2]}">'


def _fetch(address: str) -> bytes:
    with urlopen(address, timeout=10) as answer:  # noqa: S310  # the stand-ins' own address
        content: bytes = answer.read()
    return content
