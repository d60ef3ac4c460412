"""The log-in of a Facebook Page: from a token that a person gets by hand to one of the Page that does not end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from channels.answers import ChannelFailure, Closed, OutcomeUnknown
from channels.facebook.errors import GraphError, Meaning, failure_of, meaning_of
from channels.facebook.graph import Graph, GraphRefusal
from channels.facebook.health import SCOPES, debug, expiry, missing_right
from channels.facebook.settings import FacebookSettings
from channels.login import Ask, Tell, nothing_in_doubt, required
from channels.settings import Settings
from channels.wording import vietnamese_day
from loa.core.secrets import Secret, Secrets

_FIELDS = "id,name,access_token"
_TASK = "CREATE_CONTENT"
_NO_APP = 101  # “Error validating application. Invalid application ID.”
_SHOWN = 10  # Pages that a message names; nobody reads more


def login(settings: Settings, secrets: Secrets, ask: Ask, tell: Tell, now: Callable[[], datetime]) -> None:
    """Exchange the token of a person for a long one, get that of the Page from it, check and keep it.

    A Page token that comes from a long token has no end. Raises as ``channels.login.Login``: Closed for the wrong Page
    or a missing right, NotSent when Facebook cannot tell now.
    """
    if not isinstance(settings, FacebookSettings):
        raise TypeError(f"not the settings of a Facebook Page: {settings!r}")
    tell("facebook.how", page=settings.page_id, scopes=", ".join(SCOPES))
    app_id = settings.app_id or required(ask, "facebook.app_id")
    name = settings.app_secret_env
    known = secrets.get(name) if name else None
    app_secret = known or Secret(required(ask, "facebook.app_secret", hidden=True))
    graph = Graph(address=settings.address, version=settings.version, timeout=settings.timeout, now=now)
    desk = _LoginDesk(graph=graph, page=settings.page_id, app_id=app_id, app_secret=app_secret)
    user = Secret(required(ask, "facebook.user_token", hidden=True))
    with nothing_in_doubt():
        token = desk.page_token(desk.long_token(user))
        account = desk.account_of(token)
        ends = desk.end_of(token)
    secrets.store({settings.token_env: token.reveal()} | ({name: app_secret.reveal()} if name and not known else {}))
    tell("facebook.account", account=account)
    if ends:
        tell("facebook.ends", day=vietnamese_day(ends.astimezone(now().tzinfo)))
    tell("facebook.is_live")


@dataclass(frozen=True, kw_only=True)
class _LoginDesk:
    """The questions of one log-in. Methods raise failures of the channel."""

    graph: Graph
    page: str
    app_id: str
    app_secret: Secret

    def long_token(self, short: Secret) -> Secret:
        """One of about 60 days; it is not kept."""
        # Meta documents these as parameters of the address; the door shows no address.
        values: dict[str, object] = {
            "grant_type": "fb_exchange_token",
            "client_id": self.app_id,
            "client_secret": self.app_secret,
            "fb_exchange_token": short,
        }
        return _token_in(self._get("oauth/access_token", None, values))

    def page_token(self, user: Secret) -> Secret:
        """That of the Page. Raises Closed for a person without the Page, or without the task to post there."""
        answer = self._get("me/accounts", user, {"fields": f"{_FIELDS},tasks", "limit": "100"})
        pages = answer.get("data")
        if not isinstance(pages, list) or not all(isinstance(page, dict) for page in pages):
            raise OutcomeUnknown("facebook.unreadable", status=200)
        found = next((page for page in pages if page.get("id") == self.page), None)
        if found is None:
            return self._token_of_portfolio(user, [str(page.get("name", ""))[:80] for page in pages[:_SHOWN]])
        if _TASK not in (found.get("tasks") or ()):
            raise Closed("facebook.no_task", page=self.page)
        return _token_in(found)

    def account_of(self, token: Secret) -> str:
        """The name of the Page. Raises Closed when ``token`` is not its own."""
        me = self._get("me", token, {"fields": "id,name"})
        if me.get("id") != self.page:
            raise Closed("facebook.other_page", found=str(me.get("id", ""))[:40], wanted=self.page)
        return str(me.get("name", ""))[:200]

    def end_of(self, token: Secret) -> datetime | None:
        """When it ends; None for never. Raises Closed when it lacks a permission."""
        try:
            data = debug(self.graph, token, app_id=self.app_id, app_secret=self.app_secret)
        except GraphRefusal as refusal:
            raise _refused(refusal.error) from None
        if scope := missing_right(data, self.page):
            raise Closed("facebook.scope", scope=scope)
        return expiry(data)

    def _token_of_portfolio(self, user: Secret, known: list[str]) -> Secret:
        """A Page of a business portfolio may be missing in the list and be found by its id all the same."""
        try:
            return _token_in(self.graph.call("GET", self.page, user, {"fields": _FIELDS}, app_secret=self.app_secret))
        except (GraphRefusal, OutcomeUnknown):
            raise Closed("facebook.page_missing", page=self.page, known=", ".join(known) or "–") from None

    def _get(self, path: str, token: Secret | None, values: Mapping[str, object]) -> Mapping[str, Any]:
        try:
            return self.graph.call("GET", path, token, values, app_secret=self.app_secret)
        except GraphRefusal as refusal:
            raise _refused(refusal.error) from None


def _refused(error: GraphError) -> ChannelFailure:
    """What was wrong of that which a person has typed."""
    meaning, values = meaning_of(error), {"code": error.number, "told": error.told or error.message}
    # Two answers of the exchange alone; the second has the code of an outage, and only its words tell it from one.
    if error.code == _NO_APP or meaning is Meaning.PROOF or "client secret" in error.message.lower():
        return Closed("facebook.login_app", **values)
    if meaning in {Meaning.TOKEN, Meaning.REFUSED, Meaning.GONE}:
        return Closed("facebook.login_token", **values)
    return failure_of(error)


def _token_in(answer: Mapping[str, Any]) -> Secret:
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise OutcomeUnknown("facebook.unreadable", status=200)
    return Secret(token)
