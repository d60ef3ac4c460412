"""The edition of kits: a hash by which kits made of the same sources are told from older ones."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from loa import __version__
from loa.planning.model import Campaign
from notices.context import Context
from notices.model import Wording
from notices.template import SUFFIX

_PRINTS_NUMBERS = re.compile(r"\{[{%][^}]*\bdocuments\b")


def edition_of(campaign: Campaign, context: Context, said: object) -> str:
    """The edition of kits of which a made-up agency's would say ``said``.

    What stands under a condition such as ``{% if host.kind == 'Xã' %}`` may be in no kit but a real one; therefore the
    sources count as well: the campaign, the issuer, the templates that the campaign uses, and Loa itself. Numbers and
    days of papers count where a text may print them, so that numbering a dispatch does not make every kit an old one.
    """
    words = campaign.model_dump_json()
    templates = _used_templates(campaign, context, words)
    sources = (__version__, words, context.agency.model_dump_json(), sorted(templates.items()))
    prints_numbers = any(_PRINTS_NUMBERS.search(text) for text in (words, *templates.values()))
    numbers = _numbers(context) if prints_numbers else []
    return hashlib.sha256(repr((sources, numbers, said)).encode()).hexdigest()


def _used_templates(campaign: Campaign, context: Context, words: str) -> dict[str, str]:
    """Path → text of every template that the campaign names, and those that a text of it or of them mentions."""
    files = context.templates.files()
    specs = [*campaign.documents.values(), *([campaign.relay.as_dispatch()] if campaign.relay else [])]
    named = [f"{spec.type}/{spec.template}{SUFFIX}" for spec in specs if isinstance(spec, Wording) and spec.template]
    used: dict[str, str] = {}
    waiting = [*named, *_mentioned(words, files)]
    while waiting:
        path = waiting.pop()
        if path not in used and path in files:
            used[path] = files[path].read_text(encoding="utf-8", errors="replace")
            waiting += _mentioned(used[path], files)
    return used


def _mentioned(text: str, files: dict[str, Path]) -> list[str]:
    return [path for path in files if path in text]


def _numbers(context: Context) -> list[tuple[str, int, str]]:
    return sorted((name, issue.number, issue.day.isoformat()) for name, issue in context.issues.items())
