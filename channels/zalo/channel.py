"""The channel ``zalo``: articles of a Zalo Official Account, and where the office wants it a broadcast of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from channels.answers import Closed, Health, Limited, OutcomeUnknown, Processing, Receipt, Rejected
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.http import Door
from channels.post import Post
from channels.settings import Settings
from channels.zalo.api import Data, OpenApi
from channels.zalo.articles import Fields, article, without_pictures
from channels.zalo.broadcast import PATH as BROADCAST
from channels.zalo.broadcast import Broadcasts, message
from channels.zalo.custody import Custody
from channels.zalo.errors import INVALID, MEDIA_FAILED, ZaloRefusal
from channels.zalo.finding import created_at, find_article, is_hidden, require_shown
from channels.zalo.jobs import CREATE, FIRST_LOOK, GIVE_UP, TOKEN, UPDATE, VERIFY, Jobs, note_job
from channels.zalo.notes import Notes
from channels.zalo.oauth import OAuth
from channels.zalo.settings import ZaloSettings
from channels.zalo.tokens import REFRESH_LIFE
from loa.core.secrets import MASK
from loa.core.text import slug

_REMOVE, _DETAIL, _LIST = "/v2.0/article/remove", "/v2.0/article/getdetail", "/v2.0/article/getslice"
_ACCOUNT = "/v2.0/oa/getoa"
_FIELDS = ("type", "title", "author", "description", "cover", "body", "comment")  # of an article, but for its status
_CORRECTS = "corrects"  # the step of a correction: its article is out there, and nobody is told a second time


class ZaloChannel(Channel):
    """One Official Account.

    Zalo takes an article as a job and gives its token; only ``follow`` learns what became of it. Nothing in Zalo's
    interface makes a repeated ``create`` harmless, so a token that was received is never given up for a new one.
    """

    abilities = ZaloSettings.abilities

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        """Opens nothing: secrets are asked for when they are needed."""
        if not isinstance(settings, ZaloSettings):
            raise TypeError(f"not the settings of an Official Account: {settings!r}")
        self._settings = settings
        if settings.resend_after:
            self.abilities = replace(self.abilities, doubt=settings.doubt)
        self._now = around.now
        self._door = Door()
        self._pause = settings.timeout / 10  # seconds between questions about a correction
        self._custody = Custody(settings, around.secrets, OAuth(settings, self._door), around.now)
        self._api = OpenApi(settings, self._custody, self._door, around.now)
        host = urlsplit(settings.openapi).netloc
        notes = Notes(around.workspace / "state" / f"zalo-{slug(f'{host}-{settings.oa_id}')}.jsonl")
        self._jobs = Jobs(self._api, notes, around.now)
        self._broadcasts = Broadcasts(settings, self._api, notes, around.now)

    def publish(self, post: Post, steps: Steps) -> Processing:
        """Hand an article to Zalo; what becomes of it is told by ``follow``. A job that may still end is not repeated.

        Raises Rejected for what Zalo does not take, Closed for a right, a package or a consent that is missing,
        Limited, NotSent, Unreachable, OutcomeUnknown.
        """
        fields = article(post, self._settings)
        if token := steps.get(TOKEN):
            with _asking():
                if not self._jobs.has_failed(token):
                    return Processing(again_in=FIRST_LOOK)
        note_job(steps, post, self._spare(fields))
        with _posting():
            token = self._jobs.begin(CREATE, fields, steps.go_ahead)
        steps.save(TOKEN, token)  # on disk before anything else happens
        return Processing(again_in=FIRST_LOOK)

    def look_up(self, sought: Sought) -> Receipt | Processing | None:
        """What is public of it: the job's end where its token is known, else the article of the list.

        Raises Rejected for a job that failed and for an article that was hidden, besides what every look-up raises.
        """
        if sought.steps.get(TOKEN):
            return self.follow(sought)
        with _asking():
            found = find_article(self._api, sought)
            if found is not None and self._settings.broadcast:
                self._broadcasts.leave(found["id"])
        return self._receipt(found) if found is not None else None

    def follow(self, sought: Sought) -> Receipt | Processing:
        """What became of an article that Zalo took. An article whose pictures fail gets one more try without them.

        Raises Rejected when they fail and there is no cover of the office, or when it was hidden meanwhile,
        OutcomeUnknown when Zalo still works on it after a day, or cannot tell.
        """
        with _asking():
            done = self._jobs.end(sought)
            if isinstance(done, Processing):
                return done
            detail = {**self._api.read(_DETAIL, id=done), "id": done}
        require_shown(detail)
        if self._settings.broadcast and _CORRECTS not in sought.steps:
            until = min(filter(None, (sought.since + GIVE_UP, sought.until)))
            if wait := self._broadcasts.tell(done, until=until, go_ahead=sought.go_ahead):
                return Processing(again_in=wait)
        return self._receipt(detail)

    def would_send(self, post: Post) -> tuple[Message, ...]:
        """The article, and the broadcast where there is one. Raises Rejected as ``publish``."""
        fields = article(post, self._settings)
        shown = {name: value if isinstance(value, str) else _json(value) for name, value in fields.items()}
        messages = [self._message(CREATE, shown), self._message(VERIFY, {TOKEN: "…"})]
        if self._settings.broadcast:
            messages.append(self._message(BROADCAST, {name: _json(part) for name, part in message("…").items()}))
        return tuple(messages)

    def is_live(self, remote_id: str) -> bool:
        """Whether the article is there and shown."""
        with _asking():
            detail = self._detail(remote_id)
        return detail is not None and not is_hidden(detail)

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Receipt | Processing:
        """Replace the article under its address, without pictures if they fail; followers are not told again."""
        fields = {**article(post, self._settings), "id": remote_id}
        steps.save(_CORRECTS, remote_id)
        note_job(steps, post, None)  # if it is followed: nothing is ever made in its place
        text = ""
        for version in (fields, self._spare(fields)):
            if version is not None:
                try:
                    return self._replace(version, steps)
                except ZaloRefusal as refusal:
                    if refusal.code != MEDIA_FAILED:
                        raise refusal.failure_of_post() from None
                    text = refusal.text
        raise Rejected("zalo.media", text=text)

    def withdraw(self, remote_id: str, reason: str) -> None:
        """Take the article down, or hide it as the settings say; one that is gone already stays gone."""
        with _refusing():
            if self._settings.withdraw_by == "remove":
                self._remove(remote_id)
            else:
                self._hide(remote_id)

    def probe(self) -> Health:
        """The account as Zalo tells of it. Raises Closed for another than ours, or one without right to articles."""
        with _refusing():
            account = self._api.read(_ACCOUNT)
            self._api.read(_LIST, offset="0", limit="1", type="normal")
        found = account.get("oaid", account.get("oa_id"))
        if str(found) != self._settings.oa_id:
            raise Closed("zalo.other_account", expected=self._settings.oa_id, found=str(found)[:40])
        warnings = () if account.get("is_verified", True) is True else ("zalo.verified",)
        offset = self._door.offset
        return Health(
            account=str(account.get("name", ""))[:160],
            expires_at=self._custody.tokens().issued_at + REFRESH_LIFE,
            server_time=self._now() + offset if offset is not None else None,
            warnings=(*warnings, *self._broadcasts.warnings()),
        )

    def clock_offset(self) -> timedelta | None:
        """As seen at the last answer."""
        return self._door.offset

    def _spare(self, fields: Fields) -> Fields | None:
        """The article with the cover of the office alone; None where there is none, or it has no other picture."""
        return without_pictures(fields, self._settings.cover) if self._settings.cover else None

    def _replace(self, fields: Fields, steps: Steps) -> Receipt | Processing:
        """Raises ZaloRefusal, also for a job that failed."""
        token = self._jobs.begin(UPDATE, fields)
        steps.save(TOKEN, token)
        done = self._jobs.awaited(token, pause=self._pause)
        return (
            self._receipt({**self._api.read(_DETAIL, id=done), "id": done}) if done else Processing(again_in=FIRST_LOOK)
        )

    def _remove(self, article_id: str) -> None:
        try:
            self._api.act(_REMOVE, {"id": article_id})
        except ZaloRefusal:
            if self._detail(article_id) is not None:
                raise

    def _hide(self, article_id: str) -> None:
        """Raises OutcomeUnknown when Zalo is still at it."""
        detail = self._detail(article_id)
        if detail is None or is_hidden(detail):
            return
        kept = {name: detail[name] for name in _FIELDS if name in detail}
        token = self._jobs.begin(UPDATE, {**kept, "id": article_id, "status": "hide"})
        if not self._jobs.awaited(token, pause=self._pause):
            raise OutcomeUnknown("zalo.still_hiding")

    def _detail(self, article_id: str) -> Data | None:
        """Everything about an article; None when there is none. Raises as ``OpenApi.read``."""
        try:
            return self._api.read(_DETAIL, id=article_id)
        except ZaloRefusal as refusal:
            if refusal.code == INVALID:
                return None
            raise

    def _receipt(self, detail: Data) -> Receipt:
        link = detail.get("link_view")
        return Receipt(
            remote_id=detail["id"],
            link=link if isinstance(link, str) else "",
            published_at=created_at(detail) or self._now(),
        )

    def _message(self, path: str, fields: dict[str, str]) -> Message:
        return Message(what=f"POST {self._settings.openapi}{path}", fields={"access_token": MASK, **fields})


@contextmanager
def _posting() -> Iterator[None]:
    """A refusal of a post becomes its failure."""
    try:
        yield
    except ZaloRefusal as refusal:
        raise refusal.failure_of_post() from None


@contextmanager
def _refusing() -> Iterator[None]:
    """A refusal of anything else becomes a failure too."""
    try:
        yield
    except ZaloRefusal as refusal:
        raise refusal.failure() from None


@contextmanager
def _asking() -> Iterator[None]:
    """A question that is refused leaves open what was asked, unless the whole account is limited or closed."""
    try:
        yield
    except ZaloRefusal as refusal:
        failure = refusal.failure()
        if isinstance(failure, Limited | Closed | OutcomeUnknown):
            raise failure from None
        raise OutcomeUnknown(failure.reason_key, **failure.values) from None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
