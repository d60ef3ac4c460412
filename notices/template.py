"""Fill a template: the office's words in named blocks, the campaign's facts, nothing undefined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from loa.core.errors import LoaError, Place, Problem, mistake
from notices.braces import open_braces, printed, single_braces
from notices.facts import Fact
from notices.filters import FILTERS
from notices.prose import escape
from notices.template_files import MAX_CHARACTERS, SUFFIX, TemplateFiles, meant_by
from notices.template_slips import SLIPS, NothingToShowError, told, unknown_name
from notices.wording import short_date

# Text functions that can be asked for any length of padding.
_PADDING = {"format", "format_map", "center", "ljust", "rjust", "zfill", "expandtabs"}
_PADDING_FILTERS = ("format", "center", "indent")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A piece of text from a campaign file, and where its first line stands."""

    text: str
    place: Place = Place()

    def place_of(self, line: int) -> Place:
        """Where one of its lines stands, counted from 1; the last one for a line behind it."""
        inside = min(line - 1, self.text.rstrip("\n").count("\n"))
        place = self.place
        return Place(file=place.file, line=place.line + inside if place.line else 0, part=place.part)


_MOST_COMPILED = 256  # texts that are kept ready to be filled


class _Environment(ImmutableSandboxedEnvironment):
    """Facts are shown as they are; multiplying and padding text, the cheap ways to fill a memory, are refused."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def join_path(self, template: str, parent: str) -> str:
        return meant_by(template, parent)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return not (isinstance(obj, str) and attr in _PADDING) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, _value: Any) -> None:
        """Without a safe stand-in for ``format``, which would not bound its padding, the rule above refuses it."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if any(not isinstance(side, int | float) or abs(side) > 10**9 for side in (left, right)):
            raise SecurityError(f"{operator} is for small numbers only")
        if operator == "**" and abs(right) > 20:
            raise SecurityError("power is for small numbers only")
        return super().call_binop(context, operator, left, right)


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """One of the templates that another is made of."""

    text: str
    blocks: Sequence[str]
    is_included: bool  # its blocks cannot be said in other words from outside


@dataclass(frozen=True, kw_only=True)
class _Call:
    """A line of a template that brings another one in."""

    name: str
    line: int
    is_include: bool  # and does not extend it


class Templates:
    """The templates of an office: its own folder first, the shipped one after.

    An own template that extends its own name builds on the shipped one that it covers.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._files = TemplateFiles(folders)
        self._environment = _Environment(
            loader=self._files,
            undefined=jinja2.StrictUndefined,
            finalize=_shown,
            keep_trailing_newline=True,
            # ``finalize`` escapes values for Markdown and marks them as done; the text of templates stays as it is,
            # and so does a block that is printed inside another with super()
            autoescape=True,
        )
        for name in _PADDING_FILTERS:
            del self._environment.filters[name]
        self._environment.filters.update(FILTERS)
        # every kit of a campaign fills the same few texts, and to compile one takes longer than to fill it
        self._compiled = lru_cache(maxsize=_MOST_COMPILED)(self._environment.from_string)
        self._read: dict[str, Sequence[_Piece]] = {}

    def fill(
        self, kind: str, name: str, blocks: Mapping[str, Text], values: Mapping[str, object], *, place: Place = Place()
    ) -> str:
        """Template ``kind/name`` with some of its blocks said in other words, filled with ``values``; Markdown.

        ``place`` is where the campaign asks for the template. Raises LoaError: no such template, no such block,
        a mistake in a template or block, something undefined; each at its place, all those of the blocks at once.
        """
        known = self.blocks(kind, name, place=place)
        if lost := [unknown_name("template.no_block", blocks[b].place, b, known) for b in blocks if b not in known]:
            raise LoaError(lost)
        parts = [f'{{% extends "{kind}/{name}{SUFFIX}" %}}']
        starts: list[tuple[int, Text]] = []
        for block, text in blocks.items():
            starts.append((_line_count(parts) + 2, text))
            parts.append(f"{{% block {block} %}}\n{text.text}\n{{% endblock %}}")
        return self._render("\n".join(parts), starts, values)

    def fill_text(self, text: Text, values: Mapping[str, object]) -> str:
        """A text of the campaign filled with ``values``; Markdown. Raises LoaError as ``fill`` does."""
        return self._render(text.text, [(1, text)], values)

    def blocks(self, kind: str, name: str, *, place: Place = Place()) -> list[str]:
        """The names of a template's blocks in reading order: that of the template which lays out the page.

        Raises LoaError when there is no such template, and as ``sources`` does.
        """
        pieces = [piece for piece in self._pieces(kind, name, place) if not piece.is_included]
        return list(dict.fromkeys(block for piece in reversed(pieces) for block in piece.blocks))

    def sources(self, kind: str, name: str, *, place: Place = Place()) -> list[str]:
        """The text of a template, then those of all that it extends or includes; what is missing is left out.

        Raises LoaError: no such template, a mistake in one of them, one that builds on itself.
        """
        return [piece.text for piece in self._pieces(kind, name, place)]

    def names(self, kind: str) -> list[str]:
        """The templates for a kind of document, own and shipped."""
        return self._files.names(kind)

    def files(self) -> dict[str, Path]:
        """Every template, own and shipped, by the path that other templates name it by; own ones cover shipped ones."""
        return self._files.all()

    def _pieces(self, kind: str, name: str, place: Place) -> Sequence[_Piece]:
        path = f"{kind}/{name}{SUFFIX}"
        if path not in self._read:
            try:
                self._read[path] = list(self._walk(path, ()))
            except jinja2.TemplateNotFound:
                raise LoaError(unknown_name("template.not_found", place, name, self.names(kind))) from None
        return self._read[path]

    def _walk(self, path: str, above: tuple[str, ...], *, is_included: bool = False) -> Iterator[_Piece]:
        """A template and all that it builds on, each with the templates ``above`` that brought it in."""
        text, file, _ = self._files.get_source(self._environment, path)
        try:
            tree = self._environment.parse(text, path, file)
            self._environment.get_template(path)  # finds unknown filters too
        except jinja2.TemplateSyntaxError as error:
            raise _syntax_mistake(error, []) from None
        yield _Piece(text=text, blocks=[block.name for block in tree.find_all(nodes.Block)], is_included=is_included)
        seen = (*above, path)
        for call in _calls(tree):
            name = meant_by(call.name, path)
            if name in seen or (name != call.name and not self._files.has(name)):
                raise mistake("template.circle", Place(file=file or path, line=call.line), name=call.name)
            if self._files.has(name):  # else told when it is filled
                yield from self._walk(name, seen, is_included=is_included or call.is_include)

    def _render(self, source: str, starts: Sequence[tuple[int, Text]], values: Mapping[str, object]) -> str:
        """``starts``: where in the source the texts of the campaign begin."""
        texts = [text for _, text in starts]
        slips = [slip for text in texts for slip in _single_braces(text, values)]
        try:
            filled = self._compiled(source).render(values)
        except SLIPS as error:
            first = _syntax_mistake(error, starts) if isinstance(error, jinja2.TemplateSyntaxError) else None
            first = first or told(error, _place(error, starts), values)
            slips += [slip for text in texts for slip in self._slips_in(text, values)]
            if any(problem.key == "template.braces" for problem in first.problems):
                places = [text.place_of(line) for text in texts for line in open_braces(text.text)]
                slips += [Problem(key="template.braces", place=place) for place in places]
            slips += [problem for problem in first.problems if problem not in slips]
        if slips:
            raise LoaError(sorted(slips, key=lambda slip: (slip.place.file, slip.place.line)))
        if len(filled) > MAX_CHARACTERS:
            raise mistake("template.too_long", texts[0].place if texts else Place(), limit=MAX_CHARACTERS)
        return filled

    def _slips_in(self, text: Text, values: Mapping[str, object]) -> Iterator[Problem]:
        """Each mistake between braces, where Jinja stops at the first."""
        for line, expression in printed(text.text):
            try:
                self._environment.from_string(expression).render(values)
            except SLIPS as error:
                yield from told(error, text.place_of(line), values).problems


def _calls(tree: nodes.Template) -> Iterator[_Call]:
    """The templates that a template names; not those whose names it works out."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named = getattr(node, "template", None)
        if isinstance(named, nodes.Const):
            yield _Call(name=str(named.value), line=node.lineno, is_include=not isinstance(node, nodes.Extends))


def _single_braces(text: Text, values: Mapping[str, object]) -> Iterator[Problem]:
    for line, name, typed in single_braces(text.text, values):
        yield Problem(key="template.single_braces", place=text.place_of(line), values={"typed": typed, "name": name})


def _shown(value: object) -> object:
    """What ``{{ value }}`` prints: its characters, never its markup. Blocks of the template itself pass.

    Only text, numbers, dates and facts can be printed: a missing label would stand on paper as “None”.
    """
    if isinstance(value, jinja2.Undefined | Markup):
        return value
    if isinstance(value, date):
        value = short_date(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float | Fact):
        raise NothingToShowError
    return Markup(escape(str(value)))  # noqa: S704  # escaped


def _line_count(parts: Sequence[str]) -> int:
    return sum(part.count("\n") + 1 for part in parts)


def _located(line: int, starts: Sequence[tuple[int, Text]]) -> Place:
    """The place in the campaign file of a line of the source that was rendered."""
    return next((text.place_of(line - first + 1) for first, text in reversed(starts) if line >= first), Place())


def _place(error: BaseException, starts: Sequence[tuple[int, Text]]) -> Place:
    """Where in a template the error arose: Jinja rewrites the trace so that its last frames are template lines."""
    place = Place()
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name == "<template>":
            found = _located(trace.tb_lineno, starts)
            place = place if found == Place() else found  # a line of our own frame around the blocks says nothing
        elif name.endswith(SUFFIX):
            place = Place(file=name, line=trace.tb_lineno)
        trace = trace.tb_next
    return place


def _syntax_mistake(error: jinja2.TemplateSyntaxError, starts: Sequence[tuple[int, Text]]) -> LoaError:
    is_file = error.filename is not None and error.filename.endswith(SUFFIX)
    place = Place(file=error.filename or "", line=error.lineno) if is_file else _located(error.lineno, starts)
    return told(error, place, {})
