"""Many PDFs as one, written as they come: only where each object begins is kept in memory.

pypdf reads; its own writer holds every page until the end, which is a gigabyte for the printed matter of a country.
"""

from __future__ import annotations

import hashlib
import io
from array import array
from typing import BinaryIO

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_CATALOG, _ROOT, _FIRST_FREE = 1, 2, 3
# What a page needs on paper; links, structure and other matter for screens stay behind.
_PAGE_KEYS = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/Rotate", "/Group", "/Resources", "/Contents")


class JoinedPdf:
    """One PDF on a stream that is only appended to; the same parts give the same bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0
        self._offsets = array("Q", [0] * _FIRST_FREE)  # of every object, by number
        self._parts: list[int] = []  # of each part its node in the tree of pages
        self._streams: dict[bytes, int] = {}  # what is alike in many parts, such as a photograph, is written once
        self.pages = 0
        self._write(_HEADER)

    def append(self, pdf: bytes) -> range:
        """Add every page of ``pdf``; their numbers in the whole, from 1."""
        first = self.pages + 1
        node = self._reserve()
        taken: dict[int, int] = {}  # number of an object in the part → in the whole
        kids = ArrayObject(self._add_page(page, node, taken) for page in PdfReader(io.BytesIO(pdf)).pages)
        self._put(node, _typed("/Pages", Parent=_to(_ROOT), Count=NumberObject(len(kids)), Kids=kids))
        self._parts.append(node)
        self.pages += len(kids)
        return range(first, self.pages + 1)

    def close(self) -> None:
        """Write what ties the parts together; the stream stays open."""
        kids = ArrayObject(_to(part) for part in self._parts)
        self._put(_ROOT, _typed("/Pages", Count=NumberObject(self.pages), Kids=kids))
        self._put(_CATALOG, _typed("/Catalog", Pages=_to(_ROOT)))
        start = self._position
        size = len(self._offsets)
        self._write(f"xref\n0 {size}\n0000000000 65535 f \n".encode())
        for offset in self._offsets[1:]:
            self._write(f"{offset:010d} 00000 n \n".encode())
        self._write(f"trailer\n<< /Size {size} /Root {_CATALOG} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())

    def _add_page(self, page: PageObject, node: int, taken: dict[int, int]) -> IndirectObject:
        number = self._reserve()
        kept = {key[1:]: self._taken(page.raw_get(key), taken) for key in _PAGE_KEYS if key in page}
        self._put(number, _typed("/Page", Parent=_to(node), **kept))
        return _to(number)

    def _taken(self, given: PdfObject, taken: dict[int, int]) -> PdfObject:
        """The object with its references leading to objects of the whole, which are written on the way."""
        match given:
            case IndirectObject():
                if given.idnum not in taken:
                    self._take(given, taken)
                return _to(taken[given.idnum])
            case ArrayObject():
                return ArrayObject(self._taken(item, taken) for item in given)
            case DictionaryObject():  # a stream is one too, and keeps its data
                for key in given:
                    given[key] = self._taken(given.raw_get(key), taken)
        return given

    def _take(self, reference: IndirectObject, taken: dict[int, int]) -> None:
        given = reference.get_object()
        if isinstance(given, StreamObject) and not any(isinstance(value, IndirectObject) for value in given.values()):
            content = _serialised(given)
            digest = hashlib.sha256(content).digest()
            if digest not in self._streams:
                self._streams[digest] = self._reserve()
                self._put_bytes(self._streams[digest], content)
            taken[reference.idnum] = self._streams[digest]
            return
        taken[reference.idnum] = self._reserve()  # before it is followed: objects may lead back to it
        if given is not None:
            self._put(taken[reference.idnum], self._taken(given, taken))

    def _reserve(self) -> int:
        self._offsets.append(0)
        return len(self._offsets) - 1

    def _put(self, number: int, given: PdfObject) -> None:
        self._put_bytes(number, _serialised(given))

    def _put_bytes(self, number: int, content: bytes) -> None:
        self._offsets[number] = self._position
        self._write(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def _write(self, content: bytes) -> None:
        self._stream.write(content)
        self._position += len(content)


def _typed(kind: str, **values: PdfObject) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/Type"): NameObject(kind)} | {NameObject(f"/{key}"): value for key, value in values.items()}
    )


def _to(number: int) -> IndirectObject:
    return IndirectObject(number, 0, None)


def _serialised(given: PdfObject) -> bytes:
    stream = io.BytesIO()
    given.write_to_stream(stream)
    return stream.getvalue()
