"""The pages of the static site, drawn from records with the templates of ``templates/site/``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count, groupby, pairwise
from pathlib import Path

from markupsafe import Markup

from channels.drawing import Drawing
from channels.post import Publisher
from channels.static.linked_data import article, website
from channels.static.records import Entry, Record
from loa.core.text import slug

TITLE = "Thông tin tuyên truyền"
PER_PAGE = 20
SITE_MAP = "so-do-trang/"
TOPICS = "chu-de/"
_MAP_MOST = 500  # posts that the text site map names on one page; more go to a page a year
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_BARE_LINK = re.compile(r'<a href="([^"]+)">\1</a>')


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list of posts that may take several pages."""

    folder: str  # of its first page, from the site's root, with a slash at the end
    heading: str
    none: str  # what it says while there is nothing to list

    def path(self, number: int) -> str:
        """Where its page of this number lies."""
        return self.folder if number == 1 else f"{self.folder}trang/{number}/"


HOME_PAGES = Listing(folder="", heading="Tin đã đăng", none="Chưa có tin nào được đăng.")
ARCHIVE = Listing(
    folder="luu-tru/", heading="Lưu trữ: tin của các đợt đã kết thúc", none="Chưa có tin nào trong lưu trữ."
)


def topic_listing(topic: str) -> Listing:
    """The list of everything that belongs to one topic, also what is in the archive."""
    return Listing(folder=f"{TOPICS}{slug(topic) or 'khac'}/", heading=topic, none="")


def by_topic(entries: Sequence[Entry]) -> Mapping[Listing, Sequence[Entry]]:
    """The entries of each topic in their order, topics in the order of their first; those without one are in none.

    Two topics whose names make one address share its page, under the name of the first.
    """
    found: dict[str, tuple[Listing, list[Entry]]] = {}
    for entry in entries:
        if entry.record.topic:
            listing = topic_listing(entry.record.topic)
            found.setdefault(listing.folder, (listing, []))[1].append(entry)
    return dict(found.values())


class SitePages:
    """Draws pages as bytes. The office's own templates come first, the shipped ones after."""

    def __init__(self, *, own: Path, shipped: Path, url: str, publisher: Publisher, responsible: str = "") -> None:
        """``responsible`` is the person who answers for what the site says, as the footer names them."""
        self._url = url
        self._publisher = publisher
        self._drawing = Drawing(
            "site",
            own=own,
            shipped=shipped,
            site_title=TITLE,
            site_url=url,
            publisher=publisher,
            responsible=responsible,
        )

    def post(self, path: str, record: Record) -> bytes:
        """The page of one post, which lies at ``path`` on the site; of a withdrawn one that it was withdrawn."""
        if record.state == "withdrawn":
            return self._draw("withdrawn.html.j2", path, post=record)
        body = Markup(_body(record.html))  # noqa: S704 - sanitised by whoever made the post, see Post.html
        address = f"{self._url}/{path}"
        linked = article(record, address=address, site=self._url, publisher=self._publisher)
        topic = topic_listing(record.topic).folder if record.topic else ""
        return self._draw("post.html.j2", path, post=record, body=body, topic=topic, linked_data=_data(linked))

    def lists(self, entries: Sequence[Entry], listing: Listing, *, updated: datetime | None) -> dict[str, bytes]:
        """A list in pages of twenty, each under its path on the site; one page when there is nothing to list.

        They come in the order of writing, the first page last. ``updated`` is when anything on the site last changed:
        the date of a list of nothing.
        """
        parts = [entries[start : start + PER_PAGE] for start in range(0, len(entries), PER_PAGE)] or [entries]
        linked = website(name=TITLE, site=self._url, publisher=self._publisher)
        return {
            f"{listing.path(number)}index.html": self._draw(
                "index.html.j2",
                listing.path(number),
                listing=listing,
                entries=part,
                number=number,
                total=len(parts),
                numbers=near_pages(number, len(parts)),
                updated=part[0].record.published if part else updated,
                list_path=listing.path,
                linked_data=_data(linked),
            )
            for number, part in reversed(list(enumerate(parts, start=1)))
        }

    def site_map(self, entries: Sequence[Entry]) -> Mapping[str, bytes]:
        """The text site map by path: every page, posts by the year of their publication; ``entries`` newest first.

        When they are many each year has a page of its own, so that a new post changes one of them and phones can
        open them.
        """
        topics = [(listing, len(part)) for listing, part in by_topic(entries).items()]
        years = [(year, list(part)) for year, part in groupby(entries, key=lambda entry: entry.record.published.year)]
        if len(entries) <= _MAP_MOST:
            return {
                f"{SITE_MAP}index.html": self._draw("map.html.j2", SITE_MAP, years=years, topics=topics, apart=False)
            }
        apart = {
            f"{SITE_MAP}{year}/index.html": self._draw("year.html.j2", f"{SITE_MAP}{year}/", year=year, entries=part)
            for year, part in years
        }
        page = self._draw("map.html.j2", SITE_MAP, years=years, topics=topics, apart=True)
        return apart | {f"{SITE_MAP}index.html": page}

    def assets(self) -> Mapping[str, bytes]:
        """What all pages share, by its name; the office's own where there is one. OSError when it cannot be read."""
        return {name: self._drawing.file(name) for name in ("site.css", "site.js")}

    def _draw(self, template: str, path: str, **values: object) -> bytes:
        # Links are relative and name index.html, so that the site also works from a folder on a memory stick.
        return self._drawing.draw(template, path=path, up="../" * path.count("/"), **values)


def near_pages(number: int, total: int) -> list[int | None]:
    """The pages that page ``number`` of a list leads to: the first, its neighbours and the last; None for a gap."""
    shown = sorted({1, total} | {page for page in range(number - 1, number + 2) if 1 <= page <= total})
    gaps = (page - before > 1 for before, page in pairwise([0, *shown]))
    return [one for page, gap in zip(shown, gaps, strict=True) for one in ([None, page] if gap else [page])]


def _body(html: str) -> str:
    """The body fit for phones and paper: a table scrolls in a frame, a link that shows its address says it once."""
    numbers = count(1)

    def framed(table: re.Match[str]) -> str:
        name = f"Bảng {next(numbers)}, kéo ngang để xem hết"
        return f'<div class="wide" role="region" aria-label="{name}" tabindex="0">{table[0]}</div>'

    return _BARE_LINK.sub(r'<a class="bare" href="\1">\1</a>', _TABLE.sub(framed, html))


def _data(linked: str) -> Markup:
    """JSON in which nothing can end the script element that holds it."""
    return Markup(linked)  # noqa: S704 - escaped by channels.json_text.to_script
