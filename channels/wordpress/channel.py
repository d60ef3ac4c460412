"""The channel ``wordpress``: a website that WordPress runs, through its REST interface."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime, timedelta

from channels.answers import Health, NotSent, Processing, Receipt, Rejected
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.post import Post
from channels.settings import Settings
from channels.wording import vietnamese_day, web_link
from channels.wordpress.account import Account
from channels.wordpress.content import content_of, files_in, key_of, notice_of
from channels.wordpress.media import STEP, Media, Uploaded, addresses
from channels.wordpress.posts import PUBLIC, TRASH, PostRow, Posts, require_found
from channels.wordpress.rest import Rest, nothing_public
from channels.wordpress.settings import WordPressSettings
from loa.core.secrets import MASK

# While an editor has not let a post out, or a date that somebody gave it has not come.
_AGAIN = timedelta(minutes=15)
# When it takes longer to upload, the post waits for the next try: its time must not run out in the middle.
_PREPARING = timedelta(minutes=2)
# What was looked for in vain so lately is not looked for again.
_FRESH = timedelta(seconds=10)


class WordPressChannel(Channel):
    """A site. Files are uploaded first, which shows nothing; then one request, sent once, makes the post."""

    abilities = WordPressSettings.abilities

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        """Asks for no secret yet."""
        if not isinstance(settings, WordPressSettings):
            raise TypeError(f"not the settings of a WordPress site: {settings!r}")
        self._settings = settings
        self._now = around.now
        self._rest = Rest(settings, around.secrets, around.now)
        self._posts = Posts(self._rest)
        self._media = Media(self._rest)
        self._account = Account(settings, self._rest, around.now)
        self._missed: tuple[str, datetime] | None = None  # which post was looked for in vain, and when

    def publish(self, post: Post, steps: Steps) -> Receipt | Processing:
        """Make ``post`` public, or adopt the one that an earlier try made.

        Processing where an editor of the site has to let it out. Raises Rejected for one that somebody put into the
        trash, Closed while the account, its rights or the categories are not in order.
        """
        began = self._now()
        with nothing_public():
            self._account.require_rights(uploads=bool(post.attachments))
            if (found := self._found(post.marker, post.title)) is not None:
                return self._answer(found, addresses(steps.get(STEP)))
            categories = self._account.categories()
            uploaded = self._media.place(post, steps)
        if self._now() - began > _PREPARING:
            raise NotSent("wordpress.slow")
        steps.go_ahead()
        fields = self._fields(post, uploaded) | self._first_fields(post)
        made = self._posts.create(post.marker, fields | ({"categories": categories} if categories else {}))
        return self._answer(made, {file.attachment.name: file.address for file in uploaded})

    def look_up(self, sought: Sought) -> Receipt | Processing | None:
        """The post by its marker or its address, whatever became of it since.

        Raises Rejected when somebody put it into the trash, or took it down.
        """
        found = self._posts.find(sought.marker, sought.title)
        self._missed = None if found else (sought.marker, self._now())
        return None if found is None else self._answer(found, addresses(sought.steps.get(STEP)))

    def follow(self, sought: Sought) -> Receipt | Processing:
        """Whether the post is out. Raises Rejected when it is gone."""
        found = require_found(self._posts.find(sought.marker, sought.title))
        return self._answer(found, addresses(sought.steps.get(STEP)))

    def is_live(self, remote_id: str) -> bool:
        """Whether the site still has it as published."""
        found = self._posts.get(remote_id)
        return found is not None and found.status == PUBLIC and not found.is_taken_down

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Receipt | Processing:
        """Replace text, pictures and files at the same address; files that it no longer has are removed."""
        with nothing_public():
            row = require_found(self._posts.get(remote_id))
            uploaded = self._media.place(post, steps)
        steps.go_ahead()
        former = files_in(row.content.raw) - {file.id for file in uploaded}
        changed = self._posts.update(row.id, self._fields(post, uploaded, former=former))
        self._media.remove(former)
        return self._answer(changed, {file.attachment.name: file.address for file in uploaded})

    def withdraw(self, remote_id: str, reason: str) -> None:
        """Put it into the trash, or a notice in its place; its files are removed from the site."""
        row = self._posts.get(remote_id)
        if row is None:
            return
        if row.status != TRASH and not row.is_taken_down:
            self._take_down(row, reason)
        self._media.remove(files_in(row.content.raw))

    def probe(self) -> Health:
        """Who we are there. Raises Closed for lost credentials, missing rights or categories, NotSent."""
        with nothing_public():
            return self._account.health()

    def clock_offset(self) -> timedelta | None:
        return self._rest.clock_offset()

    def would_send(self, post: Post) -> tuple[Message, ...]:
        """The files, then the post; instead of what only the site will tell, the names of the files."""
        head = {"Authorization": f"Basic {MASK}"}
        root = f"POST {self._settings.url}/wp-json/wp/v2"
        named = tuple(Uploaded(id=0, address=f"({file.name})", attachment=file) for file in post.attachments)
        uploads = (
            Message(what=f"{root}/media", fields={**head, "file": file.name, "title": file.title, "alt_text": file.alt})
            for file in post.attachments
        )
        fields = self._fields(post, named) | self._first_fields(post)
        shown = {name: str(value) for name, value in fields.items() if name != "featured_media"}
        if (featured := self._featured(named)) is not None:
            shown["featured_media"] = featured.address
        if self._settings.categories:
            shown["categories"] = ", ".join(self._settings.categories)
        return (*uploads, Message(what=f"{root}/posts", fields=head | shown))

    def _found(self, marker: str, title: str) -> PostRow | None:
        """The post, where a look-up has not just found that it is not there."""
        missed, self._missed = self._missed, None
        if missed is not None and missed[0] == marker and self._now() - missed[1] < _FRESH:
            return None
        return self._posts.find(marker, title)

    def _first_fields(self, post: Post) -> dict[str, object]:
        """What only a new post is given: no date, because a date to come would leave it to the site's own clock."""
        closed = {"comment_status": "closed", "ping_status": "closed"}
        return {"slug": key_of(post.title, post.marker), "status": self._settings.status, **closed}

    def _fields(self, post: Post, uploaded: tuple[Uploaded, ...], former: set[int] | None = None) -> dict[str, object]:
        featured = self._featured(uploaded)
        content = content_of(post, uploaded, featured=featured, former=former or ())
        return {
            "title": html.escape(post.title, quote=False),
            "excerpt": html.escape(post.summary, quote=False),
            "content": content,
            "featured_media": featured.id if featured else 0,
        }

    def _featured(self, uploaded: tuple[Uploaded, ...]) -> Uploaded | None:
        pictures = [file for file in uploaded if file.attachment.alt]
        return pictures[0] if pictures and self._settings.featured else None

    def _take_down(self, row: PostRow, reason: str) -> None:
        if self._settings.withdrawal == "trash":
            self._posts.trash(row.id)
            return
        notice = notice_of(reason, vietnamese_day(self._now()), row.content.raw)
        self._posts.update(row.id, {"content": notice, "excerpt": "", "featured_media": 0})

    def _answer(self, row: PostRow, media: Mapping[str, str]) -> Receipt | Processing:
        if row.status == TRASH:
            raise Rejected("wordpress.trashed")
        if row.is_taken_down:
            raise Rejected("wordpress.withdrawn")
        if row.status != PUBLIC:
            return Processing(again_in=_AGAIN)
        link = web_link(row.link) or f"{self._settings.url}/?p={row.id}"
        return Receipt(remote_id=str(row.id), link=link, published_at=row.published_at or self._now(), media=media)
