"""The log-in of a portal: the secret that its operator gave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from channels.login import Ask, Tell, nothing_in_doubt, required
from channels.settings import Settings
from channels.webhook.portal import Portal
from channels.webhook.settings import WebhookSettings
from loa.core.secrets import Secrets


def login(settings: Settings, secrets: Secrets, ask: Ask, tell: Tell, now: Callable[[], datetime]) -> None:
    """Ask for the secret, try it where the portal answers questions, and keep it.

    While a secret is being replaced the one before is asked for too, unless it is kept under its name already.
    Raises as ``channels.login.Login``: Closed for a secret of another form, or one that the portal does not accept,
    NotSent when the portal cannot tell now.
    """
    if not isinstance(settings, WebhookSettings):
        raise TypeError(f"not the settings of a webhook: {settings!r}")
    tell("webhook.how", address=settings.url)
    given = {settings.secret_env: required(ask, "webhook.secret", hidden=True)}
    known = {}
    if old := settings.old_secret_env:
        kept = secrets.get(old)
        if kept is None:
            given[old] = required(ask, "webhook.old_secret", hidden=True)
        else:
            known[old] = kept.reveal()
    portal = Portal(settings, Secrets(known | given), now)
    with nothing_in_doubt():
        health = portal.health()
    secrets.store(given)
    tell("webhook.account" if portal.can_be_asked else "webhook.untried", account=health.account)
