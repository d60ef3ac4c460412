"""Our account on a site: whether it may do what a channel asks of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from channels.answers import Health
from channels.wordpress.categories import Categories
from channels.wordpress.rest import Rest
from channels.wordpress.settings import WordPressSettings


class Account:
    """The account of the settings. Nothing that is asked here shows anything to the public."""

    def __init__(self, settings: WordPressSettings, rest: Rest, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._rest = rest
        self._now = now
        self._categories = Categories(rest)

    def require_rights(self, *, uploads: bool) -> None:
        """Raise Closed when it lacks one; ``uploads``: whether files are to go with the post."""
        self._rest.require(*self._rights(), *(["upload_files"] if uploads else []))

    def categories(self) -> list[int]:
        """The numbers of the categories of the settings. Raises Closed for one that the site does not have."""
        return self._categories.numbers(self._settings.categories)

    def health(self) -> Health:
        """Who we are there. Raises Closed for lost credentials, missing rights or categories, OutcomeUnknown."""
        me = self._rest.require(*self._rights())
        self.categories()
        offset = self._rest.door.offset
        return Health(
            account=f"{me.name[:120]} ({urlsplit(self._settings.url).netloc})",
            server_time=None if offset is None else self._now() + offset,
            warnings=() if me.may("upload_files") else ("wordpress.no_upload",),
        )

    def _rights(self) -> tuple[str, ...]:
        publishing = ("publish_posts", "edit_published_posts") if self._settings.status == "publish" else ()
        return ("edit_posts", *publishing)
