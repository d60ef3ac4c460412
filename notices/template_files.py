"""Template files: which file a name stands for, the office's own before the shipped ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import jinja2

from loa.core.errors import Place, mistake
from loa.core.files import read_file
from loa.core.text import forbidden_characters, normalise

SUFFIX = ".md.j2"
# A text longer than this is a slip in a template, not a paper.
MAX_CHARACTERS = 1_000_000
# Before a name: the shipped template, also where an own one of that name stands before it.
SHIPPED = "shipped/"


class TemplateFiles(jinja2.BaseLoader):
    """Templates from folders, the first that has one; read as clean as campaign files are."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """``folders``: own ones first; the shipped one stands last, and alone where there are no own ones."""
        self._folders = tuple(folders)

    def get_source(
        self, _environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Text and path of a template, as Jinja asks for them. Raises TemplateNotFound, LoaError as reading does."""
        path = self._path(template)
        if path is None:
            raise jinja2.TemplateNotFound(template)
        return read_template(path), str(path), None

    def has(self, template: str) -> bool:
        """Whether there is a template of that name."""
        return self._path(template) is not None

    def names(self, kind: str) -> list[str]:
        """The templates for a kind of document, own and shipped."""
        found = {p.name.removesuffix(SUFFIX) for folder in self._folders for p in (folder / kind).glob(f"*{SUFFIX}")}
        return sorted(found)

    def all(self) -> dict[str, Path]:
        """Every template, own and shipped, by the path that other templates name it by; own ones cover shipped ones."""
        return {
            path.relative_to(folder).as_posix(): path
            for folder in reversed(self._folders)
            for path in sorted(folder.rglob(f"*{SUFFIX}"))
        }

    def _path(self, template: str) -> Path | None:
        try:
            pieces = jinja2.loaders.split_template_path(template.removeprefix(SHIPPED))
        except jinja2.TemplateNotFound:  # it would leave the folder
            return None
        folders = self._folders[1:][-1:] if template.startswith(SHIPPED) else self._folders
        return next((path for folder in folders if (path := folder.joinpath(*pieces)).is_file()), None)


def meant_by(template: str, asking: str) -> str:
    """What the template ``asking`` means by a name: by its own one, the shipped template that it covers."""
    return f"{SHIPPED}{template}" if template == asking else template


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
