"""Folders of the workspace that a channel writes into: their names, what is in them, and why that may fail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated

from pydantic import AfterValidator

from channels.answers import ChannelFailure
from loa.core.errors import LoaError, Place, mistake, reason_of
from loa.core.files import write_files
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


def write_changed(files: Mapping[Path, bytes]) -> None:
    """Write those that differ from what is there. Raises LoaError like ``write_files``; OSError passes through."""
    write_files({path: content for path, content in files.items() if not _holds(path, content)})


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed process left beside its files; under the lock nobody else is still writing them."""
    for path in folder.glob(".*.tmp"):
        path.unlink(missing_ok=True)


def remove_others(folder: Path, kept: Collection[str]) -> None:
    """Remove what a post no longer has: a file that was attached by mistake must not stay public."""
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()


def failure_of(kind: type[ChannelFailure], error: LoaError | OSError) -> ChannelFailure:
    """The failure that carries the reason: of the file system, or of a template of the office."""
    if isinstance(error, LoaError):
        problem = error.problems[0]
        key = "channel.template" if problem.key == "channel.template" else "channel.cannot_write"
        return kind(key, path=str(problem.place), reason=problem.values.get("reason", ""))
    return kind("channel.cannot_write", path=str(error.filename or ""), reason=reason_of(error))
