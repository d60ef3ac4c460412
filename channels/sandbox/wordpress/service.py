"""The stand-in for a WordPress site: its REST interface, its pages, and what a visit sets off."""

from __future__ import annotations

from urllib.parse import unquote

from channels.sandbox.clock import SandboxClock
from channels.sandbox.plain_text import plain_text
from channels.sandbox.web import OFFICE, Condition, Item, Picture, Request, Response
from channels.sandbox.wordpress.answers import reply
from channels.sandbox.wordpress.call import PREFIX, credentials, rest_root
from channels.sandbox.wordpress.errors import REFUSALS, WordPressRefusal
from channels.sandbox.wordpress.html import picture_sources
from channels.sandbox.wordpress.pages import UPLOADS, front_page, missing_page, post_page
from channels.sandbox.wordpress.rest import find_route, method_of, respond
from channels.sandbox.wordpress.site import Post, Site

_PRETTY, _INDEX = "/wp-json", "/index.php/wp-json"
_HOMES = ("/", "/index.php")
_CONDITIONS = {
    "publish": Condition.LIVE,
    "future": Condition.SCHEDULED,
    "pending": Condition.PENDING,
    "draft": Condition.UNPUBLISHED,
    "private": Condition.HIDDEN,
    "trash": Condition.REMOVED,
}


class WordPress:
    """One site. Scheduled posts go live when somebody visits it after their time, and not before."""

    name = "wordpress"
    prefix = PREFIX

    def __init__(self, clock: SandboxClock, office: str = OFFICE) -> None:
        """``office`` is what the site is called."""
        self.site = Site(clock, office)

    def handle(self, request: Request) -> Response:
        """One request; only after it was answered do the scheduled posts go live."""
        with self.site.lock:
            path = _rest_path(self.site, request)
            response = self._page(request) if path is None else respond(self.site, request, path)
            self.site.publish_due()
        return response

    def route_of(self, request: Request) -> str:
        """The name of the route; ``home`` for the front page; empty for what only readers ask for."""
        path = _rest_path(self.site, request)
        if path is None:
            return "home" if request.path in _HOMES and not request.query else ""
        found = find_route(method_of(request), path)
        return found[0].name if found else "unknown"

    def account_of(self, request: Request) -> str:
        """Who the request says it comes from; empty for nobody."""
        given = credentials(request)
        return given[0] if given else ""

    def error(self, code: int, subcode: int = 0, done: Response | None = None) -> Response:
        """A refusal with this HTTP status; what is none becomes 500."""
        status = code if 400 <= code <= 599 else 500
        name = next((name for name, (usual, _) in REFUSALS.items() if usual == status), "db_insert_error")
        return reply(WordPressRefusal(name, status=status).body(), status)

    def items(self) -> list[Item]:
        """Every post there ever was."""
        with self.site.lock:
            return [self._item(post) for post in self.site.posts.values()]

    def reset(self) -> None:
        """Begin again."""
        self.site.reset()

    def _page(self, request: Request) -> Response:
        """What a browser gets."""
        path = unquote(request.path)
        if path in _HOMES:
            return (
                self._short_address(request)
                if "p" in request.query
                else front_page(self.site.name, self._published(), f"{rest_root(self.site, request)}/")
            )
        if path.startswith(UPLOADS):
            file = next((file for file in self.site.media.values() if file.file == path.removeprefix(UPLOADS)), None)
            if file is not None:
                return Response(headers={"Content-Type": file.mime_type}, body=file.content)
            return missing_page(self.site.name)
        slug = path.strip("/")
        post = next((post for post in self._published() if post.slug == slug), None)
        return self._post_page(post) if post else missing_page(self.site.name)

    def _short_address(self, request: Request) -> Response:
        """``/?p=ID``: the way to the permanent address, or the page itself on a site that has no other."""
        post = next((post for post in self._published() if str(post.id) == request.query["p"]), None)
        if post is None:
            return missing_page(self.site.name)
        if self.site.switches.plain_permalinks:
            return self._post_page(post)
        return Response(status=301, headers={"Location": f"http://{request.host}{PREFIX}/{post.slug}/"})

    def _post_page(self, post: Post) -> Response:
        return post_page(self.site.name, post, self.site.media.get(post.featured_media))

    def _published(self) -> list[Post]:
        return [post for post in self.site.living_posts() if post.status == "publish"]

    def _item(self, post: Post) -> Item:
        featured = self.site.media.get(post.featured_media)
        first = [Picture(address=f"{PREFIX}{UPLOADS}{featured.file}", alt=featured.alt_text)] if featured else []
        inside = [Picture(address=address, alt=alt) for address, alt in picture_sources(post.content)]
        return Item(
            service=self.name,
            account=self.site.user(post.author).login,
            account_name=self.site.name,
            id=str(post.id),
            title=post.title,
            text=plain_text(post.content) or post.excerpt,
            address=f"{PREFIX}/{post.slug}/" if post.slug else f"{PREFIX}/?p={post.id}",
            pictures=tuple(first + inside),
            created=post.date,
            state=Condition.REMOVED if post.removed else _CONDITIONS[post.status],
        )


def _rest_path(site: Site, request: Request) -> str | None:
    """The route that a request means, in any of the three forms; None for a page."""
    path = unquote(request.path)
    if path in _HOMES and "rest_route" in request.query:
        return _route(request.query["rest_route"])
    for start in (_INDEX, _PRETTY):
        if path == start or path.startswith(f"{start}/"):
            if start == _PRETTY and site.switches.plain_permalinks:
                return None
            return _route(path.removeprefix(start))
    return None


def _route(path: str) -> str:
    return "/" + path.strip("/")
