"""The catalogues: every sentence a person reads on the terminal, two files per language.

``word.<key>`` is a plain sentence or label. ``problem.<key>`` has two parts, ``found`` and ``do``; with the place they
make the three parts of a message. Problems are many and help tells none, so they have a file that is read on demand.
"""

from __future__ import annotations

import gettext
import os
import tomllib
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loa.core.text import without_controls

if TYPE_CHECKING:  # help shows no problems and must come at once
    from loa.core.errors import Problem

LANGUAGES = ("vi", "en")
HOME = Path(__file__).parent


class Catalogue:
    """The words of one language, ``vi`` or ``en``."""

    def __init__(self, language: str) -> None:
        self.language = language

    def word(self, key: str, /, **values: object) -> str:
        """The sentence ``word.<key>`` with its values filled in. KeyError when there is none: a bug of ours."""
        return str(_find(self._words, key)).format_map(values)

    def problem(self, problem: Problem) -> str:
        """One line: where, what was found, what to do; control characters of a file are shown, not obeyed."""
        rule = f"[{' '.join(filter(None, (problem.rule, problem.clause)))}] " if problem.rule else ""
        where = f"{problem.place}: " if str(problem.place) else ""
        return f"{without_controls(f'{where}{rule}')}{self.sentence(problem)}"

    def sentence(self, problem: Problem) -> str:
        """What was found and what to do, for readers to whom a place in a file says nothing.

        ``{part}`` is the part that the place names, such as the channel of which a command speaks.
        """
        entry = _find(self._problems, problem.key)
        reason = self._reason(str(problem.values.get("reason", "")))
        values = {"part": problem.place.part, **problem.values, "reason": reason}
        found, do = (str(entry[part]).format_map(values) for part in ("found", "do"))
        return without_controls(f"{found}; {do}.")

    def _reason(self, given: str) -> str:
        """What the system said, in this language where the catalogue has it."""
        return str(self._words["system"].get(given, given))

    @cached_property
    def _words(self) -> Mapping[str, Any]:
        return _table(f"{self.language}.toml", "word")

    @cached_property
    def _problems(self) -> Mapping[str, Any]:
        return _table(f"{self.language}.problems.toml", "problem")


def _table(file: str, name: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = tomllib.loads((HOME / file).read_text(encoding="utf-8"))[name]
    return table


def _find(table: Mapping[str, Any], key: str) -> Any:
    entry: Any = table
    for part in key.split("."):
        entry = entry[part]
    return entry


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of ``vi`` or ``en``; Vietnamese for anything else."""
    return Catalogue(language if language in LANGUAGES else "vi")


def translate_click(language: str) -> None:
    """Let click's own words ("Usage", "No such command") come in ``language``; it asks gettext for them."""
    gettext.bindtextdomain("messages", str(HOME / "click"))
    os.environ["LANGUAGE"] = language


def chosen_language(configured: str = "") -> str:
    """``LOA_LANG`` first, then what config.yaml says, then Vietnamese."""
    return os.environ.get("LOA_LANG", "") or configured or "vi"
