"""What the texts of a campaign print of the agency in whose kit they stand, tried on every agency of its list."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from loa.core.errors import LoaError, Problem
from loa.planning.audience.audience import Audience
from loa.planning.audience.headings import TITLES
from loa.planning.audience.rows import first_of
from loa.planning.relay import RELAY, Relay
from loa.planning.relay_context import relay_context
from loa.planning.source import Loc
from loa.planning.used_templates import templates_of
from loa.planning.workspace import CampaignFile
from notices.context import Context
from notices.fill import fill_words
from notices.model import Notice, Wording
from notices.posters.model import Leaflet, Poster
from notices.receiver import DOTS, Receiver, sample_receiver
from notices.template import Text

Field = tuple[str, ...]  # of an agency: ("contact", "phone")

_PRINTS_HOST = re.compile(r"\{[{%][^}]*\bhost\b")
_HOST_FIELD = re.compile(r"\bhost\.(\w+(?:\.\w+)*)")
_RELAY_FIELD = re.compile(r"\b(?:host|agency)\.(\w+(?:\.\w+)*)")  # the draft is the agency's own paper


@dataclass(frozen=True, kw_only=True)
class _Telling:
    """A text that speaks of the agency: filled for one it raises LoaError when that agency lacks something."""

    fill: Callable[[Receiver], object]
    fields: tuple[Field, ...]  # that it may print


def prints_host(text: str) -> bool:
    """Whether a text says something of the agency in whose kit it stands."""
    return _PRINTS_HOST.search(text) is not None


def find_lacking(
    file: CampaignFile,
    context: Context,
    audience: Audience,
    receivers: Iterable[Receiver],
    *,
    only: Collection[str] = (),
) -> list[Problem]:
    """For each of ``receivers`` what a notice, poster, announcement or the draft would print of it and it lacks.

    Only words are filled, nothing is set: thousands of agencies take seconds. Very many findings are counted. What no
    agency could fill is left to the check of the text itself. ``only`` narrows the texts down to some documents.
    """
    sample = sample_receiver()
    texts = [text for text in _texts(file, context, only) if _error(text, sample) is None]
    return first_of([problem for receiver in receivers for problem in _lacking(texts, audience, receiver)])


def _lacking(texts: Sequence[_Telling], audience: Audience, receiver: Receiver) -> Iterator[Problem]:
    for text in texts:
        if (error := _error(text, receiver)) is None:
            continue
        empty = [loc for loc in text.fields if not _value(receiver, loc)]
        # one that stands under a condition is not asked for: a text is tried with all the others given
        asked = [loc for loc in empty if _error(text, _with(receiver, [o for o in empty if o != loc])) is not None]
        for loc in asked:
            field = f"“{TITLES[loc]}”" if loc in TITLES else f"host.{'.'.join(loc)}"
            values: dict[str, object] = {"name": receiver.name, "field": field, "where": error.problems[0].place}
            yield Problem(key="audience.lacks", place=audience.place(receiver, *loc), values=values)
        if not asked:
            yield from error.problems


def _error(text: _Telling, host: Receiver) -> LoaError | None:
    try:
        text.fill(host)
    except LoaError as error:
        return error
    return None


def _texts(file: CampaignFile, context: Context, only: Collection[str]) -> Iterator[_Telling]:
    campaign, data = file.campaign, file.source.data
    for name, spec in campaign.documents.items():
        if only and name not in only:
            continue
        if isinstance(spec, Notice | Poster | Leaflet):
            yield from _lines(data["documents"][name], ("documents", name), context)
        if isinstance(spec, Notice) and prints_host(words := _words(spec, spec.type, context)):
            yield _paper(name, spec, words, context)
    if only:
        return
    for name in campaign.announcements:
        yield from _lines(data["announcements"][name], ("announcements", name), context)
    if campaign.relay:
        yield _draft(campaign.relay, context)


def _words(spec: Wording, kind: str, context: Context) -> str:
    return "\n".join((spec.body or "", *spec.blocks.values(), *templates_of(spec, kind, context).values()))


def _paper(name: str, spec: Notice, words: str, context: Context) -> _Telling:
    return _Telling(
        fill=lambda host: fill_words(name, spec, context.hosted_by(host)), fields=_fields(_HOST_FIELD, words)
    )


def _draft(relay: Relay, context: Context) -> _Telling:
    spec = relay.as_dispatch()
    return _Telling(
        fill=lambda host: fill_words(RELAY, spec, relay_context(relay, context, host)),
        fields=_fields(_RELAY_FIELD, _words(relay, spec.type, context)),
    )


def _lines(value: Any, loc: Loc, context: Context) -> Iterator[_Telling]:
    """Every text of a document or announcement that speaks of the agency, whatever the shape of its specification."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("body", "blocks"):  # those are filled as one text
                yield from _lines(inner, (*loc, key), context)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _lines(inner, (*loc, index), context)
    elif isinstance(value, str) and prints_host(value):
        yield _line(Text(text=value, place=context.locate(*loc)), context)


def _line(text: Text, context: Context) -> _Telling:
    return _Telling(
        fill=lambda host: context.templates.fill_text(text, context.hosted_by(host).values),
        fields=_fields(_HOST_FIELD, text.text),
    )


def _fields(pattern: re.Pattern[str], words: str) -> tuple[Field, ...]:
    return tuple(dict.fromkeys(tuple(found.split(".")) for found in pattern.findall(words)))


def _value(receiver: Receiver, loc: Field) -> object:
    found: Any = receiver
    for part in loc:
        found = found.get(part) if isinstance(found, dict) else getattr(found, str(part), None)
    return found


def _with(receiver: Receiver, given: Iterable[Field]) -> Receiver:
    """The agency with something in each of these fields."""
    update: dict[str, Any] = {loc[0]: DOTS for loc in given if len(loc) == 1}
    contact = {loc[1]: DOTS for loc in given if loc[0] == "contact"}
    own = {loc[1]: DOTS for loc in given if loc[0] == "own"}
    update |= {"contact": receiver.contact.model_copy(update=contact), "own": {**receiver.own, **own}}
    return receiver.model_copy(update=update)
