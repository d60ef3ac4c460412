"""Words with facts in them: a document's text, its single lines, and the texts of announcements."""

from __future__ import annotations

from loa.core.errors import LoaError, Place, Problem
from loa.core.text import one_line
from notices.context import Context
from notices.model import DocumentSpec
from notices.prose import Prose, read_prose, unescape
from notices.template import Text

# The single lines of a document in which facts may stand.
_LINES = ("subject", "basis", "to", "cc", "sign", "file", "heading", "title")


def fill_prose(text: Text, context: Context) -> Prose:
    """Running text of a campaign, such as an announcement, with its facts filled in. Raises LoaError."""
    return _checked(context.templates.fill_text(text, context.values), text.place)


def fill_line(text: Text, context: Context) -> str:
    """One line of plain text, such as a title or an addressee, with its facts filled in. Raises LoaError."""
    has_braces = "{" in text.text  # most lines have none, and need no template made of them
    return one_line(unescape(context.templates.fill_text(text, context.values) if has_braces else text.text))


def fill_text(name: str, spec: DocumentSpec, context: Context) -> Prose:
    """The running text of the document ``name``, from its body or its template. Raises LoaError."""
    place = context.locate("documents", name)
    if spec.body is not None:
        text = Text(text=spec.body, place=context.locate("documents", name, "body"))
        return fill_prose(text, context)
    blocks = {
        block: Text(text=text, place=context.locate("documents", name, "blocks", block))
        for block, text in spec.blocks.items()
    }
    return _checked(context.templates.fill(spec.type, spec.template or "", blocks, context.values, place=place), place)


def fill_lines(name: str, spec: DocumentSpec, context: Context) -> DocumentSpec:
    """The specification with facts filled into its single lines: subject, addressees, heading, signer.

    Raises LoaError for a line with a mistake in its braces.
    """
    changes: dict[str, object] = {}
    for key in _LINES:
        value = getattr(spec, key, None)
        if isinstance(value, str):
            changes[key] = fill_line(Text(text=value, place=context.locate("documents", name, key)), context)
        elif isinstance(value, list):
            places = [context.locate("documents", name, key, index) for index in range(len(value))]
            changes[key] = [
                fill_line(Text(text=item, place=place), context) for item, place in zip(value, places, strict=True)
            ]
    return spec.model_copy(update=changes)


def _checked(markdown: str, place: Place) -> Prose:
    """The prose. Raises LoaError for footnotes whose words would be lost."""
    prose = read_prose(markdown)
    if prose.mistakes:
        raise LoaError(Problem(key=key, place=place, values={"name": name}) for key, name in prose.mistakes)
    return prose
