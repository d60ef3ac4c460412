"""What one run of the command line knows of itself: kept apart from the commands, so that help needs no library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass
class Session:
    """One run. ``language`` is that of config.yaml, once it has been read: problems are then told in it."""

    folder: Path | None = None  # the workspace, where it was named
    language: str = ""
