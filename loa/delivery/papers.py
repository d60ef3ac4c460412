"""The words and papers of campaigns for posts: what ``loa.delivery.prepare`` asks for, made by ``notices``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from channels.abilities import Pictures, Shape
from channels.post import Attachment
from loa.core.errors import LoaError, Place, Problem, Severity
from loa.planning.announcement import AnnouncementImage
from loa.planning.model import Campaign
from loa.planning.workspace import Workspace
from loa.registry.signed import read_signed
from notices.context import Context
from notices.document import Document
from notices.fill import fill_line, fill_prose, is_open_line
from notices.lighter import lighter
from notices.open_citations import open_citation
from notices.picture import Picture, drawn_picture
from notices.posters.document import PosterDocument
from notices.render import render_first_page, render_pdf, render_picture
from notices.template import Text
from notices.writers.html import fragment
from notices.writers.text import plain

if TYPE_CHECKING:
    from notices.compose import AnyComposed

# The picture of a poster for each shape, in pixels.
_SIZES: Mapping[Shape, str] = {"landscape": "1200x630", "portrait": "1080x1350", "story": "1080x1920"}


class Papers:
    """A Renderer for the campaigns of one workspace; ``contexts`` is what each needs for composing.

    It serves one reading of the files: a paper that several posts carry is made once.
    """

    def __init__(self, workspace: Workspace, contexts: Mapping[str, Context], *, takes_drafts: bool = False) -> None:
        """``takes_drafts``: for looking at only, papers and citations may still be open."""
        self._workspace = workspace
        self._contexts = contexts
        self._takes_drafts = takes_drafts
        self._composed: dict[tuple[str, str], AnyComposed] = {}
        self._pdfs: dict[tuple[str, str], bytes] = {}

    def line(self, campaign: Campaign, text: str, place: Place) -> str:
        """One line of plain text with its facts. Raises LoaError at ``place``."""
        context, line = self._contexts[campaign.campaign], Text(text=text, place=place)
        if not self._takes_drafts and is_open_line(line, context):
            raise LoaError(open_citation(line, context))
        return fill_line(line, context)

    def prose(self, campaign: Campaign, text: str, place: Place) -> tuple[str, str]:
        """Running text as escaped HTML and as plain text. Raises LoaError at ``place``."""
        context, given = self._contexts[campaign.campaign], Text(text=text, place=place)
        prose = fill_prose(given, context)
        if not self._takes_drafts and prose.is_open():
            raise LoaError(open_citation(given, context))
        return fragment(prose.blocks, prose.notes), plain(prose.blocks, prose.notes)

    def picture(self, campaign: Campaign, image: AnnouncementImage, wanted: Pictures, place: Place) -> Picture:
        """The picture file of an announcement, a poster's picture of the wanted shape, or a document's first page.

        Raises LoaError at ``place``.
        """
        if image.file is not None:
            found = self._workspace.picture(image.file, place)
        else:
            found = self._of_document(campaign, image.document or "", wanted.shape)
        return lighter(found, wanted.media_types, wanted.bytes_most, place)

    def _of_document(self, campaign: Campaign, name: str, shape: Shape) -> Picture:
        pdf = self.pdf(campaign, name)  # raises for a draft, whatever is then shown of it
        made = self._compose(campaign, name).document
        size = _SIZES[shape]
        if isinstance(made, PosterDocument) and (png := render_picture(made, size)):
            return drawn_picture(f"{name}-{size}.png", png)
        return drawn_picture(f"{name}.png", render_first_page(pdf))

    def pdf(self, campaign: Campaign, document: str) -> bytes:
        """A document of the campaign as PDF: the signed original where it is back, else ours.

        Raises LoaError: ``form.changed`` when the file no longer says what was numbered, ``announcement.open_document``
        while it is a draft (one problem, whatever number of gaps and breaches there are: ``loa check`` lists those),
        ``registry.signed_lost`` when the file of the signed original is gone or was changed.
        """
        key = campaign.campaign, document
        if key not in self._pdfs:
            self._pdfs[key] = self._make_pdf(campaign, document)
        return self._pdfs[key]

    def _make_pdf(self, campaign: Campaign, document: str) -> bytes:
        context = self._contexts[campaign.campaign]
        composed = self._compose(campaign, document)
        if changed := [problem for problem in composed.problems if problem.key == "form.changed"]:
            raise LoaError(changed)
        if (issue := context.issues.get(document)) and issue.signed:
            return read_signed(self._workspace.signed_folder, issue.signed)
        if not self._takes_drafts and any(problem.blocks_final() for problem in composed.problems):
            raise LoaError(
                Problem(
                    key="announcement.open_document",
                    place=context.locate("documents", document),
                    values={"name": document},
                    severity=Severity.GAP,
                )
            )
        return render_pdf(composed.document)

    def appendices(self, campaign: Campaign, document: str) -> list[Attachment]:
        """Its appendices that are files of their own; ``pdf`` has found it fit to go out."""
        made = self._compose(campaign, document).document
        return [
            Attachment(
                name=f"{document}{file.name.removeprefix(made.name)}.pdf",
                media_type="application/pdf",
                content=render_pdf(file),
                title=file.title,
            )
            for file in (made.apart if isinstance(made, Document) else ())
        ]

    def _compose(self, campaign: Campaign, document: str) -> AnyComposed:
        key = campaign.campaign, document
        if key not in self._composed:
            from notices.compose import compose  # noqa: PLC0415  # most passes have no paper to lay out

            self._composed[key] = compose(document, self._contexts[campaign.campaign])
        return self._composed[key]
