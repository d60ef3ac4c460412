"""Words with facts in them: a document's text, its single lines, and the texts of announcements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from loa.core.errors import LoaError, Place, Problem, noting
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
    return _filled(context.templates.fill_text(text, context.values), [text], text.place, context)


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
    whole = context.locate("documents", name, *(["body"] if spec.body is not None else []))
    return _filled(fill_words(name, spec, context), [*_texts(name, spec, context).values()], whole, context)


def fill_words(name: str, spec: PaperSpec, context: Context) -> str:
    """The running text of the document ``name`` as Markdown that nobody has read yet. Raises LoaError."""
    texts = _texts(name, spec, context)
    if spec.body is not None:
        return context.templates.fill_text(texts["body"], context.values)
    place = context.locate("documents", name, "template")
    return context.templates.fill(spec.type, spec.template or "", texts, context.values, place=place)


def _texts(name: str, spec: PaperSpec, context: Context) -> dict[str, Text]:
    """The running text that is written in the campaign's file: the body, or blocks of a template."""
    if spec.body is not None:
        return {"body": Text(text=spec.body, place=context.locate("documents", name, "body"))}
    return {
        block: Text(text=text, place=context.locate("documents", name, "blocks", block))
        for block, text in spec.blocks.items()
    }


def fill_lines(name: str, spec: PaperSpec, context: Context) -> PaperSpec:
    """The specification with facts filled into its single lines: subject, addressees, heading, signer.

    What the registry still has to give is ``BLANK`` in them, which ``text_run`` makes a gap. Raises
    LoaError for a line with a mistake in its braces.
    """
    changes: dict[str, object] = {}
    mistakes: list[Problem] = []
    for key in _LINES:
        value = getattr(spec, key, None)
        if isinstance(value, str):
            with noting(mistakes):
                changes[key] = _line(Text(text=value, place=context.locate("documents", name, key)), context)
        elif isinstance(value, list):
            lines: list[str] = []
            for index, item in enumerate(value):
                with noting(mistakes):
                    place = context.locate("documents", name, key, index)
                    lines.append(_line(Text(text=item, place=place), context))
            changes[key] = lines
    if mistakes:
        raise LoaError(mistakes)
    return spec.model_copy(update=changes)


def fill_papers(papers: Mapping[str, PaperSpec], context: Context) -> tuple[dict[str, PaperSpec], dict[str, Filled]]:
    """The specifications and running texts of papers that belong together, filled.

    Raises LoaError with every mistake in all of them.
    """
    specs: dict[str, PaperSpec] = {}
    texts: dict[str, Filled] = {}
    mistakes: list[Problem] = []
    for name, paper in papers.items():
        with noting(mistakes):
            specs[name] = fill_lines(name, paper, context)
        with noting(mistakes):
            texts[name] = fill_text(name, paper, context)
    if mistakes:
        raise LoaError(mistakes)
    return specs, texts


def open_lines(spec: DocumentSpec) -> Iterator[str]:
    """The keys of the filled single lines that name a paper which still waits for its number."""
    for key in _LINES:
        value = getattr(spec, key, None)
        if any(BLANK in line for line in (value if isinstance(value, list) else [value or ""])):
            yield key


def _line(text: Text, context: Context) -> str:
    has_braces = "{" in text.text  # most lines have none, and need no template made of them
    return one_line(unescape(context.templates.fill_text(text, context.values) if has_braces else text.text))


def _filled(markdown: str, texts: Sequence[Text], whole: Place, context: Context) -> Filled:
    """The blocks of a text that is written in ``texts`` of the campaign, with ``whole`` the place of all of it.

    Raises LoaError with every footnote and every address that would be lost, and every picture that is none.
    """
    prose = read_prose(markdown)
    mistakes = [
        Problem(key=key, place=_place_of(name, texts, whole), values={"name": name}) for key, name in prose.mistakes
    ]
    blocks: list[Paragraph | Table | Figure] = []
    for block in prose.blocks:
        with noting(mistakes):
            if isinstance(block, PictureCall):
                blocks.append(_figure(block, _place_of(block.file, texts, whole), context))
            else:
                blocks.append(block)
    if mistakes:
        raise LoaError(mistakes)
    return Filled(
        blocks=tuple(_with_gaps(block) for block in blocks),
        notes=tuple(fill_blanks(runs) for runs in prose.notes),
        glued=prose.glued,
    )


def _place_of(words: str, texts: Sequence[Text], whole: Place) -> Place:
    """The line of the campaign's texts on which words stand; ``whole`` for those of a template or a fact."""
    for text in texts:
        if words and words in text.text:
            return text.place_of(1 + text.text.count("\n", 0, text.text.index(words)))
    return whole


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
