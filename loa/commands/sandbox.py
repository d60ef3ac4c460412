"""``loa sandbox``: local stand-ins of the services that channels post to, until Ctrl+C."""

from __future__ import annotations

from copy import deepcopy
from threading import Event

import click
import yaml

from channels.sandbox.clock import SandboxClock
from channels.sandbox.sandbox import Sandbox
from loa.commands.terminal import DONE, command_help, help_of, words
from loa.core.errors import mistake
from loa.demo.stand_ins import SECRETS, ZALO_TOKENS, channel_settings, fresh_tokens

PORT = 8765


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
        click.echo(yaml.safe_dump({"channels": settings_with_slots(box.address)}, sort_keys=False, allow_unicode=True))
        click.echo(language.word("sandbox.secrets"))
        for name, value in {**SECRETS, ZALO_TOKENS: fresh_tokens(box)}.items():
            click.echo(f"export {name}='{value}'")
        click.echo("\n" + language.word("sandbox.truth", truth=f"{box.address}/_truth"))
        try:
            Event().wait()
        except KeyboardInterrupt:
            click.echo(language.word("sandbox.ended"))
    return DONE


def settings_with_slots(address: str) -> dict[str, dict[str, object]]:
    """Channels for config.yaml that post to the stand-ins at ``address``."""
    slots = {"sáng": {"at": "07:30", "until": "08:30"}}
    return {name: {**lines, "slots": deepcopy(slots)} for name, lines in channel_settings(address).items()}
