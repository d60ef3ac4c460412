"""What goes along in every kit as it is: signed originals of the papers that agencies act on, and what is with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from loa.core.errors import LoaError, Problem, Severity
from loa.kits.kit import Original
from notices.citations import citations
from notices.compose import compose
from notices.context import Context
from notices.document import Document
from notices.enclosure import Enclosure
from notices.fill import fill_lines
from notices.model import Dispatch, DocumentSpec, FormalNotice, Issued
from notices.naming import title_of
from notices.render import render_pdf

ReadSigned = Callable[[str], bytes]  # SHA-256 → the signed PDF; raises LoaError when it is lost
_SIGNED = "ban-da-ky"  # in the name of a signed original: nobody takes it for a print of ours
_Found = Iterator[tuple[Original, bytes]]


@dataclass(frozen=True, kw_only=True)
class Originals:
    """What every kit of a campaign carries as it is, and the papers that wait for their signature."""

    carried: tuple[Original, ...]
    files: Mapping[str, bytes]  # name in the kit → PDF
    waiting: Mapping[str, str]  # key in the campaign → title


def originals_of(context: Context, read_signed: ReadSigned, only: Collection[str] = ()) -> Originals:
    """The papers that agencies act on whose signed original is back, with their appendices apart and enclosures.

    A draft is never handed out: a paper that is not signed yet stays behind, and so does what it encloses. Raises
    LoaError: a signed original is lost, or the campaign now says something else; an enclosure cannot be read.
    """
    found: dict[str, tuple[Original, bytes]] = {}
    waiting: dict[str, str] = {}
    for name in _handed_out(context, only):
        spec = context.documents[name]
        if isinstance(spec, Issued) and not is_signed(name, context):
            waiting[name] = title_of(fill_lines(name, spec, context))
        elif isinstance(spec, Issued):
            found |= {original.file: (original, pdf) for original, pdf in _signed(name, context, read_signed)}
        elif isinstance(spec, Enclosure):
            file = f"{name}.pdf"
            original = Original(document=name, title=spec.title, file=file, is_signed=False)
            found[file] = (original, render_pdf(compose(name, context).document))
    return Originals(
        carried=tuple(original for original, _ in found.values()),
        files={file: pdf for file, (_, pdf) in found.items()},
        waiting=waiting,
    )


def issued_documents(documents: Mapping[str, DocumentSpec], only: Collection[str] = ()) -> dict[str, Issued]:
    """The papers that agencies act on: dispatches, and notices with number and signer.

    Not one whose circulation is restricted (I/1-III.2c): a kit is copied and passed on.
    """
    return {
        name: spec
        for name, spec in documents.items()
        if isinstance(spec, Dispatch | FormalNotice) and spec.circulation is None and (not only or name in only)
    }


def is_signed(name: str, context: Context) -> bool:
    """Whether the signed original of a paper is back."""
    return name in context.issues and bool(context.issues[name].signed)


def told_waiting(originals: Originals, context: Context) -> list[Problem]:
    """A warning for each paper that is in no kit, because nobody has signed it yet."""
    return [
        Problem(
            key="kits.unsigned",
            place=context.locate("documents", name),
            values={"title": title, "name": name},
            severity=Severity.WARNING,
        )
        for name, title in originals.waiting.items()
    ]


def _handed_out(context: Context, only: Collection[str]) -> list[str]:
    """The keys of papers and, behind each that is signed, of its enclosures; each once."""
    names: dict[str, None] = {}
    for name, spec in issued_documents(context.documents, only).items():
        enclosed = spec.enclosures if is_signed(name, context) else []
        names |= dict.fromkeys((name, *enclosed))
    return list(names)


def _signed(name: str, context: Context, read_signed: ReadSigned) -> _Found:
    composed = compose(name, context)
    if changed := [problem for problem in composed.problems if problem.key == "form.changed"]:
        raise LoaError(changed)
    made = composed.document
    file = f"{made.name}-{_SIGNED}.pdf"
    original = Original(document=name, title=_cited(name, context), file=file, is_signed=True)
    yield original, read_signed(context.issues[name].signed)
    for appendix in made.apart if isinstance(made, Document) else ():
        file = f"{appendix.name}.pdf"
        yield Original(document=name, title=appendix.title, file=file, is_signed=False), render_pdf(appendix)


def _cited(name: str, context: Context) -> str:
    """``Công văn số 12/SNV-CCHC ngày 05/12/2026``."""
    return str(citations(context.documents, context.issues, context.agency)[name.replace("-", "_")])
