"""What a document management system asks of a document, as a file beside it (Nghị định 30/2020/NĐ-CP, Phụ lục VI)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from loa.core.errors import LoaError, Place, Problem
from loa.kits.kit import Original
from loa.kits.papers import KitPaper
from loa.planning.relay import Relay
from notices.context import Context
from notices.fill import fill_lines
from notices.model import Agency, Issued, PaperSpec
from notices.naming import TYPE_NAMES, symbol_of
from notices.receiver import Receiver
from notices.wording import padded_number

# The length of each field, in characters (Phụ lục VI, Phần II, mục I).
LENGTHS: Mapping[str, int] = {
    "TypeName": 100,
    "CodeNotation": 30,
    "CodeNumber": 11,
    "IssuedDate": 10,
    "OrganName": 200,
    "Subject": 500,
    "Language": 30,
    "PageAmount": 3,
    "Description": 500,
    "OrganId": 13,
    "Position": 100,
    "FullName": 50,
}
_LANGUAGE = "Tiếng Việt"
_DRAFT = "Dự thảo, chưa có số, ngày ban hành và người ký"
_SIGNED = "Bản đã ký"


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


def signed_metadata(original: Original, pages: int, context: Context, host: Receiver) -> bytes:
    """The metadata of a signed original, with what the registry gave it. Raises as ``_written``."""
    place, issue = context.locate("documents", original.document), context.issues[original.document]
    # only what goes through the registry is signed
    given = cast(PaperSpec, context.documents[original.document])
    spec = cast(Issued, fill_lines(original.document, given, context))
    *position, name = spec.sign
    fields: dict[str, Any] = {
        "TypeName": TYPE_NAMES[spec.kind],
        "CodeNumber": padded_number(issue.number),
        "CodeNotation": symbol_of(spec, context.agency),
        "IssuedDate": issue.day.isoformat(),
        "OrganName": context.agency.full_name,
        "Subject": spec.subject,
        "Language": _LANGUAGE,
        "PageAmount": pages,
        "Description": _SIGNED,
        "SignerInfo": {"Position": position[-1], "FullName": name},
        "To": [_body(host)],
    }
    return _written(fields, place)


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
        if isinstance(value, list | dict):
            for entry in value if isinstance(value, list) else [value]:
                yield from _too_long(entry, place)
        elif (length := len(str(value))) > LENGTHS[name]:
            values: dict[str, object] = {"field": name, "length": length, "limit": LENGTHS[name]}
            yield Problem(key="kits.too_long", place=place, values=values)
