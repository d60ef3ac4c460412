"""Everything that the Graph API stand-in remembers, and the switches for what is not known for certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from operator import attrgetter

from channels.sandbox.graph.errors import GraphError, missing
from channels.sandbox.graph.model import App, Duplicates, Owner, Page, Photo, Post, Token
from channels.sandbox.web import OFFICE

PHOTO_LIFE = timedelta(hours=24)  # of one that no post shows
LONG_LIFE = timedelta(seconds=5_183_944)  # of a user token that was exchanged
SHORT_LIFE = timedelta(hours=2)
_USER = "284400000000001"
FIRST_PAGES = (("1000", OFFICE),)
# What the stand-in begins with. None of it is a secret: it opens nothing outside this computer.
APP_ID = "1234567890"
APP_SECRET = "sandbox-app-secret"  # noqa: S105 - a stand-in's, printed for everybody
USER_TOKEN = "EAAsandboxUser"  # noqa: S105 - a stand-in's, printed for everybody


@dataclass(kw_only=True)
class Switches:
    """How the service behaves where nobody knows for certain, or where it is known to vary."""

    duplicates: Duplicates = Duplicates.TAKEN
    listing_lag: timedelta = timedelta()  # until a new post is in the lists
    empty_first_page: bool = False  # lists begin with a page without data that has a next one
    scheduled_vanish: bool = False  # a scheduled post is gone at its time instead of going live
    schedule_from: timedelta = timedelta(minutes=10)
    schedule_until: timedelta = timedelta(days=30)
    broken_usage: bool = False  # what the headers say of the budget cannot be read
    served_version: str = ""  # that answers whatever is asked; empty: the one asked for, while it is usable


class Store:
    """The state. Whoever uses it holds the lock of the service."""

    def __init__(self, now: datetime, pages: Iterable[tuple[str, str]] = FIRST_PAGES) -> None:
        self._ids = count(122_100_000_000_001)
        self.switches = Switches()
        self.app = App(id=APP_ID, secret=APP_SECRET, name="Loa (thử nghiệm)")
        self.user_id = _USER
        self.pages: dict[str, Page] = {}
        self.tokens: dict[str, Token] = {}
        self.posts: dict[str, Post] = {}
        self.photos: dict[str, Photo] = {}
        self._by_page: defaultdict[str, list[Post]] = defaultdict(list)
        self._unpublished: dict[str, Post] = {}  # that time may bring out
        self._loose: dict[str, Photo] = {}  # that no post shows yet
        self.add_token(USER_TOKEN, Owner.USER, _USER, now, now + LONG_LIFE)
        self.add_token("EAAsandboxUserShort", Owner.USER, _USER, now, now + SHORT_LIFE)
        self.add_token(f"{self.app.id}|{self.app.secret}", Owner.APP, self.app.id, now, None)
        for page, name in pages:
            self.add_page(page, name, now)

    def add_page(self, page: str, name: str, now: datetime) -> Page:
        """A Page whose token, ``EAAsandboxPageID``, does not expire."""
        self.pages[page] = Page(id=page, name=name)
        self.add_token(page_token(page), Owner.PAGE, page, now, None)
        return self.pages[page]

    def add_token(self, text: str, owner: Owner, owner_id: str, now: datetime, expires: datetime | None) -> Token:
        """A token with every scope."""
        token = Token(text=text, owner=owner, owner_id=owner_id, user_id=_USER, issued=now, expires=expires)
        self.tokens[text] = token
        return token

    def new_id(self) -> str:
        """15 digits that were not used before."""
        return str(next(self._ids))

    def page(self, name: str, verb: str = "get") -> Page:
        """The Page with this id. GraphError when there is none."""
        if name not in self.pages:
            raise missing(verb, name)
        return self.pages[name]

    def post(self, name: str, verb: str = "get") -> Post:
        """The post with this id. GraphError when there is none or it was removed."""
        post = self.posts.get(name)
        if post is None or post.gone:
            raise missing(verb, name)
        return post

    def add_post(
        self,
        page: str,
        *,
        message: str,
        link: str,
        photos: list[Photo],
        now: datetime,
        app: str,
        published: bool = True,
    ) -> Post:
        """A new post; its photos belong to it from now on."""
        post = Post(
            id=f"{page}_{self.new_id()}",
            page=page,
            message=message,
            link=link,
            photos=photos,
            app=app,
            created=now,
            updated=now,
            listed_from=now + self.switches.listing_lag,
            published=published,
        )
        for photo in photos:
            photo.post = post.id
        self.posts[post.id] = post
        self._by_page[page].append(post)
        if not published:
            self._unpublished[post.id] = post
        return post

    def add_photo(self, photo: Photo) -> None:
        """Keep an uploaded picture, for a day unless a post shows it."""
        self.photos[photo.id] = photo
        self._loose[photo.id] = photo

    def remove(self, post: Post) -> None:
        """Take a post down, and its photos with it."""
        post.gone = True
        for photo in post.photos:
            photo.gone = True

    def posts_of(self, page: str) -> Iterator[Post]:
        """The posts of a Page that were not removed, newest first."""
        own = self._by_page[page][::-1]  # of equal times the last one first
        own.sort(key=attrgetter("created"), reverse=True)
        return (post for post in own if not post.gone)

    def catch_up(self, now: datetime) -> None:
        """What time alone brings about: scheduled posts go live, photos that no post shows are forgotten."""
        for post in list(self._unpublished.values()):
            if post.scheduled is not None and post.scheduled <= now and not post.published and not post.gone:
                self._go_live(post)
            if post.published or post.gone:
                del self._unpublished[post.id]
        for photo in list(self._loose.values()):
            if not photo.post and now - photo.created >= PHOTO_LIFE:
                photo.gone = True
            if photo.post or photo.gone:
                del self._loose[photo.id]

    def _go_live(self, post: Post) -> None:
        assert post.scheduled is not None  # noqa: S101 - asked by the caller
        if self.switches.scheduled_vanish:
            self.remove(post)
        else:
            publish(post, post.scheduled, self.switches.listing_lag)

    def token(self, text: str, now: datetime) -> Token:
        """The token, if it is good. GraphError 2500 without one, 190 for one that is unknown, expired or revoked."""
        if not text:
            raise GraphError(2500)
        token = self.tokens.get(text)
        if token is None:
            raise GraphError(190)
        if token.trouble is not None:
            raise GraphError(190, subcode=token.trouble)
        if token.expires is not None and token.expires <= now:
            day = f"{token.expires:%A, %d-%b-%y %H:%M:%S} UTC"
            raise GraphError(190, f"Error validating access token: Session has expired on {day}.", subcode=463)
        return token


def page_token(page: str) -> str:
    """The token of a Page that never expires."""
    return f"EAAsandboxPage{page}"


def publish(post: Post, moment: datetime, lag: timedelta) -> None:
    """Make an unpublished post public; one that is public stays as it is."""
    if not post.published:
        post.published = True
        post.created = post.updated = moment
        post.listed_from = moment + lag
        post.scheduled = None
        post.content_type = ""
