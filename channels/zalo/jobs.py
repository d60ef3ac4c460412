"""The jobs that make articles: a token each, asked again and again until it has become an article or has failed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from channels.answers import NotSent, OutcomeUnknown, Processing, Rejected
from channels.base import Sought, Steps
from channels.post import Post
from channels.zalo.api import GoAhead, OpenApi, nobody_stops
from channels.zalo.articles import Fields
from channels.zalo.errors import INVALID, MEDIA_FAILED, PROCESSING, Meaning, ZaloRefusal
from channels.zalo.finding import find_article
from channels.zalo.notes import Note, Notes

# Steps of a publication.
TOKEN = "token"  # noqa: S105 - of the job, not of the account: it opens nothing
_CONTENT = "content"  # hash of the words and pictures that the job has
_SPARE = "fallback"  # the article once more, without the pictures that may fail, and the hash of what it was made from

CREATE, UPDATE, VERIFY = "/v2.0/article/create", "/v2.0/article/update", "/v2.0/article/verify"
FIRST_LOOK, LAST_PAUSE = timedelta(seconds=5), timedelta(hours=2)
# A job may hang for hours and still end. After a day a person is asked.
GIVE_UP = timedelta(hours=24)
_TRIES = 8  # most jobs end within seconds

# What the notes say of a second job, under the token of the first.
_ASKED, _ACCEPTED, _REFUSED = "second job asked", "second job accepted", "second job refused"


def note_job(steps: Steps, post: Post, spare: Fields | None) -> None:
    """A new job for ``post`` is about to be begun, and ``spare`` is what may be sent if its pictures fail.

    What earlier tries noted no longer counts: neither their job, which came to nothing, nor their words.
    """
    content = post.content_sha256()
    noted = {TOKEN: "", _CONTENT: content, _SPARE: _json({"content": content, "article": spare}) if spare else ""}
    for name, value in noted.items():
        if (steps.get(name) or "") != value:
            steps.save(name, value)


def _spare(steps: Mapping[str, str]) -> Fields | None:
    """What may be sent in the place of the job whose pictures failed; nothing that was made from other words."""
    noted = json.loads(steps.get(_SPARE) or "{}")
    return noted["article"] if noted and noted["content"] == steps.get(_CONTENT) else None


class Jobs:
    """The jobs of one account."""

    def __init__(self, api: OpenApi, notes: Notes, now: Callable[[], datetime]) -> None:
        self._api = api
        self._notes = notes
        self._now = now

    def begin(self, path: str, fields: Fields, go_ahead: GoAhead = nobody_stops) -> str:
        """The token of a new job: CREATE or UPDATE.

        Raises as ``OpenApi.act``, and OutcomeUnknown when Zalo took it and gave no token: the job may run.
        """
        data = self._api.act(path, fields, go_ahead)
        if not isinstance(token := data.get("token"), str) or not token:
            raise OutcomeUnknown("zalo.no_token")
        return token

    def awaited(self, token: str, *, pause: float) -> str:
        """The article's id, asked for a few times, so many seconds apart; empty when the job takes longer.

        For jobs that may be repeated. Raises ZaloRefusal for one that failed, and as ``OpenApi.act``.
        """
        for _ in range(_TRIES):
            if done := self._verified(token):
                return done
            time.sleep(pause)
        return ""

    def end(self, sought: Sought) -> str | Processing:
        """The article's id, or that Zalo still works on it.

        Raises Rejected when the pictures failed and there is nothing left to try, OutcomeUnknown after a day of work
        or when the job is not known, what ``OpenApi.act`` raises, and ``sought.go_ahead`` before a second job.
        """
        if not (first := sought.steps.get(TOKEN)):
            raise OutcomeUnknown("zalo.no_token")
        second = self._notes.last(first)
        if second is not None and second.what == _ASKED:
            return self._listed(sought)
        try:
            done = self._verified(_token(first, second))
        except ZaloRefusal as refusal:
            if refusal.code == MEDIA_FAILED:
                return self._try_without_pictures(sought, second, refusal)
            if refusal.code == INVALID:  # Zalo no longer knows the job
                return self._listed(sought)
            raise
        return done or self._still(sought)

    def has_failed(self, first: str) -> bool:
        """Whether a job, and the second one if there was one, certainly came to nothing. Raises as ``OpenApi.act``."""
        second = self._notes.last(first)
        if second is not None and second.what == _ASKED:
            return False
        try:
            self._verified(_token(first, second))
        except ZaloRefusal as refusal:
            if refusal.code != MEDIA_FAILED:
                raise
            return True
        return False

    def _verified(self, token: str) -> str:
        """The id of the article of a job; empty while it runs. Raises ZaloRefusal for a job that failed."""
        try:
            data = self._api.act(VERIFY, {"token": token})
        except ZaloRefusal as refusal:
            if refusal.code == PROCESSING:
                return ""
            raise
        found = data.get("id", data.get("article_id", ""))
        if not isinstance(found, str):
            raise OutcomeUnknown("zalo.no_answer", status=200)
        return found

    def _still(self, sought: Sought) -> Processing:
        """Asked again in pauses that grow with the time it has taken."""
        taken = self._now() - sought.since
        if taken > GIVE_UP:
            raise OutcomeUnknown("zalo.still_processing")
        return Processing(again_in=min(max(taken / 2, FIRST_LOOK), LAST_PAUSE))

    def _listed(self, sought: Sought) -> str:
        """The id of the article as the list has it. Raises OutcomeUnknown when it is not there."""
        found = find_article(self._api, sought)
        if found is None:
            raise OutcomeUnknown("zalo.job_unknown")
        return str(found["id"])

    def _try_without_pictures(self, sought: Sought, second: Note | None, refusal: ZaloRefusal) -> str | Processing:
        """Begin the second job, once; noted before, because an answer that is lost must not lead to a third."""
        spare = _spare(sought.steps)
        is_over = sought.until is not None and self._now() >= sought.until
        if spare is None or is_over or (second is not None and second.what == _ACCEPTED):
            raise Rejected("zalo.media", text=refusal.text)
        if (found := find_article(self._api, sought)) is not None:  # a failed job should leave none
            return str(found["id"])
        first = sought.steps[TOKEN]
        sought.go_ahead()  # here too, so that a pause of hours leaves no notes
        self._notes.add(first, _ASKED, now=self._now())
        try:
            token = self.begin(CREATE, spare, sought.go_ahead)
        except NotSent:
            self._notes.add(first, _REFUSED, now=self._now())
            raise
        except ZaloRefusal as again:
            if again.meaning is not Meaning.DOUBT:
                self._notes.add(first, _REFUSED, now=self._now())
            raise again.failure_of_post() from None
        self._notes.add(first, _ACCEPTED, token, now=self._now())
        return Processing(again_in=FIRST_LOOK)


def _token(first: str, second: Note | None) -> str:
    """The token to ask for: of the second job, once there is one."""
    return second.value if second is not None and second.what == _ACCEPTED else first


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
