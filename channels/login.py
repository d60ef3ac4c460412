"""How an account is opened: a talk with the person at the terminal, at whose end the secrets are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from channels.answers import ChannelFailure, Limited, NotSent, OutcomeUnknown
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
    """The log-in of one kind of channel: a function of this form in ``channels/KIND/login.py``."""

    def __call__(self, settings: Settings, secrets: Secrets, ask: Ask, tell: Tell, now: Callable[[], datetime]) -> None:
        """Get what opens the account and keep it with ``secrets.store`` under the names that ``settings`` has.

        Raises LoaError when it cannot be kept, a ChannelFailure when the service refuses or cannot be asked; then
        nothing was kept.
        """


@contextmanager
def nothing_in_doubt() -> Iterator[None]:
    """A log-in posts nothing, so a service that gives no clear answer leaves nothing to be settled or sent again.

    Raises NotSent (``login.later``) for that, and everything else as it comes.
    """
    try:
        yield
    except ChannelFailure as failure:
        if isinstance(failure, OutcomeUnknown | Limited) or failure.reason_key == "http.no_connection":
            raise NotSent("login.later") from None
        raise


def required(ask: Ask, key: str, /, *, hidden: bool = False) -> str:
    """What the person types, who must type something. Raises NotSent (``login.nothing_typed``)."""
    typed = ask(key, hidden=hidden)
    if not typed:
        raise NotSent("login.nothing_typed")
    return typed
