"""Compile what click says in other languages: ``make words``, after a ``messages.po`` changed."""

from __future__ import annotations

from pathlib import Path

import polib

HOME = Path(__file__).resolve().parent.parent / "loa" / "core" / "words" / "click"


def compiled(source: Path) -> bytes:
    """The machine form of a ``.po`` file; always the same for the same file."""
    return bytes(polib.pofile(str(source)).to_binary())


def main() -> None:
    """Renew every ``.mo`` file."""
    for source in HOME.rglob("*.po"):
        source.with_suffix(".mo").write_bytes(compiled(source))


if __name__ == "__main__":
    main()
