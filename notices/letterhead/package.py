"""A Word file that somebody made, taken apart only after everything in it was looked at."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from loa.core.errors import LoaError, Place, Problem, mistake

MAX_UNPACKED = 60_000_000  # bytes of all parts together; a letterhead with logos has a million or two
MAX_PARTS = 1_000

_OLD_WORD = b"\xd0\xcf\x11\xe0"  # .doc, and any file with a password
_MAIN = "wordprocessingml.document.main+xml"
_MACROS = "macroEnabled.main+xml"
_TYPES = "[Content_Types].xml"
_LIVES_IN = re.compile(r"vbaProject|(^|/)(embeddings|activeX)/", re.IGNORECASE)  # programs, other files
_HARMLESS_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
# Fields that fetch something from elsewhere, or start a program, when the file is opened.
_FETCHING = re.compile(r"^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|DATABASE|RD)\b", re.IGNORECASE)
_FETCHED = ("attachedTemplate", "aFChunk")  # kinds of relation that bring another file in
_CHANGES = [qn(f"w:{name}") for name in ("ins", "del", "moveFrom", "moveTo")]
_EMBEDS = [qn(f"w:{name}") for name in ("object", "altChunk", "control")]


@dataclass(frozen=True, kw_only=True)
class Package:
    """The parts of a Word file by their names, and which of them is the text."""

    parts: Mapping[str, bytes]
    main: str


def open_package(content: bytes, place: Place, *, shown: str) -> Package:
    """The Word file in ``content``; ``place`` is where the campaign names it, ``shown`` how it is written there.

    Raises LoaError: no .docx, too large once unpacked, broken, or with anything in it that could run, fetch or hide
    (macros, embedded files, links to other files, fetching fields, changes that nobody accepted); all of these at once.
    """
    if content.startswith(_OLD_WORD):
        raise mistake("letterhead.old_word", place, file=shown)
    try:
        parts = _unpacked(content)
        trees = {name: _parsed(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
        main = _main_part(trees[_TYPES])
        text = trees[main]
    except _TooLargeError:
        raise mistake("letterhead.too_large", place, file=shown, limit=MAX_UNPACKED // 1_000_000) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        KeyError,
        etree.XMLSyntaxError,
    ):
        # RuntimeError: a part with a password; NotImplementedError: a way of packing that nobody uses
        raise mistake("letterhead.not_word", place, file=shown) from None
    if "w" not in text.nsmap or text.find(qn("w:body")) is None:  # “Strict Open XML” has names of its own
        raise mistake("letterhead.not_word", place, file=shown)
    if problems := [_problem(key, place, shown, what) for key, what in _dangers(parts, trees)]:
        raise LoaError(problems)
    if not _opens(content):
        raise mistake("letterhead.not_word", place, file=shown)
    return Package(parts=parts, main=main)


def parse(part: bytes) -> Element:
    """An XML part without comments, entities or anything from outside."""
    return etree.fromstring(part, _parser())


class _TooLargeError(Exception):
    """More parts or bytes than a letterhead has: a mistake, or a bomb."""


def _unpacked(content: bytes) -> dict[str, bytes]:
    """Every part; sizes are those that the ZIP declares, which the reader holds it to."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise _TooLargeError
        if len({entry.filename for entry in entries}) < len(entries):
            raise zipfile.BadZipFile("two parts of one name")
        return {entry.filename: archive.read(entry) for entry in entries}


def _opens(content: bytes) -> bool:
    """Whether the library that writes into the file can use it: its parts are there and are what they should be."""
    try:
        file = docx.Document(io.BytesIO(content))
        _ = (file.styles.element.nsmap, file.core_properties.title, file.settings.odd_and_even_pages_header_footer)
        for section in file.sections:
            for edge in (section.header, section.first_page_header, section.even_page_header):
                _ = edge.is_linked_to_previous or edge.paragraphs
        return bool(file.sections and file.sections[0].page_width)
    except Exception:  # a broken package makes python-docx raise anything, from KeyError to TypeError
        return False


def _parsed(part: bytes) -> Element:
    root = parse(part)
    if root.getroottree().docinfo.doctype:  # no program writes one; entities are how XML bombs are built
        raise zipfile.BadZipFile("a document type")
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )


def _main_part(types: Element) -> str:
    """The name of the text's part. KeyError when the package holds no Word text."""
    for entry in types:
        if str(entry.get("ContentType", "")).endswith((_MAIN, _MACROS)):
            return str(entry.get("PartName", "")).lstrip("/")
    raise KeyError(_MAIN)


def _dangers(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[tuple[str, str]]:
    """What must not go into a paper: catalogue key, and what it concerns."""
    if any(str(entry.get("ContentType", "")).endswith(_MACROS) for entry in trees[_TYPES]):
        yield "letterhead.macros", ""
    for name in parts:
        if _LIVES_IN.search(name):
            yield "letterhead.embedded", name
    for name, tree in trees.items():
        yield from _links(tree) if name.endswith(".rels") else _contents(tree)


def _links(tree: Element) -> Iterator[tuple[str, str]]:
    for relation in tree:
        target = str(relation.get("Target", ""))
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        is_harmless = kind == "hyperlink" and _HARMLESS_LINK.match(target)
        if kind in _FETCHED or (relation.get("TargetMode") == "External" and not is_harmless):
            yield "letterhead.external", target


def _contents(tree: Element) -> Iterator[tuple[str, str]]:
    if next(tree.iter(*_EMBEDS), None) is not None:
        yield "letterhead.embedded", tree.tag.rpartition("}")[2]
    if next(tree.iter(*_CHANGES), None) is not None:
        yield "letterhead.tracked", ""
    for instruction in _instructions(tree):
        if _FETCHING.match(instruction):
            yield "letterhead.field", instruction.strip()


def _instructions(tree: Element) -> list[str]:
    """What the fields of a part say; Word may spread one instruction over several runs."""
    found = [field.get(qn("w:instr")) or "" for field in tree.iter(qn("w:fldSimple"))]
    for element in tree.iter(qn("w:fldChar"), qn("w:instrText")):
        if element.tag == qn("w:fldChar"):
            found.append("")
        elif found:
            found[-1] += element.text or ""
    return found


def _problem(key: str, place: Place, shown: str, what: str) -> Problem:
    values = {"file": shown, "what": what} if what else {"file": shown}
    return Problem(key=key, place=place, values=values)
