"""What a kit's folder says of itself, so that lists can be made of all kits without making the kits again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from loa.kits.kit import Kit, Print
from notices.receiver import Receiver

NAME = ".kit.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A kit on disk: of which edition, for whom as the list described it then, with which files and prints."""

    edition: str
    receiver: str  # JSON
    files: tuple[str, ...]
    prints: tuple[Print, ...]

    def to_bytes(self) -> bytes:
        """As the file ``NAME`` of the folder."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode() + b"\n"


def manifest_of(kit: Kit, edition: str) -> Manifest:
    """What the folder of ``kit`` says of itself."""
    return Manifest(
        edition=edition,
        receiver=kit.receiver.model_dump_json(),
        files=tuple(sorted(kit.files)),
        prints=kit.prints,
    )


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a kit's folder; None where there is none, or none of ours."""
    try:
        data = json.loads((folder / NAME).read_bytes())
        prints = tuple(Print(**given) for given in data["prints"])
        return Manifest(edition=data["edition"], receiver=data["receiver"], files=tuple(data["files"]), prints=prints)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_current(manifest: Manifest, edition: str, receiver: Receiver) -> bool:
    """Whether a kit says what it would say if it were made now."""
    return manifest.edition == edition and manifest.receiver == receiver.model_dump_json()
