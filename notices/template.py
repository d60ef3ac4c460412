"""Fill a template: the office's words in named blocks, the campaign's facts, nothing undefined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from loa.core.errors import LoaError, Place, Problem, mistake
from loa.core.files import read_file
from loa.core.text import forbidden_characters, normalise
from notices.facts import Fact
from notices.filters import FILTERS, UnfitFactError, UnwordableError
from notices.prose import escape
from notices.wording import short_date

SUFFIX = ".md.j2"
# Text functions that can be asked for any length of padding.
_PADDING = {"format", "format_map", "center", "ljust", "rjust", "zfill", "expandtabs"}
_PADDING_FILTERS = ("format", "center", "indent")
# What Jinja says of braces that do not meet, the slip that officers make.
_BRACES = ("end of print statement", "unexpected '}'", "unexpected end of template", "Missing end of")
# The sentence for a name that is nearly a known one.
_CLOSE = {
    "template.not_found": "template.not_found_close",
    "template.no_block": "template.no_block_close",
    "template.undefined": "template.undefined_close",
}
# ``{ dien_thoai }``: one brace is plain text to Jinja and would be printed.
_SINGLE_BRACES = re.compile(r"(?<!\{)\{\s*(([a-z_][a-z0-9_]*)(?:\.[a-z_]+)*)\s*\}{1,2}(?!\})")
# A text longer than this is a slip in a template, not a paper.
MAX_CHARACTERS = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Text:
    """A piece of text from a campaign file, and where its first line stands."""

    text: str
    place: Place = Place()


class _Environment(ImmutableSandboxedEnvironment):
    """Facts are shown as they are; multiplying and padding text, the cheap ways to fill a memory, are refused."""

    intercepted_binops = frozenset({"*", "**", "%"})

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


class Templates:
    """The templates of an office: its own folder first, the shipped one after."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._environment = _Environment(
            loader=_Shelf(folders),
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
                raise LoaError(unknown_name("template.no_block", text.place, block, known))
        parts = [f'{{% extends "{path}" %}}']
        starts: list[tuple[int, Text]] = []
        for block, text in blocks.items():
            starts.append((_line_count(parts) + 2, text))
            parts.append(f"{{% block {block} %}}\n{text.text}\n{{% endblock %}}")
        _refuse_single_braces(blocks.values(), values)
        return self._render("\n".join(parts), starts, values)

    def fill_text(self, text: Text, values: Mapping[str, object]) -> str:
        """A text of the campaign filled with ``values``; Markdown. Raises LoaError as ``fill`` does."""
        _refuse_single_braces([text], values)
        return self._render(text.text, [(1, text)], values)

    def blocks(self, kind: str, name: str, *, place: Place = Place()) -> list[str]:
        """The names of a template's blocks, in order. Raises LoaError when there is no such template."""
        path = f"{kind}/{name}{SUFFIX}"
        try:
            template = self._environment.get_template(path)
        except jinja2.TemplateNotFound:
            raise LoaError(unknown_name("template.not_found", place, name, self.names(kind))) from None
        except jinja2.TemplateSyntaxError as error:
            raise _syntax_mistake(error, []) from None
        return list(template.blocks)

    def names(self, kind: str) -> list[str]:
        """The templates for a kind of document, own and shipped."""
        found = {p.name.removesuffix(SUFFIX) for folder in self._folders for p in (folder / kind).glob(f"*{SUFFIX}")}
        return sorted(found)

    def files(self) -> dict[str, Path]:
        """Every template, own and shipped, by the path that other templates name it by; own ones cover shipped ones."""
        return {
            path.relative_to(folder).as_posix(): path
            for folder in reversed(self._folders)
            for path in sorted(folder.rglob(f"*{SUFFIX}"))
        }

    def _render(self, source: str, starts: Sequence[tuple[int, Text]], values: Mapping[str, object]) -> str:
        try:
            text = self._environment.from_string(source).render(values)
        except jinja2.TemplateSyntaxError as error:
            raise _syntax_mistake(error, starts) from None
        except jinja2.UndefinedError as error:
            raise _undefined(error, starts, values) from None
        except UnfitFactError as error:
            raise mistake("template.unfit", _place(error, starts), **error.values) from None
        except UnwordableError as error:
            raise mistake("template.not_months", _place(error, starts)) from None
        except _NothingToShowError as error:
            raise mistake("template.nothing", _place(error, starts)) from None
        except SecurityError as error:
            raise mistake("template.not_allowed", _place(error, starts)) from None
        except RecursionError as error:
            raise mistake("template.endless", _place(error, starts)) from None
        except jinja2.TemplateNotFound as error:
            raise mistake("template.no_include", _place(error, starts), name=error.name or "") from None
        except (jinja2.TemplateRuntimeError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            place = _place(error, starts)
            raise mistake("template.cannot_fill", place, reason=str(error)[:200]) from None
        if len(text) > MAX_CHARACTERS:
            raise mistake("template.too_long", starts[0][1].place if starts else Place(), limit=MAX_CHARACTERS)
        return text


def unknown_name(key: str, place: Place, name: str, known: Iterable[str]) -> Problem:
    """A name that is not among the known ones, with the one it is nearest to, if any; ``key`` is of the catalogue."""
    names = list(known)
    values: dict[str, object] = {"name": name, "known": ", ".join(names) or "–"}
    if close := get_close_matches(name, names, n=1):
        return Problem(key=_CLOSE[key], place=place, values=values | {"close": close[0]})
    return Problem(key=key, place=place, values=values)


def _refuse_single_braces(texts: Iterable[Text], values: Mapping[str, object]) -> None:
    """Raise LoaError for every known name between single braces, which the paper would show as typed."""
    found = [
        Problem(
            key="template.single_braces",
            place=_located(1 + text.text.count("\n", 0, match.start()), [(1, text)]),
            values={"typed": match[0], "name": match[1]},
        )
        for text in texts
        for match in _SINGLE_BRACES.finditer(text.text)
        if match[2] in values
    ]
    if found:
        raise LoaError(found)


class _NothingToShowError(jinja2.TemplateRuntimeError):
    """A place in a text where a value should stand and there is none, or none that can be printed."""


def _shown(value: object) -> object:
    """What ``{{ value }}`` prints: its characters, never its markup. Blocks of the template itself pass.

    Only text, numbers, dates and facts can be printed: a missing label would stand on paper as “None”.
    """
    if isinstance(value, jinja2.Undefined | Markup):
        return value
    if isinstance(value, date):
        value = short_date(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float | Fact):
        raise _NothingToShowError
    return Markup(escape(str(value)))  # noqa: S704  # escaped


class _Shelf(jinja2.BaseLoader):
    """Templates from folders, the first that has one; read as clean as campaign files are."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def get_source(
        self, _environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        pieces = jinja2.loaders.split_template_path(template)  # refuses to leave the folder
        path = next((path for folder in self._folders if (path := folder.joinpath(*pieces)).is_file()), None)
        if path is None:
            raise jinja2.TemplateNotFound(template)
        return read_template(path), str(path), None


def read_template(path: Path) -> str:
    """The text of a template file, NFC. Raises LoaError for another encoding, or what no paper may carry."""
    raw = read_file(path, limit=MAX_CHARACTERS)
    try:
        text = normalise(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise mistake("yaml.encoding", Place(file=str(path))) from None
    for number, line in enumerate(text.split("\n"), 1):
        if bad := forbidden_characters(line):
            raise mistake("text.forbidden", Place(file=str(path), line=number), characters=", ".join(bad))
    return text


def _line_count(parts: Sequence[str]) -> int:
    return sum(part.count("\n") + 1 for part in parts)


def _located(line: int, starts: Sequence[tuple[int, Text]]) -> Place:
    """The place in the campaign file of a line of the source that was rendered."""
    for first, text in reversed(starts):
        if line >= first:
            found = text.place
            inside = min(line - first, text.text.rstrip("\n").count("\n"))
            return Place(file=found.file, line=found.line + inside if found.line else 0, part=found.part)
    return Place()


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


def _undefined(
    error: jinja2.UndefinedError, starts: Sequence[tuple[int, Text]], values: Mapping[str, object]
) -> LoaError:
    place = _place(error, starts)
    if found := re.search(r"no attribute '([^']+)'", str(error)):
        return mistake("template.no_part", place, name=found[1])
    name = found[1] if (found := re.search(r"'([^']+)' is undefined", str(error))) else str(error)
    return LoaError(unknown_name("template.undefined", place, name, sorted(values)))


def _syntax_mistake(error: jinja2.TemplateSyntaxError, starts: Sequence[tuple[int, Text]]) -> LoaError:
    if error.filename and error.filename.endswith(SUFFIX):
        place = Place(file=error.filename, line=error.lineno)
    else:
        place = _located(error.lineno, starts)
    reason = error.message or ""
    if found := re.match(r"No filter named '([^']+)'", reason):
        return mistake("template.no_filter", place, name=found[1], known=", ".join(FILTERS))
    return mistake("template.braces" if any(w in reason for w in _BRACES) else "template.syntax", place, reason=reason)
