"""What a Word template asks for: compared with what a document has before anything is filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import get_close_matches
from textwrap import shorten

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from loa.core.errors import Place, Problem
from notices.facts import Fact
from notices.letterhead.source import TAG, Source, Spot
from notices.letterhead.values import BODY, NAMES, Lines
from notices.template_slips import NothingToShowError, told

_HALF_TAG = re.compile(r"\{\{|\}\}|\{%|%\}")
_SINGLE_BRACES = re.compile(r"(?<!\{)\{\s*([a-z_][a-z0-9_]*)(?:\.[a-z_]+)*\s*\}(?!\})")
_BODY_TAG = re.compile(rf"\{{\{{\s*{BODY}\s*\}}\}}")
# docxtpl puts the value of {{p …}} in the place of a whole paragraph, where plain words would be lost; {%- tears files.
# {%tc …%} would make a table of uneven rows.
_RAW_TAG = re.compile(r"\{\{(?:p|r|tr|tc)\s[^}]*\}\}|\{%tc\s[^%]*%\}|\{[{%]-|-[}%]\}")
# {%p …%} takes its paragraph away, {%tr …%} its row: with every other word in it.
_CARRIER = re.compile(r"\{%(p|tr)\s[^%]*%\}")
_CARRIED = {"p": "letterhead.carrier_p", "tr": "letterhead.carrier_tr"}
FILTERS = ("upper", "lower", "first", "last", "join", "length")
# What a letterhead may do: print, choose, go through a list. Nothing that calculates, calls or fetches.
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Filter,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)


# The sentences for what ``template_slips`` finds, that quote the paragraph.
_SLIPS = {
    "template.unclosed": "letterhead.unclosed",
    "template.unopened": "letterhead.unopened",
    "template.unknown_tag": "letterhead.unknown_tag",
    "template.no_part": "letterhead.no_part",
    "template.nothing": "letterhead.nothing",
}


def environment() -> jinja2.Environment:
    """Jinja as letterheads may use it: nothing undefined passes, every value is escaped for XML."""
    made = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True, finalize=_printed)
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


def _printed(value: object) -> object:
    if isinstance(value, Markup | jinja2.Undefined):
        return value
    if isinstance(value, bool) or not isinstance(value, str | int | Lines | Fact):
        raise NothingToShowError
    return str(value)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one part of the file asks for, and what is wrong with its tags."""

    names: AbstractSet[str]
    printed: AbstractSet[str]  # of these, what stands on paper in any case, and not only if there is such a thing
    problems: tuple[Problem, ...]


def read_tags(source: Source, file: str, known: Sequence[str]) -> Asked:
    """The names in one part's tags, and its mistakes: each with file and paragraph."""
    slips = tuple(_slips(source, file, known))
    if slips:  # Jinja would only stumble over the same, further on
        return Asked(names=frozenset(), printed=frozenset(), problems=slips)
    jinja = environment()
    try:
        tree = jinja.parse(source.template)
    except jinja2.TemplateSyntaxError as error:
        problem = slip_at(source.spot(error.lineno), file, error, "letterhead.syntax")
        return Asked(names=frozenset(), printed=frozenset(), problems=(problem,))
    if forbidden := tuple(_forbidden(tree, source, file)):
        return Asked(names=frozenset(), printed=frozenset(), problems=forbidden)
    names = meta.find_undeclared_variables(tree)
    printed = names & set(_always_printed(tree))
    problems = [*_unknown(names - set(known), source, file, known)]
    if BODY in names - printed:
        problems += [problem_at(spot, file, "letterhead.body_not_alone") for spot in source.asking(BODY)[:1]]
    return Asked(names=names, printed=printed, problems=tuple(problems))


def problem_at(spot: Spot, file: str, key: str, values: Mapping[str, object] | None = None) -> Problem:
    """A problem in one paragraph of the file, which is quoted."""
    quoted = {"text": shorten(spot.text, 60, placeholder="…")}
    return Problem(key=key, place=Place(file=file, part=spot.path), values=quoted | dict(values or {}))


def slip_at(spot: Spot, file: str, error: Exception, otherwise: str) -> Problem:
    """What Jinja or a value stumbled over in one paragraph, in our words; ``otherwise`` is the key for the rest."""
    slip = told(error, Place(file=file), {}).problems[0]
    return problem_at(spot, file, _SLIPS.get(slip.key, otherwise), slip.values)


def find_unused(
    values: Mapping[str, object], used: AbstractSet[str], sources: Sequence[Source], file: str
) -> Iterator[Problem]:
    """Components that the document has and the template has no place for, unless it prints the very words."""
    typed = " ".join(spot.text for source in sources for spot in source.spots).casefold()
    for name, severity in NAMES.items():
        value = values[name]
        words = list(value) if isinstance(value, Lines) else [str(value)]
        if not any(words) or name in used or all(line.casefold() in typed for line in words):
            continue
        key = "letterhead.no_body" if name == BODY else "letterhead.unused"
        shown = {} if name == BODY else {"name": name, "text": shorten("; ".join(words), 60, placeholder="…")}
        yield Problem(key=key, place=Place(file=file), values=shown, severity=severity)


def find_body_misplaced(sources: Sequence[Source], file: str) -> Iterator[Problem]:
    """The text is many paragraphs: its tag stands alone, once, in the main text outside tables."""
    asking = [spot for source in sources for spot in source.asking(BODY)]
    for spot in asking:
        is_alone = spot in sources[0].spots and ".table" not in spot.path and _BODY_TAG.fullmatch(spot.text)
        if not is_alone:
            yield problem_at(spot, file, "letterhead.body_not_alone")
        elif spot is not asking[0]:
            yield problem_at(spot, file, "letterhead.body_twice")


def _slips(source: Source, file: str, known: Sequence[str]) -> Iterator[Problem]:
    for spot in source.spots:
        if found := _HALF_TAG.search(TAG.sub("", spot.text)):
            yield problem_at(spot, file, "letterhead.braces", {"typed": found[0]})
        if found := _RAW_TAG.search(spot.text):
            yield problem_at(spot, file, "letterhead.raw_tag", {"typed": found[0]})
        if (found := _CARRIER.search(spot.text)) and _carried(spot, found[1], source.spots) != found[0]:
            yield problem_at(spot, file, _CARRIED[found[1]], {"typed": found[0]})
        for found in _SINGLE_BRACES.finditer(spot.text):
            if found[1] in known:
                yield problem_at(spot, file, "letterhead.single_braces", {"typed": found[0], "name": found[1]})


def _carried(spot: Spot, carrier: str, spots: Sequence[Spot]) -> str:
    """All words of the paragraph or row that a tag takes away."""
    if carrier == "p" or ".table" not in spot.path:
        return spot.text
    row = spot.path.rsplit(".", 2)[0]
    return "".join(other.text for other in spots if other.path.startswith(f"{row}."))


def _forbidden(tree: nodes.Template, source: Source, file: str) -> Iterator[Problem]:
    for node in _all(tree):
        is_inner_loop = isinstance(node, nodes.For) and (node.recursive or next(node.find_all(nodes.For), None))
        is_unknown_filter = isinstance(node, nodes.Filter) and node.name not in FILTERS
        if is_inner_loop or is_unknown_filter or not isinstance(node, _ALLOWED):
            yield problem_at(source.spot(node.lineno), file, "letterhead.not_allowed", {"known": ", ".join(FILTERS)})
            return


def _unknown(names: AbstractSet[str], source: Source, file: str, known: Sequence[str]) -> Iterator[Problem]:
    for name in sorted(names):
        for spot in source.asking(name):
            close = get_close_matches(name, known, n=1)
            values = {"name": name, "known": ", ".join(known)} | ({"close": close[0]} if close else {})
            yield problem_at(spot, file, "letterhead.unknown_close" if close else "letterhead.unknown", values)


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all(child)


def _always_printed(node: nodes.Node, asked_before: AbstractSet[str] = frozenset()) -> Iterator[str]:
    """Names that are printed without an ``if`` around them that asks for them first; the text without any ``if``."""
    if isinstance(node, nodes.If | nodes.CondExpr):
        asked_before = asked_before | _names_in([node.test]) | {BODY}
    elif isinstance(node, nodes.For):
        asked_before = asked_before | {BODY}
    if isinstance(node, nodes.Output):
        yield from _names_in(part for part in node.nodes if isinstance(part, nodes.Name | nodes.Filter)) - asked_before
    for child in node.iter_child_nodes():
        yield from _always_printed(child, asked_before)


def _names_in(given: Iterable[nodes.Node]) -> set[str]:
    return {part.name for node in given for part in _all(node) if isinstance(part, nodes.Name)}
