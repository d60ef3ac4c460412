"""A poster's specification and its campaign's facts → the poster as data, and what is open or doubtful in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loa.core.errors import LoaError, Place, Problem, Severity, mistake
from notices.composed import Composed
from notices.context import Context
from notices.facts import LINK_PATTERN, PHONE_PATTERN
from notices.model import Issued
from notices.posters.crowding import fits, heights, larger_paper, remedies
from notices.posters.document import PosterDocument
from notices.posters.faces import missing
from notices.posters.filling import filled, find_open_citations
from notices.posters.model import Displayed, Leaflet, Poster
from notices.posters.pages import PICTURES, compose_pages, compose_picture
from notices.posters.room import LongWordError, NoRoomError
from notices.posters.scene import Image
from notices.posters.themes import THEMES
from notices.posters.words import words_of
from notices.resolution import Print, find_coarse

# It is read in ten seconds: forty words are good, more than these are a text.
MOST_WORDS = 60
# The sentence for a part that does not fit; of any other part there are too many words.
_NO_ROOM = {"phone": "poster.long_phone", "link": "poster.long_link"}
_MOST_NAMED = 4  # parts that are said to take room, and ways out


def compose_poster(name: str, spec: Poster | Leaflet, context: Context) -> Composed[PosterDocument]:
    """The poster or leaflet called ``name`` as it would be printed.

    It is a draft when the dispatch that it names has no number. Raises LoaError for what cannot be set: a mistake in
    braces, a character that the faces lack, a wrong telephone number or link, a picture that does not open, and words
    for which there is no room at sizes that can be read.
    """
    said = filled(spec, ("documents", name), context)
    _refuse_wrong_reach(name, said, context)
    _refuse_missing_parts(name, said, context)
    gaps = (*_gaps(name, said, context), *find_open_citations(spec, ("documents", name), context))
    document = PosterDocument(
        name=name,
        title=said.headline,
        author=context.agency.full_name,
        words=words_of(name, said, context, is_draft=bool(gaps)),
        layout=said.layout,
        theme=said.theme,
        paper=said.size if isinstance(said, Poster) else "A5",
        landscape=isinstance(said, Poster) and said.orientation == "landscape",
        for_shop=said.print == "shop",
        two_up=isinstance(said, Leaflet),
        is_draft=bool(gaps),
    )
    _refuse_missing_glyphs(document, context.locate("documents", name))
    if context.is_checked:
        return Composed(document=document, problems=gaps)
    _refuse_crowded(document, context)
    return Composed(document=document, problems=(*gaps, *_doubts(document, context)))


def _gaps(name: str, spec: Displayed, context: Context) -> Iterator[Problem]:
    """The number that the registry still has to give. Raises LoaError when the dispatch is none of the campaign's."""
    key = spec.imprint.dispatch
    if key is None:
        return
    place = context.locate("documents", name, "imprint", "dispatch")
    if not isinstance(context.documents.get(key), Issued):
        known = ", ".join(k for k, other in context.documents.items() if isinstance(other, Issued)) or "–"
        raise mistake("poster.no_dispatch", place, name=key, known=known)
    if key not in context.issues:
        yield Problem(key="poster.no_number", place=place, severity=Severity.GAP, values={"name": key})


def _refuse_wrong_reach(name: str, spec: Displayed, context: Context) -> None:
    """Raise LoaError for a number that is none, a link that is none: they may have come from facts."""
    wanted = (
        (spec.phone, "phone", PHONE_PATTERN, "model.phone_form"),
        (spec.link, "link", LINK_PATTERN, "model.link_form"),
    )
    problems = [
        Problem(key=key, place=context.locate("documents", name, part), values={"typed": text})
        for text, part, pattern, key in wanted
        if text is not None and not re.fullmatch(pattern, text)
    ]
    if problems:
        raise LoaError(problems)


def _refuse_missing_parts(name: str, spec: Displayed, context: Context) -> None:
    """Raise LoaError when the layout is about something that is not there."""
    place = context.locate("documents", name, "layout")
    if spec.layout == "photo" and spec.photo is None:
        raise mistake("poster.no_photo", place)
    if spec.layout == "date" and spec.hero is None and spec.when is None:
        raise mistake("poster.no_hero", place)


def _refuse_missing_glyphs(document: PosterDocument, place: Place) -> None:
    if lacking := missing(document.words.texts()):
        shown = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in lacking[:8])
        raise mistake("text.no_glyph", place, characters=shown)


def _refuse_crowded(document: PosterDocument, context: Context) -> None:
    """Raise LoaError for the part that has no room at a size that can be read."""
    if fits(document):  # told at once; the best sizes are looked for when it is written
        return
    try:
        compose_pages(document)
    except LongWordError as error:
        place = context.locate("documents", document.name)
        raise mistake("poster.long_word", place, word=error.word, size=document.paper) from None
    except NoRoomError as error:
        raise LoaError(_no_room(document, error.part, context)) from None


def _no_room(document: PosterDocument, part: str, context: Context) -> Problem:
    """What does not fit, what takes the room, and what to leave out."""
    place = context.locate("documents", document.name, part)
    values: dict[str, object] = {"size": document.paper}
    if part in _NO_ROOM:
        return Problem(key=_NO_ROOM[part], place=place, values=values)
    takes = ", ".join(f"{key} {height} mm" for key, height in heights(document)[:_MOST_NAMED])
    values |= {"takes": takes, "words": word_count(document)}
    larger = larger_paper(document)
    if keys := remedies(document):
        fitting = [*keys[:_MOST_NAMED], *([f"size: {larger}"] if larger else [])]
        return Problem(key="poster.no_room", place=place, values={**values, "remedies": "; ".join(fitting)})
    if larger:
        return Problem(key="poster.small_paper", place=place, values={**values, "larger": larger})
    return Problem(key="poster.crowded", place=place, values=values)


def _coarse_pictures(document: PosterDocument, context: Context) -> Iterator[Problem]:
    """A warning for a photo or logo with too few pixels for its size on paper; twice on a sheet it is told once."""
    if document.words.photo is None and document.words.logo is None:
        return
    [page] = compose_pages(document)
    seen: set[str] = set()
    for item in page.items:
        part = "photo" if isinstance(item, Image) and item.fills else "logo"
        if isinstance(item, Image) and part not in seen:
            seen.add(part)
            printed = Print(width=item.width, height=item.height, dots=item.dots)
            place = context.locate("documents", document.name, part)
            yield from find_coarse(item.picture, printed, document.paper, place)


def word_count(document: PosterDocument) -> int:
    """Words that a passer-by has to read, blanks between syllables counted as Word does."""
    words = document.words
    return sum(len(text.split()) for text in (words.kicker, words.headline, *words.points, words.when, words.phone))


def _doubts(document: PosterDocument, context: Context) -> Iterator[Problem]:
    """What a person should decide: many words, a photo that prints badly, a picture that cannot be made."""
    place = context.locate("documents", document.name)
    if (count := word_count(document)) > MOST_WORDS:
        values: dict[str, object] = {"count": count, "limit": MOST_WORDS}
        yield Problem(key="poster.wordy", place=place, values=values, severity=Severity.WARNING)
    if document.layout == "photo" and THEMES[document.theme].is_plain:
        at = context.locate("documents", document.name, "photo")
        yield Problem(key="poster.grey_photo", place=at, severity=Severity.WARNING)
    yield from _coarse_pictures(document, context)
    for shape in PICTURES:
        if compose_picture(document, shape) is None:
            yield Problem(key="poster.no_picture", place=place, values={"shape": shape}, severity=Severity.WARNING)
