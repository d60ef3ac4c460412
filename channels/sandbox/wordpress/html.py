"""What WordPress does to HTML: the filter that authors go through, and the form in which readers get it."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_KEPT = (
    "p strong em b i table thead tbody tr th td caption figure figcaption img a abbr address section details summary"
    " video h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote br hr div span pre code sub sup small del ins q cite"
)
_TAGS = frozenset(_KEPT.split())
_EVERYWHERE = frozenset({"class", "id", "lang", "title", "dir", "role", "style"})
_ATTRIBUTES = {
    "a": frozenset({"href", "rel", "target", "name"}),
    "img": frozenset({"alt", "width", "height", "loading", "src"}),
    "th": frozenset({"scope", "colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan"}),
    "video": frozenset({"src", "controls", "poster", "width", "height"}),
    "ol": frozenset({"start", "type"}),
    "details": frozenset({"open"}),
}
_BAD_PROTOCOL = re.compile(r"^\s*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
_UNSAFE_STYLE = re.compile(r"(?:^|;)\s*position\s*:[^;]*", re.IGNORECASE)


def filtered(source: str) -> str:
    """``source`` as WordPress keeps it for those who may not write unfiltered HTML; comments stay."""
    keeper = _Filter()
    keeper.feed(source)
    keeper.close()
    return "".join(keeper.kept)


def rendered(source: str) -> str:
    """What readers get: curly quotes, and paragraphs where there were none. Never equal to what was sent."""
    pieces = [piece if piece.startswith("<") else _curled(piece) for piece in re.split(r"(<[^>]*>)", source) if piece]
    text = "".join(pieces)
    if not re.search(r"<(?:p|div|h[1-6]|ul|ol|table|figure|section)[\s>]", text):
        text = "".join(f"<p>{part}</p>\n" for part in re.split(r"\n\s*\n", text) if part.strip())
    return text.rstrip("\n") + "\n" if text else ""


def picture_sources(source: str) -> list[tuple[str, str]]:
    """Address and alternative text of each picture."""
    if "<img" not in source.lower():
        return []  # most texts: the parser is slow
    finder = _Pictures()
    finder.feed(source)
    finder.close()
    return finder.found


def _curled(text: str) -> str:
    text = re.sub(r'"([^"]*)"', "\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
    return text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}").replace("...", "\N{HORIZONTAL ELLIPSIS}")


class _Filter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._keep(tag, attrs, ">")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._keep(tag, attrs, " />")

    def handle_endtag(self, tag: str) -> None:
        if tag in _TAGS:
            self.kept.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.kept.append(data)  # also what stood in a script: it stays as text

    def handle_entityref(self, name: str) -> None:
        self.kept.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.kept.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.kept.append(f"<!--{data}-->")

    def _keep(self, tag: str, attrs: list[tuple[str, str | None]], end: str) -> None:
        if tag not in _TAGS:
            return
        cleaned = [(name, _cleaned(name, value)) for name, value in attrs if _is_kept(tag, name)]
        source = self.get_starttag_text()
        if cleaned == attrs and source is not None:
            self.kept.append(source)  # to the byte, when there is nothing to take away
            return
        written = "".join(f" {name}" if value is None else f' {name}="{html.escape(value)}"' for name, value in cleaned)
        self.kept.append(f"<{tag}{written}{end}")


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "img" and (source := named.get("src")):
            self.found.append((source, named.get("alt") or ""))


def _is_kept(tag: str, name: str) -> bool:
    return name in _EVERYWHERE or name in _ATTRIBUTES.get(tag, ()) or name.startswith(("data-", "aria-"))


def _cleaned(name: str, value: str | None) -> str | None:
    if value is None:
        return None
    if name in ("href", "src"):
        return _BAD_PROTOCOL.sub("", value)
    if name == "style":
        return _UNSAFE_STYLE.sub("", value).strip("; ") if _UNSAFE_STYLE.search(value) else value
    return value
