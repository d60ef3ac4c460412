"""Find everything in a text that must be right; each piece of text is read as one thing only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from notices.mentions.addresses import find_emails, find_links
from notices.mentions.amounts import find_amounts
from notices.mentions.citations import find_citations
from notices.mentions.dates import find_dates
from notices.mentions.mention import Mention
from notices.mentions.phones import find_phones

_TAKEN = "\x1a"  # stands where a mention was found: no letter, no digit, no blank


def find_mentions(text: str, *, units: Iterable[str] = ()) -> list[Mention]:
    """The mentions in a text, in order; ``units`` are counted besides the usual ones.

    What an earlier finder took is hidden from the later ones: digits in an address are no phone number.
    """
    finders: tuple[Callable[[str], Iterator[Mention]], ...] = (
        find_emails,
        find_links,
        find_citations,
        find_dates,
        find_phones,
        partial(find_amounts, units=tuple(units)),
    )
    found: list[Mention] = []
    for finder in finders:
        fresh = sorted(finder(text), key=_start)
        found += fresh
        text = _without(text, fresh)
    return sorted(found, key=_start)


def _start(mention: Mention) -> int:
    return mention.start


def _without(text: str, taken: Sequence[Mention]) -> str:
    """The text with what was found in it hidden, as long as before."""
    ends = [0, *(mention.end for mention in taken)]
    starts = [*(mention.start for mention in taken), len(text)]
    plain = [text[end:start] for end, start in zip(ends, starts, strict=True)]
    return "".join(kept + _TAKEN * len(m.text) for kept, m in zip(plain, taken, strict=False)) + plain[-1]
