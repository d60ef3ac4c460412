"""The campaigns of today: together they reach every component, and nothing in them is left to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from inspect import get_annotations
from typing import Any, Literal, get_args, get_origin

import pytest
from jinja2 import Environment, nodes
from PIL import Image, ImageChops

from loa.core.model import Model
from loa.planning.audience.audience import read_audience
from loa.planning.check import check_campaign
from loa.planning.model import Campaign
from loa.planning.workspace import CampaignFile, Workspace, open_workspace
from notices.compose import compose
from notices.context import Issue
from notices.document import Document, Figure, Role
from notices.filters import FILTERS
from notices.model import Agency, Issued, Wording
from notices.render import render
from notices.shelf import Shelf
from notices.walk import extras_of, paragraphs_of
from tests.conftest import ROOT
from tests.notices.bundled import BUNDLED
from tests.notices.letterhead.stage import parts_of
from tools.make_letterhead import WHERE, make_letterhead
from tools.make_pictures import PICTURES
from tools.make_pictures import WHERE as DRAWN

# Components that no campaign has a use for, and why.
LEFT_OUT: Mapping[str, str] = {
    "filter tel": "an address to call, for an office's own web pages; on paper a number is printed as people dial it",
    "Notice.word": "a posting notice in a letterhead is filled as a dispatch is, and that one is there",
}
# Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 7.
AUTHORITIES = ("none", "TM", "KT", "TM, KT", "TL", "TL, KT", "TUQ", "Q")
# Roles of what writers add by themselves on every page that needs it.
DRAWN_BY_WRITERS = {Role.DRAFT_MARK, Role.NOTE, Role.PAGE_NUMBER}


@cache
def office() -> Workspace:
    return open_workspace(ROOT)


@cache
def of_today() -> dict[str, CampaignFile]:
    """The campaigns written for this project; the others are historical texts."""
    files = {path.stem: office().campaign(path.stem) for path in office().campaign_files()}
    return {name: file for name, file in files.items() if name.startswith(("song-tra-", "tra-giang-"))}


NAMES = sorted(of_today())


# --- every component -------------------------------------------------------------------------------------


def models_below(annotation: Any) -> Iterator[type[Model]]:
    """The models that a type is made of, their fields' models included."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models_below(field.annotation)
    for part in get_args(annotation):
        yield from models_below(part)


def choices_of(annotation: Any) -> Iterator[str]:
    """The values of a choice, also of one that may be left out."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif get_origin(annotation) is not list:
        for part in get_args(annotation):
            yield from choices_of(part)


def declared(model: type[Model], field: str) -> str:
    """A field under the name of the model that declares it: what dispatch and report share is one component."""
    home = next(base for base in reversed(model.__mro__) if field in get_annotations(base))
    return f"{home.__name__}.{field}"


def fields_and_choices() -> Iterator[str]:
    for model in {*models_below(Campaign), *models_below(Agency)}:
        for name, field in model.model_fields.items():
            yield declared(model, name)
            yield from (f"{declared(model, name)}: {choice}" for choice in choices_of(field.annotation))


def said_in(value: object) -> Iterator[str]:
    """The fields that a campaign sets, and the choices it makes, also by leaving them as they are."""
    match value:
        case Model():
            for name, field in type(value).model_fields.items():
                given = getattr(value, name)
                if name in value.model_fields_set:
                    yield declared(type(value), name)
                if given in tuple(choices_of(field.annotation)):
                    yield f"{declared(type(value), name)}: {given}"
                yield from said_in(given)
        case dict():
            for part in value.values():
                yield from said_in(part)
        case list():
            for part in value:
                yield from said_in(part)


def wordings(campaign: Campaign) -> Iterator[Wording]:
    yield from (spec for spec in campaign.documents.values() if isinstance(spec, Wording))
    if campaign.relay:
        yield campaign.relay


def templates_of(campaign: Campaign) -> Iterator[str]:
    for spec in wordings(campaign):
        if spec.template:
            yield f"template {getattr(spec, 'type', 'dispatch')}/{spec.template}"


def texts_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Model():
            yield from texts_in(dict(value))
        case dict():
            for part in value.values():
                yield from texts_in(part)
        case list():
            for part in value:
                yield from texts_in(part)


def filters_of(campaign: Campaign) -> Iterator[str]:
    environment = Environment(autoescape=True)
    environment.filters.update(FILTERS)
    for text in texts_in(campaign):
        if "{{" in text:
            yield from (f"filter {found.name}" for found in environment.parse(text).find_all(nodes.Filter))


def authorities_of(campaign: Campaign) -> Iterator[str]:
    for spec in campaign.documents.values():
        if isinstance(spec, Issued):
            prefixes = [found[1] for line in spec.sign[:-1] if (found := re.match(r"(TM|KT|TL|TUQ|Q)\. ", line))]
            yield f"authority {', '.join(prefixes) or 'none'}"
            yield from (f"authority {prefix}" for prefix in prefixes)


def roles_of(campaign: str) -> Iterator[str]:
    for name, document in BUNDLED.items():
        if name.startswith(f"{campaign}."):
            for sheet in document.all_sheets:
                yield from (f"role {one.role}" for one in (*paragraphs_of(sheet.blocks), *extras_of(sheet)))
                yield from (f"role {Role.FIGURE}" for block in sheet.blocks if isinstance(block, Figure))


def every_component() -> set[str]:
    shelf = Shelf(ROOT / "templates", ROOT / "templates")
    return {
        *fields_and_choices(),
        *(f"template {kind}/{name}" for kind, name in shelf.names()),
        *(f"filter {name}" for name in FILTERS),
        *(f"authority {form}" for form in AUTHORITIES),
        *(f"role {role}" for role in set(Role) - DRAWN_BY_WRITERS),
    }


def reached() -> set[str]:
    found = set(said_in(office().config.agency))
    for name, file in of_today().items():
        campaign = file.campaign
        found |= {*said_in(campaign), *templates_of(campaign), *filters_of(campaign), *authorities_of(campaign)}
        found |= set(roles_of(name))
    return found


def test_together_they_reach_every_component() -> None:
    assert sorted(every_component() - reached() - set(LEFT_OUT)) == []


def test_what_is_left_out_is_a_component_that_no_campaign_reaches() -> None:
    assert set(LEFT_OUT) <= every_component() - reached()
    assert len(LEFT_OUT) < 5


def test_models_of_every_document_are_looked_at() -> None:
    """The test of the test: what stands only in a union, in a list, in a base class."""
    components = every_component()
    assert {"Poster.size: A1", "Displayed.layout: photo", "Issued.urgency: hỏa tốc", "ResultRow.before"} <= components
    assert {"Fact.money", "Contact.fax", "Relay.cc", "Enclosure.file", "AnnouncementImage.alt"} <= components


# --- nothing to mend -------------------------------------------------------------------------------------


def issues_of(file: CampaignFile) -> dict[str, Issue]:
    """As if the registry had numbered every paper, each on the first day that its date leaves open."""
    papers = {name: spec for name, spec in file.campaign.documents.items() if isinstance(spec, Issued)}
    return {
        name: Issue(number=number, day=date(spec.date.year, spec.date.month or 1, spec.date.day or 1))
        for number, (name, spec) in enumerate(papers.items(), 1)
    }


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_to_mend_once_the_registry_has_numbered_the_papers(name: str) -> None:
    file = of_today()[name]
    assert check_campaign(file, office(), issues_of(file)) == []


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_is_seen_alone_says_that_it_is_a_sample(name: str) -> None:
    campaign = of_today()[name].campaign
    seen = [campaign.title, *(one.title for one in campaign.announcements.values())]
    for spec in campaign.documents.values():
        seen += [getattr(spec, part) for part in ("subject", "heading", "kicker") if getattr(spec, part, None)]
    assert [words for words in seen if "MẪU" not in words] == []


def test_the_paper_in_the_letterhead_is_made_from_the_campaign_file() -> None:
    file = of_today()["song-tra-thi-tim-hieu-2026"]
    document = compose("cong-van", office().context(file, issues_of(file))).document
    assert isinstance(document, Document)
    files = render(document, ["docx"])
    [content] = files.values()
    text = " ".join(re.findall(r"<w:t[^>]*>([^<]*)", parts_of(content)["word/document.xml"].decode()))
    for words in ("SỞ NỘI VỤ", "/SNV-CCHC", "TL. GIÁM ĐỐC", "Lê Thu Trang", "năm triệu đồng"):
        assert words in text


@pytest.mark.parametrize("page", ["templates.md", "templates.vi.md"])
def test_the_page_about_templates_lists_every_campaign(page: str) -> None:
    listed = re.findall(
        r"^\| `([a-z0-9-]+-20\d\d)` \|", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(listed) == NAMES


# --- one office, one address -----------------------------------------------------------------------------


def test_offices_have_the_address_and_telephone_of_the_list_of_agencies() -> None:
    listed = {one.full_name: one.contact for one in read_audience(ROOT / "agencies" / "song-tra.csv", "x").receivers}
    own = office().config.agency
    contact = listed[own.full_name]
    assert (own.contact.phone, own.contact.email) == (contact.phone, contact.email)
    assert (own.contact.address, own.contact.website) == (f"{contact.address}, tỉnh Sông Trà", contact.website)
    for file in of_today().values():
        agency = file.campaign.agency
        row = listed.get(f"{agency.full_name}, tỉnh Sông Trà") if agency else None
        if agency and row:
            assert (agency.contact.phone, agency.contact.address) == (row.phone, f"{row.address}, tỉnh Sông Trà")


# --- files beside the campaigns --------------------------------------------------------------------------


@pytest.mark.parametrize("name", PICTURES)
def test_a_drawing_is_what_its_script_makes(name: str) -> None:
    fresh, kept = PICTURES[name]().convert("RGBA"), Image.open(DRAWN / name).convert("RGBA")
    assert ImageChops.difference(fresh, kept).getbbox() is None, "run: .venv/bin/python -m tools.make_pictures"


def test_the_letterhead_is_what_its_script_makes() -> None:
    for path in WHERE:
        is_fresh = parts_of(path.read_bytes()) == parts_of(make_letterhead())
        assert is_fresh, "run: .venv/bin/python -m tools.make_letterhead"
