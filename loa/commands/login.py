"""``loa login``: opens the account of a channel and keeps what opens it."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from channels.answers import ChannelFailure
from channels.login import Ask, Login, Tell
from channels.settings import Settings
from loa.commands.books import open_book
from loa.commands.terminal import DONE, command_help, moment, words, workspace
from loa.core.errors import LoaError, Place, mistake
from loa.core.secrets import Secrets
from loa.core.words import Catalogue
from loa.delivery.outcome import problem_of
from loa.planning.workspace import Workspace


@click.command("login", help=command_help("login"))
@click.argument("channel")
@click.pass_context
def login(ctx: click.Context, channel: str) -> int:
    """The kind of the channel leads the talk; an account that was closed is open again at its end."""
    place = workspace(ctx)
    language = words(place.config.language)
    settings, lead = _login_of(channel, place)
    secrets = Secrets(os.environ, place.folder / "state" / "tokens.json")
    before = secrets.stored()
    try:
        lead(settings, secrets, _asking(language, channel), _telling(language), lambda: moment(place, None))
    except ChannelFailure as failure:
        raise LoaError(problem_of(failure, channel)) from None
    click.echo(language.word("login.done", channel=channel, file=secrets.file))
    for name in sorted(name for name, value in secrets.stored().items() if before.get(name) != value):
        if name in os.environ and os.environ[name] != secrets.stored()[name]:
            click.echo(language.word("login.hidden_by_environment", name=name))
    if place.ledger_path(rehearsal=False).exists():
        with open_book(place, rehearsal=False, now=moment(place, None)) as book:
            book.accounts.open(channel)
    return DONE


def _login_of(channel: str, place: Workspace) -> tuple[Settings, Login]:
    """The settings of a channel and the log-in of its kind. Raises LoaError where there is nothing to log in to."""
    channels = place.config.channels
    known = ", ".join(name for name, settings in channels.items() if settings.login)
    if not known:
        raise mistake("login.none", Place(part=channel))
    if channel not in channels:
        raise mistake("login.unknown", Place(part=channel), name=channel, known=known)
    settings = channels[channel]
    if not settings.login:
        raise mistake("login.not_needed", Place(part=channel), kind=settings.type, known=known)
    module, _, function = settings.login.partition(":")
    lead: Login = getattr(import_module(module), function)
    return settings, lead


def _asking(language: Catalogue, channel: str) -> Ask:
    def ask(key: str, /, *, hidden: bool = False, **values: object) -> str:
        try:
            typed = _typed(language.word(key, **values), hidden=hidden)
        except click.Abort:  # Ctrl+C, Ctrl+D, or an input that is no terminal and at its end
            click.echo()
            raise mistake("login.broken_off", Place(part=channel)) from None
        return typed.strip()

    return ask


def _typed(prompt: str, *, hidden: bool) -> str:
    """One line. What comes from no terminal shows nowhere, and Python would warn that it cannot hide it."""
    if not hidden or sys.stdin.isatty():
        typed: str = click.prompt(prompt, default="", show_default=False, hide_input=hidden)
        return typed
    click.echo(f"{prompt}: ", nl=False)
    line = sys.stdin.readline()
    click.echo()
    if not line:
        raise click.Abort
    return line


def _telling(language: Catalogue) -> Tell:
    def tell(key: str, /, **values: object) -> None:
        click.echo(language.word(key, **values))

    return tell
