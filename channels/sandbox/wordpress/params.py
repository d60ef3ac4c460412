"""Parameters of a WordPress request: where they come from, and which values can be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from channels.sandbox.web import Request
from channels.sandbox.wordpress.dates import read_date
from channels.sandbox.wordpress.errors import WordPressRefusal, WrongParameterError, wrong_parameters

Reader = Callable[[object], object]
_BROKEN_TEXT, _BROKEN_SYNTAX = 5, 4  # PHP's numbers for bad UTF-8 and for anything else that is no JSON


def sent(request: Request) -> dict[str, object]:
    """Everything the request carries, the body before the query. Raises WordPressRefusal for broken JSON."""
    return {**request.query, **_body(request)}


def _body(request: Request) -> Mapping[str, object]:
    if request.media_type() != "application/json" or not request.body:
        return request.form()
    try:
        value = request.json()
    except UnicodeDecodeError as error:
        raise WordPressRefusal("rest_invalid_json", json_error_code=_BROKEN_TEXT) from error
    except ValueError as error:
        raise WordPressRefusal("rest_invalid_json", json_error_code=_BROKEN_SYNTAX) from error
    return value if isinstance(value, dict) else {}


def read(params: Mapping[str, object], readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The known parameters as values; unknown ones are ignored. WordPressRefusal names all that are wrong at once."""
    values: dict[str, Any] = {}
    wrong: dict[str, WrongParameterError] = {}
    for name, reader in readers.items():
        if name in params:
            try:
                values[name] = reader(params[name])
            except WrongParameterError as found:
                wrong[name] = found
    if wrong:
        raise wrong_parameters(wrong)
    return values


def text(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise _wrong_type("string")
    return value


def raw_text(value: object) -> str:
    """A text, or an object that has it under ``raw``."""
    return text(value.get("raw") if isinstance(value, dict) else value)


def number(value: object) -> int:
    """A whole number, also as digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.removeprefix("-").isdecimal() and value.isascii():
        return int(value)
    raise _wrong_type("integer")


def numbers(value: object) -> list[int]:
    """A list of whole numbers, also as digits parted by commas."""
    parts = value if isinstance(value, list) else str(value).split(",") if isinstance(value, str | int) else None
    if parts is None:
        raise _wrong_type("array")
    return [number(part.strip() if isinstance(part, str) else part) for part in parts if part != ""]


def texts(value: object) -> list[str]:
    """A list of texts, also parted by commas."""
    if isinstance(value, list):
        return [text(part) for part in value]
    return [part.strip() for part in text(value).split(",")]


def flag(value: object) -> bool:
    """True or false, also as words or digits."""
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if word not in ("true", "1", "false", "0"):
        raise _wrong_type("boolean")
    return word in ("true", "1")


def one_of(*choices: str) -> Reader:
    """A reader of one of these words."""

    def reader(value: object) -> str:
        if value not in choices:
            raise WrongParameterError("rest_not_in_enum", f"Phải là một trong: {', '.join(choices)}.")
        return str(value)

    return reader


def between(least: int, most: int | None) -> Reader:
    """A reader of a whole number in this range, its ends included."""

    def reader(value: object) -> int:
        found = number(value)
        if found < least or (most is not None and found > most):
            raise WrongParameterError(
                "rest_out_of_bounds", f"Phải từ {least}" + (f" đến {most}." if most else " trở lên.")
            )
        return found

    return reader


def date_in(zone: tzinfo) -> Reader:
    """A reader of dates, which are in ``zone`` unless they say otherwise; null stays None."""

    def reader(value: object) -> datetime | None:
        return None if value is None else read_date(value, zone)

    return reader


def _wrong_type(wanted: str) -> WrongParameterError:
    return WrongParameterError("rest_invalid_type", f"Không phải kiểu {wanted}.")
