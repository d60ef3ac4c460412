"""The names that help gives to what people fill in: CAMPAIGN, in Vietnamese ĐỢT."""

from __future__ import annotations

import re

import click

from loa.core.words import Catalogue

_WORDS = {
    "OPTIONS": "placeholder.options",
    "AGENCY": "placeholder.agency",
    "ANNOUNCEMENT": "placeholder.announcement",
    "CAMPAIGN": "placeholder.campaign",
    "CAMPAIGNS": "placeholder.campaign",
    "CHANNEL": "placeholder.channel",
    "CODE": "placeholder.code",
    "DATE": "placeholder.date",
    "DOCUMENT": "placeholder.document",
    "FACTOR": "placeholder.factor",
    "FILE": "placeholder.file",
    "FOLDER": "placeholder.folder",
    "GROUP": "placeholder.group",
    "KIND": "placeholder.kind",
    "LINK": "placeholder.link",
    "NAME": "placeholder.name",
    "NUMBER": "placeholder.number",
    "PORT": "placeholder.port",
    "SEED": "placeholder.number",
    "SHARE": "placeholder.share",
    "SIGNED": "placeholder.file",
    "TEXT": "placeholder.text",
    "TIME": "placeholder.time",
    "YEAR": "placeholder.year",
}
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b")


def name_placeholders(command: click.Command, ctx: click.Context, language: Catalogue) -> None:
    """Let the help, the usage and the mistakes of ``command`` name what people fill in, in ``language``."""
    command.options_metavar = in_language("[OPTIONS]", language)
    for parameter in command.params:
        shown = parameter.make_metavar(ctx)
        if (named := in_language(shown, language)) != shown:
            parameter.metavar = named


def in_language(shown: str, language: Catalogue) -> str:
    """A usage such as ``[CAMPAIGN]...`` in ``language``."""
    return _WORD.sub(lambda found: language.word(_WORDS[found[1]]), shown)
