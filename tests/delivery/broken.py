"""Builds that are broken on purpose, each in the one way that its name says; called in the process that posts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from os import getpid
from typing import Any

from channels.answers import ChannelFailure, OutcomeUnknown, Receipt
from channels.base import Channel
from channels.facebook.channel import FacebookChannel
from channels.http import Answer, Door
from channels.post import Post
from channels.webhook import channel as webhook
from channels.webhook.channel import WebhookChannel
from channels.wordpress.channel import WordPressChannel
from channels.zalo.channel import ZaloChannel
from loa.core.secrets import Secrets
from loa.delivery import deliver
from loa.delivery.going_ahead import LedgerSteps
from loa.delivery.outcome import Outcome, Result
from loa.delivery.settling import Desk, settle_answer
from loa.ledger import queries
from loa.ledger.model import Claim, State
from loa.ledger.store import Ledger

_TRIES = 4
_CHANNELS: tuple[type[Channel], ...] = (FacebookChannel, ZaloChannel, WordPressChannel, WebhookChannel)


def no_settling() -> None:
    """What is in doubt is looked up at once, and what is not there yet is sent again."""
    for channel in _CHANNELS:
        doubt = replace(channel.abilities.doubt, settle=timedelta(0), looks=(), resend=True)
        channel.abilities = replace(channel.abilities, doubt=doubt)


def client_retries() -> None:
    """A request that got no answer, or an error, is simply sent again."""
    real: Callable[..., Answer] = Door.send

    def send(door: Door, *arguments: Any, **named: Any) -> Answer:
        for _ in range(_TRIES - 1):
            try:
                answer = real(door, *arguments, **named)
            except OutcomeUnknown:
                continue
            if answer.status < 500:
                return answer
        return real(door, *arguments, **named)

    setattr(Door, "send", send)  # noqa: B010 - types would rightly object


def mark_before_send() -> None:
    """Noted as published first, then sent, come what may."""

    def send(desk: Desk, claim: Claim, post: Post) -> Outcome:
        settle_answer(desk, claim, Receipt(remote_id="?", link="", published_at=desk.now()))
        try:
            desk.channel.publish(post, LedgerSteps(desk, replace(claim, state=State.PUBLISHED)))
        except ChannelFailure:
            return desk.outcome(Result.UNKNOWN)
        return desk.outcome(Result.PUBLISHED)

    vars(deliver)["_send"] = send
    for channel in _CHANNELS:
        setattr(channel, "is_live", lambda *_: True)  # noqa: B010 - nobody looks whether it is true


def no_intent() -> None:
    """Nothing is on disk when the first byte leaves."""

    def begin(_ledger: Ledger, claim: Claim, *_: Any, **__: Any) -> Claim:
        return claim

    def keep_nothing(*_: Any, **__: Any) -> None:
        return None

    Ledger.begin_attempt = begin  # type: ignore[assignment, method-assign]  # that is the breaking
    Ledger.save_steps = keep_nothing  # type: ignore[method-assign]  # that is the breaking


def no_fence() -> None:
    """Whoever comes late writes all the same."""
    known = queries._queries()
    for name in ("move", "save_steps", "renew"):
        known[name] = known[name].replace(" AND fence = :fence AND state = :state", "")


def new_names() -> None:
    """A portal is told of every try as if it were another event."""
    numbers, real = count(), vars(webhook)["published"]

    def published(*arguments: Any, **named: Any) -> Any:
        event = real(*arguments, **named)
        return replace(event, name=f"{event.name}-{getpid()}-{next(numbers)}")

    setattr(webhook, "published", published)  # noqa: B010 - types would rightly object


def forgotten_tokens() -> None:
    """New tokens of an account are used, and not kept."""

    def store(*_: object) -> None:
        return None

    setattr(Secrets, "store", store)  # noqa: B010 - that is the breaking
