"""What a kit's folder says of itself, so that lists can be made of all kits without making the kits again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from loa.kits.kit import Kit, Original, Print
from notices.receiver import Receiver

NAME = ".kit.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A kit on disk: of which edition, for whom as the list described it then, with which files, prints, originals."""

    edition: str
    receiver: str  # JSON
    files: Mapping[str, str]  # path in the folder → SHA-256
    archive: str  # SHA-256 of the ZIP
    prints: tuple[Print, ...]
    originals: tuple[Original, ...]

    def to_bytes(self) -> bytes:
        """As the file ``NAME`` of the folder."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode() + b"\n"


def archive_of(folder: Path) -> Path:
    """The ZIP that lies beside a kit's folder."""
    return folder.with_name(f"{folder.name}.zip")


def manifest_of(kit: Kit, archive: bytes, edition: str) -> Manifest:
    """What the folder of ``kit`` says of itself; ``archive`` is its ZIP."""
    return Manifest(
        edition=edition,
        receiver=kit.receiver.model_dump_json(),
        files={path: hashlib.sha256(kit.files[path]).hexdigest() for path in sorted(kit.files)},
        archive=hashlib.sha256(archive).hexdigest(),
        prints=kit.prints,
        originals=kit.originals,
    )


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a kit's folder; None where there is none, or none of ours."""
    try:
        data = json.loads((folder / NAME).read_bytes())
        prints = tuple(Print(**given) for given in data["prints"])
        originals = tuple(Original(**given) for given in data["originals"])
        return Manifest(
            edition=data["edition"],
            receiver=data["receiver"],
            files=dict(data["files"]),
            archive=data["archive"],
            prints=prints,
            originals=originals,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_current(manifest: Manifest, edition: str, receiver: Receiver) -> bool:
    """Whether a kit says what it would say if it were made now."""
    return manifest.edition == edition and manifest.receiver == receiver.model_dump_json()


def is_whole(manifest: Manifest, folder: Path) -> bool:
    """Whether the files that were written are all there, ZIP included, and nobody has changed a byte of them."""
    hashes = {folder / path: said for path, said in manifest.files.items()} | {archive_of(folder): manifest.archive}
    named = {line.file for line in manifest.prints} | {original.file for original in manifest.originals}
    return named <= manifest.files.keys() and all(_hash(path) == said for path, said in hashes.items())


def _hash(path: Path) -> str:
    """SHA-256 of a file; nothing for one that cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
