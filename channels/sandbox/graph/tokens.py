"""Tokens and who holds them: me, the Pages of a person, debug_token, the exchange of tokens."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime

from channels.sandbox.graph.call import Call
from channels.sandbox.graph.errors import GraphError
from channels.sandbox.graph.fields import read_fields, select
from channels.sandbox.graph.model import Owner, Page, Token
from channels.sandbox.graph.store import LONG_LIFE, SHORT_LIFE, Store, page_token

_OF_PAGES = "id,name"
_IN_ACCOUNTS = "access_token,category,category_list,name,id,tasks"
_CATEGORY = {"id": "161422927240513", "name": "Government organization"}


def me(store: Store, token: Token, call: Call) -> dict[str, object]:
    """``GET /me``: the Page of a Page token, the person of a user token."""
    if token.owner is Owner.APP:
        raise GraphError(2500)
    if token.owner is Owner.PAGE:
        return show_page(store, token, call, token.owner_id)
    person = {"id": token.owner_id, "name": "Nguyễn Văn Mẫu"}
    return select(person, read_fields(call.text("fields") or _OF_PAGES), kind="User")


def accounts(store: Store, token: Token, call: Call) -> dict[str, object]:
    """``GET /me/accounts``: the Pages of a person. One in a portfolio is missing without ``business_management``."""
    if token.owner is not Owner.USER:
        raise GraphError(100, "(#100) Tried accessing nonexisting field (accounts) on node type (Page)")
    if "pages_show_list" not in token.scopes:
        return {"data": []}
    fields = read_fields(call.text("fields") or _IN_ACCOUNTS)
    seen = [p for p in store.pages.values() if not p.in_portfolio or "business_management" in token.scopes]
    data = [select(_node(store, token, page, call.now), fields, kind="Page") for page in seen]
    return {"data": data, "paging": {"cursors": {"before": "QVFI", "after": "QVFI"}}} if data else {"data": []}


def show_page(store: Store, token: Token, call: Call, name: str) -> dict[str, object]:
    """``GET /{page}``; its access token only for the person who may have it."""
    page = store.page(name)
    return select(_node(store, token, page, call.now), read_fields(call.text("fields") or _OF_PAGES), kind="Page")


def debug_token(store: Store, token: Token, call: Call) -> dict[str, object]:
    """``GET /debug_token``, asked by the app or by a person. A bad token is told in ``data``, not as an error."""
    if token.owner is Owner.PAGE:
        raise GraphError(100, "(#100) You must provide an app access token, or a user access token")
    given = call.text("input_token")
    try:
        asked = store.token(given, call.now)
    except GraphError as error:
        told = {"code": error.code, "message": error.message, "subcode": error.subcode}
        data: dict[str, object] = {"is_valid": False, "scopes": [], "error": told}
        known = store.tokens.get(given)
        return {"data": {**(_about(store, known) if known else {}), **data}}
    return {"data": {**_about(store, asked), "is_valid": True}}


def exchange(store: Store, call: Call) -> dict[str, object]:
    """``GET /oauth/access_token``: a long user token for a short one, or the token of the app."""
    secret_fits = hmac.compare_digest(call.text("client_secret").encode(), store.app.secret.encode())
    if call.text("client_id") != store.app.id or not secret_fits:
        raise GraphError(1, "Error validating client secret.")
    match call.text("grant_type"):
        case "client_credentials":
            return {"access_token": f"{store.app.id}|{store.app.secret}", "token_type": "bearer"}
        case "fb_exchange_token":
            short = store.token(call.text("fb_exchange_token"), call.now)
            text = f"EAAsandboxUser{store.new_id()}"
            long = store.add_token(text, Owner.USER, short.owner_id, call.now, call.now + LONG_LIFE)
            long.scopes = short.scopes
            return {"access_token": text, "token_type": "bearer", "expires_in": int(LONG_LIFE.total_seconds())}
    raise GraphError(100, "(#100) Unsupported grant_type")


def _node(store: Store, token: Token, page: Page, now: datetime) -> Mapping[str, object]:
    return {
        "id": page.id,
        "name": page.name,
        "access_token": _token_for(store, token, page, now),
        "category": _CATEGORY["name"],
        "category_list": [_CATEGORY],
        "tasks": list(page.tasks),
        "followers_count": page.followers,
        "fan_count": page.followers,
        "link": f"https://www.facebook.com/{page.id}",
        "is_published": True,
        "verification_status": "not_verified",
    }


def _token_for(store: Store, token: Token, page: Page, now: datetime) -> str | None:
    """A Page token lives as long as the token it comes from; from a long user token, without end."""
    if token.owner is Owner.PAGE:
        return token.text if token.owner_id == page.id else None
    if token.owner is not Owner.USER:
        return None
    if token.expires is None or token.expires - token.issued > SHORT_LIFE:
        return page_token(page.id)
    text = f"{page_token(page.id)}Short{int(token.expires.timestamp())}"
    if text not in store.tokens:
        store.add_token(text, Owner.PAGE, page.id, now, token.expires)
    return text


def _about(store: Store, token: Token) -> dict[str, object]:
    about: dict[str, object] = {
        "app_id": store.app.id,
        "application": store.app.name,
        "type": str(token.owner),
        "expires_at": int(token.expires.timestamp()) if token.expires else 0,
        "data_access_expires_at": int((token.issued + LONG_LIFE).timestamp()),
        "issued_at": int(token.issued.timestamp()),
        "user_id": token.user_id,
        "scopes": sorted(token.scopes),
        "granular_scopes": [{"scope": scope} for scope in sorted(token.scopes)],
    }
    if token.owner is Owner.PAGE:
        about["profile_id"] = token.owner_id
        about["granular_scopes"] = [{"scope": scope, "target_ids": [token.owner_id]} for scope in sorted(token.scopes)]
    return about
