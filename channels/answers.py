"""What a channel gives back, and how it says that it could not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# The reason of a failure without any answer, whatever is known of the post.
NO_ANSWER = "http.no_answer"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the outside returned for a published post."""

    remote_id: str  # how the channel itself calls it
    link: str  # where people read it; empty when there is no such place
    published_at: datetime  # when it went out, as the channel says
    media: Mapping[str, str] = field(default_factory=dict)  # public address of each file by its name


@dataclass(frozen=True, kw_only=True)
class Processing:
    """The far side has taken the post and works on it; ask again with ``Channel.follow``."""

    again_in: timedelta  # not sooner than this


@dataclass(frozen=True, kw_only=True)
class Handed:
    """Everything lies ready for a person, who posts it and confirms."""

    folder: str  # relative to the workspace


@dataclass(frozen=True, kw_only=True)
class Health:
    """How an account is, as the service tells."""

    account: str  # what the service calls it
    expires_at: datetime | None = None  # when the right to post ends, if it is known to end
    server_time: datetime | None = None  # of the answer; how far our clock is off
    warnings: tuple[str, ...] = ()  # keys of the catalogue


class ChannelFailure(Exception):  # noqa: N818 - its kinds are named for what is known of the post, not for an error
    """A post that did not go out as it should. ``reason_key`` and ``values`` make a sentence of the catalogue."""

    def __init__(self, reason_key: str, /, **values: object) -> None:
        self.reason_key = reason_key
        self.values: Mapping[str, object] = values
        super().__init__(f"{reason_key} {values}")

    @property
    def is_silence(self) -> bool:
        """Whether the service gave no answer at all: the next request would wait as long for nothing."""
        return self.reason_key == NO_ANSWER


class NotSent(ChannelFailure):
    """Certain that nothing was published: the same post may be tried again later, without a look-up."""


class Unreachable(NotSent):
    """Not one byte reached the service: neither would the next post's."""


class Limited(NotSent):
    """Not published, because the account has sent too much: nobody may send through it for a while."""

    def __init__(self, reason_key: str, /, *, wait: timedelta, **values: object) -> None:
        super().__init__(reason_key, **values)
        self.wait = wait


class Closed(NotSent):
    """Not published, and nothing will be through this account until a person has mended it: token, right, package."""


class Blocked(Closed):
    """Closed, and asking how the account is does not show whether it was mended: posting alone is refused.

    It opens when a person says so (``loa login``, ``loa resume --channel``): trying again makes a block longer.
    """


class Rejected(ChannelFailure):
    """Certain that nothing was published and that the same post will be refused again: a person must change it."""


class OutcomeUnknown(ChannelFailure):
    """It may or may not be public: never send again before ``look_up`` has answered."""
