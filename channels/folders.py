"""Folders of the workspace that a channel writes into: how config.yaml may name them, and that they lie inside."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated

from pydantic import AfterValidator

from loa.core.errors import Place, mistake
from loa.core.model import Line, refusal

# What is written there would be mixed with what the office writes, or would show the ledger.
_TAKEN = {"state", "campaigns", "templates"}
_REHEARSALS = "output/rehearsal"


def _folder(value: str) -> str:
    """A folder below the workspace, in the spelling of every system."""
    path = PurePosixPath(value)
    absolute = path.is_absolute() or bool(PureWindowsPath(value).anchor)
    if absolute or "\\" in value or not path.parts or any(part.startswith((".", "~")) for part in path.parts):
        raise refusal("folder_form", typed=value)
    if path.parts[0] in _TAKEN:
        raise refusal("folder_taken", typed=value, folder=path.parts[0])
    return str(path)


# Relative to the workspace and below it.
Folder = Annotated[Line, AfterValidator(_folder)]


def in_rehearsal(folder: str) -> str:
    """The same folder apart from the real one: output/site becomes output/rehearsal/site."""
    return f"{_REHEARSALS}/{folder.removeprefix('output/')}"


def opened(workspace: Path, folder: str, channel: str) -> Path:
    """The folder itself, which need not be there yet.

    Raises LoaError (``channel.folder_outside``) when a link in the file system leads out of the workspace.
    """
    path = (workspace / folder).resolve()
    if not path.is_relative_to(workspace.resolve()):
        raise mistake("channel.folder_outside", Place(part=f"channels.{channel}.folder"), folder=folder)
    return path
