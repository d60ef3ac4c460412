"""The rehearsed workspace of the demo, made afresh each time."""

from __future__ import annotations

import shutil
from pathlib import Path

from loa import root
from loa.core.errors import Place, mistake
from loa.core.files import write_files
from loa.planning.workspace import Workspace, open_workspace

_BUNDLED = ("campaigns", "agencies", "schemas")  # campaigns with their pictures, who gets kits, what editors complete
_MARK = ".loa-demo"  # only a folder that we made is ever cleared


def fresh_workspace(folder: Path) -> Workspace:
    """An empty workspace with the bundled files. Raises LoaError for a folder with other people's files."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).is_file():
            raise mistake("workspace.not_empty", Place(file=str(folder)))
        shutil.rmtree(folder)
    files = (path for name in _BUNDLED for path in (root() / name).rglob("*") if path.is_file())
    bundled = [root() / "config.yaml", *sorted(files)]
    write_files({folder / _MARK: b""} | {folder / path.relative_to(root()): path.read_bytes() for path in bundled})
    return open_workspace(folder)
