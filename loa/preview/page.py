"""The preview as one HTML page that needs nothing else: to look at, to send along, to print on A4."""

from __future__ import annotations

from functools import cache

import jinja2

from loa import root
from loa.preview.shown import Preview


def write_page(preview: Preview) -> bytes:
    """The page, in UTF-8."""
    return _environment().get_template("page.html.j2").render(preview=preview).encode()


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(root() / "templates" / "preview"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
