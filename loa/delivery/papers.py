"""The words and papers of campaigns for posts: what ``loa.delivery.prepare`` asks for, made by ``notices``."""

from __future__ import annotations

from collections.abc import Mapping

from loa.core.errors import LoaError, Place, Problem, Severity
from loa.planning.model import AnnouncementImage, Campaign
from loa.planning.workspace import Workspace
from notices.compose import compose
from notices.context import Context
from notices.fill import fill_line, fill_prose
from notices.picture import Picture
from notices.template import Text
from notices.writers.html import fragment
from notices.writers.pdf import write_pdf
from notices.writers.png import write_pngs
from notices.writers.text import plain


class Papers:
    """A Renderer for the campaigns of one workspace; ``contexts`` is what each needs for composing."""

    def __init__(self, workspace: Workspace, contexts: Mapping[str, Context]) -> None:
        self._workspace = workspace
        self._contexts = contexts

    def line(self, campaign: Campaign, text: str, place: Place) -> str:
        """One line of plain text with its facts. Raises LoaError at ``place``."""
        return fill_line(Text(text=text, place=place), self._contexts[campaign.campaign])

    def prose(self, campaign: Campaign, text: str, place: Place) -> tuple[str, str]:
        """Running text as escaped HTML and as plain text. Raises LoaError at ``place``."""
        prose = fill_prose(Text(text=text, place=place), self._contexts[campaign.campaign])
        return fragment(prose.paragraphs, prose.notes), plain(prose.paragraphs, prose.notes)

    def picture(self, campaign: Campaign, image: AnnouncementImage, place: Place) -> Picture:
        """The picture file of an announcement, or the first page of a document. Raises LoaError at ``place``."""
        if image.file is not None:
            return self._workspace.picture(image.file, place)
        name = image.document or ""
        [first] = write_pngs(self.pdf(campaign, name), most=1)
        return Picture(name=f"{name}.png", media_type="image/png", content=first)

    def pdf(self, campaign: Campaign, document: str) -> bytes:
        """A document of the campaign as PDF. Raises LoaError (``announcement.open_document``) while it is a draft.

        One problem, whatever number of gaps and breaches there are: ``loa check`` lists those.
        """
        context = self._contexts[campaign.campaign]
        composed = compose(document, context)
        if any(problem.blocks_final() for problem in composed.problems):
            raise LoaError(
                Problem(
                    key="announcement.open_document",
                    place=context.locate("documents", document),
                    values={"name": document},
                    severity=Severity.GAP,
                )
            )
        return write_pdf(composed.document)
