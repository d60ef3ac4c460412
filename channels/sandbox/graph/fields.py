"""The ``fields`` parameter: ``id,from{name},comments.summary(true).limit(0)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from channels.sandbox.graph.errors import GraphError

# Name → what is asked of it; None is all.
Fields = Mapping[str, "Fields | None"]

_TOKEN = re.compile(r"\s*([a-z_][a-z0-9_]*|[{},]|\.[a-z_]+\([^)]*\))")
_DEPRECATED = frozenset({"type"})


def read_fields(text: str) -> Fields:
    """What is asked for. GraphError 2500 for what cannot be read."""
    tokens = list(_tokens(text))
    for one, other in pairwise(["", *tokens, ""]):
        if one.isidentifier() and other.isidentifier():
            raise _unreadable(text)
    rest = iter(tokens)
    fields = _level(rest)
    if next(rest, None) is not None or tokens.count("{") != tokens.count("}"):
        raise _unreadable(text)
    return fields


def select(node: Mapping[str, object], fields: Fields, *, kind: str) -> dict[str, object]:
    """The fields that are asked for, and the id always. GraphError 100 for one that ``node`` does not know.

    What is None is left out: the node knows the field, but has nothing in it.
    """
    for name in fields:
        if name in _DEPRECATED:
            raise GraphError(12, f"(#12) {name} field is deprecated for versions v3.3 and higher")
        if name not in node:
            raise GraphError(100, f"(#100) Tried accessing nonexisting field ({name}) on node type ({kind})")
    chosen = {name: _part(node[name], inner) for name, inner in fields.items() if node[name] is not None}
    return {**chosen, "id": node["id"]}


def _part(value: object, fields: Fields | None) -> object:
    if fields is None:
        return value
    if isinstance(value, list):
        return [_part(one, fields) for one in value]
    if isinstance(value, dict):
        if "data" in value:
            return {**value, "data": _part(value["data"], fields)}
        return {name: _part(part, fields.get(name)) for name, part in value.items() if name in fields}
    return value


def _tokens(text: str) -> Iterator[str]:
    position = 0
    while position < len(text.rstrip()):
        found = _TOKEN.match(text, position)
        if found is None:
            raise _unreadable(text)
        yield found[1]
        position = found.end()


def _level(rest: Iterator[str]) -> Fields:
    fields: dict[str, Fields | None] = {}
    name = ""
    for part in rest:
        if part == "}":
            break
        if part == "{":
            fields[name] = _level(rest)
        elif part.isidentifier():
            name = part
            fields[name] = None
    return fields


def _unreadable(text: str) -> GraphError:
    return GraphError(2500, f"Syntax error in fields: {text[:100]}")
