"""An office in a temporary folder whose register is kept here, and its dispatch as a PDF."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from loa.ledger.store import Ledger, open_ledger
from loa.planning.workspace import CampaignFile, Workspace, open_workspace
from loa.registry.issues import issues_of
from loa.registry.numbering import Numbered, give_number
from notices.compose import compose_paper
from notices.composed import Composed
from notices.document import Document
from notices.render import render_pdf
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder

NOW = datetime(2026, 9, 7, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAY = date(2026, 9, 5)
DOCUMENT = "cong-van"
KEPT_HERE = changed(CONFIG, "approval: none\n", "approval: none\nnumbers:\n  book: here\n")


def apart(campaign: str) -> str:
    """The campaign with appendices that are files of their own."""
    line = "appendices: [thong-bao]"
    return changed(campaign, line, f"{line}\n    medium: electronic\n    appendix_files: apart")


class Registry:
    """A workspace with its ledger open."""

    def __init__(self, folder: Path, *, config: str = KEPT_HERE, campaign: str = CAMPAIGN) -> None:
        self.place: Workspace = open_workspace(make_folder(folder, config=config, campaign=campaign))
        self.ledger: Ledger = open_ledger(self.place.ledger_path(rehearsal=False), rehearsal=False, now=NOW)

    @property
    def file(self) -> CampaignFile:
        """The campaign as it stands in its file now."""
        return self.place.campaign(NAME)

    def edit(self, old: str, new: str) -> None:
        """Change the campaign's file where ``old`` stands, once."""
        path = self.place.campaigns_folder / f"{NAME}.yaml"
        path.write_text(changed(path.read_text(encoding="utf-8"), old, new), encoding="utf-8")

    def give(self, number: int | None = 12, *, document: str = DOCUMENT, day: date = DAY) -> Numbered:
        """A number of the registry, or for None the next one."""
        return give_number(self.ledger, self.place, self.file, document, number=number, day=day, person="bình", now=NOW)

    def compose(self, document: str = DOCUMENT) -> Composed[Document]:
        """A document as it would be printed now."""
        issues = issues_of(self.ledger.register.registrations()).get(NAME, {})
        return compose_paper(document, self.place.context(self.file, issues))

    def pdf(self) -> bytes:
        """The dispatch as PDF, as it would be signed."""
        return render_pdf(self.compose().document)
