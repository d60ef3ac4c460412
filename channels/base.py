"""The one contract of every channel: a prepared post in, a receipt or a failure of a known kind out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from channels.abilities import Abilities
from channels.answers import Handed, Health, Processing, Receipt
from channels.post import Post, Publisher
from channels.settings import Settings
from loa.core.secrets import Secrets


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a channel finds around it."""

    workspace: Path
    templates: Path  # the shipped ones; the workspace's own ``templates/`` come before them
    publisher: Publisher
    secrets: Secrets
    now: Callable[[], datetime]  # asked anew at each use; aware


class Steps(Protocol):
    """What a publication of several steps writes down on its way, so that one cut short is not begun again."""

    def get(self, name: str) -> str | None:
        """What an earlier try wrote down."""

    def save(self, name: str, value: str) -> None:
        """Write down; on disk when this returns. Never a secret."""

    def go_ahead(self) -> None:
        """Asked right before each byte that the public will see, so that nobody speaks who no longer may.

        Raises NotSent (``delivery.stopped``) when a person has stopped it meanwhile, or its time is over; and what
        is no failure of a channel and passes through it, when another process has taken it over.
        """


class NoSteps:
    """Steps that nobody keeps: for channels that publish in one."""

    def get(self, name: str) -> str | None:
        """Nothing."""

    def save(self, name: str, value: str) -> None:
        """Forgotten."""

    def go_ahead(self) -> None:
        """Nobody stops it."""


@dataclass(frozen=True)
class EarlierSteps(NoSteps):
    """What the tries of a post have written down, to be read only: for what is done to it afterwards."""

    written: Mapping[str, str]

    def get(self, name: str) -> str | None:
        """What a try wrote down."""
        return self.written.get(name)


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What a look-up searches for: what the try of which nobody knows the outcome had sent.

    Before whatever the public sees besides the post itself, such as a word to all followers, the channel looks at
    ``until`` and then calls ``go_ahead``, which raises as ``Steps.go_ahead`` does.
    """

    marker: str
    title: str
    text: str
    page: str
    since: datetime  # when the first try began; aware
    steps: Mapping[str, str] = field(default_factory=dict)
    others: Collection[str] = ()  # posts of other occurrences, by the channel's own names: none of them is the one
    until: datetime | None = None  # when the public may be told nothing more of it; aware
    go_ahead: Callable[[], None] = lambda: None  # nobody stops it


@dataclass(frozen=True, kw_only=True)
class Message:
    """One thing that would be sent, for people to read; secrets are masked."""

    what: str  # such as ``POST https://graph.facebook.com/v26.0/1000/feed``, or a path
    fields: Mapping[str, str]


class Channel(ABC):
    """An account somewhere. It knows nothing of campaigns: it takes a prepared post and gives a receipt or raises.

    One object per process and thread. Failures are those of ``channels.answers``.
    """

    abilities: Abilities  # those of its settings

    @abstractmethod
    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        """``name`` is the key in config.yaml. Raises LoaError for settings that cannot work in this workspace."""

    @abstractmethod
    def publish(self, post: Post, steps: Steps) -> Receipt | Processing | Handed:
        """Make ``post`` public. Raises NotSent, Limited, Closed, Rejected or OutcomeUnknown."""

    @abstractmethod
    def look_up(self, sought: Sought) -> Receipt | Processing | None:
        """What is public of what was sent; None only when it is certainly not there, as far as the service can tell.

        Raises OutcomeUnknown when that cannot be told, Limited or Closed as ``publish`` does.
        """

    @abstractmethod
    def would_send(self, post: Post) -> tuple[Message, ...]:
        """All that ``publish`` would send, in order; nothing is sent."""

    def follow(self, sought: Sought) -> Receipt | Processing:
        """What has become of a post that was Processing. Raises Rejected when the far side gave up, OutcomeUnknown."""
        raise NotImplementedError

    def is_live(self, remote_id: str) -> bool:
        """Whether a published post is still public. Raises OutcomeUnknown when that cannot be told."""
        raise NotImplementedError

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Receipt | Processing | Handed:
        """Replace what is public by ``post``, by hand: what lies ready; safe to repeat. Raises as ``publish`` does."""
        raise NotImplementedError

    def withdraw(self, remote_id: str, reason: str) -> None:
        """Take down what is public, by hand: what lies ready; ``reason`` is told where there is a place for it.

        Safe to repeat. Raises as ``publish`` does.
        """
        raise NotImplementedError

    def probe(self) -> Health | None:
        """How the account is; None for a kind without account. Raises Closed, NotSent."""
        return None

    def clock_offset(self) -> timedelta | None:
        """How far the service's clock was ahead of ours at its last answer; None when it has not told."""
        return None

    def tidy(self, today: date) -> bool:
        """Do what the end of a window asks for, such as moving a page to the archive; whether anything changed.

        ``today`` is in the office's zone.
        """
        return False
