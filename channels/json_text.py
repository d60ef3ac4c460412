"""JSON as text, the same bytes for the same value."""

from __future__ import annotations

import json


def to_json(value: object) -> bytes:
    """Readable JSON in UTF-8, for a file."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def to_script(value: object) -> str:
    """JSON for a script element of a page: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
