"""What one run of the command line knows of itself: kept apart from the commands, so that help needs no library."""

from __future__ import annotations

from pathlib import Path


class Session:
    """One run. ``language`` is that of config.yaml, once it has been read: problems are then told in it."""

    def __init__(self) -> None:
        self.folder: Path | None = None  # the workspace, where it was named
        self.language = ""
