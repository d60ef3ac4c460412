"""Facts filled into every text of a poster's specification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from loa.core.errors import Place
from loa.core.model import Model
from notices.context import Context
from notices.fill import fill_line, is_open_line
from notices.template import Text

M = TypeVar("M", bound=Model)
_Path = tuple[str | int, ...]


def filled(spec: M, path: _Path, context: Context) -> M:
    """The specification at ``path`` of the campaign file with facts in its texts. Raises LoaError at a text's place."""
    changes = {key: _value(getattr(spec, key), (*path, key), context) for key in type(spec).model_fields}
    return spec.model_copy(update=changes)


def open_places(spec: Model, path: _Path, context: Context) -> Iterator[Place]:
    """Where the texts of a specification name a paper that still waits for its number."""
    for key in type(spec).model_fields:
        yield from _open_places(getattr(spec, key), (*path, key), context)


def _open_places(value: object, path: _Path, context: Context) -> Iterator[Place]:
    if isinstance(value, str):
        place = context.locate(*path)
        if is_open_line(Text(text=value, place=place), context):
            yield place
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _open_places(item, (*path, index), context)
    elif isinstance(value, Model):
        yield from open_places(value, path, context)


def _value(value: object, path: _Path, context: Context) -> object:
    if isinstance(value, str):
        return fill_line(Text(text=value, place=context.locate(*path)), context)
    if isinstance(value, list):
        return [_value(item, (*path, index), context) for index, item in enumerate(value)]
    return filled(value, path, context) if isinstance(value, Model) else value
