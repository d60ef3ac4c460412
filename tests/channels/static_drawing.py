"""Pages of the static site as a test looks at them: drawn and parsed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html

import loa
from channels.post import Attachment
from channels.static.pages import SitePages
from channels.static.records import Record
from tests.channels.site import POST, PUBLISHER, URL

PICTURE = Attachment(
    name="ap-phich.png",
    media_type="image/png",
    content=b"\x89PNG",
    title="Áp phích",
    alt="Áp phích mời trả lời khảo sát",
)
PAGES = SitePages(own=Path("no-templates-of-our-own"), shipped=loa.root() / "templates", url=URL, publisher=PUBLISHER)


def page_of(**changes: Any) -> Any:
    """The page of POST with these changes, parsed."""
    record = Record.of(replace(POST, **changes), identity="tag:snv.example.gov.vn,2026:7k3q")
    return lxml.html.document_fromstring(PAGES.post("tb/2023/tin-7k3q/", record).decode())


def meta(page: Any, name: str) -> str:
    """The content of the one meta element called so."""
    (value,) = page.xpath("//meta[@name=$name or @property=$name]/@content", name=name)
    return str(value)
