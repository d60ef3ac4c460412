"""Feeds of the static site: what is new, for readers and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from channels.post import Publisher
from channels.static_records import Entry

# The prefixes are written out in the names below: ElementTree would otherwise need them registered for the whole
# process.
_NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def rss(entries: Sequence[Entry], *, url: str, title: str, publisher: Publisher) -> bytes:
    """RSS 2.0 of ``entries``, newest first as given; its build date is that of the newest post."""
    root = ET.Element("rss", {"version": "2.0", **_NAMESPACES})
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", f"{title} \N{EN DASH} {publisher.full_name}")
    _text(channel, "link", f"{url}/")
    _text(channel, "description", f"{title} của {publisher.full_name}")
    _text(channel, "language", "vi")
    if entries:
        # Never the time of building: the same posts must give the same file.
        _text(channel, "lastBuildDate", format_datetime(entries[0].record.published))
    ET.SubElement(channel, "atom:link", href=f"{url}/rss.xml", rel="self", type="application/rss+xml")
    for entry in entries:
        _add_item(channel, entry, url)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _add_item(channel: ET.Element, entry: Entry, url: str) -> None:
    record, address = entry.record, f"{url}/{entry.path}"
    item = ET.SubElement(channel, "item")
    _text(item, "title", record.title)
    _text(item, "link", address)
    _text(item, "guid", record.id, isPermaLink="false")
    _text(item, "pubDate", format_datetime(record.published))
    _text(item, "dc:creator", entry.record.issuer)  # RSS's own author must be an e-mail address
    _text(item, "description", record.description)
    _text(item, "content:encoded", record.html)
    for file in record.attachments[:1]:  # readers expect at most one enclosure
        ET.SubElement(item, "enclosure", url=f"{address}{file.address}", length=str(file.size), type=file.media_type)


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text
