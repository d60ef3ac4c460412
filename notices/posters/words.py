"""A poster's specification, facts already filled in → its words, as they are read on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loa.core.errors import mistake
from notices.components import posted_at
from notices.context import Context, Issue
from notices.lengths import Mm
from notices.model import Issued
from notices.naming import symbol_of
from notices.picture import Picture
from notices.posters.document import Blank, BlankLine, Results, Row, Trust, Words
from notices.posters.model import Displayed, Poster, PosterResults, PosterTrust
from notices.wording import padded_number, short_date

DRAFT_MARK = "DỰ THẢO"
# What hands need: a date as 01/12/2026, a full name, a number with its dots.
_DATE, _NAME, _NUMBER = Mm(25), Mm(60), Mm(35)
POSTED = BlankLine(
    part="posted", blanks=(Blank(label="Niêm yết từ ngày", room=_DATE), Blank(label="đến ngày", room=_DATE))
)
STAFF = BlankLine(
    part="staff", blanks=(Blank(label="Cán bộ hỗ trợ", room=_NAME), Blank(label="Điện thoại", room=_NUMBER))
)
# A period within one year says the year once; an en dash between no-break spaces holds it together.
_DATES = re.compile(r"từ ngày (\d{1,2}/\d{1,2})/(\d{4}) đến ngày (\d{1,2}/\d{1,2})/(\d{4})", re.IGNORECASE)


def shown_dates(text: str) -> str:
    """``từ ngày 01/9/2026 đến ngày 30/11/2026`` → ``01/9 – 30/11/2026``; any other text as it is, from a capital on."""
    if found := _DATES.fullmatch(text):
        first = found[1] if found[2] == found[4] else f"{found[1]}/{found[2]}"
        return f"{first}\u00a0– {found[3]}/{found[4]}"
    return text[:1].upper() + text[1:]


def words_of(name: str, spec: Displayed, context: Context, *, is_draft: bool) -> Words:
    """The words of the poster called ``name``. Raises LoaError: no headline left, a picture that does not open."""
    if not spec.headline:
        raise mistake("text.empty", context.locate("documents", name, "headline"))
    agency = context.agency
    return Words(
        parent=agency.parent or "",
        agency=agency.name,
        kicker=spec.kicker or "",
        headline=spec.headline,
        hero=spec.hero or "",
        points=tuple(point for point in spec.points if point),
        results=_results(spec.results) if spec.results else None,
        when_label=spec.when_label,
        when=shown_dates(spec.when) if spec.when else "",
        phone_label=spec.phone_label,
        phone=spec.phone or "",
        link_label=spec.link_label,
        link=spec.link or "",
        trust=_trust(spec.trust) if spec.trust else None,
        posted_at="".join(paragraph.text for paragraph in posted_at(context.host)),
        blanks=tuple(_blanks(spec)),
        imprint=tuple(_imprint(spec, context)),
        draft=DRAFT_MARK if is_draft else "",
        logo=_picture(name, "logo", spec.logo, context),
        photo=_picture(name, "photo", spec.photo, context),
    )


def _results(spec: PosterResults) -> Results:
    return Results(
        rows=tuple(Row(name=row.name, now=row.now, before=row.before) for row in spec.rows),
        now=spec.now,
        before=spec.before or "",
        as_table=spec.draw == "table",
    )


def _trust(spec: PosterTrust) -> Trust:
    caller = (f"Số gọi đến: {spec.caller}",) if spec.caller else ()
    return Trust(title=spec.title, lines=(*spec.know, *caller, spec.never))


def _blanks(spec: Displayed) -> Iterator[BlankLine]:
    if isinstance(spec, Poster) and spec.posted:
        yield POSTED
    if isinstance(spec, Poster) and spec.staff:
        yield STAFF


def _imprint(spec: Displayed, context: Context) -> Iterator[str]:
    yield context.agency.full_name
    key = spec.imprint.dispatch
    carrier = context.documents.get(key) if key else None
    if key and isinstance(carrier, Issued):
        yield f"Kèm theo văn bản số {_number(carrier, context.issues.get(key), context)}"
    if spec.imprint.version:
        yield f"Bản {spec.imprint.version}"
    if spec.imprint.until:
        yield f"Gỡ sau ngày {short_date(spec.imprint.until)}"


def _number(carrier: Issued, issue: Issue | None, context: Context) -> str:
    symbol = symbol_of(carrier, context.agency)
    if issue is None:
        return f"……/{symbol}"
    return f"{padded_number(issue.number)}/{symbol} ngày {short_date(issue.day)}"


def _picture(name: str, key: str, file: str | None, context: Context) -> Picture | None:
    return context.picture(file, context.locate("documents", name, key)) if file else None
