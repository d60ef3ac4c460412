"""The catalogues: every sentence a person reads on the terminal, one file per language.

``problem.<key>`` has two parts, ``found`` and ``do``; with the place they make the three parts of a message.
``word.<key>`` is a plain sentence or label.
"""

from __future__ import annotations

import gettext
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loa.core.text import without_controls

if TYPE_CHECKING:  # help shows no problems and must come at once
    from loa.core.errors import Problem

LANGUAGES = ("vi", "en")
HOME = Path(__file__).parent


class Catalogue:
    """The words of one language."""

    def __init__(self, language: str, entries: Mapping[str, Any]) -> None:
        self.language = language
        self._entries = entries

    def word(self, key: str, /, **values: object) -> str:
        """The sentence ``word.<key>`` with its values filled in. KeyError when there is none: a bug of ours."""
        return str(self._find("word", key)).format_map(values)

    def problem(self, problem: Problem) -> str:
        """One line: where, what was found, what to do; control characters of a file are shown, not obeyed."""
        entry = self._find("problem", problem.key)
        found, do = (str(entry[part]).format_map(problem.values) for part in ("found", "do"))
        rule = f"[{' '.join(filter(None, (problem.rule, problem.clause)))}] " if problem.rule else ""
        where = f"{problem.place}: " if str(problem.place) else ""
        return without_controls(f"{where}{rule}{found}; {do}.")

    def _find(self, kind: str, key: str) -> Any:
        entry: Any = self._entries[kind]
        for part in key.split("."):
            entry = entry[part]
        return entry


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of ``vi`` or ``en``; Vietnamese for anything else."""
    language = language if language in LANGUAGES else "vi"
    return Catalogue(language, tomllib.loads((HOME / f"{language}.toml").read_text(encoding="utf-8")))


def translate_click(language: str) -> None:
    """Let click's own words ("Usage", "No such command") come in ``language``; it asks gettext for them."""
    gettext.bindtextdomain("messages", str(HOME / "click"))
    os.environ["LANGUAGE"] = language


def chosen_language(configured: str = "") -> str:
    """``LOA_LANG`` first, then what config.yaml says, then Vietnamese."""
    return os.environ.get("LOA_LANG", "") or configured or "vi"
