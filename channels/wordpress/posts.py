"""Posts of a WordPress site: finding ours among them, making, changing and removing them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from pydantic import Field, field_validator

from channels.answers import ChannelFailure, OutcomeUnknown, Rejected
from channels.wordpress.content import is_marked, is_notice, key_of, search_word
from channels.wordpress.errors import Meaning, Refusal
from channels.wordpress.rest import Rest, Row, read, read_list, refusals

log = logging.getLogger(__name__)

_FIELDS = "id,slug,status,link,date_gmt,content.raw"
_PAGE = 100  # the most that WordPress lists at once
TRASH = "trash"
PUBLIC = "publish"


class _Words(Row):
    raw: str = ""


class PostRow(Row):
    """A post as the site has it."""

    id: int
    slug: str
    status: str
    link: str
    date_gmt: str | None  # of its publication
    content: _Words = Field(default=_Words())

    @field_validator("date_gmt")
    @classmethod
    def _is_a_date(cls, value: str | None) -> str | None:
        if value is not None:
            datetime.fromisoformat(value)
        return value

    @property
    def is_taken_down(self) -> bool:
        """Whether a notice stands in its place."""
        return is_notice(self.content.raw)

    @property
    def published_at(self) -> datetime | None:
        """Aware, in UTC; None while it has no date."""
        return datetime.fromisoformat(self.date_gmt).replace(tzinfo=UTC) if self.date_gmt else None


class _Gone(Row):
    """What is left to say of a post that was removed."""

    status: str


class Posts:
    """The posts of one site that our account may see. Failures are those of the contract."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    def find(self, marker: str, title: str) -> PostRow | None:
        """Our post, by the marker in its text, else by its address; None when it is certainly not there.

        An editor may change one of the two, and a contributor's post has no address before it is approved. Of
        several the public one comes first, then the oldest. Raises Rejected when somebody put it into the trash,
        OutcomeUnknown when a list is not whole.
        """
        key = key_of(title, marker)
        marked = self._marked(marker)
        found = marked or self._list(slug=key, status="any")
        if found:
            return min(found, key=lambda row: (row.status != PUBLIC, row.id))
        if self._list(slug=f"{key}__trashed", status=TRASH):
            raise Rejected("wordpress.trashed")
        return None

    def get(self, number: str) -> PostRow | None:
        """The post with this number, also from the trash; None when there is none any more.

        Raises Rejected for what is no number: a person told the link, and the site was not asked.
        """
        if not (number.isascii() and number.isdecimal()):
            raise Rejected("wordpress.gone")
        with refusals():
            try:
                return read(PostRow, self._rest.get(f"posts/{number}", context="edit", _fields=_FIELDS))
            except Refusal as refusal:
                if refusal.meaning is Meaning.GONE:
                    return None
                raise

    def create(self, marker: str, fields: Mapping[str, object]) -> PostRow:
        """Make a post: the one request after which something may be public. Sent once.

        Where a slow earlier request made the same post meanwhile, the older of the two stays and ours goes.
        """
        with refusals():
            made = read(PostRow, self._rest.post("posts", fields, _fields=_FIELDS))
        try:
            older = [row for row in self._marked(marker) if row.id < made.id]
            if not older:
                return made
            self.trash(made.id)
        except (ChannelFailure, ValueError):  # it is out there, and nothing later may say otherwise
            log.warning("Whether the site has the post twice could not be seen.", extra={"post": made.id})
            return made
        return min(older, key=lambda row: row.id)

    def update(self, number: int, fields: Mapping[str, object]) -> PostRow:
        """Replace what ``fields`` name; safe to repeat."""
        with refusals():
            return read(PostRow, self._rest.post(f"posts/{number}", fields, _fields=_FIELDS))

    def trash(self, number: int) -> None:
        """Put it into the trash; safe to repeat. Raises OutcomeUnknown unless the site says that it lies there."""
        with refusals():
            try:
                gone = read(_Gone, self._rest.delete(f"posts/{number}", _fields="status"))
            except Refusal as refusal:
                if refusal.meaning is not Meaning.GONE:
                    raise
                return
        if gone.status != TRASH:
            raise OutcomeUnknown("wordpress.unreadable")

    def _marked(self, marker: str) -> list[PostRow]:
        found = self._list(search=search_word(marker), status="any")
        return [row for row in found if is_marked(row.content.raw, marker)]

    def _list(self, **query: str) -> list[PostRow]:
        """Whole, or OutcomeUnknown. With ``status`` those who lost their log-in are refused instead of shown less."""
        with refusals():
            return read_list(PostRow, self._rest.get("posts", context="edit", per_page=_PAGE, _fields=_FIELDS, **query))


def require_found(row: PostRow | None) -> PostRow:
    """The post, if it can be changed. Raises Rejected for one that is gone, in the trash or taken down."""
    if row is None:
        raise Rejected("wordpress.gone")
    if row.status == TRASH:
        raise Rejected("wordpress.trashed")
    if row.is_taken_down:
        raise Rejected("wordpress.withdrawn")
    return row
