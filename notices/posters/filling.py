"""Facts filled into every text of a poster's specification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from loa.core.errors import Problem
from loa.core.model import Model
from notices.context import Context
from notices.fill import fill_line, is_open_line
from notices.open_citations import open_citation
from notices.template import Text

M = TypeVar("M", bound=Model)
_Path = tuple[str | int, ...]


def filled(spec: M, path: _Path, context: Context) -> M:
    """The specification at ``path`` of the campaign file with facts in its texts. Raises LoaError at a text's place."""
    changes = {key: _value(getattr(spec, key), (*path, key), context) for key in type(spec).model_fields}
    return spec.model_copy(update=changes)


def find_open_citations(spec: Model, path: _Path, context: Context) -> Iterator[Problem]:
    """The texts of a specification that name a paper which still waits for its number."""
    for key in type(spec).model_fields:
        yield from _open_citations(getattr(spec, key), (*path, key), context)


def _open_citations(value: object, path: _Path, context: Context) -> Iterator[Problem]:
    if isinstance(value, str):
        text = Text(text=value, place=context.locate(*path))
        if is_open_line(text, context):
            yield open_citation(text, context)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _open_citations(item, (*path, index), context)
    elif isinstance(value, Model):
        yield from find_open_citations(value, path, context)


def _value(value: object, path: _Path, context: Context) -> object:
    if isinstance(value, str):
        return fill_line(Text(text=value, place=context.locate(*path)), context)
    if isinstance(value, list):
        return [_value(item, (*path, index), context) for index, item in enumerate(value)]
    return filled(value, path, context) if isinstance(value, Model) else value
