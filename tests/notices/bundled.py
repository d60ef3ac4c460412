"""Every paper of the bundled campaigns, composed; posters are not papers of the decree."""

from __future__ import annotations

from collections.abc import Iterator

from loa.planning.workspace import open_workspace
from notices.compose import compose
from notices.document import Document
from tests.conftest import ROOT


def _bundled() -> Iterator[tuple[str, Document]]:
    place = open_workspace(ROOT)
    for path in place.campaign_files():
        file = place.campaign(path.stem)
        for name in file.campaign.documents:
            document = compose(name, place.context(file)).document
            if isinstance(document, Document):
                yield f"{path.stem}.{name}", document


BUNDLED = dict(_bundled())
