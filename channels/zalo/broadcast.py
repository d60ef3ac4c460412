"""Telling every follower of an article: once or not at all, and never at night."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from channels.answers import NotSent, OutcomeUnknown
from channels.zalo.api import Data, GoAhead, OpenApi
from channels.zalo.errors import Meaning, ZaloRefusal
from channels.zalo.notes import Note, Notes
from channels.zalo.settings import ZaloSettings

log = logging.getLogger(__name__)

# Zalo does not say whose hours it means; its followers live here.
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PATH = "/v2.0/oa/message"
# After a refusal that passes by itself: too many requests this minute, or a clock that sees night where ours does not.
_WAITS = {Meaning.RATE: timedelta(minutes=1), Meaning.NIGHT: timedelta(hours=1)}
_ABOUT = "broadcast "
_REMEMBERED = timedelta(days=7)  # so long a person is told of one that did not go as it should

# What the notes say of a broadcast. ASKED without anything after it: nobody knows, and it is never sent again.
_ASKED, _ACCEPTED, _REFUSED, _LEFT, _AGAIN = "asked", "accepted", "refused", "left", "not sent"
_WARNINGS = {_ASKED: "zalo.broadcast_doubt", _REFUSED: "zalo.broadcast_refused", _LEFT: "zalo.broadcast_left"}


class Broadcasts:
    """The broadcasts of one account. Its notes outlive the ledger: a restored backup does not tell everybody twice."""

    def __init__(self, settings: ZaloSettings, api: OpenApi, notes: Notes, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._api = api
        self._notes = notes
        self._now = now

    def tell(self, article_id: str, *, until: datetime, go_ahead: GoAhead) -> timedelta | None:
        """Tell all followers before ``until``; None when that is done with, else how long to wait before asking again.

        What becomes of it is noted and logged: the article is out there in any case. Raises NotSent, what the account
        lacks, and what ``go_ahead`` raises, when the broadcast was not asked for.
        """
        subject = f"{_ABOUT}{article_id}"
        before = self._notes.last(subject)
        if before is not None and before.what != _AGAIN:
            return None
        wait = self._until_open()
        if self._now() + wait >= until:
            log.warning("The time for it is over: followers are not told.", extra={"article": article_id})
            return None
        if wait:
            return wait
        go_ahead()  # here too, so that a pause of hours leaves no notes
        self._notes.add(subject, _ASKED, now=self._now())
        try:
            data: Data = self._api.act(PATH, message(article_id), go_ahead)
        except ZaloRefusal as refusal:
            return self._refused(subject, refusal)
        except NotSent:
            self._notes.add(subject, _AGAIN, now=self._now())
            raise
        except OutcomeUnknown:
            data = {}
        if isinstance(identifier := data.get("message_id"), str):
            self._notes.add(subject, _ACCEPTED, identifier, now=self._now())
        else:
            _log_doubt(subject)
        return None

    def leave(self, article_id: str) -> None:
        """Tell nobody of an article that was found in the list: whoever put it there may have told them."""
        subject = f"{_ABOUT}{article_id}"
        if self._notes.last(subject) is None:
            self._notes.add(subject, _LEFT, now=self._now())
            log.warning("An article was found, not made; its followers were not told.", extra={"article": article_id})

    def warnings(self) -> tuple[str, ...]:
        """Keys of sentences about broadcasts of the last days that a person should look at."""
        newest: dict[str, Note] = {note.subject: note for note in self._notes.all() if note.subject.startswith(_ABOUT)}
        recent = [note for note in newest.values() if self._now() - note.time < _REMEMBERED]
        return tuple(key for what, key in _WARNINGS.items() if any(note.what == what for note in recent))

    def _refused(self, subject: str, refusal: ZaloRefusal) -> timedelta | None:
        if refusal.meaning is Meaning.DOUBT:
            _log_doubt(subject)
            return None
        if wait := _WAITS.get(refusal.meaning):
            self._notes.add(subject, _AGAIN, now=self._now())
            return wait
        self._notes.add(subject, _REFUSED, str(refusal.code), now=self._now())
        log.warning("Zalo refused a broadcast.", extra={"code": refusal.code, "zalo": refusal.text})
        return None

    def _until_open(self) -> timedelta:
        """How long until followers may be told; nothing when it is now."""
        now = self._now().astimezone(ZONE)
        start, end = self._settings.broadcast_from, self._settings.broadcast_until
        if start <= now.time() < end:
            return timedelta(0)
        opening = datetime.combine(now.date(), start, ZONE)
        return (opening if now < opening else opening + timedelta(days=1)) - now


def _log_doubt(subject: str) -> None:
    log.warning("Nobody knows whether followers were told; they are not told again.", extra={"zalo": subject})


def message(article_id: str) -> dict[str, object]:
    """The request that tells all followers of one article."""
    payload = {"template_type": "media", "elements": [{"media_type": "article", "attachment_id": article_id}]}
    return {"recipient": {"target": {}}, "message": {"attachment": {"type": "template", "payload": payload}}}
