"""What a channel draws with templates: the office's own come first, the shipped ones after."""

from __future__ import annotations

from pathlib import Path

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from channels.wording import mail_link, phone_link, vietnamese_day, vietnamese_moment, web_link
from loa.core.errors import Place, mistake


class Drawing:
    """The templates of one kind of channel; those that end in ``.html.j2`` escape what is put into them."""

    def __init__(self, kind: str, *, own: Path, shipped: Path, **known: object) -> None:
        """``own`` and ``shipped`` each hold a folder ``kind``; every template knows the values ``known``."""
        self._folders = [own / kind, shipped / kind]
        self._environment = SandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in self._folders]),
            autoescape=lambda name: name is None or ".html" in name,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(
            moment=vietnamese_moment,
            day=vietnamese_day,
            phone_link=phone_link,
            mail_link=mail_link,
            web_link=web_link,
        )
        self._environment.globals.update(known)

    def draw(self, template: str, **values: object) -> bytes:
        """The template filled in. Raises LoaError (``channel.template``) with the place of a mistake in it."""
        try:
            return self._environment.get_template(template).render(**values).encode()
        except TemplateSyntaxError as error:
            place = Place(file=error.filename or template, line=error.lineno)
            raise mistake("channel.template", place, path=str(place), reason=error.message or "") from None
        except (TemplateError, UnicodeDecodeError, TypeError, ValueError) as error:
            raise mistake("channel.template", Place(file=template), path=template, reason=str(error)) from None

    def file(self, name: str) -> bytes:
        """A file as it is, the office's own when there is one. OSError when it cannot be read."""
        own, shipped = (folder / name for folder in self._folders)
        return (own if own.is_file() else shipped).read_bytes()
