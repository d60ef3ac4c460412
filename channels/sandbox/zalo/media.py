"""Zalo's downloader of pictures: an article names addresses, and Zalo fetches them in its own time."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from channels.sandbox.zalo.oa import ZaloSwitches

LIMIT = 1024 * 1024  # bytes of one picture
TIMEOUT = 5.0  # seconds for one picture
FAILURES_BEFORE_BACKING_OFF = 3
HANGS = "hangs"
FAILED = "Upload media failed"
BACKED_OFF = "Upload media failed: too many failed attempts"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(kw_only=True)
class ZaloDownloader:
    """Fetches pictures on loopback and says what becomes of the article that names them."""

    switches: ZaloSwitches
    _failures: dict[str, int] = field(default_factory=dict)  # by address; Zalo stops asking after a few

    def fate(self, addresses: list[str]) -> str:
        """Empty when all pictures are good, HANGS when the job will never end, else the wording of its failure."""
        for address in addresses:
            if fate := self._fate_of(address):
                return fate
        return ""

    def _fate_of(self, address: str) -> str:
        if not _is_loopback(address):
            return "" if self.switches.outside_media == "trusted" else self._failed(address)
        if not self.switches.fetch_media:
            return ""
        if self._failures.get(address, 0) >= FAILURES_BEFORE_BACKING_OFF:
            return BACKED_OFF
        content = _download(address)
        if content is not None and len(content) > LIMIT and self.switches.heavy_media == "hangs":
            return HANGS
        if content is None or len(content) > LIMIT or not content.startswith(_PICTURES):
            return self._failed(address)
        return ""

    def _failed(self, address: str) -> str:
        self._failures[address] = self._failures.get(address, 0) + 1
        return FAILED


def _is_loopback(address: str) -> bool:
    return urlsplit(address).hostname in _LOOPBACK


def _download(address: str) -> bytes | None:
    """The bytes at a loopback address, at most one more than the limit; None when there are none to be had."""
    parts = urlsplit(address)
    try:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=TIMEOUT)
        try:
            connection.request("GET", parts._replace(scheme="", netloc="", fragment="").geturl() or "/")
            answer = connection.getresponse()
            content = answer.read(LIMIT + 1)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError):
        return None
    return content if answer.status == http.HTTPStatus.OK else None
