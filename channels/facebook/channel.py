"""The channel ``facebook``: a Page, through the Graph API."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from channels.answers import ChannelFailure, Health, Limited, NotSent, OutcomeUnknown, Receipt
from channels.base import Channel, Message, Sought, Steps, Surroundings
from channels.facebook.composing import calls_for, message_of
from channels.facebook.finding import Found, Wanted, published_since, read_moment
from channels.facebook.health import probe
from channels.facebook.page import Page, require_success
from channels.facebook.publishing import Publication
from channels.facebook.settings import FacebookSettings
from channels.facebook.trail import Traces, Trail
from channels.post import Post
from channels.settings import Settings
from channels.wording import titled

log = logging.getLogger(__name__)

# Facebook dates a post when it begins to work on it, and that may take a while.
_BEFORE, _AFTER = timedelta(minutes=2), timedelta(minutes=10)
_STATE = "id,is_published,created_time,permalink_url"


class FacebookChannel(Channel):
    """A Page. One call of each try makes something public, and is sent once.

    Pictures are uploaded before it without being shown; Meta forgets those that no post takes after a day.
    """

    abilities = FacebookSettings.abilities

    def __init__(self, name: str, settings: Settings, around: Surroundings) -> None:
        """Asks for no secret yet."""
        if not isinstance(settings, FacebookSettings):
            raise TypeError(f"not the settings of a Facebook Page: {settings!r}")
        self._settings = settings
        self._now = around.now
        self._page = Page(settings, around.secrets, around.now)
        self._is_twice = False

    def publish(self, post: Post, steps: Steps) -> Receipt:
        """Make ``post`` public. Raises as every channel does, and Limited while the budget is nearly used up."""
        if pause := self._page.graph.pause():
            raise Limited("facebook.nearly_limited", wait=pause, minutes=-(-pause // timedelta(minutes=1)))
        trail = Trail(steps)
        if trail.was_sent() and (earlier := self._sent_earlier(post, trail)):
            return earlier
        publication = Publication(page=self._page, post=post, trail=trail, now=self._now)
        if self._settings.publish_mode == "two_step":
            remote_id = publication.publish_in_two_steps()
        else:
            remote_id = publication.publish()
        trail.note_post(remote_id)
        return self._receipt(remote_id)

    def look_up(self, sought: Sought) -> Receipt | None:
        """The post by its id, where a try came to know one, else the one in the list of the Page that is like it.

        A post of another occurrence is never the one. Raises as every channel does; OutcomeUnknown also when the list
        cannot be read whole.
        """
        traces = Traces.of(sought.steps)
        for remote_id in (post for post in traces.posts if post not in sought.others):
            state = self._page.find(remote_id, _STATE)
            if state is not None and _is_published(state):
                return _receipt(remote_id, state, self._now())
        matches = self._matches(sought, traces)
        if len(matches) > 1:
            self._is_twice = True
            log.warning("A Page shows more than one post like ours.", extra={"posts": [post.id for post in matches]})
        if not matches:
            return None
        best = matches[0]
        return Receipt(remote_id=best.id, link=best.link or _link(best.id), published_at=best.created)

    def would_send(self, post: Post) -> tuple[Message, ...]:
        """Every call with its fields. Raises Rejected for a post that cannot be sent."""
        return calls_for(
            post,
            root=self._page.graph.root,
            page=self._page.id,
            in_two_steps=self._settings.publish_mode == "two_step",
            proved=self._settings.app_secret_env is not None,
        )

    def is_live(self, remote_id: str) -> bool:
        """Whether the post is there and published. Raises as ``look_up`` does."""
        state = self._page.find(remote_id, _STATE)
        return state is not None and _is_published(state)

    def correct(self, remote_id: str, post: Post, steps: Steps) -> Receipt:
        """Replace the text; Facebook lets nobody change pictures or the preview of a link. Raises as ``publish``."""
        in_text = bool(post.pictures) or Trail(steps).link_in_text()
        message = message_of(post, link_in_text=in_text)
        require_success(self._page.write(remote_id, {"message": message}))
        return self._receipt(remote_id)

    def withdraw(self, remote_id: str, reason: str) -> None:
        """Delete the post; that it is gone already is as good. There is no place for ``reason``."""
        self._page.remove(remote_id)

    def probe(self) -> Health:
        """How the account is. Raises Closed, Limited or NotSent."""
        health = probe(self._page, app_id=self._settings.app_id, now=self._now())
        return replace(health, warnings=(*health.warnings, "facebook.twice")) if self._is_twice else health

    def clock_offset(self) -> timedelta | None:
        """By the header ``Date`` of the last answer."""
        return self._page.graph.door.offset

    def _sent_earlier(self, post: Post, trail: Trail) -> Receipt | None:
        """What an earlier try made public after all, whatever it was told. Raises NotSent when that cannot be seen.

        Known by its numbers and its link: the same words may be those of another occurrence, and whoever publishes
        has looked for words before.
        """
        sought = Sought(
            marker=post.marker,
            title="",
            text="",
            page=post.page,
            since=self._now(),
            steps=trail.noted(post),
        )
        try:
            return self.look_up(sought)
        except OutcomeUnknown as unknown:
            raise NotSent(unknown.reason_key, **unknown.values) from None

    def _matches(self, sought: Sought, traces: Traces) -> list[Found]:
        """The posts within the time in question that are like the one sought, the likest first."""
        wanted = Wanted(
            text=titled(sought.title, sought.text),
            page=sought.page,
            marker=sought.marker,
            photos=traces.photos,
            app=self._settings.app_id or "",
        )
        like = {
            post: likeness
            for post in published_since(self._page.id, lambda: self._start(sought, traces), self._page.read)
            if post.id not in sought.others
            and (likeness := wanted.likeness(post))
            and self._start(sought, traces) <= post.created <= self._end(traces)
        }
        return sorted(like, key=lambda post: (like[post], -post.created.timestamp()), reverse=True)

    def _start(self, sought: Sought, traces: Traces) -> datetime:
        """By Facebook's clock, which dates its posts."""
        return (traces.first or sought.since) - _BEFORE + self._ahead()

    def _end(self, traces: Traces) -> datetime:
        """A later post with the same words belongs to a later slot. Where no try was made, until now."""
        return (traces.last or self._now()) + _AFTER + self._ahead()

    def _ahead(self) -> timedelta:
        return self.clock_offset() or timedelta(0)

    def _receipt(self, remote_id: str) -> Receipt:
        """The receipt of what is certainly public: nothing that goes wrong here can undo that."""
        try:
            state = self._page.find(remote_id, _STATE) or {}
            return _receipt(remote_id, state, self._now())
        except ChannelFailure:
            return Receipt(remote_id=remote_id, link=_link(remote_id), published_at=self._now())


def _receipt(remote_id: str, state: Mapping[str, Any], now: datetime) -> Receipt:
    link = state.get("permalink_url")
    return Receipt(
        remote_id=remote_id,
        link=link if isinstance(link, str) and link else _link(remote_id),
        published_at=read_moment(state["created_time"]) if "created_time" in state else now,
    )


def _link(remote_id: str) -> str:
    """Leads to the post, whatever its own address is."""
    return f"https://www.facebook.com/{remote_id}"


def _is_published(state: Mapping[str, Any]) -> bool:
    published = state.get("is_published")
    if not isinstance(published, bool):
        raise OutcomeUnknown("facebook.unreadable", status=200)
    return published
