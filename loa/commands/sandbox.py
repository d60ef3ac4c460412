"""``loa sandbox``: local stand-ins of the services that channels post to, until Ctrl+C."""

from __future__ import annotations

from copy import deepcopy
from zoneinfo import ZoneInfo

import click
import yaml

from channels.sandbox.clock import SandboxClock
from channels.sandbox.graph import store
from channels.sandbox.sandbox import Sandbox
from channels.sandbox.zalo import world as zalo
from channels.wording import vietnamese_moment
from loa.commands.stopping import told_to_stop
from loa.commands.terminal import DONE, command_help, help_of, read_moment, words, workspace
from loa.core.errors import LoaError, mistake, reason_of
from loa.core.words import Catalogue
from loa.demo.stand_ins import SECRETS, ZALO_TOKENS, channel_settings, fresh_tokens
from loa.planning.model import Config

PORT = 8765
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # where no workspace says otherwise


@click.command("sandbox", help=command_help("sandbox"))
@click.option("--port", metavar="PORT", type=click.IntRange(0, 65535), default=PORT, help=help_of("option.port"))
@click.option("--at", metavar="TIME", help=help_of("option.sandbox_at"))
@click.option("--speed", metavar="FACTOR", type=click.FloatRange(min=0), default=1.0, help=help_of("option.speed"))
@click.option("--seed", metavar="SEED", type=int, default=0, help=help_of("option.seed"))
@click.option("--faults", metavar="SHARE", type=click.FloatRange(0, 1), default=0.0, help=help_of("option.faults"))
@click.pass_context
def sandbox(ctx: click.Context, port: int, at: str | None, speed: float, seed: int, faults: float) -> int:
    """Serve on loopback, say how to reach it, and end with Ctrl+C.

    The accounts are called like the office of the workspace, where there is one.
    """
    config = _config(ctx)
    language = words(config.language if config else "")
    zone = config.timezone if config else _ZONE
    clock = SandboxClock(read_moment(at, zone) if at else None, speed=speed)
    office = config.agency.full_name if config else language.word("sandbox.nobody")
    try:
        box = Sandbox(clock=clock, seed=seed, port=port, office=office)
    except OSError as error:
        raise mistake("sandbox.port", port=port, free=port % 65535 + 1, reason=reason_of(error)) from None
    box.faults.usual(faults)
    stopping = told_to_stop()
    with box:
        click.echo(language.word("sandbox.running", address=f"{box.address}/"))
        click.echo("\n" + language.word("sandbox.channels"))
        click.echo(yaml.safe_dump({"channels": settings_with_slots(box.address)}, sort_keys=False, allow_unicode=True))
        _show_secrets(box, language)
        if at:
            now = clock.now().astimezone(zone)
            click.echo("\n" + language.word("sandbox.clock", now=vietnamese_moment(now), at=f"{now:%Y-%m-%dT%H:%M}"))
        click.echo("\n" + language.word("sandbox.truth", truth=f"{box.address}/_truth"))
        stopping.wait()
        click.echo(language.word("sandbox.ended"))
    return DONE


def _config(ctx: click.Context) -> Config | None:
    """What the workspace says of itself; None outside of one, or while its file is broken: stand-ins need neither."""
    try:
        return workspace(ctx).config
    except LoaError:
        return None


def _show_secrets(box: Sandbox, language: Catalogue) -> None:
    """What opens the accounts: as lines for two shells, and as answers to ``loa login``."""
    secrets = {**SECRETS, ZALO_TOKENS: fresh_tokens(box)}
    click.echo(language.word("sandbox.secrets"))
    for name, value in secrets.items():
        click.echo(f"export {name}='{value}'")
    click.echo("\n" + language.word("sandbox.secrets_windows"))
    for name, value in secrets.items():
        click.echo(f'set "{name}={value}"')
    pair = box.zalo.world.tokens.issue(zalo.APP_ID, zalo.OA_ID)
    click.echo("\n" + language.word("sandbox.logins"))
    click.echo(
        language.word("sandbox.login_facebook", app=store.APP_ID, secret=store.APP_SECRET, user=store.USER_TOKEN)
    )
    click.echo(language.word("sandbox.login_zalo", secret=zalo.APP_SECRET, access=pair.access, refresh=pair.refresh))


def settings_with_slots(address: str) -> dict[str, dict[str, object]]:
    """Channels for config.yaml that post to the stand-ins at ``address``."""
    slots = {"sáng": {"at": "07:30", "until": "08:30"}}
    return {name: {**lines, "slots": deepcopy(slots)} for name, lines in channel_settings(address).items()}
