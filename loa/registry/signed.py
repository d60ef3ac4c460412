"""Signed originals on disk: kept beside the ledger, each file under the hash of its content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from loa.core.errors import LoaError, Place, mistake
from loa.core.files import read_file, write_files

MAX_BYTES = 50_000_000  # a hundred pages scanned in colour


def keep_signed(folder: Path, content: bytes) -> str:
    """Put a signed original into ``folder``; its SHA-256, in hexadecimal. Raises LoaError when it cannot be written."""
    sha256 = hashlib.sha256(content).hexdigest()
    write_files({folder / f"{sha256}.pdf": content})
    return sha256


def read_signed(folder: Path, sha256: str) -> bytes:
    """The signed original with that hash. Raises LoaError (``registry.signed_lost``): gone, or no longer the same."""
    path = folder / f"{sha256}.pdf"
    try:
        content = read_file(path, limit=MAX_BYTES)
    except LoaError:
        content = b""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise mistake("registry.signed_lost", Place(file=str(path)))
    return content
