"""Whether a folder lies on a network disk, where SQLite cannot keep its promises."""

from __future__ import annotations

import re
from pathlib import Path

# Locks and shared memory do not work across machines (https://www.sqlite.org/wal.html, "Disadvantages").
NETWORK_DISKS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "afs", "ceph", "fuse.sshfs", "fuse.glusterfs", "fuse.rclone"}
)
_MOUNTS = Path("/proc/mounts")


def network_disk(folder: Path, mounts: str) -> str:
    """The kind of network disk that ``folder`` (absolute) lies on, empty when it is a local one.

    ``mounts`` is a table like /proc/mounts; of several mounts around the folder the innermost counts, of several at
    one place the last.
    """
    kind, depth = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = Path(_unescaped(fields[1]))
        if folder.is_relative_to(place) and len(place.parts) >= depth:
            kind, depth = fields[2], len(place.parts)
    return kind if kind in NETWORK_DISKS else ""


def mounts_of_this_machine() -> str:
    """The system's table of mounts; empty where there is none to read (macOS, Windows)."""
    return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape") if _MOUNTS.exists() else ""


def _unescaped(field: str) -> str:
    """``/my\\040disk`` → ``/my disk``."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)
