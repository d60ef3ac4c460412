"""The stand-in for the Graph API's Page endpoints."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import replace
from threading import RLock

from channels.sandbox.clock import SandboxClock
from channels.sandbox.graph.access import admit, may_read, usage_headers
from channels.sandbox.graph.call import Call, read_call, version_and_path
from channels.sandbox.graph.errors import GraphError
from channels.sandbox.graph.model import Page, Post, Token
from channels.sandbox.graph.photos import bytes_of, create_photo, show_photo
from channels.sandbox.graph.posts import change_post, create_post, delete
from channels.sandbox.graph.readers import items_of, reader_page
from channels.sandbox.graph.reading import LISTS, list_posts, show_post
from channels.sandbox.graph.store import FIRST_PAGES, Store, Switches, page_token
from channels.sandbox.graph.tokens import accounts, debug_token, exchange, me, show_page
from channels.sandbox.web import Item, Request, Response, answer

NEWEST, OLDEST = "v26.0", "v21.0"  # versions in use in November 2026; older ones are served as the oldest
_READERS = ("permalink", "pictures")  # what readers see, below the API's own address


class GraphApi:
    """A service with Pages, tokens and posts of its own. It begins with one Page, a user and an app."""

    name = "graph"
    prefix = "/graph"

    def __init__(self, clock: SandboxClock, pages: Iterable[tuple[str, str]] = FIRST_PAGES) -> None:
        """``pages``: id and name of those that are there at the start."""
        self._clock = clock
        self._pages = tuple(pages)
        self._lock = RLock()
        self.store = Store(clock.now(), self._pages)

    @property
    def switches(self) -> Switches:
        """How it behaves where nobody knows for certain."""
        return self.store.switches

    def add_page(self, page: str, name: str) -> Page:
        """One more Page; ``token_of`` tells its token."""
        with self._lock:
            return self.store.add_page(page, name, self._clock.now())

    def token_of(self, page: str) -> Token:
        """The token of a Page, to be read or to be spoilt."""
        return self.store.tokens[page_token(page)]

    def post_by_hand(self, page: str, message: str) -> Post:
        """A post that a person of the office makes on the Page, without the app."""
        with self._lock:
            return self.store.add_post(page, message=message, link="", photos=[], now=self._clock.now(), app="")

    def remove_by_hand(self, post: str) -> None:
        """What a person does who takes a post down on the Page. GraphError when it is not there."""
        with self._lock:
            self.store.remove(self.store.post(post))

    def handle(self, request: Request) -> Response:
        """What the API answers; a reader's page and a picture below the same address."""
        root = f"http://{request.host}{self.prefix}"
        version, path = version_and_path(request.path)
        if not version and path and path[0] in _READERS:
            with self._lock:
                self.store.catch_up(self._clock.now())
                return reader_page(self.store, path)
        headers = {"facebook-api-version": self._served(version), "x-fb-trace-id": secrets.token_urlsafe(8)}
        try:
            call = read_call(request, now=self._clock.now(), root=root)
        except GraphError as error:
            response = error.response()
        else:
            content = bytes_of(call) if self.route_of(request) == "photos" else b""
            with self._lock:
                self.store.catch_up(call.now)
                response = self._respond(call, content)
                headers |= usage_headers(self.store, call)
        return replace(response, headers={**response.headers, **headers})

    def route_of(self, request: Request) -> str:
        """``feed`` and ``photos`` for what publishes, the name of the list for what reads it (``feed_list``)."""
        version, path = version_and_path(request.path)
        match path:
            case ("permalink" | "pictures", *_) if not version:
                return ""
            case ():
                return "scrape"
            case ("oauth", "access_token"):
                return "oauth"
            case ("me", "accounts"):
                return "accounts"
            case ("me" | "debug_token",):
                return path[0]
            case (_,):
                return {"POST": "change", "DELETE": "delete"}.get(request.method, "read")
            case (_, "feed") if request.method == "GET":
                return "feed_list"
            case (_, edge) if edge == "photos" or edge in LISTS:
                return edge
        return "unknown"

    def account_of(self, request: Request) -> str:
        """The id of the Page, or of the person whose token it is."""
        _, path = version_and_path(request.path)
        if not path or path[0] in ("me", "debug_token", "oauth"):
            return self._owner(request)
        name = path[0].partition("_")[0]
        photo = self.store.photos.get(name)
        if photo is not None:
            return photo.page
        return name if name.isdecimal() else ""  # whatever else stands there could be a token

    def error(self, code: int, subcode: int = 0, done: Response | None = None) -> Response:
        """An error envelope; code 100 after a request that was executed names what it made."""
        original = _made(done) if done is not None and code == 100 else ""
        kind = "FacebookApiException" if original else "OAuthException"
        response = GraphError(code, subcode=subcode, kind=kind, original=original).response()
        return replace(response, headers={**response.headers, "facebook-api-version": self._served("")})

    def items(self) -> list[Item]:
        """Every post there is or was."""
        with self._lock:
            self.store.catch_up(self._clock.now())
            return items_of(self.store)

    def reset(self) -> None:
        """Begin again with the first Pages."""
        with self._lock:
            self.store = Store(self._clock.now(), self._pages)

    def _respond(self, call: Call, content: bytes) -> Response:
        try:
            if call.path == ("oauth", "access_token"):
                return answer(exchange(self.store, call))
            return answer(self._do(admit(self.store, call), call, content))
        except GraphError as error:
            return error.response()

    def _do(self, token: Token, call: Call, content: bytes) -> dict[str, object]:
        store = self.store
        match (call.method, *call.path):
            case ("POST",) if call.flag("scrape", default=False):
                return {"url": call.text("id"), "title": call.text("id"), "id": store.new_id()}
            case ("GET", "me"):
                return me(store, token, call)
            case ("GET", "me", "accounts"):
                return accounts(store, token, call)
            case ("GET", "debug_token"):
                return debug_token(store, token, call)
            case ("POST", page, "feed"):
                return create_post(store, token, call, page)
            case ("POST", page, "photos"):
                return create_photo(store, token, call, page, content)
            case ("GET", page, edge) if edge in LISTS:
                return list_posts(store, call, may_read(store, token, page).id, edge)
            case ("GET", name):
                return self._show(token, call, name)
            case ("POST", name):
                return change_post(store, token, call, name)
            case ("DELETE", name):
                return delete(store, token, name)
        raise GraphError(2500, f"Unknown path components: /{'/'.join(call.path[1:])}")

    def _show(self, token: Token, call: Call, name: str) -> dict[str, object]:
        if name in self.store.pages:
            return show_page(self.store, token, call, name)
        if name in self.store.photos:
            return show_photo(self.store, call, name)
        post = self.store.post(name)
        may_read(self.store, token, post.page)
        return show_post(self.store, call, post)

    def _owner(self, request: Request) -> str:
        try:
            token = self.store.tokens.get(read_call(request, now=self._clock.now(), root="").token)
        except GraphError:
            return ""
        return token.owner_id if token else ""

    def _served(self, version: str) -> str:
        """The version that answers: Meta puts the oldest usable one in place of an expired one, without an error."""
        if self.store.switches.served_version:
            return self.store.switches.served_version
        return max(version, OLDEST, key=_number) if version else NEWEST


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.removeprefix("v").split("."))


def _made(done: Response) -> str:
    """The id in an answer; empty when there is none."""
    told = json.loads(done.body)
    return str(told.get("post_id") or told.get("id") or "") if isinstance(told, dict) else ""
