"""Fill a template: the office's words in named blocks, the campaign's facts, nothing undefined."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from loa.core.errors import LoaError, Place, mistake
from notices.prose import escape

SUFFIX = ".md.j2"
# A text longer than this is a slip in a template, not a paper.
MAX_CHARACTERS = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Text:
    """A piece of text from a campaign file, and where its first line stands."""

    text: str
    place: Place = Place()


class _Environment(ImmutableSandboxedEnvironment):
    """Facts are shown as they are; multiplying text, the cheap way to fill a memory, is bounded."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if any(not isinstance(side, int | float) or abs(side) > 10**9 for side in (left, right)):
            raise SecurityError(f"{operator} is for small numbers only")
        if operator == "**" and abs(right) > 20:
            raise SecurityError("power is for small numbers only")
        return super().call_binop(context, operator, left, right)


class Templates:
    """The templates of an office: its own folder first, the shipped one after."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._environment = _Environment(
            loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
            undefined=jinja2.StrictUndefined,
            finalize=_shown,
            keep_trailing_newline=True,
            autoescape=False,  # the text is Markdown: values are escaped for that, by ``finalize``
        )

    def fill(
        self, kind: str, name: str, blocks: Mapping[str, Text], values: Mapping[str, object], *, place: Place = Place()
    ) -> str:
        """Template ``kind/name`` with some of its blocks said in other words, filled with ``values``; Markdown.

        ``place`` is where the campaign asks for the template. Raises LoaError: no such template, no such block,
        a mistake in a template or block, something undefined; each at its place.
        """
        path = f"{kind}/{name}{SUFFIX}"
        known = self.blocks(kind, name, place=place)
        for block, text in blocks.items():
            if block not in known:
                raise mistake("template.no_block", text.place, name=block, known=", ".join(known))
        parts = [f'{{% extends "{path}" %}}']
        starts: list[tuple[int, Text]] = []
        for block, text in blocks.items():
            starts.append((_line_count(parts) + 2, text))
            parts.append(f"{{% block {block} %}}\n{text.text}\n{{% endblock %}}")
        return self._render("\n".join(parts), starts, values)

    def fill_text(self, text: Text, values: Mapping[str, object]) -> str:
        """A text of the campaign filled with ``values``; Markdown. Raises LoaError as ``fill`` does."""
        return self._render(text.text, [(1, text)], values)

    def blocks(self, kind: str, name: str, *, place: Place = Place()) -> list[str]:
        """The names of a template's blocks, in order. Raises LoaError when there is no such template."""
        path = f"{kind}/{name}{SUFFIX}"
        try:
            template = self._environment.get_template(path)
        except jinja2.TemplateNotFound:
            known = ", ".join(self.names(kind))
            raise mistake("template.not_found", place, name=name, known=known) from None
        except jinja2.TemplateSyntaxError as error:
            raise _syntax_mistake(error, []) from None
        return list(template.blocks)

    def names(self, kind: str) -> list[str]:
        """The templates for a kind of document, own and shipped."""
        found = {p.name.removesuffix(SUFFIX) for folder in self._folders for p in (folder / kind).glob(f"*{SUFFIX}")}
        return sorted(found)

    def _render(self, source: str, starts: Sequence[tuple[int, Text]], values: Mapping[str, object]) -> str:
        try:
            text = self._environment.from_string(source).render(values)
        except jinja2.TemplateSyntaxError as error:
            raise _syntax_mistake(error, starts) from None
        except jinja2.UndefinedError as error:
            raise _undefined(error, starts, values) from None
        except (SecurityError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
            place = _place(error, starts)
            raise mistake("template.cannot_fill", place, reason=str(error)[:200]) from None
        if len(text) > MAX_CHARACTERS:
            raise mistake("template.too_long", starts[0][1].place if starts else Place(), limit=MAX_CHARACTERS)
        return text


def _shown(value: object) -> object:
    """What ``{{ value }}`` prints: its characters, never its markup. Blocks of the template itself pass."""
    return value if isinstance(value, jinja2.Undefined) else escape(str(value))


def _line_count(parts: Sequence[str]) -> int:
    return sum(part.count("\n") + 1 for part in parts)


def _located(line: int, starts: Sequence[tuple[int, Text]]) -> Place:
    """The place in the campaign file of a line of the source that was rendered."""
    for first, text in reversed(starts):
        if line >= first:
            found = text.place
            return Place(file=found.file, line=found.line + line - first if found.line else 0, part=found.part)
    return Place()


def _place(error: BaseException, starts: Sequence[tuple[int, Text]]) -> Place:
    """Where in a template the error arose: Jinja rewrites the trace so that its last frames are template lines."""
    place = Place()
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name == "<template>":
            place = _located(trace.tb_lineno, starts)
        elif name.endswith(SUFFIX):
            place = Place(file=name, line=trace.tb_lineno)
        trace = trace.tb_next
    return place


def _undefined(
    error: jinja2.UndefinedError, starts: Sequence[tuple[int, Text]], values: Mapping[str, object]
) -> LoaError:
    found = re.search(r"'([^']+)' is undefined|no attribute '([^']+)'", str(error))
    name = (found[1] or found[2]) if found else str(error)
    known = ", ".join(sorted(values))
    return mistake("template.undefined", _place(error, starts), name=name, known=known)


def _syntax_mistake(error: jinja2.TemplateSyntaxError, starts: Sequence[tuple[int, Text]]) -> LoaError:
    if error.filename and error.filename.endswith(SUFFIX):
        place = Place(file=error.filename, line=error.lineno)
    else:
        place = _located(error.lineno, starts)
    return mistake("template.syntax", place, reason=error.message or "")
