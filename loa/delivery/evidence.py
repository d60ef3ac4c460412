"""Scans and photographs that prove a decision: kept beside the ledger, each file under the hash of its content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from loa.core.errors import Place, mistake
from loa.core.files import read_file, write_files

MAX_BYTES = 20_000_000  # some pages scanned in colour, or one photograph
_KINDS = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


def keep_evidence(folder: Path, path: Path) -> str:
    """Copy the file in ``path`` into ``folder``, on disk on return; its SHA-256, in hexadecimal.

    Raises LoaError: unreadable, too large, ``decision.evidence_kind`` for what is no PDF, PNG or JPEG, unwritable.
    """
    content = read_file(path, limit=MAX_BYTES)
    suffix = next((suffix for start, suffix in _KINDS.items() if content.startswith(start)), None)
    if suffix is None:
        raise mistake("decision.evidence_kind", Place(file=str(path)))
    sha256 = hashlib.sha256(content).hexdigest()
    write_files({folder / f"{sha256}{suffix}": content})
    return sha256
