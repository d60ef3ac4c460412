"""One writer at a time on a static site, and no list that is not one any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from channels.answers import NotSent
from channels.static.records import PAGE
from loa.core.locks import lock

# Pages of lists, years of the text site map, parts of the one for search engines; what is inside comes first.
_LISTED = (
    *(f"{folder}[0-9]*/{PAGE}" for folder in ("trang/", "luu-tru/trang/", "so-do-trang/", "chu-de/*/trang/")),
    f"chu-de/*/{PAGE}",
    "sitemap-[0-9]*.xml",
)
_PATIENCE = 10.0  # seconds, far more than one publication needs


@contextmanager
def locked(site: Path) -> Iterator[None]:
    """Nobody else writes this site meanwhile. NotSent when somebody does for long; OSError passes through.

    The lock lies beside the site and not in it, because everything in it is public.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    with (site.parent / f".{site.name}.lock").open("a") as handle:
        if not lock(handle.fileno(), patience=_PATIENCE):
            raise NotSent("channel.busy")
        yield


def remove_lists_but(site: Path, kept: Collection[Path]) -> None:
    """Remove files of lists, such as pages beyond the last one, that are not among ``kept``."""
    for pattern in _LISTED:
        for path in site.glob(pattern):
            if path not in kept:
                path.unlink()
                if path.name == PAGE:
                    _remove_empty(path.parent)
                    _remove_empty(path.parent.parent)


def _remove_empty(folder: Path) -> None:
    if not any(folder.iterdir()):
        folder.rmdir()
