"""Secrets: where they come from, and that they never show."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from loa.core.errors import Place, mistake
from loa.core.files import write_files

if sys.platform != "win32":
    import fcntl

MASK = "•••"
# What tokens look like in addresses, headers and bodies, whoever issued them.
_SHAPES = (
    re.compile(
        r"((?:access_token|refresh_token|appsecret_proof|client_secret|fb_exchange_token|input_token|secret_key|code"
        r"|code_verifier|password)[\"']?\s*[=:]\s*[\"']?)[^\s&\"',}<]+",
        re.IGNORECASE,
    ),
    re.compile(r"((?:Bearer|Basic)\s+)[A-Za-z0-9._~+/=-]+", re.IGNORECASE),
    re.compile(r"()\bEAA[A-Za-z0-9]{6,}"),
    re.compile(r"()\bwhsec_[A-Za-z0-9+/=]+"),
)


class Secret:
    """A value that shows only when asked to."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself, for the one header or body that needs it."""
        return self._value

    @property
    def fingerprint(self) -> str:
        """The first digits of its SHA-256: tells two secrets apart and gives neither away."""
        return hashlib.sha256(self._value.encode()).hexdigest()[:12]

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


class Secrets:
    """The secrets of an office by name: from the environment, else from its file, else from the system's keyring."""

    def __init__(self, environment: Mapping[str, str], file: Path | None = None) -> None:
        """``file`` is JSON that only its owner may read, such as ``state/tokens.json``; it need not be there."""
        self._environment = environment
        self.file = file

    def get(self, name: str) -> Secret | None:
        """The secret called ``name``. Raises LoaError for a file that others may read, or that cannot be read."""
        if value := self._environment.get(name):
            return Secret(value)
        value = self.stored().get(name) or _from_keyring(name)
        return Secret(value) if value else None

    def require(self, name: str, place: Place | None = None) -> Secret:
        """As ``get``. Raises LoaError (``secret.missing``) when there is none."""
        found = self.get(name)
        if found is None:
            raise mistake("secret.missing", place, name=name, file=self.file.name if self.file else "tokens.json")
        return found

    def stored(self) -> dict[str, str]:
        """What the file holds. Raises LoaError as ``get`` does."""
        if self.file is None or not self.file.exists():
            return {}
        require_private(self.file)
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            # What stands in it must not show, so neither must the parser's words.
            raise mistake("secret.unreadable", Place(file=str(self.file))) from None
        if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
            raise mistake("secret.unreadable", Place(file=str(self.file)))
        return found

    def store(self, values: Mapping[str, str]) -> None:
        """Put ``values`` into the file beside what it holds, at once and for its owner only; on disk on return.

        Raises LoaError when it cannot be written; the old file then stays.
        """
        if self.file is None:
            raise mistake("secret.no_file")
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with _alone(self.file):
            content = json.dumps({**self.stored(), **values}, ensure_ascii=False, indent=1, sort_keys=True)
            write_files({self.file: content.encode()}, is_private=True)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Nobody else puts a secret into ``file`` meanwhile: two at once would lose one. On Windows nothing is locked."""
    with (file.parent / f".{file.name}.writing").open("a") as handle:
        if sys.platform != "win32":
            fcntl.flock(handle, fcntl.LOCK_EX)  # held for the writing of one small file
        yield


def require_private(file: Path) -> None:
    """Raise LoaError (``secret.open_file``) when others than its owner may read ``file``."""
    if sys.platform != "win32" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise mistake("secret.open_file", Place(file=str(file)))


def redacted(text: str, *secrets: Secret) -> str:
    """``text`` without these secrets, and without whatever looks like one."""
    for secret in secrets:
        if secret.reveal():
            text = text.replace(secret.reveal(), MASK)
    for shape in _SHAPES:
        text = shape.sub(rf"\g<1>{MASK}", text)
    return text


def _from_keyring(name: str) -> str | None:
    """From the keyring of the system, where the optional package is installed and works."""
    try:
        keyring = import_module("keyring")  # optional: the extra ``keyring``
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password("loa", name)
    except keyring.errors.KeyringError:  # a server has no keyring to ask
        return None
    return found
