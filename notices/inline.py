"""The inside of a Markdown paragraph → runs: emphasis, links, marks of footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from markdown_it.token import Token

from notices.document import Run, Runs

_LEADS_OUT = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>]*[\w/]")


def read_runs(tokens: Sequence[Token]) -> Runs:
    """Markdown's inline tokens as few runs: an address in the text is a link, blanks are single, nothing is empty."""
    return tuple(_joined(_runs(tokens)))


def lost_addresses(tokens: Sequence[Token]) -> Iterator[str]:
    """The addresses of links that lead nowhere from paper or a website: ``www.example.vn``, ``trang-2.html``."""
    for token in tokens:
        address = unquote(str(token.attrs.get("href", "")))
        if token.type == "link_open" and not _LEADS_OUT.match(address):
            yield address


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    style = Run()
    for token in tokens:
        match token.type:
            case "text" | "text_special" if style.link:
                yield replace(style, text=token.content)
            case "text" | "text_special":
                yield from _with_links(style, token.content)
            case "softbreak" | "hardbreak":
                yield replace(style, text=" ")
            case "strong_open" | "strong_close":
                style = replace(style, bold=token.nesting > 0)
            case "em_open" | "em_close":
                style = replace(style, italic=token.nesting > 0)
            case "link_open":
                address = str(token.attrs.get("href", ""))
                style = replace(style, link=address if _LEADS_OUT.match(address) else "")
            case "link_close":
                style = replace(style, link="")
            case "footnote_ref":
                yield Run(note=int(token.meta["id"]) + 1)


def _with_links(style: Run, text: str) -> Iterator[Run]:
    """The text with the addresses in it as links."""
    last = 0
    for found in _ADDRESS.finditer(text):
        yield replace(style, text=text[last : found.start()])
        yield replace(style, text=found[0], link=found[0])
        last = found.end()
    yield replace(style, text=text[last:])


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one style as one run, runs of blanks as one space, nothing empty."""
    waiting: Run | None = None
    for given in runs:
        run = given
        if waiting and waiting.text.endswith((" ", "\n", "\t")):
            run = replace(given, text=given.text.lstrip(" \n\t"))
        if not run.text and not run.note:
            continue
        if waiting and replace(waiting, text="") == replace(run, text="") and not run.note:
            waiting = replace(waiting, text=waiting.text + run.text)
            continue
        if waiting:
            yield _tidy(waiting)
        waiting = run
    if waiting:
        yield _tidy(waiting)


def _tidy(run: Run) -> Run:
    return replace(run, text=re.sub(r"[ \t\n]+", " ", run.text))
