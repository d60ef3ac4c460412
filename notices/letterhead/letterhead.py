"""A letterhead: an office's Word template, checked against a document and filled with it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten

import docx
import jinja2
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.parser import parse_xml
from lxml import etree

from loa.core.errors import LoaError, Place, Problem, Severity, mistake
from loa.core.files import read_file
from notices import rules
from notices.document import Document
from notices.facts import Fact
from notices.letterhead.finish import finish_part
from notices.letterhead.graft import Graft
from notices.letterhead.package import Package, open_package
from notices.letterhead.source import Source, read_sources
from notices.letterhead.tags import (
    environment,
    find_body_misplaced,
    find_unused,
    problem_at,
    read_tags,
    slip_at,
)
from notices.letterhead.values import body_blocks, offered_values
from notices.writers import ooxml
from notices.writers.docx import write_docx

MAX_BYTES = 10_000_000


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """A Word template that was looked through. One serves any number of documents."""

    file: str  # as the campaign writes it
    sha256: str  # of the file
    package: Package
    sources: tuple[Source, ...]  # the text first, then headers, footers and notes
    facts: Mapping[str, Fact]  # of the campaign

    def check(self, document: Document) -> list[Problem]:
        """What of ``document`` this template leaves out (breaches), and what it asks for in vain (warnings).

        Raises LoaError, each with its paragraph: unknown names, broken tags, a text that has no place of its own.
        """
        values = self._values(document)
        asked = [read_tags(source, self.file, list(values)) for source in self.sources]
        if errors := [problem for one in asked for problem in one.problems]:
            raise LoaError(errors)
        if misplaced := list(find_body_misplaced(self.sources, self.file)):
            raise LoaError(misplaced)
        used = frozenset().union(*(one.names for one in asked))
        printed = frozenset().union(*(one.printed for one in asked))
        return [*find_unused(values, used, self.sources, self.file), *self._empty(values, printed)]

    def write(self, document: Document) -> bytes:
        """``document`` as a Word file in this letterhead; its appendices follow on pages of their own.

        Open blanks are highlighted and a draft is marked as one. Raises LoaError as ``check`` does, and for
        tags whose value cannot be printed.
        """
        self.check(document)
        values = self._values(document)
        filled = {source.part: self._filled(source, values) for source in self.sources}
        file = docx.Document(io.BytesIO(_zipped({**self.package.parts, **filled})))
        _take_text(file, document)
        if document.is_draft:
            _mark_draft(file)
        _set_properties(file, document)
        return ooxml.to_bytes(file)

    def _values(self, document: Document) -> dict[str, object]:
        """The facts by their own names, and the document's components, which go before."""
        return {**self.facts, **offered_values(document)}

    def _filled(self, source: Source, values: Mapping[str, object]) -> bytes:
        """One part with its tags replaced. Raises LoaError at the paragraph whose tag cannot be."""
        try:
            root = parse_xml(environment().from_string(source.template).render(values))
        except (jinja2.TemplateRuntimeError, TypeError, ValueError, LookupError) as error:
            spot = source.spot(_line_of(error))
            raise LoaError(slip_at(spot, self.file, error, "letterhead.cannot_fill")) from None
        except etree.XMLSyntaxError:
            raise mistake("letterhead.torn", Place(file=self.file)) from None
        etree.strip_tags(root, etree.Comment)
        finish_part(root)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _empty(self, values: Mapping[str, object], printed: frozenset[str]) -> Iterator[Problem]:
        for name in sorted(name for name in printed if not isinstance(values[name], Fact) and not values[name]):
            for source in self.sources:
                for spot in source.asking(name):
                    found = problem_at(spot, self.file, "letterhead.empty", {"name": name})
                    yield replace(found, severity=Severity.WARNING)


def open_letterhead(path: Path, place: Place, *, shown: str, facts: Mapping[str, Fact]) -> Letterhead:
    """The Word template at ``path``; ``place`` is where the campaign names it, ``shown`` how it is written there.

    ``facts`` are those of the campaign, which its tags may print.

    Raises LoaError: not there, too large, no .docx, dangerous, or docxtpl is not installed.
    """
    if not path.is_file():
        raise mistake("letterhead.missing", place, file=shown)
    content = read_file(path, limit=MAX_BYTES, shown=shown)
    package = open_package(content, place, shown=shown)
    return Letterhead(
        file=shown,
        sha256=hashlib.sha256(content).hexdigest(),
        package=package,
        sources=read_sources(package, place, shown=shown),
        facts=facts,
    )


def _take_text(file: DocxDocument, document: Document) -> None:
    """Running text and appendices, set by our own writer and taken over."""
    sheet, *appendices = document.sheets
    blocks = body_blocks(sheet)
    text = replace(sheet, blocks=blocks, circulation=None, contact=())
    ours = write_docx(replace(document, sheets=(text, *appendices), is_draft=False))
    graft = Graft(file, docx.Document(io.BytesIO(ours)))
    graft.place_body()
    graft.add_appendices()
    graft.number_drawings()


def _mark_draft(file: DocxDocument) -> None:
    """DỰ THẢO at the top of every header; a file without headers gets one."""
    marked: set[str] = set()
    for index, section in enumerate(file.sections):
        headers = [section.header]
        headers += [section.first_page_header] if section.different_first_page_header_footer else []
        headers += [section.even_page_header] if file.settings.odd_and_even_pages_header_footer else []
        for header in headers:
            is_new = header.is_linked_to_previous
            if (is_new and index) or (not is_new and header.part.partname in marked):
                continue  # it is the one before
            element = header._element
            if is_new:
                element.remove(element[0])  # the empty paragraph that python-docx puts into a new header
            mark = OxmlElement("w:p")
            mark.get_or_add_pPr().jc_val = WD_ALIGN_PARAGRAPH.RIGHT
            mark.append(ooxml.run(rules.DRAFT_MARK, bold=True))
            element.insert(0, mark)
            marked.add(header.part.partname)


def _set_properties(file: DocxDocument, document: Document) -> None:
    """Title and author of the document, nothing of who made the template, and no clock."""
    properties = file.core_properties
    properties.title = shorten(document.title, 255, placeholder="…")
    properties.author = document.author
    properties.language = "vi-VN"
    element = properties._element
    for child in list(element):
        if etree.QName(child).localname not in ("title", "creator", "language"):
            element.remove(child)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def _line_of(error: BaseException) -> int:
    """The template's line in which an error arose: Jinja names its frames so."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
