"""A campaign with a list of three agencies, and the kits that are made of it."""

from __future__ import annotations

from pathlib import Path

from loa.core.errors import mistake
from loa.kits.assemble import Batch, Order, make_kit, prepare
from loa.kits.folders import write_kit
from loa.kits.kit import Kit
from loa.kits.lists import Listed, write_lists
from loa.planning.audience.audience import Audience
from loa.planning.workspace import CampaignFile, Workspace
from tests.planning.office import CAMPAIGN, NAME, open_office

AGENCIES = """\
agencies:
  - name: UBND phường Trà Giang
    parent: UBND tỉnh Sông Trà
    code: H99.101
    kind: Phường
    contact: {address: "Số 5, đường Lê Lợi", phone: 0255.3000.213}
    hours: từ 7 giờ đến 17 giờ
    groups: [cấp xã]
    posting:
      - {place: Trung tâm Phục vụ hành chính công, paper: A3, copies: 2}
      - {place: Nhà văn hóa tổ 5, copies: 3}
      - {place: Chợ Trà Giang}
  - name: UBND xã An Phú
    kind: Xã
    groups: [cấp xã]
  - name: Sở Y tế & “Dân số”
    code: SYT
"""
RELAY = """\
audience: agencies.yaml
relay:
  date: 2026-09
  subject: triển khai khảo sát
  to:
    - Các trường học
  body: |
    {{ agency.name }} đề nghị các đơn vị niêm yết thông báo./.
"""


def office(folder: Path, *, campaign: str = CAMPAIGN + RELAY, agencies: str = AGENCIES) -> Workspace:
    """The workspace, opened."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "agencies.yaml").write_text(agencies, encoding="utf-8")
    return open_office(folder, campaign=campaign)


def nothing_signed(sha256: str) -> bytes:
    """Where no signed original is."""
    raise mistake("registry.signed_lost", values={"sha256": sha256})


def order_of(
    place: Workspace, file: CampaignFile, *, only: tuple[str, ...] = (), formats: tuple[str, ...] = ("docx", "pdf")
) -> Batch:
    """An order, ready to make kits of."""
    order = Order(campaign=file.campaign, context=place.context(file), only=only, formats=formats)
    return prepare(order, nothing_signed)


def ordered(folder: Path, *, campaign: str = CAMPAIGN + RELAY, agencies: str = AGENCIES) -> tuple[Batch, Audience]:
    """A batch, and who is on the list."""
    place = office(folder, campaign=campaign, agencies=agencies)
    file = place.campaign(NAME)
    return order_of(place, file), place.audience(file)


def kits_of(folder: Path, *, campaign: str = CAMPAIGN + RELAY, agencies: str = AGENCIES) -> list[Kit]:
    """The kits of every agency, not yet on disk."""
    order, audience = ordered(folder, campaign=campaign, agencies=agencies)
    return [make_kit(order, receiver) for receiver in audience.receivers]


def write_all(folder: Path, order: Batch, audience: Audience) -> Listed:
    """Every kit and the lists, in ``folder``."""
    for receiver in audience.receivers:
        write_kit(folder / "kits", make_kit(order, receiver), order.edition)
    return list_all(folder, order, audience)


def list_all(folder: Path, order: Batch, audience: Audience) -> Listed:
    """The lists of the kits in ``folder``."""
    return write_lists(folder, folder / "kits", audience, order.edition, title="Khảo sát", issuer="Sở Nội vụ")
