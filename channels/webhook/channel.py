"""The channel ``webhook``: a portal of other make, told by signed events (Standard Webhooks 1.0.0)."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from channels.answers import Health, NotSent, OutcomeUnknown, Processing, Receipt, Rejected
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.http import Answer, Door
from channels.post import Attachment, Post
from channels.settings import Settings
from channels.webhook.answers import Told, failure_of, told_by
from channels.webhook.event import Event, name_of, published, updated, withdrawn
from channels.webhook.settings import WebhookSettings
from channels.webhook.signature import key_in, signed_headers
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
        self._secrets = around.secrets
        self._now = around.now
        self._sender = around.publisher
        self._door = Door(public_only=settings.public_only())

    def publish(self, post: Post, steps: Steps) -> Receipt | Processing:
        """Tell the portal of ``post``; Processing while an editor there has to let it out.

        Where the portal can be asked, a success that says nothing is confirmed before it is believed.
        """
        return self._settle(post.marker, self._told(published(post, self._sender)))

    def look_up(self, sought: Sought) -> Receipt | Processing | None:
        """What the portal says of the post; None also where it cannot be asked: sending again does no harm there."""
        if self._settings.status_url is None:
            return None
        told = self._status(sought.marker)
        return None if told is None else self._settle(sought.marker, told)

    def follow(self, sought: Sought) -> Receipt | Processing:
        """What has become of a post that an editor has to let out. Raises Rejected when the portal has given it up."""
        if self._settings.status_url is None:
            raise OutcomeUnknown("webhook.not_told")
        told = self._status(sought.marker)
        if told is None:
            raise Rejected("webhook.withdrawn")
        return self._settle(sought.marker, told)

    def is_live(self, remote_id: str) -> bool:
        """Whether the portal says so. Raises OutcomeUnknown where it cannot be asked."""
        if self._settings.status_url is None:
            raise OutcomeUnknown("webhook.not_told")
        told = self._status(remote_id)
        return told is not None and told.state == "published"

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Receipt | Processing:
        """Tell the portal that the announcement is now ``post``."""
        _require_known(remote_id)
        told = self._told(updated(remote_id, post, self._sender))
        return self._receipt(remote_id, told) if told.state != "pending" else self._waiting()

    def withdraw(self, remote_id: str, reason: str) -> None:
        """Tell the portal to take it down. Raises Rejected when the portal does not know it.

        Where the portal can be asked, a success that says nothing is confirmed before it is believed.
        """
        _require_known(remote_id)
        told: Told | None = self._told(withdrawn(remote_id, reason, self._now()))
        if told is not None and not told.state and self._settings.status_url is not None:
            told = self._status(remote_id)
            if told is not None and told.state != "withdrawn":
                raise OutcomeUnknown("webhook.not_confirmed")

    def probe(self) -> Health:
        """Whether the secret can be used, and the portal be asked. Raises Closed, NotSent."""
        self._keys()
        try:
            if self._settings.status_url is not None:
                self._status("probe")
        except OutcomeUnknown as doubt:
            raise NotSent(doubt.reason_key, **doubt.values) from None
        offset = self._door.offset
        return Health(
            account=urlsplit(self._settings.url).netloc,
            server_time=None if offset is None else self._now() + offset,
        )

    def clock_offset(self) -> timedelta | None:
        return self._door.offset

    def would_send(self, post: Post) -> tuple[Message, ...]:
        """The event; instead of the bytes of a file, what it is."""
        event = published(post, self._sender, embed=_described)
        headers = {"webhook-id": event.name, "webhook-timestamp": _seconds(self._now()), "webhook-signature": MASK}
        return (Message(what=f"POST {self._settings.url}", fields={**headers, "body": event.body.decode()}),)

    def _told(self, event: Event) -> Told:
        """What the portal says to ``event``, sent once. Raises as ``publish``."""
        body = event.body
        headers = signed_headers(event.name, body, self._keys(), self._now())
        answer = self._door.send(
            "POST",
            self._settings.url,
            now=self._now(),
            timeout=self._settings.timeout,
            data=body,
            headers={**headers, "Content-Type": "application/json"},
        )
        if answer.status == 404 and event.type != "announcement.published":
            raise Rejected("webhook.unknown_post")
        return _success(answer)

    def _status(self, marker: str) -> Told | None:
        """What the portal says of the event that published ``marker``; None when it never took that."""
        event = name_of(marker)
        answer = self._door.ask(
            str(self._settings.status_url),
            now=self._now(),
            timeout=self._settings.timeout,
            params={"id": event},
            headers=signed_headers(event, b"", self._keys(), self._now()),
        )
        if answer.status == 404 and not answer.body.lstrip().startswith(b"<"):
            return None
        told = _success(answer)
        if not told.state:
            raise OutcomeUnknown("webhook.unreadable")
        return told

    def _settle(self, marker: str, told: Told) -> Receipt | Processing:
        if not told.state and self._settings.status_url is not None:
            confirmed = self._status(marker)
            if confirmed is None:
                raise OutcomeUnknown("webhook.not_confirmed")
            told = confirmed
        if told.state == "withdrawn":
            raise Rejected("webhook.withdrawn")
        return self._waiting() if told.state == "pending" else self._receipt(marker, told)

    def _receipt(self, marker: str, told: Told) -> Receipt:
        return Receipt(remote_id=marker, link=web_link(told.url), published_at=self._now())

    def _waiting(self) -> Processing:
        return Processing(again_in=_AGAIN if self._settings.status_url else _A_DAY)

    def _keys(self) -> list[bytes]:
        """Of every secret that may be in use. Raises Closed, or LoaError for one that is missing."""
        return [key_in(self._secrets.require(name)) for name in self._settings.secret_names()]


def _success(answer: Answer) -> Told:
    if 200 <= answer.status < 300:
        return told_by(answer)
    raise failure_of(answer)


def _require_known(remote_id: str) -> None:
    """Raise Rejected for a post of which only a person has told."""
    if not remote_id:
        raise Rejected("webhook.unknown_post")


def _described(file: Attachment) -> str:
    return f"({kind_and_size(file.name, file.media_type, len(file.content))})"


def _seconds(moment: datetime) -> str:
    return str(int(moment.timestamp()))
