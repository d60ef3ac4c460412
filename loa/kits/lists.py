"""What goes with all kits of a campaign: index page, workbook and the printer's file, made from the kits on disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from loa.core.errors import Place, mistake, reason_of
from loa.core.files import write_files
from loa.kits.index import Index
from loa.kits.joined_pdf import JoinedPdf
from loa.kits.manifest import Manifest, is_current, is_whole, read_manifest
from loa.kits.sheets import KitSheets
from loa.planning.audience.audience import Audience

INDEX, SHEETS, PRINTED = "index.html", "kits.xlsx", "print.pdf"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What the lists tell of: how many kits, and how many are not told of: from an earlier run, or changed since."""

    kits: int
    outdated: int
    pages: int  # of the printer's file
    files: tuple[Path, ...]


def write_lists(
    folder: Path,
    home: Path,
    audience: Audience,
    edition: str,
    *,
    title: str,
    issuer: str,
    waiting: Sequence[str] = (),
) -> Listed:
    """The lists of every kit of this ``edition`` in ``home``, in the order of the audience.

    Index and workbook lie beside the kits, the printer's file in ``folder``; ``waiting`` are the papers that no kit
    has yet. A kit is looked at once and forgotten: memory does not grow with the printed matter. Raises LoaError
    (``file.cannot_write``).
    """
    sheets, index = KitSheets(title), Index(title=title, issuer=issuer, waiting=waiting)
    kits = outdated = 0
    with whole_file(folder / PRINTED) as stream:
        joined = JoinedPdf(stream)
        for receiver in audience.receivers:
            folder_of_kit = home / receiver.folder
            if not folder_of_kit.is_dir():
                continue
            said = read_manifest(folder_of_kit)
            if said is None or not is_current(said, edition, receiver) or not is_whole(said, folder_of_kit):
                outdated += 1
                continue
            kits += 1
            sheets.add(receiver, said, _print(joined, folder_of_kit, said))
            index.add(receiver, tuple(said.files), said.prints, said.originals)
        joined.close()
    lists = {home / INDEX: index.to_bytes(), home / SHEETS: sheets.to_bytes()}
    write_files(lists)
    return Listed(kits=kits, outdated=outdated, pages=joined.pages, files=(*lists, folder / PRINTED))


def _print(joined: JoinedPdf, folder: Path, said: Manifest) -> Sequence[range]:
    """The pages of each print: a paper that hangs at several places stands once in the printer's file."""
    found: dict[str, range] = {}
    for line in said.prints:
        if line.file not in found:
            found[line.file] = joined.append((folder / line.file).read_bytes())
    return [found[line.file] for line in said.prints]


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write piece by piece that appears when all of it is on the disk. Raises LoaError."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        raise mistake("file.cannot_write", Place(file=str(path)), reason=reason_of(error)) from None
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
