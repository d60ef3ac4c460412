"""Cleaning of text that people typed, as a chain of small steps, and the names made from it."""

from __future__ import annotations

import re
import unicodedata

# Kinds of character that carry no visible text and break writers, searches or screen readers: control and format
# characters (zero-width, soft hyphen, turned direction), private use, surrogates, unassigned, line separators.
_FORBIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def normalise(text: str) -> str:
    """NFC, and line ends as ``\\n``. Decomposed accents are drawn beside their letters, so they are joined here."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def forbidden_characters(text: str) -> list[str]:
    """The characters in ``text`` that no paper or post may carry, as ``U+0007``, each once, in order.

    Everything invisible but blanks and line feeds, and combining marks that NFC could not join to a letter
    (ND30 I/1-I.4: Unicode, TCVN 6909:2001).
    """
    found: dict[str, None] = {}
    for character in text:
        category = unicodedata.category(character)
        if character in "\n\t":
            continue
        if category in _FORBIDDEN or category.startswith("M"):
            found[f"U+{ord(character):04X}"] = None
    return list(found)


def without_controls(text: str) -> str:
    """The text as it may be shown on a terminal: of invisible characters their numbers, ``U+001B`` for an escape.

    Blanks and line feeds stay. What is left cannot move the cursor, change colours or turn the direction of writing.
    """
    return "".join(
        f"U+{ord(character):04X}"
        if character not in "\n\t" and unicodedata.category(character) in _FORBIDDEN
        else character
        for character in text
    )


def one_line(text: str) -> str:
    """Runs of blanks and line breaks become single spaces; the ends are trimmed. U+00A0 is kept."""
    return re.sub(r"[ \t\n]+", " ", text).strip(" \t\n")


def without_accents(text: str) -> str:
    """``Đợt`` → ``Dot``: letters without tone and shape marks. NFD alone does not take đ apart."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slug(text: str, *, limit: int = 80) -> str:
    """A name for addresses and files: lower-case a–z, 0–9 and hyphens, cut at a word end within ``limit``."""
    words = re.sub(r"[^a-z0-9]+", "-", without_accents(text).lower()).strip("-")
    if len(words) <= limit:
        return words
    return words[: limit + 1].rpartition("-")[0] or words[:limit]
