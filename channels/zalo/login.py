"""The log-in of a Zalo Official Account: a consent in the browser, or a pair from Zalo's API Explorer."""

from __future__ import annotations

import secrets as chance
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from channels.answers import Closed, OutcomeUnknown
from channels.http import Door
from channels.login import Ask, Tell, nothing_in_doubt, required
from channels.settings import Settings
from channels.zalo.api import OpenApi
from channels.zalo.custody import Custody
from channels.zalo.errors import Meaning, ZaloRefusal
from channels.zalo.oauth import Answered, OAuth, Pair, TokenRefusal, consent_address, new_verifier
from channels.zalo.settings import ZaloSettings
from channels.zalo.tokens import Tokens
from loa.core.secrets import Secret, Secrets

# Nobody knows how old a pair is that a person pastes: it is renewed before its first use.
_UNKNOWN_LIFE = timedelta(0)


def login(settings: Settings, secrets: Secrets, ask: Ask, tell: Tell, now: Callable[[], datetime]) -> None:
    """Get a pair of tokens for the account, let Zalo say whose it is, and keep it with the secret of the app.

    Raises as ``channels.login.Login``; a log-in that fails leaves what was kept before.
    """
    if not isinstance(settings, ZaloSettings):
        raise TypeError(f"not the settings of an Official Account: {settings!r}")
    secret = secrets.get(settings.app_secret_env) or Secret(required(ask, "zalo.app_secret", hidden=True))
    known = Secrets({settings.app_secret_env: secret.reveal()}, secrets.file)
    door = Door()
    oauth = OAuth(settings, door)
    custody = Custody(settings, known, oauth, now)
    answer = _consent(settings, secrets, ask, tell) if settings.callback else None
    if answer is None:
        tell("zalo.explorer", app=settings.app_id)
        pair = Pair(
            access=Secret(required(ask, "zalo.access", hidden=True)),
            refresh=Secret(required(ask, "zalo.refresh", hidden=True)),
            life=_UNKNOWN_LIFE,
        )
    else:
        pair = _exchanged(oauth, answer, secret, now())
    with nothing_in_doubt():
        _check_account(settings, OpenApi(settings, custody, door, now), pair)
    with custody.locked():
        kept = Tokens.of(pair, oa_id=settings.oa_id, now=now())
        secrets.store({settings.app_secret_env: secret.reveal(), settings.token_env: kept.text()})
    tell("zalo.kept", account=settings.oa_id)


def _consent(settings: ZaloSettings, secrets: Secrets, ask: Ask, tell: Tell) -> tuple[Secret, str] | None:
    """The code that the browser brought back, and its verifier; None when the person would rather paste a pair."""
    state = chance.token_urlsafe(16)
    verifier = ""
    if settings.pkce == "per_request":
        verifier = new_verifier()
    elif settings.verifier_env:
        verifier = secrets.require(settings.verifier_env).reveal()
    tell("zalo.open", address=consent_address(settings, state=state, verifier=verifier))
    typed = ask("zalo.back")
    if not typed:
        return None
    return _code(typed, state, settings), verifier


def _code(typed: str, state: str, settings: ZaloSettings) -> Secret:
    """The code in an address that the browser was sent to, or the code itself. Raises Closed when Zalo refused."""
    if "://" not in typed and "code=" not in typed:
        return Secret(typed)
    found = {name: values[-1] for name, values in parse_qs(urlsplit(typed).query).items()}
    if "code" not in found:
        code = found.get("error_code", "")[:20]
        raise Closed("zalo.setup", code=code, text="")
    if found.get("state", state) != state:
        raise Closed("zalo.login_state")
    if found.get("oa_id", settings.oa_id) != settings.oa_id:
        raise Closed("zalo.other_account", expected=settings.oa_id, found=found["oa_id"][:40])
    return Secret(found["code"])


def _exchanged(oauth: OAuth, answer: tuple[Secret, str], secret: Secret, now: datetime) -> Pair:
    code, verifier = answer
    try:
        return oauth.exchange(code, verifier, secret=secret, now=now)
    except TokenRefusal as refusal:
        if refusal.answered is Answered.SETUP:
            raise Closed("zalo.setup", code=refusal.code, text=refusal.text) from None
        raise Closed("zalo.login_code") from None
    except OutcomeUnknown:
        raise Closed("zalo.login_code") from None  # the code is used up or not: a new one is sure to be good


def _check_account(settings: ZaloSettings, api: OpenApi, pair: Pair) -> None:
    """Raises Closed for another account than that of the settings, in whose name posts would go out."""
    try:
        account = api.read_with(pair.access, "/v2.0/oa/getoa")
    except ZaloRefusal as refusal:
        if refusal.meaning is Meaning.TOKEN:
            raise Closed("zalo.login_token", code=refusal.code, text=refusal.text) from None
        raise refusal.failure() from None
    found = str(account.get("oaid", account.get("oa_id")))
    if found != settings.oa_id:
        raise Closed("zalo.other_account", expected=settings.oa_id, found=found[:40])
