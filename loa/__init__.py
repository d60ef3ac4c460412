"""Loa, the ward loudspeaker: one campaign file, paper and posts on every channel."""

from __future__ import annotations

import sys
from pathlib import Path

__version__ = "0.1.0"


def root() -> Path:
    """The folder that holds cli.py, notices, channels, templates and campaigns.

    In a wheel that is ``app`` beside this file; in a checkout (or an editable install) the folder above.
    """
    here = Path(__file__).resolve().parent
    return here / "app" if (here / "app" / "cli.py").is_file() else here.parent


def on_path() -> None:
    """Make ``notices``, ``channels`` and ``cli`` importable. RuntimeError when foreign ones came first."""
    folder = str(root())
    for name in ("notices", "channels", "cli"):
        module = sys.modules.get(name)
        if module is not None and not str(getattr(module, "__file__", "") or "").startswith(folder):
            raise RuntimeError(f"another package called {name!r} was imported before Loa's own")
    if sys.path[:1] != [folder]:
        sys.path.insert(0, folder)
