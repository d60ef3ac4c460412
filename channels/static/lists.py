"""Everything on the static site that lists its posts, made anew from their records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

from channels.json_text import to_json
from channels.post import Publisher
from channels.static.feeds import Feed, atom, json_feed, rss
from channels.static.pages import ARCHIVE, HOME_PAGES, PER_PAGE, SITE_MAP, TITLE, SitePages, by_topic
from channels.static.records import HOME, Entry

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SITEMAP_MOST = 50_000  # addresses that the protocol allows in one file
_FIXED = ("", ARCHIVE.folder, SITE_MAP)  # pages that are there whatever is published


def site_lists(entries: Sequence[Entry], pages: SitePages, *, url: str, publisher: Publisher) -> Mapping[str, bytes]:
    """Every list by its path on the site at ``url``; ``entries`` are all records, newest first.

    They come in the order of writing, the home page last: what it links to is there then, and a post that moves on to
    the next page or into the archive is never on none.
    """
    current = [entry for entry in entries if entry.record.state == "current"]
    archived = [entry for entry in entries if entry.record.state == "archived"]
    shown = [entry for entry in entries if entry.record.state != "withdrawn"]
    topics = by_topic(shown)
    updated = max((entry.record.changed for entry in entries), default=None)
    feed = Feed(entries=current[:PER_PAGE], site=url, name=TITLE, publisher=publisher, updated=updated)
    return {
        f"{HOME}/index.json": machine_list(entries, url=url),
        **pages.assets(),
        "robots.txt": robots(url),
        **sitemaps(shown, url=url, updated=updated, topics=[listing.folder for listing in topics]),
        "rss.xml": rss(feed),
        "atom.xml": atom(feed),
        "feed.json": json_feed(feed),
        **pages.site_map(shown),
        **{
            path: page
            for topic, of_it in topics.items()
            for path, page in pages.lists(of_it, topic, updated=None).items()
        },
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
        "topic": record.topic,
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


def sitemaps(
    entries: Sequence[Entry], *, url: str, updated: datetime | None, topics: Sequence[str] = ()
) -> Mapping[str, bytes]:
    """What search engines should know, by path: one file, or as many as hold all of it and the list of them.

    ``topics`` are the paths of the pages of topics.
    """
    first = sitemap(entries, url=url, updated=updated, topics=topics)
    rest = entries[_SITEMAP_MOST - len(_FIXED) - len(topics) :]
    if not rest:
        return {"sitemap.xml": first}
    slices = (rest[start : start + _SITEMAP_MOST] for start in range(0, len(rest), _SITEMAP_MOST))
    parts = [first, *(_addresses("urlset", "url", _posts(part, url)) for part in slices)]
    files = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, start=1)}
    return files | {"sitemap.xml": _addresses("sitemapindex", "sitemap", [(f"{url}/{name}", None) for name in files])}


def sitemap(entries: Sequence[Entry], *, url: str, updated: datetime | None, topics: Sequence[str] = ()) -> bytes:
    """Home page, archive, text site map and topics with as many of ``entries`` as the protocol allows in one file."""
    fixed = [(f"{url}/{path}", None if path else updated) for path in (*_FIXED, *topics)]
    return _addresses("urlset", "url", [*fixed, *_posts(entries[: _SITEMAP_MOST - len(fixed)], url)])


def _posts(entries: Sequence[Entry], url: str) -> list[tuple[str, datetime | None]]:
    return [(f"{url}/{entry.path}", entry.record.changed) for entry in entries]


def _addresses(kind: str, each: str, addresses: Sequence[tuple[str, datetime | None]]) -> bytes:
    """A file of addresses, with the time of their last change where it is known."""
    root = ET.Element(kind, xmlns=_SITEMAP)
    for address, changed in addresses:
        element = ET.SubElement(root, each)
        ET.SubElement(element, "loc").text = address
        if changed:
            ET.SubElement(element, "lastmod").text = changed.isoformat()
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def robots(url: str) -> bytes:
    """Everything may be read by every program; where the site map is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {url}/sitemap.xml\n".encode()
