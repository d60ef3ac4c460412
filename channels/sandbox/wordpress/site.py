"""What lives in the stand-in for WordPress: people, posts, files and terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from threading import RLock
from zoneinfo import ZoneInfo

from channels.sandbox.clock import SandboxClock
from channels.sandbox.web import OFFICE

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ZONE_HOURS = 7
# What the stand-in begins with. None of it is a secret: it opens nothing outside this computer.
APPLICATION_PASSWORD = "sand boxW ordP ress pass word"  # noqa: S105 - a stand-in's, printed for everybody
EDITOR = "bien-tap"

_EDITING = ("edit_posts", "delete_posts")
_PUBLISHING = (*_EDITING, "publish_posts", "edit_published_posts", "delete_published_posts", "upload_files")
_ALL = (
    *_PUBLISHING,
    *("edit_others_posts", "delete_others_posts", "read_private_posts", "unfiltered_html", "manage_categories"),
)
CAPABILITIES: Mapping[str, tuple[str, ...]] = {
    "administrator": _ALL,
    "editor": _ALL,
    "author": _PUBLISHING,
    "contributor": _EDITING,
    "subscriber": (),
}


@dataclass(kw_only=True)
class User:
    """Somebody with an application password."""

    id: int
    login: str
    email: str
    name: str
    role: str
    password: str = APPLICATION_PASSWORD

    def may(self, capability: str) -> bool:
        """Whether the role has it."""
        return capability in CAPABILITIES[self.role]


@dataclass(kw_only=True)
class Entry:
    """What posts and files have in common: they share identifiers, and partly names."""

    id: int
    author: int
    slug: str
    title: str
    date: datetime
    modified: datetime


@dataclass(kw_only=True)
class Post(Entry):
    """A post. ``floating``: a draft whose date is not settled."""

    status: str
    content: str = ""
    excerpt: str = ""
    floating: bool = False
    categories: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    featured_media: int = 0
    comment_status: str = "open"
    ping_status: str = "open"
    sticky: bool = False
    slug_before_trash: str = ""
    searchable: str = ""  # all its words in the form that a search compares
    removed: bool = False  # deleted for good; kept for the truth alone


@dataclass(kw_only=True)
class Media(Entry):
    """An uploaded file."""

    file: str  # 2026/11/anh.png
    mime_type: str
    content: bytes
    width: int = 0  # pixels; 0 for what is no picture
    height: int = 0
    alt_text: str = ""
    caption: str = ""
    description: str = ""
    post: int = 0


@dataclass(kw_only=True)
class Term:
    """A category or a tag."""

    id: int
    name: str
    slug: str
    parent: int = 0


@dataclass(kw_only=True)
class SiteSwitches:
    """How a site may be set up."""

    plain_permalinks: bool = False  # /wp-json/ is the web server's 404; everything goes through ?rest_route=
    race: bool = False  # two posts may get the same slug, as when they are made at one moment
    early_login: bool = False  # a plugin makes wrong credentials an error on every route
    strips_authorization: bool = False  # the web server drops the header
    production_http: bool = False  # no application passwords over plain http
    upload_limit: int = 2 * 1024 * 1024  # bytes of a file
    body_limit: int = 8 * 1024 * 1024  # bytes of a request; the body of a longer one vanishes


class Site:
    """The state of one site; whoever reads or changes it holds ``lock``."""

    switches: SiteSwitches
    users: dict[str, User]  # by login
    posts: dict[int, Post]
    media: dict[int, Media]
    next_due: datetime | None  # when the earliest scheduled post is due; None when there is none
    categories: dict[int, Term]
    tags: dict[int, Term]

    def __init__(self, clock: SandboxClock, name: str = OFFICE) -> None:
        self.clock = clock
        self.name = name
        self.lock = RLock()
        self.reset()

    def reset(self) -> None:
        """Begin again: one person for each role, two categories, nothing published."""
        with self.lock:
            self._ids = count(101)
            self._term_ids = count(10)
            self.switches = SiteSwitches()
            self.posts, self.media, self.tags = {}, {}, {}
            self.next_due = None
            self.categories = {
                1: Term(id=1, name="Chưa phân loại", slug="chua-phan-loai"),
                2: Term(id=2, name="Tuyên truyền", slug="tuyen-truyen"),
            }
            people = (
                ("quan-tri", "Quản trị", "administrator"),
                (EDITOR, "Biên tập", "editor"),
                ("tac-gia", "Tác giả", "author"),
                ("cong-tac", "Cộng tác viên", "contributor"),
                ("ban-doc", "Bạn đọc", "subscriber"),
            )
            self.users = {
                login: User(id=number, login=login, email=f"{login}@snv.example.gov.vn", name=name, role=role)
                for number, (login, name, role) in enumerate(people, start=1)
            }

    def new_id(self) -> int:
        """An identifier for a post or a file."""
        return next(self._ids)

    def new_term_id(self) -> int:
        """An identifier for a category or a tag."""
        return next(self._term_ids)

    def user(self, number: int) -> User:
        """The person with this identifier; KeyError when there is none."""
        found = next((user for user in self.users.values() if user.id == number), None)
        if found is None:
            raise KeyError(number)
        return found

    def living_posts(self) -> Iterator[Post]:
        """Those that were not deleted for good; also the trash."""
        return (post for post in self.posts.values() if not post.removed)

    def publish_due(self) -> None:
        """What a visit brings about: scheduled posts whose time has come go live."""
        with self.lock:
            now = self.clock.now()
            if self.next_due is None or now < self.next_due:
                return  # every request is a visit, and nearly all of them find nothing to do
            waiting = [post for post in self.living_posts() if post.status == "future"]
            for post in waiting:
                if post.date <= now:
                    post.status = "publish"
            self.next_due = min((post.date for post in waiting if post.date > now), default=None)

    def expect(self, post: Post) -> None:
        """Take note of a post that may be scheduled."""
        if post.status == "future":
            self.next_due = min(post.date, self.next_due or post.date)
