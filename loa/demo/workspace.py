"""The rehearsed workspace of the demo, made afresh each time: the bundled files, and accounts on the stand-ins."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

import yaml

from loa import root
from loa.core.errors import Place, mistake
from loa.core.files import write_files
from loa.demo.stand_ins import channel_settings
from loa.planning.announcement import Announcement
from loa.planning.calendar import CALENDAR
from loa.planning.workspace import CampaignFile, Workspace, open_workspace

_BUNDLED = ("campaigns", "agencies", "schemas")  # campaigns with their pictures, who gets kits, what editors complete
_MARK = ".loa-demo"  # only a folder that we made is ever cleared
_APPROVAL = re.compile(r"^approval: \w+", re.MULTILINE)


def fresh_workspace(folder: Path, address: str) -> Workspace:
    """A workspace with the bundled files, whose own campaigns post to the stand-ins at ``address`` too.

    Raises LoaError for a folder with other people's files.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).is_file():
            raise mistake("workspace.not_empty", Place(file=str(folder)))
        shutil.rmtree(folder)
    files = (path for name in _BUNDLED for path in (root() / name).rglob("*") if path.is_file())
    bundled = [root() / "config.yaml", root() / CALENDAR, *sorted(files)]
    write_files({folder / _MARK: b""} | {folder / path.relative_to(root()): path.read_bytes() for path in bundled})
    place = open_workspace(folder)
    slots = {
        name: {"at": f"{slot.at:%H:%M}", "until": f"{slot.until:%H:%M}"}
        for name, slot in next(iter(place.config.channels.values())).slots.items()
    }
    added = {name: {**lines, "slots": deepcopy(slots)} for name, lines in channel_settings(address).items()}
    changed = {folder / "config.yaml": _with_channels((folder / "config.yaml").read_text(encoding="utf-8"), added)}
    for path in place.campaign_files():
        file = place.campaign(path.stem)
        if file.campaign.agency is None:  # a campaign of the office itself; others keep to the website
            changed[path] = _everywhere(path.read_text(encoding="utf-8"), file, added)
    write_files({path: text.encode() for path, text in changed.items()})
    return open_workspace(folder)


def _with_channels(config: str, added: Mapping[str, object]) -> str:
    """config.yaml with more channels below its own, and with leaders who have to approve."""
    lines = yaml.safe_dump(dict(added), allow_unicode=True, sort_keys=False)
    indented = "".join(f"  {line}\n" for line in lines.splitlines())
    return _APPROVAL.sub("approval: required", config.rstrip("\n")) + "\n" + indented


def _everywhere(text: str, file: CampaignFile, added: Mapping[str, object]) -> str:
    """A campaign file whose announcements go to all the channels that take them."""
    lines = text.splitlines(keepends=True)
    for name, announcement in file.campaign.announcements.items():
        number = file.source.place("announcements", name, "channels").line - 1
        channels = [*announcement.channels, *(channel for channel in added if _takes(channel, announcement))]
        lines[number] = re.sub(r"\[.*?\]", f"[{', '.join(channels)}]", lines[number], count=1)
    return "".join(lines)


def _takes(channel: str, announcement: Announcement) -> bool:
    """Zalo asks for a picture."""
    return channel != "zalo-oa" or bool(announcement.on(channel).images)
