"""The channel ``webhook``: a portal of other make, told by signed events (Standard Webhooks 1.0.0)."""

from __future__ import annotations

from datetime import datetime, timedelta

from channels.answers import ChannelFailure, Health, NotSent, OutcomeUnknown, Processing, Receipt, Rejected
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.post import Attachment, Post
from channels.settings import Settings
from channels.webhook.answers import Told
from channels.webhook.event import published, updated, withdrawn
from channels.webhook.portal import Portal
from channels.webhook.settings import WebhookSettings
from channels.wording import kind_and_size, web_link
from loa.core.secrets import MASK

_AGAIN = timedelta(minutes=15)
# A portal that cannot be asked: after a day a person is.
_A_DAY = timedelta(hours=24)


class WebhookChannel(Channel):
    """A portal. It knows a repeated event by its name, so an event whose answer was lost is simply sent again."""

    abilities = WebhookSettings.abilities

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        """Asks for no secret yet."""
        if not isinstance(settings, WebhookSettings):
            raise TypeError(f"not the settings of a webhook: {settings!r}")
        self._settings = settings
        self._now = around.now
        self._sender = around.publisher
        self._portal = Portal(settings, around.secrets, around.now)

    def publish(self, post: Post, steps: Steps) -> Receipt | Processing:
        """Tell the portal of ``post``; Processing while an editor there has to let it out.

        Where the portal can be asked, a success that says nothing is confirmed before it is believed.
        """
        event = published(post, self._sender)
        steps.go_ahead()
        told = self._portal.tell(event)
        if not told.state and self._portal.can_be_asked:
            confirmed = self._confirmed(post.marker)
            if confirmed is None:
                raise OutcomeUnknown("webhook.not_confirmed")
            told = confirmed
        return self._settled(post.marker, told)

    def look_up(self, sought: Sought) -> Receipt | Processing | None:
        """What the portal says of the post; None also where it cannot be asked: sending again does no harm there."""
        told = self._portal.ask(sought.marker) if self._portal.can_be_asked else None
        return None if told is None else self._settled(sought.marker, told)

    def follow(self, sought: Sought) -> Receipt | Processing:
        """What has become of a post that an editor has to let out. Raises Rejected when the portal has given it up."""
        told = self._asked(sought.marker)
        if told is None:  # what it took and forgot may be out there all the same
            raise OutcomeUnknown("webhook.forgotten")
        return self._settled(sought.marker, told)

    def is_live(self, remote_id: str) -> bool:
        """Whether the portal says so. Raises OutcomeUnknown where it cannot be asked."""
        told = self._asked(remote_id)
        return told is not None and told.state == "published"

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Receipt | Processing:
        """Tell the portal that the announcement is now ``post``."""
        _require_known(remote_id)
        event = updated(remote_id, post, self._sender)
        steps.go_ahead()
        return self._settled(remote_id, self._portal.tell(event))

    def withdraw(self, remote_id: str, reason: str) -> None:
        """Tell the portal to take it down. Raises Rejected when the portal does not know it.

        Where the portal can be asked, a success that says nothing is confirmed before it is believed.
        """
        _require_known(remote_id)
        told = self._portal.tell(withdrawn(remote_id, reason, self._now()))
        if not told.state and self._portal.can_be_asked:
            confirmed = self._confirmed(remote_id)
            if confirmed is not None and confirmed.state != "withdrawn":
                raise OutcomeUnknown("webhook.not_confirmed")

    def probe(self) -> Health:
        """Whether the secret can be used, and the portal be asked. Raises Closed, NotSent."""
        try:
            return self._portal.health()
        except OutcomeUnknown as doubt:
            raise NotSent(doubt.reason_key, **doubt.values) from None

    def clock_offset(self) -> timedelta | None:
        """Asked of the portal once: the look-up before the first try asks nothing where sending again does no harm."""
        return self._portal.clock_offset()

    def would_send(self, post: Post) -> tuple[Message, ...]:
        """The event; instead of the bytes of a file, what it is."""
        event = published(post, self._sender, embed=_described)
        headers = {"webhook-id": event.name, "webhook-timestamp": _seconds(self._now()), "webhook-signature": MASK}
        return (Message(what=f"POST {self._settings.url}", fields={**headers, "body": event.body.decode()}),)

    def _confirmed(self, marker: str) -> Told | None:
        """What the portal says of what it has just taken without a word; None when it does not know it after all.

        Raises OutcomeUnknown where it does not say: it was taken, whatever keeps the portal from telling.
        """
        try:
            return self._portal.ask(marker)
        except ChannelFailure:
            raise OutcomeUnknown("webhook.unconfirmed") from None

    def _asked(self, marker: str) -> Told | None:
        """What the portal says of the post. Raises OutcomeUnknown where it cannot be asked."""
        if not self._portal.can_be_asked:
            raise OutcomeUnknown("webhook.not_told")
        return self._portal.ask(marker)

    def _settled(self, marker: str, told: Told) -> Receipt | Processing:
        if told.state == "withdrawn":
            raise Rejected("webhook.withdrawn")
        if told.state == "pending":
            return Processing(again_in=_AGAIN if self._portal.can_be_asked else _A_DAY)
        return Receipt(remote_id=marker, link=web_link(told.url), published_at=self._now())


def _require_known(remote_id: str) -> None:
    """Raise Rejected for a post of which only a person has told."""
    if not remote_id:
        raise Rejected("webhook.unknown_post")


def _described(file: Attachment) -> str:
    return f"({kind_and_size(file.name, file.media_type, len(file.content))})"


def _seconds(moment: datetime) -> str:
    return str(int(moment.timestamp()))
