"""A kit on disk: its folder and its ZIP, each of which appears whole or not at all."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from loa.core.errors import Place, mistake, reason_of
from loa.core.files import write_files
from loa.kits import manifest
from loa.kits.kit import Kit
from loa.kits.lists import PRINTED

_NEW, _OLD = ".new-", ".old-"  # before the name of a folder while it is exchanged
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say: the same kit gives the same bytes


def write_kit(home: Path, kit: Kit, edition: str) -> Path:
    """Put a kit into ``home``, in the place of an older one of the same agency; its folder.

    What an interrupted run left of it is cleared first. The ZIP comes before the folder, whose manifest tells whether
    it is the right one: a run that dies between them leaves no old ZIP beside a folder that counts. Raises LoaError
    (``file.cannot_write``).
    """
    name = kit.receiver.folder
    folder, new, old = home / name, home / f"{_NEW}{name}", home / f"{_OLD}{name}"
    _put_back(home, name)
    shutil.rmtree(new, ignore_errors=True)
    archive = packed(name, kit.files)
    said = manifest.manifest_of(kit, archive, edition).to_bytes()
    write_files({new / path: content for path, content in {**kit.files, manifest.NAME: said}.items()})
    write_files({manifest.archive_of(folder): archive})
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        _put_back(home, name)
        reason = reason_of(error)
        raise mistake("file.cannot_write", Place(file=str(folder)), reason=reason) from None
    shutil.rmtree(old, ignore_errors=True)
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
    """Take away what an interrupted run left in ``home`` and of the printer's file beside it; only under the lock.

    A kit that was moved aside and not yet replaced goes back to its place.
    """
    for left in home.glob(f"{_OLD}*"):
        _put_back(home, left.name.removeprefix(_OLD))
    for left in home.glob(f"{_NEW}*"):
        shutil.rmtree(left, ignore_errors=True)
    for file in (*home.glob(".*.tmp"), *home.parent.glob(f".{PRINTED}.*.tmp")):
        file.unlink(missing_ok=True)


def _put_back(home: Path, name: str) -> None:
    """Undo an exchange that has not come to its end: the old kit stands in its place where no other does."""
    folder, old = home / name, home / f"{_OLD}{name}"
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
    elif old.exists():
        with suppress(OSError):  # what cannot be moved stays aside, and the next run tries again
            old.rename(folder)
