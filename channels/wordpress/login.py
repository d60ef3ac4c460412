"""The log-in of a WordPress site: an application password, made by hand in the profile of the account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from channels.login import Ask, Tell, nothing_in_doubt, required
from channels.settings import Settings
from channels.wordpress.account import Account
from channels.wordpress.rest import Rest
from channels.wordpress.settings import WordPressSettings
from loa.core.secrets import Secret, Secrets


def login(settings: Settings, secrets: Secrets, ask: Ask, tell: Tell, now: Callable[[], datetime]) -> None:
    """Ask for the password, let the site say whose it is and what it may do, and keep it.

    Raises as ``channels.login.Login``: Closed for a password that the site does not know, or a missing right, NotSent
    when the site cannot tell now.
    """
    if not isinstance(settings, WordPressSettings):
        raise TypeError(f"not the settings of a WordPress site: {settings!r}")
    tell("wordpress.how", user=settings.user, address=f"{settings.url}/wp-admin/profile.php")
    password = Secret(required(ask, "wordpress.password", hidden=True))
    given = Secrets({settings.password_env: password.reveal()})
    with nothing_in_doubt():
        health = Account(settings, Rest(settings, given, now), now).health()
    secrets.store({settings.password_env: password.reveal()})
    tell("wordpress.account", account=health.account)
    if health.warnings:
        tell("wordpress.no_upload")
