"""The texts of a campaign as people will read them, filled with its facts, each paragraph with where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from loa.core.errors import LoaError, Place
from loa.planning.relay import RELAY
from loa.planning.relay_context import relay_context
from loa.planning.source import Loc
from loa.planning.workspace import CampaignFile
from notices.context import Context
from notices.fill import Filled, fill_line, fill_prose, fill_text
from notices.model import Wording
from notices.receiver import sample_receiver
from notices.template import Text
from notices.walk import paragraphs_of

# Keys whose values are choices, names and plans, not words that anybody reads.
_SETTINGS = {"type", "form", "template", "date", "post", "channels", "attach", "appendices", "enclosures", "relay"}
_RUNNING = {"body", "text"}  # keys of running text; any other value is a line
# Papers between offices; every other one is for the public.
_OFFICIAL = {"dispatch", "report"}


@dataclass(frozen=True, kw_only=True)
class Written:
    """A text as it stands in the campaign file."""

    text: str
    place: Place  # of its first line


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One paragraph or line as people will read it."""

    text: str
    part: str  # documents.cong-van, announcements.mo-dau
    is_public: bool
    links: tuple[str, ...]  # where its words lead, besides what they say
    written: tuple[Written, ...]  # where it may stand in the file
    place: Place  # for what stands nowhere in the file, but in a template

    def place_of(self, words: str) -> Place:
        """Where ``words`` of this passage stand in the campaign file; the place of the whole where they do not."""
        spaced = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
        for written in self.written:
            if found := spaced.search(written.text):
                line = written.text.count("\n", 0, found.start())
                return written.place if line == 0 else replace(written.place, line=written.place.line + line, column=0)
        return self.place


def passages_of(file: CampaignFile, context: Context) -> Iterator[Passage]:
    """Every passage of a campaign: its documents, its announcements, the draft for agencies to carry it on.

    What cannot be filled is left out: the check of the document or announcement tells why.
    """
    for name, spec in file.campaign.documents.items():
        data = file.source.data["documents"][name]
        whole = Passage(
            text="",
            part=f"documents.{name}",
            is_public=spec.type not in _OFFICIAL,
            links=(),
            written=(),
            place=file.source.place("documents", name),
        )
        if isinstance(spec, Wording):
            yield from _wording(file, context, whole, ("documents", name), name)
        else:
            yield from _values(file, context, whole, ("documents", name), data)
    for name in file.campaign.announcements:
        place = file.source.place("announcements", name)
        whole = Passage(text="", part=f"announcements.{name}", is_public=True, links=(), written=(), place=place)
        data = file.source.data["announcements"][name]
        yield from _values(file, context, whole, ("announcements", name), data)
    yield from _relayed(file, context)


def _relayed(file: CampaignFile, context: Context) -> Iterator[Passage]:
    """The draft that agencies may carry the campaign on with, as any of them gets it."""
    relay = file.campaign.relay
    if relay is None:
        return
    place = file.source.place("relay")
    whole = Passage(text="", part="relay", is_public=False, links=(), written=(), place=place)
    yield from _wording(file, relay_context(relay, context, sample_receiver()), whole, ("relay",), RELAY)


def _wording(file: CampaignFile, context: Context, whole: Passage, loc: Loc, name: str) -> Iterator[Passage]:
    """Running text of the paper ``name``, from a body or a template, then every other value written at ``loc``."""
    data: Any = file.source.data
    for part in loc:
        data = data[part]
    paper = context.documents[name]
    if isinstance(paper, Wording):
        with suppress(LoaError):
            yield from _paragraphs(fill_text(name, paper, context), _running_text_of(file, loc, whole, data))
    lines = {key: value for key, value in data.items() if key not in ("body", "blocks")}
    yield from _values(file, context, whole, loc, lines)


def _running_text_of(file: CampaignFile, loc: Loc, whole: Passage, data: Any) -> Passage:
    """``whole`` with the places where the running text of a document is written: its body, or blocks of a template."""
    locs: list[Loc] = [(*loc, "body")] if "body" in data else []
    locs += [(*loc, "blocks", block) for block in data.get("blocks", {})]
    written = tuple(Written(text=_at(file, found), place=file.source.text_place(*found)) for found in locs)
    place = file.source.text_place(*loc, "template" if "template" in data else "body")
    return replace(whole, written=written, place=place)


def _values(file: CampaignFile, context: Context, whole: Passage, loc: Loc, value: Any) -> Iterator[Passage]:
    """The passages in a value of the file, whatever its shape: a kind of document needs not be known here."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _SETTINGS:
                yield from _values(file, context, whole, (*loc, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _values(file, context, whole, (*loc, index), inner)
    elif isinstance(value, str):
        text = Text(text=value, place=file.source.text_place(*loc))
        here = replace(whole, written=(Written(text=value, place=text.place),), place=text.place)
        with suppress(LoaError):
            if loc[-1] in _RUNNING:
                yield from _paragraphs(fill_prose(text, context), here)
            else:
                yield replace(here, text=fill_line(text, context))


def _paragraphs(filled: Filled, here: Passage) -> Iterator[Passage]:
    for runs in (*(paragraph.runs for paragraph in paragraphs_of(filled.blocks)), *filled.notes):
        text = "".join(run.text for run in runs)
        links = (run.link for run in runs if run.link and run.link not in text)
        yield replace(here, text=text, links=tuple(dict.fromkeys(links)))


def _at(file: CampaignFile, loc: Loc) -> str:
    value: Any = file.source.data
    for part in loc:
        value = value[part]
    return str(value)
