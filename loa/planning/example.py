"""The example in a template's head, as a campaign that can be composed."""

from __future__ import annotations

from dataclasses import replace

from loa.core.errors import Place, mistake
from loa.planning.explain import build
from loa.planning.model import Campaign
from loa.planning.source import parse_source
from loa.planning.workspace import CampaignFile
from notices.model import Wording
from notices.shelf import Card

# What a campaign needs besides, and no paper of an example prints.
_REST = {"campaign": "vi-du", "title": "Ví dụ", "window": {"from": "2026-12-01", "to": "2027-01-31"}}


def read_example(card: Card) -> CampaignFile:
    """The campaign that a template's example describes; places are those of the template's file.

    Raises LoaError: no example (``shelf.no_example``), every mistake in it, or no document in it that uses the
    template (``shelf.unused_template``).
    """
    file = str(card.path)
    if not card.head.example.strip():
        raise mistake("shelf.no_example", Place(file=file, line=1))
    # blank lines in front keep the lines of the file
    source = parse_source("\n" * (card.head.example_line - 1) + card.head.example, file)
    source = replace(source, data=_REST | source.data)
    example = CampaignFile(campaign=build(Campaign, source), source=source)
    document_of(card, example)
    return example


def document_of(card: Card, example: CampaignFile) -> str:
    """The first document of the example that takes its words from the template. Raises LoaError for none."""
    for name, spec in example.campaign.documents.items():
        if isinstance(spec, Wording) and (spec.type, spec.template) == (card.kind, card.name):
            return name
    raise mistake("shelf.unused_template", example.source.place("documents"), name=card.name, kind=card.kind)
