"""What the papers of one campaign share while they are composed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from loa.core.errors import Place
from notices.model import Agency, DocumentSpec
from notices.template import Templates

Locate = Callable[..., Place]


def _nowhere(*path: str | int) -> Place:
    return Place(part=".".join(str(part) for part in path))


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What the registry gave a document: its number and its day."""

    number: int
    day: date


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the papers of one campaign share.

    ``locate`` tells where in the campaign file a path such as ``("documents", "cong-van", "body")`` stands.
    """

    agency: Agency
    documents: Mapping[str, DocumentSpec]
    values: Mapping[str, object]  # facts by name, and what else templates may print
    templates: Templates
    issues: Mapping[str, Issue] = field(default_factory=dict)
    locate: Locate = _nowhere
