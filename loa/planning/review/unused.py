"""Facts that no text of a campaign prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from loa.core.errors import LoaError, Problem, Severity
from loa.planning.workspace import CampaignFile, Workspace
from notices.filters import FILTERS
from notices.model import Wording
from notices.shelf import needs_of

# Texts are only read here, never filled.
_ENVIRONMENT = Environment(autoescape=True)
_ENVIRONMENT.filters.update(FILTERS)


def unused_facts(file: CampaignFile, workspace: Workspace) -> Iterator[Problem]:
    """A warning at each fact that was given in vain."""
    used = set(_names_in(file.source.data)) | set(_names_in_templates(file, workspace))
    for name in file.campaign.facts:
        if name not in used:
            place = file.source.place("facts", name, key=True)
            yield Problem(key="fact.unused", place=place, values={"name": name}, severity=Severity.WARNING)


def _names_in(value: Any) -> Iterator[str]:
    """The names that a value of the file prints, whatever its shape."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _names_in(inner)
    elif isinstance(value, str) and "{" in value:
        yield from _names_in_text(value)


def _names_in_text(text: str) -> Iterator[str]:
    try:
        tree = _ENVIRONMENT.parse(text)
    except TemplateSyntaxError:  # told elsewhere; until it is mended, nothing here counts as unused
        yield from re.findall(r"\w+", text)
        return
    yield from (name.name for name in tree.find_all(nodes.Name))
    yield from (part.attr for part in tree.find_all(nodes.Getattr))  # campaign.facts.hotline


def _names_in_templates(file: CampaignFile, workspace: Workspace) -> Iterator[str]:
    """The names that the campaign's templates print outside the blocks it says in other words."""
    campaign = file.campaign
    specs: list[tuple[str, Wording]] = [
        (spec.type, spec) for spec in campaign.documents.values() if isinstance(spec, Wording)
    ]
    if campaign.relay:
        specs.append(("dispatch", campaign.relay))
    for kind, spec in specs:
        if spec.template is None:
            continue
        try:
            needs = needs_of(workspace.templates.sources(kind, spec.template))
        except LoaError:  # told elsewhere
            yield from campaign.facts
            continue
        own = {block for block, text in spec.blocks.items() if "super()" not in text}
        yield from (name for name, blocks in needs.items() if not blocks or set(blocks) - own)
