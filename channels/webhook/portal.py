"""One portal: what is told to it, and what it is asked, both signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from channels.answers import Health, OutcomeUnknown, Rejected
from channels.http import Door
from channels.secret import secret_of
from channels.webhook.answers import Told, refusal_of_event, refusal_of_question, told_by
from channels.webhook.event import Event, name_of
from channels.webhook.settings import WebhookSettings
from channels.webhook.signature import key_in, signed_headers
from loa.core.secrets import Secrets


class Portal:
    """A portal as its operator runs it. Secrets are fetched at each call, so that a new one counts at once."""

    def __init__(self, settings: WebhookSettings, secrets: Secrets, now: Callable[[], datetime]) -> None:
        """Asks for no secret yet."""
        self._settings = settings
        self._secrets = secrets
        self._now = now
        self._door = Door(public_only=settings.public_only())

    @property
    def can_be_asked(self) -> bool:
        """Whether it tells what became of an event."""
        return self._settings.status_url is not None

    def tell(self, event: Event) -> Told:
        """What the portal says to ``event``, sent once. Raises as ``Channel.publish``."""
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
        if not 200 <= answer.status < 300:
            raise refusal_of_event(answer, can_be_asked=self.can_be_asked)
        return told_by(answer)

    def ask(self, marker: str) -> Told | None:
        """What the portal says of the event that published ``marker``; None when it says that it never took that.

        Raises Closed, Limited and Unreachable, and OutcomeUnknown for every other answer: a question that is refused
        says nothing of the post.
        """
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
        if not 200 <= answer.status < 300:
            raise refusal_of_question(answer)
        told = told_by(answer)
        if not told.state:
            raise OutcomeUnknown("webhook.unreadable")
        return told

    def health(self) -> Health:
        """Whether the secret can be used, and the portal be asked. Raises as ``ask``."""
        self._keys()
        if self.can_be_asked:
            self.ask("probe")
        offset = self._door.offset
        return Health(
            account=urlsplit(self._settings.url).netloc,
            server_time=None if offset is None else self._now() + offset,
        )

    def clock_offset(self) -> timedelta | None:
        """How far its clock is ahead of ours; where no answer has told it yet, it is asked once."""
        address = self._settings.status_url or self._settings.url
        return self._door.offset_at(address, now=self._now(), timeout=self._settings.timeout)

    def _keys(self) -> list[bytes]:
        """Of every secret that may be in use. Raises Closed."""
        return [key_in(secret_of(self._secrets, name)) for name in self._settings.secret_names()]
