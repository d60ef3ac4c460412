"""A Word file that somebody made, taken apart only after everything in it was looked at."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from textwrap import shorten

import docx
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from loa.core.errors import LoaError, Place, Problem, mistake

MAX_UNPACKED = 60_000_000  # bytes of all parts together; a letterhead with logos has a million or two
MAX_XML = 10_000_000  # bytes of those parts that are XML; a letterhead has some hundred thousand
MAX_PARAGRAPHS = 2_000  # of all parts; a letterhead has a few dozen
MAX_PARTS = 1_000

_OLD_WORD = b"\xd0\xcf\x11\xe0"  # .doc, and any file with a password
_MAIN = "wordprocessingml.document.main+xml"
_MACROS = "macroEnabled.main+xml"
_TYPES = "[Content_Types].xml"
_LIVES_IN = re.compile(r"vbaProject|(^|/)(embeddings|activeX)/", re.IGNORECASE)  # programs, other files
_HARMLESS_LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_FIELD_LINK = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)
# What stands beside its address: a place inside the file, a tip, a window, a switch.
_LINK_SWITCH = re.compile(r"\\[lot]\s*(?:\"[^\"]*\"|\S+)|\\\w", re.IGNORECASE)
# Fields that only show what the file itself holds. Of all others some fetch from elsewhere or start a program.
_HARMLESS_FIELD = re.compile(
    r"\s*(=|(PAGE|NUMPAGES|SECTION|SECTIONPAGES|PAGEREF|REF|NOTEREF|STYLEREF|SEQ|LISTNUM|TOC|HYPERLINK|IF|SYMBOL|EQ"
    r"|DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|AUTHOR|TITLE|SUBJECT|KEYWORDS|COMMENTS|FILENAME|DOCPROPERTY|DOCVARIABLE"
    r"|MERGEFIELD|NUMWORDS|NUMCHARS|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN)(?![^\s\\\"{]))",
    re.IGNORECASE,
)
_NESTED = "{}"  # stands in an instruction for the result of a field inside it
_FETCHED = ("attachedTemplate", "aFChunk")  # kinds of relation that bring another file in
_EMBEDDED = ("oleObject", "package", "control", "vbaProject")  # kinds of relation that bring programs and other files
# By their local names: “Strict Open XML” has the same ones in a namespace of its own.
_CHANGES = [f"{{*}}{name}" for name in ("ins", "del", "moveFrom", "moveTo")]
_EMBEDS = [f"{{*}}{name}" for name in ("object", "altChunk", "control", "OLEObject")]
_SVG = "{http://www.w3.org/2000/svg}svg"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationships"


@dataclass(frozen=True, kw_only=True)
class Package:
    """The parts of a Word file by their names, and which of them is the text."""

    parts: Mapping[str, bytes]
    main: str


def open_package(content: bytes, place: Place, *, shown: str) -> Package:
    """The Word file in ``content``; ``place`` is where the campaign names it, ``shown`` how it is written there.

    Raises LoaError: no .docx, too large or long, broken, or with anything in it that could run, fetch or hide
    (macros, embedded files, links to other files, fetching fields, changes that nobody accepted); all of these at once.
    """
    if content.startswith(_OLD_WORD):
        raise mistake("letterhead.old_word", place, file=shown)
    try:
        parts = _unpacked(content)
        trees = _trees(parts)
        main = _main_part(trees[_TYPES])
        text = trees[main]
    except _TooLargeError:
        raise mistake("letterhead.too_large", place, file=shown, limit=MAX_UNPACKED // 1_000_000) from None
    except _TooLongError:
        raise mistake("letterhead.too_long", place, file=shown, limit=MAX_PARAGRAPHS) from None
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
    """An XML part without comments, instructions to programs, entities or anything from outside."""
    return etree.fromstring(part, _parser())


class _TooLargeError(Exception):
    """More parts or bytes than a letterhead has: a mistake, or a bomb."""


class _TooLongError(Exception):
    """More text than a letterhead has."""


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


def _trees(parts: Mapping[str, bytes]) -> dict[str, Element]:
    """Every part that is XML, whatever it is called: programs go by a part's type or relation, not by its name.

    Raises XMLSyntaxError for a part that must be XML and is not, BadZipFile for a document type, _TooLongError.
    """
    trees: dict[str, Element] = {}
    size = paragraphs = 0
    for name, part in parts.items():
        is_named_so = name.lower().endswith((".xml", ".rels"))
        size += len(part) if is_named_so else 0
        if size > MAX_XML:
            raise _TooLongError
        try:
            trees[name] = _parsed(part)
        except etree.XMLSyntaxError:
            if is_named_so:
                raise
            continue
        size += 0 if is_named_so else len(part)
        paragraphs += sum(1 for _ in trees[name].iter("{*}p"))
        if size > MAX_XML or paragraphs > MAX_PARAGRAPHS:
            raise _TooLongError
    return trees


def _parsed(part: bytes) -> Element:
    root = parse(part)
    info = root.getroottree().docinfo
    is_harmless = root.tag == _SVG and info.internalDTD is not None and not any(info.internalDTD.iterentities())
    if info.doctype and not is_harmless:  # only drawings have one; entities are how XML bombs are built
        raise zipfile.BadZipFile("a document type")
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _main_part(types: Element) -> str:
    """The name of the text's part. KeyError when the package holds no Word text."""
    for entry in types:
        if str(entry.get("ContentType", "")).endswith((_MAIN, _MACROS)):
            return str(entry.get("PartName", "")).lstrip("/")
    raise KeyError(_MAIN)


def _dangers(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[tuple[str, str]]:
    """What must not go into a paper: catalogue key, and what it concerns."""
    if any(str(entry.get("ContentType", "")).lower().endswith(_MACROS.lower()) for entry in trees[_TYPES]):
        yield "letterhead.macros", ""
    for name in parts:
        if _LIVES_IN.search(name):
            yield "letterhead.embedded", name
    for tree in trees.values():
        yield from _links(tree) if tree.tag == _RELATIONS else _contents(tree)


def _links(tree: Element) -> Iterator[tuple[str, str]]:
    for relation in tree:
        target = str(relation.get("Target", ""))
        kind = str(relation.get("Type", "")).rpartition("/")[2]
        is_external = str(relation.get("TargetMode", "")).lower() == "external"
        if kind in _EMBEDDED:
            yield "letterhead.embedded", target
        if kind == "hyperlink" and is_external and not _HARMLESS_LINK.match(target):
            yield "letterhead.link", target
        elif kind in _FETCHED or (is_external and kind != "hyperlink"):
            yield "letterhead.external", target


def _contents(tree: Element) -> Iterator[tuple[str, str]]:
    if next(tree.iter(*_EMBEDS), None) is not None:
        yield "letterhead.embedded", tree.tag.rpartition("}")[2]
    if next(tree.iter(*_CHANGES), None) is not None:
        yield "letterhead.tracked", ""
    for instruction in _instructions(tree):
        if instruction.strip() and not _HARMLESS_FIELD.match(instruction):
            yield "letterhead.field", shorten(instruction, 80, placeholder="…")
        elif (address := _link_of(instruction)) and not _HARMLESS_LINK.match(address):
            yield "letterhead.link", shorten(address, 80, placeholder="…")


def _link_of(instruction: str) -> str:
    """The address of a field that is a link; empty for other fields, and for links inside the file."""
    found = _FIELD_LINK.match(instruction)
    return _LINK_SWITCH.sub("", instruction[found.end() :]).strip(' "') if found else ""


def _instructions(tree: Element) -> Iterator[str]:
    """What the fields of a part say; Word may spread one instruction over several runs, with fields inside it."""
    for simple in tree.iter("{*}fldSimple"):
        yield from (value for name, value in simple.items() if etree.QName(name).localname == "instr")
    around: list[_OpenField] = []
    for element in tree.iter("{*}fldChar", "{*}instrText", "{*}t"):
        kind = next((value for name, value in element.items() if etree.QName(name).localname == "fldCharType"), "")
        is_result = bool(around) and around[-1].has_result and etree.QName(element).localname == "t"
        if kind == "begin":
            around.append(_OpenField())
        elif kind == "separate" and around:
            around[-1].has_result = True
        elif kind == "end" and around:
            yield "".join(around.pop().pieces)
            if around:
                around[-1].pieces.append(_NESTED)
        elif around and not is_result:
            around[-1].pieces.append(element.text or "")
        elif etree.QName(element).localname == "instrText":
            yield element.text or ""  # outside any field: nobody can tell what becomes of it
    yield from ("".join(unended.pieces) for unended in around)


@dataclass(kw_only=True)
class _OpenField:
    """A field whose end is still to come: what its instruction says so far, and whether its result has begun."""

    pieces: list[str] = field(default_factory=list)
    has_result: bool = False


def _problem(key: str, place: Place, shown: str, what: str) -> Problem:
    values = {"file": shown, "what": what} if what else {"file": shown}
    return Problem(key=key, place=place, values=values)
