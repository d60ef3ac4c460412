"""The pictures that every kit of a campaign carries alike: of announcements, and of posters for social media."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from loa.kits.papers import posted_documents
from loa.planning.announcement import Announcement
from notices.compose import compose
from notices.context import Context
from notices.posters.model import Poster
from notices.render import render, render_pdf
from notices.writers.png import write_pngs

FOLDER = "hinh-anh"
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg"}


def pictures_of(
    announcements: Mapping[str, Announcement], context: Context, only: Collection[str] = ()
) -> dict[str, bytes]:
    """Path in a kit → picture. Raises LoaError for a picture that is none, or a document that cannot be set."""
    files: dict[str, bytes] = {}
    for key, spec in posted_documents(context.documents, only).items():
        if isinstance(spec, Poster):
            made = render(compose(key, context).document, ["png"])
            # not its pages, which lie there as PDF
            files |= {f"{FOLDER}/{name}": content for name, content in made.items() if name != f"{key}-1.png"}
    for name, announcement in announcements.items():
        for number, image in enumerate(announcement.pictures, 1):
            stem = f"{FOLDER}/{name}" if number == 1 else f"{FOLDER}/{name}-{number}"
            if image.file is not None:
                where = ("image",) if announcement.image else ("images", number - 1)
                picture = context.picture(image.file, context.locate("announcements", name, *where, "file"))
                files[f"{stem}.{_SUFFIXES[picture.media_type]}"] = picture.content
            elif image.document is not None:
                files[f"{stem}.png"] = _first_page(image.document, context)
    return files


def _first_page(document: str, context: Context) -> bytes:
    [page] = write_pngs(render_pdf(compose(document, context).document), most=1)
    return page
