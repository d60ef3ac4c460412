"""What templates there are: whose each one is, what it is for, what it needs, what blocks it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2 import meta, nodes

from loa.core.errors import Place, Problem
from loa.core.text import one_line
from notices.filters import FILTERS
from notices.template import Templates
from notices.template_files import SUFFIX

# Kinds of document whose words come from templates; each has a folder of its name.
KINDS = ("dispatch", "notice", "report", "appendix")

# A template begins with a comment: one line that names it, what it is for, and below “Ví dụ:” an example in YAML.
_HEAD = re.compile(r"\s*\{#-?(.*?)-?#\}", re.DOTALL)
# Templates are only read here, never run; running is in the sandbox of ``notices.template``.
_ENVIRONMENT = jinja2.Environment(autoescape=True)
_ENVIRONMENT.filters.update(FILTERS)
_EXAMPLE = re.compile(r"^Ví dụ:\n", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Head:
    """What the comment that opens a template says; all empty when there is none."""

    title: str = ""  # one line
    purpose: str = ""  # when to use it, one paragraph
    example: str = ""  # part of a campaign file, YAML
    example_line: int = 0  # of the file, where the example begins; counts from 1


@dataclass(frozen=True, kw_only=True)
class Card:
    """One template, as a list of templates shows it."""

    kind: str
    name: str
    path: Path
    is_own: bool  # of the office, not shipped
    covers: bool  # an own one that stands before a shipped one of its name
    head: Head
    blocks: Sequence[str]  # in the order of the file
    needs: Mapping[str, Sequence[str]]  # name it prints → blocks that print it
    text: str  # without the head


class Shelf:
    """The templates of an office: own ones before shipped ones, as ``Templates`` finds them."""

    def __init__(self, own: Path, shipped: Path) -> None:
        """``own`` and ``shipped`` hold a folder for each kind; they may be the same: then all are shipped."""
        self._own = own
        self._shipped = shipped
        self._folders = tuple(dict.fromkeys((own, shipped)))
        self._templates = Templates(self._folders)

    def names(self) -> list[tuple[str, str]]:
        """Kind and name of every template, kinds in the order of ``KINDS``, names by letter."""
        return [(kind, name) for kind in KINDS for name in self._templates.names(kind)]

    def card(self, kind: str, name: str) -> Card:
        """What there is to know of a template. Raises LoaError: no such template, or a mistake in its file."""
        sources = self._templates.sources(kind, name)
        path = self._path(f"{kind}/{name}{SUFFIX}")
        text = sources[0]
        is_own = path.is_relative_to(self._own) and self._own.resolve() != self._shipped.resolve()
        return Card(
            kind=kind,
            name=name,
            path=path,
            is_own=is_own,
            covers=is_own and (self._shipped / kind / path.name).is_file(),
            head=read_head(text),
            blocks=self._templates.blocks(kind, name),
            needs=needs_of(sources),
            text=_HEAD.sub("", text, count=1).strip("\n"),
        )

    def misplaced(self) -> Iterator[Problem]:
        """Own template files in a folder that is no kind of document, where nothing would find them."""
        for path in sorted(self._own.glob(f"*/*{SUFFIX}")):
            if (kind := path.parent.name) not in KINDS:
                values: dict[str, object] = {"kind": kind, "known": ", ".join(KINDS)}
                yield Problem(key="shelf.no_kind", place=Place(file=str(path)), values=values)

    def _path(self, name: str) -> Path:
        return next(path for folder in self._folders if (path := folder / name).is_file())


def read_head(text: str) -> Head:
    """The comment at the beginning of a template."""
    found = _HEAD.match(text)
    if found is None:
        return Head()
    words, *rest = _EXAMPLE.split(found[1], maxsplit=1)
    title, _, purpose = words.strip().partition("\n")
    if not rest:
        return Head(title=one_line(title), purpose=one_line(purpose))
    line = 1 + text.count("\n", 0, found.start(1) + len(found[1]) - len(rest[0]))
    return Head(title=one_line(title), purpose=one_line(purpose), example=rest[0], example_line=line)


def _parsed(text: str) -> nodes.Template:
    return _ENVIRONMENT.parse(text)


def needs_of(sources: Sequence[str]) -> dict[str, list[str]]:
    """What a template prints and does not make itself → the blocks where it does; a replaced block counts no more.

    ``sources``: its text, then those of all that it extends or includes.
    """
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for tree in map(_parsed, sources):
        for block in tree.find_all(nodes.Block):
            if block.name not in seen:
                for name in _undeclared(nodes.Template(block.body, lineno=block.lineno)):
                    found.setdefault(name, []).append(block.name)
        seen |= {block.name for block in tree.find_all(nodes.Block)}
        tree.body = [node for node in tree.body if not isinstance(node, nodes.Block)]
        for name in _undeclared(tree):
            found.setdefault(name, [])
    return found


def _undeclared(tree: nodes.Template) -> list[str]:
    tree.set_environment(_ENVIRONMENT)
    return sorted(meta.find_undeclared_variables(tree))
