"""Names in addresses as WordPress makes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

_LONGEST = 200
TRASHED = "__trashed"


def fold(text: str) -> str:
    """``Thông báo Đợt 1`` → ``thong-bao-dot-1``."""
    plain = without_accents(text).lower()
    kept = re.sub(r"[^a-z0-9_\-]", "", re.sub(r"[\s./]+", "-", plain))
    return re.sub(r"-+", "-", kept)[:_LONGEST].strip("-")


def without_accents(text: str) -> str:
    """``Đợt`` → ``Dot``."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def free_slug(wanted: str, taken: Container[str]) -> str:
    """``wanted``, or with -2, -3 … behind it: a taken one is no error."""
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        suffix = f"-{number}"
        slug = wanted[: _LONGEST - len(suffix)] + suffix
    return slug
