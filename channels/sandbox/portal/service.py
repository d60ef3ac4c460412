"""The stand-in for a portal of other make: it takes signed posts as Standard Webhooks 1.0.0 describes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock

from channels.sandbox.clock import SandboxClock
from channels.sandbox.page import draw_item, not_found
from channels.sandbox.portal.events import Event, Refused, read_event
from channels.sandbox.portal.signature import SECRET, is_signed
from channels.sandbox.web import Condition, Item, Request, Response, answer

SITE_NAME = "Cổng thông tin điện tử"
_HOOK, _STATUS, _READING = "/hook", "/status", "/tin/"
_STATES = {Condition.LIVE: "published", Condition.PENDING: "pending", Condition.REMOVED: "withdrawn"}


@dataclass(kw_only=True)
class PortalSwitches:
    """How a portal may be run."""

    needs_editor: bool = False  # nothing is public before an editor of the portal says so
    closed: bool = False  # the address was given up: 410
    answers_nothing: bool = False  # success is told by the status alone, without a body


@dataclass(kw_only=True)
class _News:
    """One announcement on the portal."""

    id: str  # the portal's own
    event: Event  # the newest that was said of it
    state: Condition
    created: datetime


@dataclass(kw_only=True)
class _Book:
    news: list[_News] = field(default_factory=list)
    by_webhook: dict[str, _News] = field(default_factory=dict)  # every webhook-id ever taken, and what it was about


class Portal:
    """``POST /hook`` takes an event once, ``GET /status?id=WEBHOOK-ID`` tells what became of it.

    ``POST /press`` is no part of a portal: it stands for the button of the editor.
    """

    name = "portal"
    prefix = "/portal"

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._lock = RLock()
        self.secrets = [SECRET]  # more than one while they are changed
        self.switches = PortalSwitches()
        self._book = _Book()

    def handle(self, request: Request) -> Response:
        """An event, a question, or a page."""
        with self._lock:
            match (request.method, request.path):
                case ("POST", "/hook"):
                    return self._take(request)
                case ("GET", "/status"):
                    return self._asked(request)
                case ("POST", "/press"):
                    self.press(request.form().get("id", ""))
                    return answer({})
            news = next((news for news in self._book.news if request.path == f"{_READING}{news.id}"), None)
            return draw_item(self._item(news)) if news and news.state is Condition.LIVE else not_found()

    def route_of(self, request: Request) -> str:
        """``hook`` or ``status``; empty for what people read."""
        return {_HOOK: "hook", _STATUS: "status"}.get(request.path, "")

    def account_of(self, request: Request) -> str:  # the portal does not tell senders apart
        """The portal itself."""
        return self.name

    def error(self, code: int, subcode: int = 0, done: Response | None = None) -> Response:
        """A refusal with this HTTP status; what is none becomes 500."""
        return answer({"message": "error"}, code if 400 <= code <= 599 else 500)

    def items(self) -> list[Item]:
        """Every announcement there is or was."""
        with self._lock:
            return [self._item(news) for news in self._book.news]

    def reset(self) -> None:
        """Begin again."""
        with self._lock:
            self.secrets = [SECRET]
            self.switches = PortalSwitches()
            self._book = _Book()

    def press(self, news: str = "") -> None:
        """An editor of the portal lets an announcement out, or everything that waits."""
        with self._lock:
            for waiting in self._book.news:
                if waiting.state is Condition.PENDING and news in ("", waiting.id):
                    waiting.state, waiting.created = Condition.LIVE, self._clock.now()

    def _asked(self, request: Request) -> Response:
        if not is_signed(request, self.secrets, self._clock.now()):
            return answer({"message": "invalid signature"}, 401)
        news = self._book.by_webhook.get(request.query.get("id", ""))
        return self._told(news, request) if news else answer({"message": "unknown id"}, 404)

    def _take(self, request: Request) -> Response:
        if self.switches.closed:
            return answer({"message": "gone"}, 410)
        if not is_signed(request, self.secrets, self._clock.now()):
            return answer({"message": "invalid signature"}, 401)
        webhook = request.headers["webhook-id"]
        if webhook not in self._book.by_webhook:
            try:
                self._book.by_webhook[webhook] = self._apply(read_event(request))
            except Refused as refusal:
                return answer({"message": refusal.text}, refusal.status)
        if self.switches.answers_nothing:
            return Response(status=204)
        return self._told(self._book.by_webhook[webhook], request)

    def _apply(self, event: Event) -> _News:
        """What an event does: a published one is always a new announcement, also when its text was here before."""
        if event.type == "announcement.published":
            state = Condition.PENDING if self.switches.needs_editor else Condition.LIVE
            made = _News(id=str(len(self._book.news) + 1), event=event, state=state, created=self._clock.now())
            self._book.news.append(made)
            return made
        known = [news for news in self._book.news if news.event.id == event.id and news.state is not Condition.REMOVED]
        if not known:
            raise Refused(404, "unknown announcement")
        for news in known:
            if event.type == "announcement.withdrawn":
                news.state = Condition.REMOVED
            else:
                news.event = event
        return known[-1]

    def _told(self, news: _News, request: Request) -> Response:
        address = f"http://{request.host}{self.prefix}{_READING}{news.id}"
        return answer({"id": news.id, "url": address, "state": _STATES[news.state]})

    def _item(self, news: _News) -> Item:
        event = news.event
        return Item(
            service=self.name,
            account=self.name,
            account_name=SITE_NAME,
            id=news.id,
            title=event.title,
            text=event.text,
            link=event.link,
            address=f"{self.prefix}{_READING}{news.id}",
            pictures=event.pictures,
            created=news.created,
            state=news.state,
        )
