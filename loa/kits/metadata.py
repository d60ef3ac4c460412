"""What a document management system asks of a document, as a file beside it (Nghị định 30/2020/NĐ-CP, Phụ lục VI)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from loa.core.errors import LoaError, Place, Problem
from loa.kits.papers import KitPaper
from loa.planning.relay import Relay
from notices.components import symbol_of
from notices.context import Context
from notices.model import Agency
from notices.receiver import Receiver

# The length of each field, in characters (Phụ lục VI, Phần II, mục I).
LENGTHS: Mapping[str, int] = {
    "TypeName": 100,
    "CodeNotation": 30,
    "OrganName": 200,
    "Subject": 500,
    "Language": 30,
    "PageAmount": 3,
    "Description": 500,
    "OrganId": 13,
}
_LANGUAGE = "Tiếng Việt"
_DRAFT = "Dự thảo, chưa có số, ngày ban hành và người ký"


def posted_metadata(paper: KitPaper, pages: int, context: Context, host: Receiver) -> bytes:
    """The metadata of what ``host`` posts, as JSON in UTF-8: no number, for it has none. Raises as ``_written``."""
    fields = _common(paper, pages, context.agency) | {"To": [_body(host)]}
    return _written(fields, context.locate("documents", paper.key))


def draft_metadata(paper: KitPaper, pages: int, relay: Relay, context: Context, host: Receiver) -> bytes:
    """The metadata of the draft of its own dispatch; what its registry and its leader give is left out."""
    issuer = host.as_issuer()
    fields = _common(paper, pages, issuer)
    fields["CodeNotation"] = symbol_of(relay.as_dispatch(), issuer)
    return _written(fields | {"Description": _DRAFT}, context.locate("relay"))


def _common(paper: KitPaper, pages: int, issuer: Agency) -> dict[str, Any]:
    return {
        "TypeName": paper.kind,
        "OrganName": issuer.full_name,
        "Subject": paper.document.title,
        "Language": _LANGUAGE,
        "PageAmount": pages,
    }


def _body(host: Receiver) -> dict[str, str]:
    return {"OrganId": host.identity, "OrganName": host.full_name} if host.identity else {"OrganName": host.full_name}


def _written(fields: Mapping[str, Any], place: Place) -> bytes:
    """Raises LoaError (``kits.too_long``) for every value that is longer than its field."""
    if problems := list(_too_long(fields, place)):
        raise LoaError(problems)
    return json.dumps(fields, ensure_ascii=False, indent=2).encode() + b"\n"


def _too_long(fields: Mapping[str, Any], place: Place) -> Iterator[Problem]:
    for name, value in fields.items():
        if isinstance(value, list):
            for entry in value:
                yield from _too_long(entry, place)
        elif (length := len(str(value))) > LENGTHS[name]:
            values: dict[str, object] = {"field": name, "length": length, "limit": LENGTHS[name]}
            yield Problem(key="kits.too_long", place=place, values=values)
