"""Categories of a WordPress site: the office chooses among those that are there, Loa makes none."""

from __future__ import annotations

import html
from collections.abc import Iterable

from channels.answers import Closed
from channels.wordpress.errors import Refusal
from channels.wordpress.rest import Rest, Row, read, read_list, refusals
from loa.core.text import normalise

_FIELDS = "id,name,slug"


class _Category(Row):
    id: int
    name: str
    slug: str


class Categories:
    """The categories of one site."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    def numbers(self, typed: Iterable[str]) -> list[int]:
        """The numbers of categories that are typed as name, slug or number.

        Raises Closed (``wordpress.category``) for one that is not there: WordPress would drop it without a word.
        """
        return [self._numbered(one) if one.isascii() and one.isdecimal() else self._named(one) for one in typed]

    def _numbered(self, typed: str) -> int:
        with refusals():
            try:
                return read(_Category, self._rest.get(f"categories/{typed}", _fields=_FIELDS)).id
            except Refusal as refusal:
                if refusal.status == 404 and refusal.code:
                    raise Closed("wordpress.category", name=typed) from None
                raise

    def _named(self, typed: str) -> int:
        wanted = normalise(typed).casefold()
        for query in ({"search": typed}, {"slug": typed}):
            with refusals():
                answer = self._rest.get("categories", per_page=100, _fields=_FIELDS, **query)
            for row in read_list(_Category, answer):
                if wanted in (normalise(html.unescape(row.name)).casefold(), row.slug):
                    return row.id
        raise Closed("wordpress.category", name=typed)
