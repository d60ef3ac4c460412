"""One call of the Graph API: where its parameters and its token are found."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote

from channels.sandbox.graph.errors import GraphError
from channels.sandbox.web import Request, Upload

_VERSION = re.compile(r"v\d+\.\d+")


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request as the Graph API sees it."""

    method: str
    version: str  # that was asked for; empty when none was
    path: tuple[str, ...]  # below the version
    params: Mapping[str, str]  # from query and body
    files: tuple[Upload, ...]
    token: str
    now: datetime
    root: str  # where the API is: ``http://127.0.0.1:8123/graph``

    def text(self, name: str) -> str:
        """A parameter; empty when it is not given."""
        return self.params.get(name, "")

    def flag(self, name: str, *, default: bool) -> bool:
        """A boolean in lower case. GraphError for Python's ``True`` and ``False``: it is not known that they pass."""
        given = self.params.get(name)
        if given is None:
            return default
        if given not in ("true", "false", "1", "0"):
            raise GraphError(100, f"(#100) Param {name} must be a boolean")
        return given in ("true", "1")

    def number(self, name: str, *, default: int) -> int:
        """A whole number. GraphError for anything else."""
        given = self.params.get(name)
        if given is None:
            return default
        if not given.isdecimal():
            raise GraphError(100, f"(#100) Param {name} must be an integer")
        return int(given)

    def moment(self, name: str) -> datetime | None:
        """Unix seconds or ISO 8601, in UTC. GraphError for anything else."""
        given = self.params.get(name)
        if given is None:
            return None
        try:
            moment = datetime.fromtimestamp(int(given), UTC) if given.isdecimal() else datetime.fromisoformat(given)
        except (ValueError, OverflowError, OSError):
            raise GraphError(100, f"(#100) Param {name} must be a valid time") from None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def version_and_path(path: str) -> tuple[str, tuple[str, ...]]:
    """``/v26.0/1000/feed`` → ``v26.0``, (``1000``, ``feed``)."""
    parts = tuple(unquote(part) for part in path.split("/") if part)
    return (parts[0], parts[1:]) if parts and _VERSION.fullmatch(parts[0]) else ("", parts)


def read_call(request: Request, *, now: datetime, root: str) -> Call:
    """The call in ``request``: the body goes before the query, a Bearer token before the parameter."""
    params = {**request.query, **request.form(), **_json_params(request)}
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    version, path = version_and_path(request.path)
    return Call(
        method=request.method,
        version=version,
        path=path,
        params={name: value for name, value in params.items() if name != "access_token"},
        files=tuple(request.files().values()),
        token=token.strip() if scheme == "Bearer" else params.get("access_token", ""),
        now=now,
        root=root,
    )


def _json_params(request: Request) -> dict[str, str]:
    if request.media_type() != "application/json":
        return {}
    try:
        value = request.json()
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise GraphError(100, "(#100) Unable to parse the request body")
    return {
        name: part if isinstance(part, str) else json.dumps(part) for name, part in value.items() if part is not None
    }
