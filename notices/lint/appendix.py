"""Rules of appendices (I/1-III.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loa.core.errors import Severity
from notices.components import appendix_label
from notices.document import Kind, Role
from notices.lint.observed import RUNNING, ObservedDocument, ObservedSheet
from notices.lint.rule import ISSUED, Found, Rule

# not "ban hành kèm theo Quyết định số …", which speaks of another paper
_POINTER = re.compile(r"phụ lục|kèm(?! theo (?:Quyết định|Kế hoạch|Nghị quyết|Thông tư|Nghị định))", re.IGNORECASE)
# "(có phụ lục kèm theo)", not "Phụ lục I kèm theo Nghị định số …"
_PROMISED = re.compile(
    r"phụ lục(?: [IVX]+)? (?:đính )?kèm(?: theo)?(?: (?:công văn|thông báo|báo cáo) này)?(?=[).,;/])", re.IGNORECASE
)
_NUMBER = re.compile(r"Số: \s*(\d*)\s*(/\S+)")
_DATE = re.compile(r"ngày\s+(\d*)\s*tháng\s+(\d*)\s*năm\s+(\d+)")
_REFERENCE = re.compile(r"\(Kèm theo .+ số\s+(\d*)\s*(/\S+)\s+ngày\s+(\d*)\s*tháng\s+(\d*)\s*năm\s+(\d+)\s+của .+\)")
_APPENDIX = frozenset({Kind.APPENDIX})


def _is_attached(sheet: ObservedSheet, document: ObservedDocument) -> bool:
    """Whether the sheet goes with a main paper; an appendix may also be looked at alone."""
    return sheet is not document.main and document.main.kind in ISSUED


def _pointer(sheet: ObservedSheet, document: ObservedDocument) -> Iterator[Found]:
    """R45: the text speaks of what goes with it."""
    if sheet is not document.main or not document.appendices:
        return
    if not any(_POINTER.search(paragraph.text) for paragraph in sheet.within(RUNNING)):
        yield Found(about=Role.APPENDIX_LABEL, values={"count": len(document.appendices)})


def _promise(sheet: ObservedSheet, document: ObservedDocument) -> Iterator[Found]:
    """R45: what the text promises goes with it."""
    if sheet is document.main and not document.appendices:
        for paragraph in sheet.within(RUNNING):
            if found := _PROMISED.search(paragraph.text):
                yield Found(at=paragraph, values={"text": found[0]})


def _label(sheet: ObservedSheet, document: ObservedDocument) -> Iterator[Found]:
    """R46: “Phụ lục”, with a Roman number from two on."""
    if not _is_attached(sheet, document):
        return
    wanted = appendix_label(document.appendices.index(sheet), len(document.appendices))
    labels = sheet.of(Role.APPENDIX_LABEL)
    if [label.text for label in labels] != [wanted]:
        shown = labels[0].text if labels else ""
        about = Role.APPENDIX_LABEL
        yield Found(at=labels[0] if labels else None, about=about, values={"text": shown, "wanted": wanted})


def _reference(sheet: ObservedSheet, document: ObservedDocument) -> Iterator[Found]:
    """R47: number and date of the main paper, or both blank where a system fills them in."""
    if not _is_attached(sheet, document):
        return
    lines = sheet.of(Role.APPENDIX_REFERENCE)
    if not lines:
        yield Found(about=Role.APPENDIX_REFERENCE, says="R47_none")
    for line in lines:
        found = _REFERENCE.fullmatch(line.text)
        if not found or not _agrees(found, document.main):
            yield Found(at=line, values={"text": " ".join(line.text.split())})


def _agrees(found: re.Match[str], main: ObservedSheet) -> bool:
    number, symbol, day, month, year = found.groups()
    numbers = [_NUMBER.fullmatch(paragraph.text) for paragraph in main.of(Role.NUMBER)]
    dates = [_DATE.search(paragraph.text) for paragraph in main.of(Role.PLACE_DATE)]
    for given in numbers:
        if given and (given[2] != symbol or number not in ("", given[1])):
            return False
    for given in dates:
        if given and (given[3] != year or day not in ("", given[1]) or month not in ("", given[2])):
            return False
    return True


def _signing_room(sheet: ObservedSheet, _: ObservedDocument) -> Iterator[Found]:
    """R50: what is a file of its own is signed by itself, at the top right of its first page."""
    if sheet.is_apart and not sheet.of(Role.SIGNING_LINE):
        yield Found(about=Role.SIGNING_LINE)


RULES = (
    Rule(key="R45", clause="I/1-III.1a", severity=Severity.BREACH, check=_pointer, kinds=ISSUED),
    Rule(key="R45_promise", clause="I/1-III.1a", severity=Severity.WARNING, check=_promise, kinds=ISSUED),
    Rule(key="R46", clause="I/1-III.1b", severity=Severity.BREACH, check=_label, kinds=_APPENDIX),
    Rule(
        key="R47",
        clause="I/1-III.1c",
        severity=Severity.BREACH,
        check=_reference,
        kinds=_APPENDIX,
        says=("R47", "R47_none"),
    ),
    Rule(key="R50_room", clause="I/1-III.1d", severity=Severity.WARNING, check=_signing_room, kinds=_APPENDIX),
)
