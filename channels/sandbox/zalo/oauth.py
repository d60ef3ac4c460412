"""The stand-in for oauth.zaloapp.com: an administrator's consent, and tokens for an Official Account."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from channels.sandbox.web import HTML, Item, Request, Response, answer
from channels.sandbox.zalo.errors import (
    APP_INVALID,
    CALLBACK_INVALID,
    GRANT_TYPE_INVALID,
    OAUTH_NAMES,
    REFRESH_INVALID,
    REFRESH_USED,
    SECRET_INVALID,
    UNKNOWN_ROUTE,
    ZaloRefusal,
    oauth_error,
)
from channels.sandbox.zalo.oa import Pkce, ZaloApp
from channels.sandbox.zalo.tokens import Pair, RefreshConsumed
from channels.sandbox.zalo.world import ZaloWorld

_PERMISSION = ("GET", "/v4/oa/permission")
_TOKEN = ("POST", "/v4/oa/access_token")
_ERROR_PAGE = "/error"


class ZaloOAuth:
    """Consent by redirect, codes and refresh tokens for pairs. Refusals are HTTP 200, in a shape of their own."""

    name = "oauth"
    prefix = "/oauth"

    def __init__(self, world: ZaloWorld) -> None:
        self.world = world

    def handle(self, request: Request) -> Response:
        """The consent page, the token endpoint, or the page that tells why there is no consent."""
        with self.world.lock:
            try:
                match (request.method, request.path):
                    case ("GET", "/v4/oa/permission"):
                        return self._permission(request)
                    case ("POST", "/v4/oa/access_token"):
                        return self._tokens(request)
                    case ("GET", "/error"):
                        return _error_page(request)
                raise ZaloRefusal(UNKNOWN_ROUTE, status=404)
            except ZaloRefusal as refusal:
                return answer(oauth_error(refusal), refusal.status)

    def route_of(self, request: Request) -> str:
        """``permission`` or ``token``; empty for the page of errors."""
        names = {_PERMISSION: "permission", _TOKEN: "token", ("GET", _ERROR_PAGE): ""}
        return names.get((request.method, request.path), "unknown")

    def account_of(self, request: Request) -> str:
        """The app: the account is not known before a code or token was looked at."""
        return request.form().get("app_id", "") or request.query.get("app_id", "")

    def error(self, code: int, subcode: int = 0, done: Response | None = None) -> Response:
        """A refusal with a code of the OAuth host."""
        return answer(oauth_error(ZaloRefusal(code)))

    def items(self) -> list[Item]:
        """Nothing here is for readers."""
        return []

    def reset(self) -> None:
        """Begin again, together with the accounts."""
        self.world.reset()

    def _permission(self, request: Request) -> Response:
        """Send the browser back with a code; the administrator always says yes."""
        app = self.world.apps.get(request.query.get("app_id", ""))
        callback = request.query.get("redirect_uri", "")
        if app is None or not app.active:
            return _refused(request, APP_INVALID)
        if callback != app.callback:
            return _refused(request, CALLBACK_INVALID)
        code = self.world.tokens.consent(app.app_id, self.world.consenting, _challenge(app, request))
        back = {"code": code, "oa_id": self.world.consenting}
        if "state" in request.query:
            back["state"] = request.query["state"]
        return _redirect(f"{callback}?{urlencode(back)}")

    def _tokens(self, request: Request) -> Response:
        form = request.form()
        app = self.world.apps.get(form.get("app_id", ""))
        if app is None or not app.active:
            raise ZaloRefusal(APP_INVALID)
        if request.headers.get("secret_key", "") != app.secret:
            raise ZaloRefusal(SECRET_INVALID)
        match form.get("grant_type"):
            case "authorization_code":
                pair = self.world.tokens.exchange(app.app_id, form.get("code", ""), form.get("code_verifier", ""))
            case "refresh_token":
                try:
                    pair = self.world.tokens.refresh(app.app_id, form.get("refresh_token", ""))
                except RefreshConsumed:
                    return self._consumed()
            case _:
                raise ZaloRefusal(GRANT_TYPE_INVALID)
        return answer(_pair(pair, self.world.switches.access_life))

    def _consumed(self) -> Response:
        """A refresh token that was used before: seen live as HTTP 200 without a body."""
        match self.world.switches.consumed_refresh:
            case "empty":
                return Response()
            case "invalid":
                raise ZaloRefusal(REFRESH_INVALID)
            case "used":
                raise ZaloRefusal(REFRESH_USED)


def _challenge(app: ZaloApp, request: Request) -> str:
    match app.pkce:
        case Pkce.PER_REQUEST:
            return request.query.get("code_challenge", "")
        case Pkce.STATIC:
            return app.challenge
        case Pkce.NONE:
            return ""


def _pair(pair: Pair, life: timedelta) -> dict[str, str]:
    """The success body: flat, and the seconds are a text."""
    return {
        "access_token": pair.access,
        "refresh_token": pair.refresh,
        "expires_in": f"{life.total_seconds():.0f}",
    }


def _refused(request: Request, code: int) -> Response:
    """Send the browser to a page of Zalo's own instead of the callback, which cannot be trusted."""
    return _redirect(f"http://{request.host}/oauth{_ERROR_PAGE}?{urlencode({'error_code': code})}")


def _redirect(address: str) -> Response:
    return Response(status=302, headers={"Location": address})


def _error_page(request: Request) -> Response:
    code = request.query.get("error_code", "")
    text = next((text for number, text in OAUTH_NAMES.items() if str(number) == code), "Unknown error")
    return Response(headers={"Content-Type": HTML}, body=f"<!doctype html><title>Zalo</title><p>{text}</p>".encode())
