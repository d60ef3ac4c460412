"""What a portal's answer means for a post."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from channels.answers import Blocked, ChannelFailure, Closed, Limited, NotSent, OutcomeUnknown, Rejected
from channels.http import Answer

_PAUSE = timedelta(minutes=5)  # where the portal asks for patience and does not say how much


class Told(BaseModel):
    """What a portal may say of an announcement; it need say nothing."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    url: str = ""
    id: str | int = ""  # the portal's own; not ours to use
    state: Literal["", "published", "pending", "withdrawn"] = ""
    # In such words portals that answer every request with 200 say that they did not take it.
    success: object = None
    error: object = None


def told_by(answer: Answer) -> Told:
    """What a success says: nothing, when it has no body or a word of the portal's own.

    Raises OutcomeUnknown for a page: it comes from something that stands before the portal.
    """
    if answer.whole and not answer.body.strip():
        return Told()
    if not _is_page(answer):
        try:
            value = _value(answer)
            told = Told.model_validate(value) if isinstance(value, dict) else Told()
        except ValueError:  # also of the model
            raise OutcomeUnknown("webhook.unreadable") from None
        if told.success is not False and not told.error:
            return told
    raise OutcomeUnknown("webhook.unreadable")


def _is_page(answer: Answer) -> bool:
    return answer.body.lstrip().startswith(b"<") or "html" in answer.headers.get("Content-Type", "").lower()


def _value(answer: Answer) -> object:
    """The JSON of an answer; a word that is none, such as OK, is a text. ValueError for half an answer or no text."""
    if answer.whole and not answer.body.lstrip().startswith((b"{", b"[")):
        return answer.body.decode("utf-8")
    return answer.json()


def refusal_of_event(answer: Answer, *, can_be_asked: bool) -> ChannelFailure:
    """What an answer other than a success says of an event; ``can_be_asked``: whether the portal takes questions.

    A question goes to another address with the same signature: it shows whether that is taken again, and not whether
    events are.
    """
    status = answer.status
    if status in (401, 403):
        return (Closed if can_be_asked else Blocked)("webhook.signature", status=status)
    if status == 404:
        return Blocked("webhook.no_receiver")
    if status == 410:
        return Blocked("webhook.given_up")
    if status == 413:
        return Rejected("webhook.too_large")
    if status == 429:
        return Limited("webhook.limited", wait=answer.retry_after or _PAUSE)
    if 300 <= status < 400:  # never followed: what was sent must reach the portal that it was signed for
        return NotSent("webhook.moved", status=status)
    if 400 <= status < 500 and status != 408:
        return Rejected("webhook.refused", status=status)
    return OutcomeUnknown("webhook.unclear", status=status)


def refusal_of_question(answer: Answer) -> ChannelFailure:
    """What an answer other than a success says to a question: never anything of the post that it was about."""
    status = answer.status
    if status in (401, 403):
        return Closed("webhook.question", status=status)
    if status == 429:
        return Limited("webhook.not_answered", wait=answer.retry_after or _PAUSE, status=status)
    return OutcomeUnknown("webhook.not_answered", status=status)
