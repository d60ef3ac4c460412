"""A kit on disk: its folder and its ZIP, each of which appears whole or not at all."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from loa.core.errors import Place, mistake
from loa.core.files import write_files
from loa.kits import manifest
from loa.kits.kit import Kit

_NEW, _OLD = ".new-", ".old-"  # before the name of a folder while it is exchanged
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say: the same kit gives the same bytes


def write_kit(home: Path, kit: Kit, edition: str) -> Path:
    """Put a kit into ``home``, in the place of an older one of the same agency; its folder.

    What an interrupted run left of it is cleared first. Raises LoaError (``file.cannot_write``).
    """
    name = kit.receiver.folder
    folder, new, old = home / name, home / f"{_NEW}{name}", home / f"{_OLD}{name}"
    for left in (new, old):
        shutil.rmtree(left, ignore_errors=True)
    said = manifest.manifest_of(kit, edition).to_bytes()
    write_files({new / path: content for path, content in {**kit.files, manifest.NAME: said}.items()})
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise mistake("file.cannot_write", Place(file=str(folder)), reason=reason) from None
    shutil.rmtree(old, ignore_errors=True)
    write_files({home / f"{name}.zip": packed(name, kit.files)})
    return folder


def packed(name: str, files: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP with one folder; stored, for what is in it is packed already."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as made:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{name}/{path}", _NO_DATE)
            entry.external_attr = 0o644 << 16
            made.writestr(entry, files[path])
    return stream.getvalue()


def clear_leftovers(home: Path) -> None:
    """Take away what an interrupted run left in ``home`` and beside it: folders and files that are not yet whole."""
    for left in (*home.glob(f"{_NEW}*"), *home.glob(f"{_OLD}*")):
        shutil.rmtree(left, ignore_errors=True)
    for file in (*home.glob(".*.tmp"), *home.parent.glob(".*.tmp")):
        file.unlink(missing_ok=True)
