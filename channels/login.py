"""How an account is opened: a talk with the person at the terminal, at whose end the secrets are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from channels.settings import Settings
from loa.core.secrets import Secrets


class Ask(Protocol):
    """Asks the person for one line."""

    def __call__(self, key: str, /, *, hidden: bool = False, **values: object) -> str:
        """What is typed after the sentence ``word.<key>``, trimmed; while it is ``hidden`` it does not show."""


class Tell(Protocol):
    """Tells the person something."""

    def __call__(self, key: str, /, **values: object) -> None:
        """Show the sentence ``word.<key>``; never a secret."""


class Login(Protocol):
    """The log-in of one kind of channel: a function of this form in ``channels/KIND_login.py``."""

    def __call__(self, settings: Settings, secrets: Secrets, ask: Ask, tell: Tell, now: Callable[[], datetime]) -> None:
        """Get what opens the account and keep it with ``secrets.store`` under the names that ``settings`` has.

        Raises LoaError when it cannot be kept, a ChannelFailure when the service refuses or cannot be asked; then
        nothing was kept.
        """
