"""Feeds of the static site, as RSS, Atom and JSON: what is new, for readers and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from channels.json_text import to_json
from channels.post import Publisher
from channels.static.records import Entry, RecordedFile

# The prefixes are written out in the names below: ElementTree would otherwise need them registered for the whole
# process.
_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}
# Atom wants a time even of a feed that never had an entry; it must not be that of building.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# RFC 4151 wants a day on which the host was ours; one for all, because an id must never change.
_TAG_YEAR = 2026


def identity(site: str, name: str) -> str:
    """A tag URI (RFC 4151) for what is called ``name`` on ``site``, to be kept for ever."""
    return f"tag:{urlsplit(site).hostname},{_TAG_YEAR}:{name}"


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What every feed of a site tells."""

    entries: Sequence[Entry]  # newest first
    site: str  # the address of its home page, without the slash at its end
    name: str
    publisher: Publisher
    updated: datetime | None  # when any page last changed, withdrawn ones too; aware

    @property
    def title(self) -> str:
        """The name of the site with that of its owner."""
        return f"{self.name} \N{EN DASH} {self.publisher.full_name}"

    def address(self, entry: Entry) -> str:
        """Where an entry is read."""
        return f"{self.site}/{entry.path}"

    def file(self, entry: Entry, file: RecordedFile) -> str:
        """Where a file of an entry is read."""
        return f"{self.address(entry)}{file.address}"


def rss(feed: Feed) -> bytes:
    """RSS 2.0; its build date is that of the newest change."""
    root = ET.Element("rss", {"version": "2.0", **_NAMESPACES})
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", f"{feed.site}/")
    _text(channel, "description", f"{feed.name} của {feed.publisher.full_name}")
    _text(channel, "language", "vi")
    if feed.updated:
        # Never the time of building: the same posts must give the same file.
        _text(channel, "lastBuildDate", format_datetime(feed.updated))
    ET.SubElement(channel, "atom:link", href=f"{feed.site}/rss.xml", rel="self", type="application/rss+xml")
    for entry in feed.entries:
        _add_item(channel, entry, feed)
    return _xml(root)


def _add_item(channel: ET.Element, entry: Entry, feed: Feed) -> None:
    record = entry.record
    item = ET.SubElement(channel, "item")
    _text(item, "title", record.title)
    _text(item, "link", feed.address(entry))
    _text(item, "guid", record.id, isPermaLink="false")
    _text(item, "pubDate", format_datetime(record.published))
    _text(item, "dc:creator", record.issuer)  # RSS's own author must be an e-mail address
    _text(item, "description", record.description)
    _text(item, "content:encoded", record.html)
    for file in record.attachments[:1]:  # readers expect at most one enclosure
        ET.SubElement(item, "enclosure", url=feed.file(entry, file), length=str(file.size), type=file.media_type)


def atom(feed: Feed) -> bytes:
    """Atom (RFC 4287)."""
    root = ET.Element("feed", {"xmlns": _NAMESPACES["xmlns:atom"], "xml:lang": "vi"})
    _text(root, "id", identity(feed.site, "tin"))
    _text(root, "title", feed.title)
    _text(root, "updated", (feed.updated or _NEVER).isoformat())
    _text(ET.SubElement(root, "author"), "name", feed.publisher.full_name)
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{feed.site}/atom.xml")
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=f"{feed.site}/")
    for entry in feed.entries:
        _add_entry(root, entry, feed)
    return _xml(root)


def _add_entry(root: ET.Element, entry: Entry, feed: Feed) -> None:
    record = entry.record
    element = ET.SubElement(root, "entry")
    _text(element, "id", record.id)
    _text(element, "title", record.title)
    _text(element, "published", record.published.isoformat())
    _text(element, "updated", record.changed.isoformat())
    _text(ET.SubElement(element, "author"), "name", record.issuer)
    ET.SubElement(element, "link", rel="alternate", type="text/html", href=feed.address(entry))
    for file in record.attachments:
        link = {"rel": "enclosure", "type": file.media_type, "length": str(file.size), "title": file.title}
        ET.SubElement(element, "link", link | {"href": feed.file(entry, file)})
    _text(element, "summary", record.description)
    _text(element, "content", record.html, type="html")


def json_feed(feed: Feed) -> bytes:
    """JSON Feed 1.1."""
    return to_json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": f"{feed.site}/",
            "feed_url": f"{feed.site}/feed.json",
            "language": "vi",
            "authors": [{"name": feed.publisher.full_name, "url": f"{feed.site}/"}],
            "items": [_item(entry, feed) for entry in feed.entries],
        }
    )


def _item(entry: Entry, feed: Feed) -> dict[str, object]:
    record = entry.record
    item: dict[str, object] = {
        "id": record.id,
        "url": feed.address(entry),
        "title": record.title,
        "summary": record.description,
        "content_html": record.html,
        "date_published": record.published.isoformat(),
        "date_modified": record.changed.isoformat(),
        "authors": [{"name": record.issuer}],
        "language": "vi",
        "attachments": [
            {
                "url": feed.file(entry, file),
                "mime_type": file.media_type,
                "title": file.title,
                "size_in_bytes": file.size,
            }
            for file in record.attachments
        ],
    }
    picture = next((file for file in record.attachments if file.is_picture), None)
    return item | {"image": feed.file(entry, picture)} if picture else item


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"
