"""Who may do what with the Graph API, and how often."""

from __future__ import annotations

import hashlib
import hmac
import json

from channels.sandbox.graph.call import Call
from channels.sandbox.graph.errors import GraphError
from channels.sandbox.graph.model import Budget, Owner, Page, Token
from channels.sandbox.graph.store import Store


def admit(store: Store, call: Call) -> Token:
    """The token of a call that may go on. GraphError for a bad token, a bad proof, or too many calls."""
    token = store.token(call.token, call.now)
    _check_proof(store, call)
    budget = budget_of(store, token)
    if budget is not None and not budget.spend(call.now):
        raise GraphError(80001 if token.owner is Owner.PAGE else 4)
    return token


def budget_of(store: Store, token: Token) -> Budget | None:
    """What calls with this token are taken from; None when they are not counted."""
    if token.owner is Owner.PAGE:
        return store.pages[token.owner_id].budget
    return store.app.budget


def usage_headers(store: Store, call: Call) -> dict[str, str]:
    """How much of the budget is used up; nothing where calls are not counted."""
    token = store.tokens.get(call.token)
    budget = budget_of(store, token) if token else None
    if token is None or budget is None:
        return {}
    if store.switches.broken_usage:
        return {"x-business-use-case-usage": '{"1000":[{', "x-app-usage": "null"}
    percent = budget.percent(call.now)
    used = {"call_count": percent, "total_cputime": 1, "total_time": 1}
    if token.owner is not Owner.PAGE:
        return {"x-app-usage": json.dumps(used)}
    wait = budget.minutes_left(call.now)
    one = {"type": "pages", **used, "estimated_time_to_regain_access": wait}
    return {"x-business-use-case-usage": json.dumps({token.owner_id: [one]})}


def may_publish(store: Store, token: Token, name: str, verb: str = "post") -> Page:
    """The Page ``name``, on which this token may publish. GraphError 200 without the right, 100/33 without the Page."""
    _need(token, "pages_manage_posts", 200)
    if token.owner is not Owner.PAGE:
        raise GraphError(200, "(#200) Publishing to a Page needs a Page access token of that Page")
    page = store.page(name, verb)
    if page.id != token.owner_id or "CREATE_CONTENT" not in page.tasks:
        raise GraphError(200)
    return page


def may_read(store: Store, token: Token, name: str) -> Page:
    """The Page ``name``, whose posts this token may read. GraphError 10 without the right, 100/33 without the Page."""
    _need(token, "pages_read_engagement", 10)
    page = store.page(name)
    if token.owner is Owner.PAGE and token.owner_id != page.id:
        raise GraphError(10)
    return page


def keep_pace(page: Page, call: Call) -> None:
    """Count one more post. GraphError 368 for more of them than the spam guard lets through."""
    if page.pace is not None and not page.pace.spend(call.now):
        raise GraphError(368, subcode=1390008)


def proof_of(secret: str, token: str) -> str:
    """What ``appsecret_proof`` must be: HMAC-SHA256 of the token, in hexadecimal."""
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def _check_proof(store: Store, call: Call) -> None:
    given = call.params.get("appsecret_proof")
    if given is None:
        if store.app.proof_required:
            message = "API calls from the server require an appsecret_proof argument"
            raise GraphError(100, message, kind="GraphMethodException")
    elif not hmac.compare_digest(given.encode(), proof_of(store.app.secret, call.token).encode()):
        message = "Invalid appsecret_proof provided in the API argument"
        raise GraphError(100, message, kind="GraphMethodException")


def _need(token: Token, scope: str, code: int) -> None:
    if scope not in token.scopes:
        raise GraphError(code, f"(#{code}) Requires the {scope} permission")
