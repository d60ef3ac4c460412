"""The command line: which commands there are, and what happens to errors. Each command is a file in loa/commands."""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click

from loa import __version__, on_path
from loa.commands.placeholders import in_language, name_placeholders
from loa.commands.session import Session
from loa.core.words import catalogue, chosen_language, translate_click

# Objects made before Python looks for those that nobody needs any more. Models, patterns and templates are many and
# stay to the end: looking through them again and again would take a twelfth of a short run.
_BETWEEN_COLLECTIONS = 50_000

# Name → where the command is; imported on first use, so that help comes at once.
COMMANDS: Mapping[str, str] = {
    "init": "loa.commands.init:init",
    "demo": "loa.commands.demo:demo",
    "check": "loa.commands.check:check",
    "render": "loa.commands.render:render",
    "number": "loa.commands.number:number",
    "attach": "loa.commands.attach:attach",
    "register": "loa.commands.register:register",
    "plan": "loa.commands.plan:plan",
    "calendar": "loa.commands.calendar:calendar",
    "preview": "loa.commands.preview:preview",
    "approve": "loa.commands.approve:approve",
    "hold": "loa.commands.hold:hold",
    "cancel": "loa.commands.cancel:cancel",
    "publish": "loa.commands.publish:publish",
    "serve": "loa.commands.serve:serve",
    "service": "loa.commands.service:service",
    "status": "loa.commands.status:status",
    "resolve": "loa.commands.resolve:resolve",
    "report": "loa.commands.report:report",
    "pause": "loa.commands.pause:pause",
    "resume": "loa.commands.resume:resume",
    "withdraw": "loa.commands.withdraw:withdraw",
    "correct": "loa.commands.correct:correct",
    "login": "loa.commands.login:login",
    "sandbox": "loa.commands.sandbox:sandbox",
    "templates": "loa.commands.templates:templates",
    "schema": "loa.commands.schema:schema",
}


class _Commands(click.Group):
    """A group whose commands are imported only when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        where = COMMANDS.get(cmd_name)
        if where is None:
            return None
        module, _, name = where.partition(":")
        command: click.Command = getattr(import_module(module), name)
        name_placeholders(command, ctx, _WORDS)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = catalogue(chosen_language())
        with formatter.section(words.word("help.commands")):
            formatter.write_dl([(name, words.word(f"help.{name}")) for name in COMMANDS])


_WORDS = catalogue(chosen_language())
translate_click(_WORDS.language)


@click.group(
    cls=_Commands,
    help=_WORDS.word("help.loa"),
    options_metavar=in_language("[OPTIONS]", _WORDS),
    subcommand_metavar=_WORDS.word("placeholder.command"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="loa")
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="LOA_WORKSPACE",
    help=_WORDS.word("option.workspace"),
)
@click.pass_context
def loa(ctx: click.Context, workspace: Path | None) -> None:
    """The group itself: keeps where the workspace is said to be."""
    session: Session = ctx.obj
    session.folder = workspace


def run() -> None:
    """Run the command line and exit: 0 done, 1 findings or failures, 2 usage, 3 needs a person."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a console or pipe in another encoding must not end a command in the middle
            stream.reconfigure(encoding="utf-8", errors="replace")
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    session = Session()
    try:
        code = loa.main(standalone_mode=False, obj=session)
    except click.Abort:
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        failure = import_module("loa.commands.failure")
        language = catalogue(chosen_language(session.language))
        failure.tell(error, language)
        if "--json" in sys.argv:  # click may have stopped before it came to that option
            failure.tell_programs(error, language)
        sys.exit(error.exit_code if isinstance(error, click.ClickException) else 1)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    on_path()
    run()
