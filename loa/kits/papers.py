"""The papers of one agency's kit: what it posts, in every size it asks for, and the draft of its own dispatch."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from loa.planning.relay import Relay
from loa.planning.relay_draft import compose_relay
from notices.compose import AnyComposed, compose
from notices.composed import Printable
from notices.context import Context
from notices.document import Kind
from notices.model import DocumentSpec, Notice
from notices.naming import TYPE_NAMES
from notices.posters.model import Leaflet, Poster
from notices.receiver import PAPERS, Paper, Receiver
from notices.render import render

Posted = Notice | Poster | Leaflet
_KINDS: Mapping[type[Posted], str] = {Notice: TYPE_NAMES[Kind.NOTICE], Poster: "Áp phích", Leaflet: "Tờ rơi"}


@dataclass(frozen=True, kw_only=True)
class KitPaper:
    """A paper of a kit, composed."""

    key: str  # in the campaign
    kind: str  # as people call it: Áp phích
    name: str  # in the kit
    paper: str  # that it is printed on
    asked: Paper  # the size of the posting places that it is for
    composed: AnyComposed
    is_draft: bool = False  # of the agency's own dispatch
    is_handed_out: bool = False  # a leaflet

    @property
    def document(self) -> Printable:
        """What is written."""
        return self.composed.document

    @property
    def title(self) -> str:
        """What a list calls it: a headline alone does not say that it is a poster."""
        title = self.document.title
        return title if title.casefold().startswith(self.kind.casefold()) else f"{self.kind}: {title}"

    @property
    def pdf(self) -> str:
        """Its file that is printed."""
        return f"{self.name}.pdf"

    def write(self, formats: Collection[str]) -> dict[str, bytes]:
        """File name → content, under the name that it has in the kit; a PDF is always there."""
        files = render(self.document, {*formats, "pdf"})
        return {f"{self.name}{name.removeprefix(self.document.name)}": content for name, content in files.items()}


def posted_documents(documents: Mapping[str, DocumentSpec], only: Collection[str] = ()) -> dict[str, Posted]:
    """Of the documents of a campaign those that agencies post or hand out; ``only`` narrows them down."""
    return {name: spec for name, spec in documents.items() if isinstance(spec, Posted) and (not only or name in only)}


def compose_posted(context: Context, host: Receiver, only: Collection[str] = ()) -> Iterator[KitPaper]:
    """Every posted document in every size that ``host`` posts; a leaflet has one size. Raises LoaError."""
    sizes = sizes_of(host)
    for key, spec in posted_documents(context.documents, only).items():
        is_leaflet = isinstance(spec, Leaflet)
        for asked in sizes[:1] if is_leaflet else sizes:
            documents = {**context.documents, key: _sized(spec, asked)}
            yield KitPaper(
                key=key,
                kind=_KINDS[type(spec)],
                name=key if is_leaflet or len(sizes) == 1 else f"{key}-{asked}",
                paper="A4" if is_leaflet else asked,
                asked=asked,
                composed=compose(key, replace(context, documents=documents).hosted_by(host)),
                is_handed_out=is_leaflet,
            )


def compose_draft(relay: Relay, context: Context, host: Receiver) -> KitPaper:
    """The draft of the dispatch with which ``host`` may carry the campaign on. Raises LoaError."""
    composed = compose_relay(relay, context, host)
    key = composed.document.name
    kind = TYPE_NAMES[Kind.DISPATCH]
    return KitPaper(key=key, kind=kind, name=f"du-thao-{key}", paper="A4", asked="A4", composed=composed, is_draft=True)


def sizes_of(host: Receiver) -> list[Paper]:
    """The sizes that an agency posts; A4 where it names no place."""
    asked = {posting.paper for posting in host.posting} or {PAPERS[0]}
    return [paper for paper in PAPERS if paper in asked]


def _sized(spec: Posted, paper: Paper) -> Posted:
    key = {Notice: "paper", Poster: "size"}.get(type(spec))
    return spec.model_copy(update={key: paper}) if key else spec
