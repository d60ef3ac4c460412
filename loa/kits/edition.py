"""The edition of kits: a hash by which kits made of the same sources are told from older ones."""

from __future__ import annotations

import hashlib
import re

from loa import __version__
from loa.planning.model import Campaign
from loa.planning.used_templates import used_templates
from notices.context import Context

_PRINTS_NUMBERS = re.compile(r"\{[{%][^}]*\bdocuments\b")


def edition_of(campaign: Campaign, context: Context, said: object) -> str:
    """The edition of kits of which a made-up agency's would say ``said``.

    What stands under a condition such as ``{% if host.kind == 'Xã' %}`` may be in no kit but a real one; therefore the
    sources count as well: the campaign, the issuer, the templates that the campaign uses, and Loa itself. Numbers and
    days of papers count where a text may print them, so that numbering a dispatch does not make every kit an old one.
    """
    words = campaign.model_dump_json()
    templates = used_templates(campaign, context)
    sources = (__version__, words, context.agency.model_dump_json(), sorted(templates.items()))
    prints_numbers = any(_PRINTS_NUMBERS.search(text) for text in (words, *templates.values()))
    numbers = _numbers(context) if prints_numbers else []
    return hashlib.sha256(repr((sources, numbers, said)).encode()).hexdigest()


def _numbers(context: Context) -> list[tuple[str, int, str]]:
    return sorted((name, issue.number, issue.day.isoformat()) for name, issue in context.issues.items())
