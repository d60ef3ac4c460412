"""A small office in a temporary folder: short files whose lines tests can count."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from loa.planning.workspace import Workspace, open_workspace

CONFIG = """\
agency:
  name: Sở Nội vụ
  full_name: Sở Nội vụ tỉnh Sông Trà
  parent: UBND tỉnh Sông Trà
  code: SNV
  place: Sông Trà
  contact:
    phone: 0255.3000.100
language: vi
timezone: Asia/Ho_Chi_Minh
approval: none
channels:
  trang-tin:
    type: static
    folder: output/site
    url: https://snv.example.gov.vn
    slots:
      sáng: {at: "07:30", until: "08:30"}
"""

CAMPAIGN = """\
campaign: khao-sat
title: Khảo sát mức độ hài lòng năm 2026
window:
  from: 2026-09-01
  to: 2026-11-30
facts:
  nam:
    text: "2026"
  dien_thoai:
    phone: 0255.3000.100
    label: Phòng Cải cách hành chính
documents:
  cong-van:
    type: dispatch
    body: |
      Sở Nội vụ đề nghị các cơ quan phối hợp tuyên truyền năm {{ nam }},
      có thông báo kèm theo./.
    unit: CCHC
    date: 2026-09
    subject: phối hợp tuyên truyền
    to:
      - Các sở, ban, ngành
      - Các xã, phường
    sign:
      - GIÁM ĐỐC
      - Trần Văn An
    file: VT, CCHC
    appendices: [thong-bao]
  thong-bao:
    type: notice
    form: posting
    heading: Thông báo khảo sát
    body: |
      Liên hệ {{ dien_thoai.label }}: {{ dien_thoai }}./.
announcements:
  mo-dau:
    title: Bắt đầu khảo sát năm {{ nam }}
    text: |
      Mời người dân trả lời phiếu khảo sát.

      Liên hệ: **{{ dien_thoai }}**.
    attach: [thong-bao]
    channels: [trang-tin]
    post:
      - {date: 2026-09-07, slot: sáng}
"""

NAME = "khao-sat"


def changed(text: str, old: str, new: str) -> str:
    """``text`` with its only ``old`` replaced: a test that no longer fits its file fails at once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def make_folder(
    folder: Path,
    *,
    config: str | bytes = CONFIG,
    campaign: str | bytes = CAMPAIGN,
    templates: Mapping[str, str] | None = None,
) -> Path:
    """A workspace's files, just as given."""
    files = {"config.yaml": config, f"campaigns/{NAME}.yaml": campaign}
    files |= {f"templates/{path}": text for path, text in (templates or {}).items()}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def open_office(
    folder: Path, *, campaign: str | bytes = CAMPAIGN, templates: Mapping[str, str] | None = None
) -> Workspace:
    """A workspace with one campaign, opened."""
    return open_workspace(make_folder(folder, campaign=campaign, templates=templates))
