"""Turn what pydantic found into problems of ours: a catalogue key, the typed value, and the place in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from channels.settings import PART_PATTERN
from loa.core.errors import LoaError, Problem
from loa.core.model import KEY_PATTERN
from loa.planning.model import FACT_PATTERN
from loa.planning.slips import find_slip
from loa.planning.source import Loc, Source
from notices.facts import EMAIL_PATTERN, LINK_PATTERN, PHONE_PATTERN
from notices.model import DECLARED as DECLARED_DOCUMENTS
from notices.model import SYMBOL_PATTERN

M = TypeVar("M", bound=BaseModel)

# pydantic's own error types, under the name of the sentence that says them.
_KEYS = {
    "missing": "model.missing",
    "extra_forbidden": "model.unknown_key",
    "string_type": "model.not_text",
    "dict_type": "model.not_a_mapping",
    "model_type": "model.not_a_mapping",
    "model_attributes_type": "model.not_a_mapping",
    "list_type": "model.not_a_list",
    "literal_error": "model.not_a_choice",
    "union_tag_invalid": "model.not_a_choice",
    "union_tag_not_found": "model.no_type",
    "string_pattern_mismatch": "model.pattern",
    "string_too_long": "model.too_long",
    "too_short": "model.list_too_short",
    "too_long": "model.list_too_long",
}
# What a person types on one line: a blank or a nested value there is not yet a wrong date or a wrong choice.
_ONE_LINE = {
    "string_type",
    "literal_error",
    "union_tag_invalid",
    "date_form",
    "open_date_form",
    "time_form",
    "number_form",
    "zone",
}
_PATTERNS = {
    KEY_PATTERN: "model.key_form",
    FACT_PATTERN: "model.fact_name",
    PHONE_PATTERN: "model.phone_form",
    LINK_PATTERN: "model.link_form",
    EMAIL_PATTERN: "model.email_form",
    PART_PATTERN: "model.slash",
    SYMBOL_PATTERN: "model.symbol_form",
}
_LIST_LIMIT = 40


def build(model: type[M], source: Source) -> M:
    """The model that the file describes. Raises LoaError with every mistake in it, each at its place."""
    try:
        return model.model_validate(source.data)
    except ValidationError as error:
        schema = _schema_of(model)
        problems = [_problem(found, source, schema) for found in error.errors(include_url=False)]
        raise LoaError(sorted(problems, key=lambda p: (p.place.line, p.place.column))) from None


@cache
def _schema_of(model: type[BaseModel]) -> Mapping[str, Any]:
    """Worked out once: a list of agencies may have a mistake in every row."""
    return model.model_json_schema(mode="validation")


def _problem(found: Mapping[str, Any], source: Source, schema: Mapping[str, Any]) -> Problem:
    kind = str(found["type"])
    loc = _in_file(found["loc"], kind, _tag(found), source)
    typed = found["input"] if isinstance(found["input"], str) else ""
    values: dict[str, object] = {"typed": typed, **found.get("ctx", {})}
    values["typed"] = _short(str(values["typed"]))
    key = _key(kind, found, values)
    place = source.place(*loc, key=kind in ("missing", "extra_forbidden") or found["loc"][-1:] == ("[key]",))
    if key in ("model.not_a_mapping", "model.not_a_list") and (slip := find_slip(typed)):
        at = replace(place, column=place.column + slip.column - 1)
        return Problem(key=slip.key, place=at, values=slip.values)
    if key == "model.not_a_choice":
        key, values = _choice(found, values)
    elif kind == "union_tag_not_found":
        values["name"] = _tag(found)
    elif kind in ("missing", "extra_forbidden"):
        values["name"] = found["loc"][-1]
    if kind == "extra_forbidden":
        known = _known_keys(schema, loc[:-1], source.data)
        close = get_close_matches(str(loc[-1]), known, n=1, cutoff=0.6)
        key = "model.unknown_key_close" if close else "model.unknown_key"
        values |= {"known": ", ".join(known[:_LIST_LIMIT]), "close": close[0] if close else ""}
    return Problem(key=key, place=place, values=values)


def _key(kind: str, found: Mapping[str, Any], values: Mapping[str, object]) -> str:
    """The sentence for an error of pydantic's, by what was really typed there."""
    given = found["input"][_tag(found)] if kind == "union_tag_invalid" else found["input"]
    if kind in _ONE_LINE and isinstance(given, dict | list):
        return "model.not_text"
    if kind in _ONE_LINE | {"string_pattern_mismatch"} and not str(given).strip():
        return "model.text_empty"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(str(values["pattern"]), "model.pattern")
    if kind == "too_long" and isinstance(given, str):
        return "model.too_long"
    return _KEYS.get(kind, f"model.{kind}")


def _choice(found: Mapping[str, Any], values: dict[str, object]) -> tuple[str, dict[str, object]]:
    """A word that is not on the list: unknown, or known and still to come."""
    context = found["ctx"]
    is_tag = found["type"] == "union_tag_invalid" or found["loc"][-1] == "type"
    typed = str(context.get("tag", found["input"] if isinstance(found["input"], str) else ""))
    choices = str(context.get("expected_tags", context.get("expected", ""))).replace(" or ", ", ").replace("'", "")
    values |= {"typed": _short(typed), "choices": choices}
    if is_tag and typed in DECLARED_DOCUMENTS:
        return "model.not_yet", values
    return "model.not_a_choice", values


def _in_file(loc: Sequence[str | int], kind: str, tag: str, source: Source) -> Loc:
    """pydantic's path without the parts that are not in the file, such as a union's tag; with a key that is missing."""
    kept: Loc = ()
    for part in loc:
        if (*kept, part) in source.values:
            kept = (*kept, part)
    if kind == "missing":
        return (*kept, loc[-1])
    return (*kept, tag) if kind == "union_tag_invalid" else kept


def _tag(found: Mapping[str, Any]) -> str:
    """The key by which the members of a union are told apart."""
    return str(found.get("ctx", {}).get("discriminator", "")).strip("'")


def _known_keys(schema: Mapping[str, Any], loc: Loc, data: Any) -> list[str]:
    """The keys that may stand at ``loc``, from the JSON Schema; of a union, those of the member the file chose."""
    node: Mapping[str, Any] = schema
    for part in loc:
        node = _resolve(node, schema, data)
        data = _child(data, part)
        properties = node.get("properties", {})
        extra = node.get("additionalProperties")
        node = (
            properties.get(part)
            or node.get("items")
            or (extra if isinstance(extra, dict) else None)
            or next(iter(node.get("patternProperties", {}).values()), {})
        )
    return list(_resolve(node, schema, data).get("properties", {}))


def _child(data: Any, part: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(part)
    return data[part] if isinstance(data, list) and isinstance(part, int) else None


def _resolve(node: Mapping[str, Any], schema: Mapping[str, Any], data: Any) -> Mapping[str, Any]:
    """Follow references; of alternatives take the one that the data names by its tag, else the first with keys."""
    if reference := node.get("$ref"):
        return _resolve(schema["$defs"][str(reference).rpartition("/")[2]], schema, data)
    if union := node.get("discriminator"):
        chosen = union["mapping"].get(data.get(union["propertyName"]) if isinstance(data, dict) else None, {})
        # a union inside a union is mapped to its own schema, a model to a reference
        return _resolve(chosen if isinstance(chosen, dict) else {"$ref": chosen}, schema, data)
    for option in node.get("anyOf", []):
        resolved = _resolve(option, schema, data)
        if "properties" in resolved:
            return resolved
    return node


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
