"""Data about one person in texts that the public reads: warnings, for a person to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loa.core.errors import Problem, Severity
from loa.planning.review.passages import Passage
from notices.mentions.known import Known
from notices.mentions.mention import Kind
from notices.mentions.personal import Personal, Trace, find_personal

_KEYS = {
    Personal.MOBILE: "personal.mobile",
    Personal.IDENTITY: "personal.identity",
    Personal.ACCOUNT: "personal.account",
    Personal.EMAIL: "personal.email",
    Personal.BIRTH: "personal.birth",
}
_SECRET = {Personal.IDENTITY, Personal.ACCOUNT}  # not repeated whole in a message
_SHOWN = 3  # last characters


def personal_data(passages: Iterable[Passage], known: Known) -> Iterator[Problem]:
    """What in public texts may be one person's own, unless it is a fact's phone or let pass."""
    for passage in passages:
        if not passage.is_public:
            continue
        for trace in find_personal(passage.text):
            if known.lets_pass(trace.text, trace.normal) or _is_given(trace, known):
                continue
            yield Problem(
                key=_KEYS[trace.kind],
                place=passage.place_of(trace.text),
                values={"text": f"…{trace.normal[-_SHOWN:]}" if trace.kind in _SECRET else trace.text},
                severity=Severity.WARNING,
            )


def _is_given(trace: Trace, known: Known) -> bool:
    """Whether it is a mobile number that the campaign gives out on purpose."""
    return trace.kind is Personal.MOBILE and trace.normal in known.of(Kind.PHONE)
