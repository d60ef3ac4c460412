"""``loa sandbox``: local stand-ins of the services that channels post to, until Ctrl+C."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Event

import click
import yaml

from channels.sandbox.clock import SandboxClock
from channels.sandbox.graph.store import FIRST_PAGES, page_token
from channels.sandbox.portal.signature import SECRET
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.wordpress.site import APPLICATION_PASSWORD, EDITOR
from channels.sandbox.zalo.world import APP_ID, APP_SECRET, OA_ID, REFRESH_TOKEN
from loa.commands.terminal import DONE, command_help, help_of, words
from loa.core.errors import mistake

PORT = 8765
_PAGE = FIRST_PAGES[0][0]

# What opens the stand-ins, and nothing else, under the names that the lines for config.yaml use.
SECRETS: Mapping[str, str] = {
    "FACEBOOK_PAGE_TOKEN": page_token(_PAGE),
    "ZALO_APP_SECRET": APP_SECRET,
    "ZALO_REFRESH_TOKEN": REFRESH_TOKEN,
    "WORDPRESS_PASSWORD": APPLICATION_PASSWORD,
    "WEBHOOK_SECRET": SECRET,
}


@click.command("sandbox", help=command_help("sandbox"))
@click.option("--port", metavar="PORT", type=click.IntRange(0, 65535), default=PORT, help=help_of("option.port"))
@click.option("--speed", metavar="FACTOR", type=click.FloatRange(min=0), default=1.0, help=help_of("option.speed"))
@click.option("--seed", metavar="SEED", type=int, default=0, help=help_of("option.seed"))
@click.option("--faults", metavar="SHARE", type=click.FloatRange(0, 1), default=0.0, help=help_of("option.faults"))
def sandbox(port: int, speed: float, seed: int, faults: float) -> int:
    """Serve on loopback, say how to reach it, and end with Ctrl+C."""
    language = words()
    try:
        box = Sandbox(clock=SandboxClock(speed=speed), seed=seed, port=port)
    except OSError as error:
        raise mistake("sandbox.port", port=port, reason=error.strerror or str(error)) from None
    box.faults.usual(faults)
    with box:
        click.echo(language.word("sandbox.running", address=f"{box.address}/"))
        click.echo("\n" + language.word("sandbox.channels"))
        click.echo(yaml.safe_dump({"channels": channel_settings(box.address)}, sort_keys=False, allow_unicode=True))
        click.echo(language.word("sandbox.secrets"))
        for name, value in SECRETS.items():
            click.echo(f"export {name}='{value}'")
        click.echo("\n" + language.word("sandbox.truth", truth=f"{box.address}/_truth"))
        try:
            Event().wait()
        except KeyboardInterrupt:
            click.echo(language.word("sandbox.ended"))
    return DONE


def channel_settings(address: str) -> dict[str, dict[str, object]]:
    """Channels for config.yaml that post to the stand-ins at ``address``."""
    return {
        "trang-facebook": {
            "type": "facebook",
            "page_id": _PAGE,
            "token_env": "FACEBOOK_PAGE_TOKEN",
            "address": f"{address}/graph",
            "slots": _slots(),
        },
        "zalo-oa": {
            "type": "zalo",
            "oa_id": OA_ID,
            "app_id": APP_ID,
            "secret_env": "ZALO_APP_SECRET",
            "address": address,
            "slots": _slots(),
        },
        "trang-wordpress": {
            "type": "wordpress",
            "url": f"{address}/wordpress",
            "user": EDITOR,
            "password_env": "WORDPRESS_PASSWORD",
            "slots": _slots(),
        },
        "cong-thong-tin": {
            "type": "webhook",
            "url": f"{address}/portal/hook",
            "secret_env": "WEBHOOK_SECRET",
            "slots": _slots(),
        },
    }


def _slots() -> dict[str, object]:
    """Anew for each channel: YAML would write a shared one as an alias."""
    return {"sáng": {"at": "07:30", "until": "08:30"}}
