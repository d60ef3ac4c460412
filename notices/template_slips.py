"""What is wrong in a template or in the braces of a text, told as a problem of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import jinja2
from jinja2.exceptions import SecurityError

from loa.core.errors import LoaError, Place, Problem, mistake
from notices.filters import FILTERS, UnfitFactError, UnwordableError

# What filling a template raises when the template or a value is wrong, and not Loa.
SLIPS = (
    jinja2.TemplateError,
    UnfitFactError,
    UnwordableError,
    RecursionError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
)
# The sentence for a name that is nearly a known one.
_CLOSE = {
    "template.not_found": "template.not_found_close",
    "template.no_block": "template.no_block_close",
    "template.undefined": "template.undefined_close",
}
# What Jinja says of braces that do not meet, the slip that officers make.
_BRACES = ("end of print statement", "unexpected '}'", "unexpected end of template", "Missing end of")
_TAG = re.compile(r"unknown tag '(\w+)'")
_OPEN = re.compile(r"innermost block that needs to be closed is '(\w+)'")
_CLOSES = re.compile(r"end\w+|else|elif")


class NothingToShowError(jinja2.TemplateRuntimeError):
    """A place in a text where a value should stand and there is none, or none that can be printed."""


def unknown_name(key: str, place: Place, name: str, known: Iterable[str]) -> Problem:
    """A name that is not among the known ones, with the one it is nearest to, if any; ``key`` is of the catalogue."""
    names = list(known)
    values: dict[str, object] = {"name": name, "known": ", ".join(names) or "–"}
    if close := get_close_matches(name, names, n=1):
        return Problem(key=_CLOSE[key], place=place, values=values | {"close": close[0]})
    return Problem(key=key, place=place, values=values)


def told(error: Exception, place: Place, values: Mapping[str, object]) -> LoaError:
    """One of ``SLIPS`` as a mistake at its place; ``values`` are those that the text may print."""
    match error:
        case jinja2.TemplateSyntaxError():
            return _syntax(error.message or "", place)
        case jinja2.TemplateNotFound():
            return mistake("template.no_include", place, name=error.name or "")
        case jinja2.UndefinedError():
            return _undefined(str(error), place, values)
        case UnfitFactError():
            return mistake("template.unfit", place, **error.values)
        case UnwordableError():
            return mistake("template.not_months", place)
        case NothingToShowError():
            return mistake("template.nothing", place)
        case SecurityError():
            return mistake("template.not_allowed", place)
        case RecursionError():
            return mistake("template.endless", place)
        case _:
            return mistake("template.cannot_fill", place)


def _undefined(said: str, place: Place, values: Mapping[str, object]) -> LoaError:
    if found := re.search(r"no attribute '([^']+)'", said):
        documents = values.get("documents")
        if said.startswith("'dict object'") and isinstance(documents, Mapping):  # the only one that templates see
            known = ", ".join(documents) or "–"
            return mistake("template.no_citation", place, name=found[1], known=known)
        return mistake("template.no_part", place, name=found[1])
    if found := re.search(r"'([^']+)' is undefined", said):
        return LoaError(unknown_name("template.undefined", place, found[1], sorted(values)))
    return mistake("template.cannot_fill", place)  # such as an item that a list does not have


def _syntax(said: str, place: Place) -> LoaError:
    if found := re.match(r"No filter named '([^']+)'", said):
        return mistake("template.no_filter", place, name=found[1], known=", ".join(FILTERS))
    if any(words in said for words in _BRACES):
        return mistake("template.braces", place)
    tag, around = _TAG.search(said), _OPEN.search(said)
    if tag and not _CLOSES.fullmatch(tag[1]):
        return mistake("template.unknown_tag", place, name=tag[1])
    if around and (around[1] != "block" or not tag):  # texts of a campaign stand in a block of ours
        return mistake("template.unclosed", place, name=around[1])
    return mistake("template.unopened", place, name=tag[1]) if tag else mistake("template.syntax", place)
