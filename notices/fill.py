"""Words with facts in them: a document's text, its single lines, and the texts of announcements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from loa.core.errors import LoaError, Place, Problem
from loa.core.text import one_line
from notices.context import Context
from notices.document import BLANK, Figure, Paragraph, Role, Runs, Table, fill_blanks, text_run
from notices.model import DocumentSpec, PaperSpec
from notices.prose import PictureCall, read_prose, unescape
from notices.template import Text
from notices.walk import paragraphs_of

# The single lines of a document in which facts may stand.
_LINES = ("subject", "basis", "to", "cc", "sign", "file", "heading", "title")


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Running text as blocks, with the footnotes that it calls."""

    blocks: tuple[Paragraph | Table | Figure, ...]
    notes: tuple[Runs, ...]
    glued: tuple[str, ...]  # lines inside a paragraph that begin like a new one

    def is_open(self) -> bool:
        """Whether it names a paper that still waits for its number."""
        return any(run.gap for runs in (*(p.runs for p in paragraphs_of(self.blocks)), *self.notes) for run in runs)


def fill_prose(text: Text, context: Context) -> Filled:
    """Running text of a campaign, such as an announcement, with its facts filled in. Raises LoaError."""
    return _filled(context.templates.fill_text(text, context.values), text.place, context)


def fill_line(text: Text, context: Context) -> str:
    """One line of plain text, such as a title or an addressee, with its facts filled in. Raises LoaError.

    What the registry still has to give is shown as ``…`` (``is_open_line`` asks for it).
    """
    return _line(text, context).replace(BLANK, "…")


def is_open_line(text: Text, context: Context) -> bool:
    """Whether a line names a paper that still waits for its number. Raises LoaError as ``fill_line`` does."""
    return BLANK in _line(text, context)


def fill_text(name: str, spec: PaperSpec, context: Context) -> Filled:
    """The running text of the document ``name``, from its body or its template. Raises LoaError."""
    place = context.locate("documents", name)
    if spec.body is not None:
        text = Text(text=spec.body, place=context.locate("documents", name, "body"))
        return fill_prose(text, context)
    blocks = {
        block: Text(text=text, place=context.locate("documents", name, "blocks", block))
        for block, text in spec.blocks.items()
    }
    return _filled(
        context.templates.fill(spec.type, spec.template or "", blocks, context.values, place=place), place, context
    )


def fill_lines(name: str, spec: PaperSpec, context: Context) -> PaperSpec:
    """The specification with facts filled into its single lines: subject, addressees, heading, signer.

    What the registry still has to give is ``BLANK`` in them, which ``text_run`` makes a gap. Raises
    LoaError for a line with a mistake in its braces.
    """
    changes: dict[str, object] = {}
    for key in _LINES:
        value = getattr(spec, key, None)
        if isinstance(value, str):
            changes[key] = _line(Text(text=value, place=context.locate("documents", name, key)), context)
        elif isinstance(value, list):
            places = [context.locate("documents", name, key, index) for index in range(len(value))]
            changes[key] = [
                _line(Text(text=item, place=place), context) for item, place in zip(value, places, strict=True)
            ]
    return spec.model_copy(update=changes)


def open_lines(spec: DocumentSpec) -> Iterator[str]:
    """The keys of the filled single lines that name a paper which still waits for its number."""
    for key in _LINES:
        value = getattr(spec, key, None)
        if any(BLANK in line for line in (value if isinstance(value, list) else [value or ""])):
            yield key


def _line(text: Text, context: Context) -> str:
    has_braces = "{" in text.text  # most lines have none, and need no template made of them
    return one_line(unescape(context.templates.fill_text(text, context.values) if has_braces else text.text))


def _filled(markdown: str, place: Place, context: Context) -> Filled:
    """The blocks of a text. Raises LoaError for footnotes whose words would be lost, and for pictures that are none."""
    prose = read_prose(markdown)
    if prose.mistakes:
        raise LoaError(Problem(key=key, place=place, values={"name": name}) for key, name in prose.mistakes)
    blocks = tuple(
        _figure(block, place, context) if isinstance(block, PictureCall) else block for block in prose.blocks
    )
    return Filled(
        blocks=tuple(_with_gaps(block) for block in blocks),
        notes=tuple(fill_blanks(runs) for runs in prose.notes),
        glued=prose.glued,
    )


def _with_gaps(block: Paragraph | Table | Figure) -> Paragraph | Table | Figure:
    if isinstance(block, Paragraph):
        return _gapped(block)
    if isinstance(block, Table):
        rows = tuple(tuple(map(_gapped, row)) for row in block.rows)
        return replace(block, head=tuple(map(_gapped, block.head)), rows=rows)
    return block


def _gapped(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, runs=fill_blanks(paragraph.runs))


def _figure(call: PictureCall, place: Place, context: Context) -> Figure:
    if not call.alt:
        raise LoaError(Problem(key="text.picture_alt", place=place, values={"name": call.file}))
    caption = Paragraph(role=Role.CAPTION, runs=text_run(call.caption)) if call.caption else None
    return Figure(picture=context.picture(call.file, place), alt=call.alt, width=call.width, caption=caption)
