"""The pages of the static site, drawn from records with the templates of ``templates/site/``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from channels.post import Publisher
from channels.static_records import Entry, Record, RecordedFile
from loa.core.errors import Place, mistake

TITLE = "Thông tin tuyên truyền"
PER_PAGE = 20
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_FIRST_MEGABYTE = 999_500  # bytes; fewer are rounded to at most 999 KB
_TYPES = {"image/jpeg": "JPG", "text/plain": "TXT", "audio/mpeg": "MP3"}  # others are named by their ending


class SitePages:
    """Draws pages as bytes. The office's own templates come first, the shipped ones after."""

    def __init__(self, *, own: Path, shipped: Path, url: str, publisher: Publisher) -> None:
        self._url = url
        self._folders = [own / "site", shipped / "site"]
        self._environment = SandboxedEnvironment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in self._folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(
            moment=vietnamese_moment, kind_and_size=kind_and_size, phone_link=phone_link, web_link=web_link
        )
        self._environment.globals.update(site_title=TITLE, site_url=url, publisher=publisher)

    def post(self, path: str, record: Record) -> bytes:
        """The page of one post, which lies at ``path`` on the site."""
        body = Markup(record.html)  # noqa: S704 - escaped and sanitised by whoever made the post, see Post.html
        return self._draw("post.html.j2", path, post=record, body=body)

    def lists(self, entries: Sequence[Entry]) -> dict[str, bytes]:
        """The list of all posts in pages of twenty, each under its path on the site; one page when there are none.

        They come in the order of writing, the home page last: what it links to is there then, and a post that
        moves on to the next page is never on none.
        """
        parts = [entries[start : start + PER_PAGE] for start in range(0, len(entries), PER_PAGE)] or [entries]
        return {
            f"{list_path(number)}index.html": self._draw(
                "index.html.j2",
                list_path(number),
                entries=part,
                number=number,
                total=len(parts),
                list_path=list_path,
            )
            for number, part in reversed(list(enumerate(parts, start=1)))
        }

    def style(self) -> bytes:
        """The style sheet: the office's own when there is one. OSError when it cannot be read."""
        own, shipped = (folder / "site.css" for folder in self._folders)
        return (own if own.is_file() else shipped).read_bytes()

    def _draw(self, template: str, path: str, **values: object) -> bytes:
        # Links are relative and name index.html, so that the site also works from a folder on a memory stick.
        up = "../" * path.count("/")
        try:
            return self._environment.get_template(template).render(path=path, up=up, **values).encode()
        except TemplateSyntaxError as error:
            place = Place(file=error.filename or template, line=error.lineno)
            raise mistake("channel.template", place, path=str(place), reason=error.message or "") from None
        except (TemplateError, UnicodeDecodeError, TypeError, ValueError) as error:
            raise mistake("channel.template", Place(file=template), path=template, reason=str(error)) from None


def list_path(number: int) -> str:
    """Where a page of the list lies: the first one is the home page."""
    return "" if number == 1 else f"trang/{number}/"


def vietnamese_moment(moment: datetime) -> str:
    """``Thứ Ba, 05/9/2023 07:30`` in the zone of ``moment``.

    Days below 10 and the months 1 and 2 get a zero, other months none (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """
    month = f"{moment.month:02d}" if moment.month in {1, 2} else str(moment.month)
    return f"{_WEEKDAYS[moment.weekday()]}, {moment.day:02d}/{month}/{moment.year} {moment:%H:%M}"


def kind_and_size(file: RecordedFile) -> str:
    """``PDF, 1,2 MB``: what a reader wants to know before opening a file.

    Units are decimal, at least 1 KB, and a no-break space keeps them with their number.
    """
    ending = file.name.rpartition(".")[2].upper() if "." in file.name else ""
    kind = _TYPES.get(file.media_type, ending)
    if file.size < _FIRST_MEGABYTE:
        size = f"{max(1, round(file.size / 1000))}\u00a0KB"
    else:
        size = f"{file.size / 1_000_000:.1f}\u00a0MB".replace(".", ",")
    return f"{kind}, {size}" if kind else size


def phone_link(phone: str) -> str:
    """``tel:02583810440`` for one telephone number, nothing for anything else."""
    digits = re.sub(r"[ .\-()]", "", phone)
    return f"tel:{digits}" if re.fullmatch(r"\+?\d{3,15}", digits, re.ASCII) else ""


def web_link(website: str) -> str:
    """The address if it can be a link to a website, nothing otherwise."""
    parts = urlsplit(website)
    return website if parts.scheme in {"http", "https"} and parts.netloc else ""
