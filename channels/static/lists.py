"""Everything on the static site that lists its posts, made anew from their records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

from channels.json_text import to_json
from channels.post import Publisher
from channels.static.feeds import Feed, atom, json_feed, rss
from channels.static.pages import ARCHIVE, HOME_PAGES, PER_PAGE, SITE_MAP, TITLE, SitePages
from channels.static.records import HOME, Entry

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SITEMAP_MOST = 50_000  # addresses that the protocol allows in one file


def site_lists(entries: Sequence[Entry], pages: SitePages, *, url: str, publisher: Publisher) -> Mapping[str, bytes]:
    """Every list by its path on the site at ``url``; ``entries`` are all records, newest first.

    They come in the order of writing, the home page last: what it links to is there then, and a post that moves on to
    the next page or into the archive is never on none.
    """
    current = [entry for entry in entries if entry.record.state == "current"]
    archived = [entry for entry in entries if entry.record.state == "archived"]
    shown = [entry for entry in entries if entry.record.state != "withdrawn"]
    updated = max((entry.record.changed for entry in entries), default=None)
    feed = Feed(entries=current[:PER_PAGE], site=url, name=TITLE, publisher=publisher, updated=updated)
    return {
        f"{HOME}/index.json": machine_list(entries, url=url),
        "site.css": pages.style(),
        "robots.txt": robots(url),
        "sitemap.xml": sitemap(shown, url=url, updated=updated),
        "rss.xml": rss(feed),
        "atom.xml": atom(feed),
        "feed.json": json_feed(feed),
        f"{SITE_MAP}index.html": pages.site_map(shown),
        **pages.lists(archived, ARCHIVE, updated=updated),
        **pages.lists(current, HOME_PAGES, updated=updated),
    }


def machine_list(entries: Sequence[Entry], *, url: str) -> bytes:
    """The site's list of itself for other programs, as JSON; what was withdrawn is in it, without its words."""
    return to_json({"url": f"{url}/", "items": [_item(entry, url) for entry in entries]})


def _item(entry: Entry, url: str) -> dict[str, object]:
    record, address = entry.record, f"{url}/{entry.path}"
    return {
        "id": record.id,
        "marker": record.marker,
        "state": record.state,
        "url": address,
        "title": record.title,
        "summary": record.description,
        "published": record.published.isoformat(),
        "modified": record.changed.isoformat(),
        "sha256": record.sha256,
        "attachments": [
            {
                "name": file.name,
                "title": file.title,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.sha256,
                "url": f"{address}{file.address}",
            }
            for file in record.attachments
        ],
    }


def sitemap(entries: Sequence[Entry], *, url: str, updated: datetime | None) -> bytes:
    """The addresses that search engines should know: home page, archive, text site map, and each of ``entries``."""
    root = ET.Element("urlset", xmlns=_SITEMAP)
    _add_address(root, f"{url}/", updated)
    for path in (ARCHIVE.folder, SITE_MAP):
        _add_address(root, f"{url}/{path}", None)
    for entry in entries[: _SITEMAP_MOST - len(root)]:
        _add_address(root, f"{url}/{entry.path}", entry.record.changed)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _add_address(root: ET.Element, address: str, changed: datetime | None) -> None:
    element = ET.SubElement(root, "url")
    ET.SubElement(element, "loc").text = address
    if changed:
        ET.SubElement(element, "lastmod").text = changed.isoformat()


def robots(url: str) -> bytes:
    """Everything may be read by every program; where the site map is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {url}/sitemap.xml\n".encode()
