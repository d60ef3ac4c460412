"""Addresses on the web in a text: pages, with or without https://, and e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notices.mentions.mention import Kind, Mention

_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)
# A name without https:// only below the domains that such papers name: “VT.CCHC.01b” is no page.
_LINK = re.compile(
    r"https?://[^\s<>\"“”]+"
    r"|(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:vn|com|net|org|me|info|asia|io)(?![\w@-]|\.\w)(?:/[^\s<>\"“”]*)?",
    re.IGNORECASE | re.ASCII,
)
_AFTER = ".,;:!?)]}…'’*"
# Providers of private mail boxes.
_PRIVATE = re.compile(r"@(?:gmail|yahoo|hotmail|outlook|live|icloud|ymail|aol|proton(?:mail)?)\.", re.IGNORECASE)


def find_emails(text: str) -> Iterator[Mention]:
    """The e-mail addresses in a text."""
    for found in _EMAIL.finditer(text):
        written = found[0].rstrip(_AFTER)
        yield Mention(kind=Kind.EMAIL, text=written, start=found.start(), normal=written.lower())


def find_links(text: str) -> Iterator[Mention]:
    """The addresses of pages in a text, without the mark that ends the sentence."""
    for found in _LINK.finditer(text):
        written = _without_end(found[0])
        yield Mention(kind=Kind.LINK, text=written, start=found.start(), normal=normal_link(written))


def normal_link(link: str) -> str:
    """The address without what browsers add: ``https://www.A.vn/`` → ``a.vn``."""
    host, slash, path = re.sub(r"^https?://", "", link, flags=re.IGNORECASE).partition("/")
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def is_private(email: str) -> bool:
    """Whether a mail box is at a provider for everybody, not at an office's own."""
    return bool(_PRIVATE.search(email))


def _without_end(written: str) -> str:
    while written[-1:] in _AFTER and not (written.endswith(")") and written.count("(") >= written.count(")")):
        written = written[:-1]
    return written
