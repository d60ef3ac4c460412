"""What is kept of a paper when it gets its number, and what is called a difference."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from notices.compose import compose_paper
from notices.content import content_of, differences, told
from notices.document import Document, Figure, Paragraph, Role, Run, Sheet, Table
from notices.picture import Picture
from tests.planning.office import NAME, open_office


def paper(folder: Path) -> Document:
    office = open_office(folder)
    return compose_paper("cong-van", office.context(office.campaign(NAME))).document


def cell(text: str) -> Paragraph:
    return Paragraph(role=Role.CELL, runs=(Run(text=text),))


def test_every_word_of_the_paper_and_its_appendix_is_a_line(tmp_path: Path) -> None:
    lines = content_of(paper(tmp_path))
    for line in ("SỞ NỘI VỤ", "Số: /SNV-CCHC", "Nơi nhận:", "Trần Văn An", "THÔNG BÁO KHẢO SÁT"):
        assert line in lines


def test_measures_emphasis_and_roles_are_no_content(tmp_path: Path) -> None:
    document = paper(tmp_path)
    sheet = document.sheets[0]
    blocks = tuple(
        replace(block, role=Role.CLAUSE, runs=tuple(replace(run, bold=True) for run in block.runs))
        if isinstance(block, Paragraph)
        else block
        for block in sheet.blocks
    )
    other = replace(document, body_size=13, sheets=(replace(sheet, blocks=blocks), *document.sheets[1:]))
    assert content_of(other) == content_of(document)


def test_tables_notes_and_pictures_are_content(tmp_path: Path) -> None:
    table = Table(head=(cell("STT"), cell("Đơn vị")), rows=((cell("1"), cell("Sở Y tế")),), aligns=("left", "left"))
    picture = Picture(name="a.png", media_type="image/png", content=b"one", width=1, height=1)
    figure = Figure(picture=picture, alt="Hội nghị", caption=cell("Hình 1"))
    noted = Paragraph(role=Role.BODY, runs=(Run(text="Theo kế hoạch"), Run(note=1)))
    sheet = Sheet(
        name="x",
        kind=paper(tmp_path).sheets[0].kind,
        blocks=(noted, table, figure),
        notes=((Run(text="Ban hành năm 2026"),),),
    )
    document = replace(paper(tmp_path / "b"), sheets=(sheet,))
    lines = content_of(document)
    assert lines[:3] == ("Theo kế hoạch[1]", "STT | Đơn vị", "1 | Sở Y tế")
    assert (lines[4], lines[5]) == ("Hình 1", "[1] Ban hành năm 2026")
    repainted = replace(figure, picture=replace(picture, content=b"two"))
    other = replace(document, sheets=(replace(sheet, blocks=(noted, table, repainted)),))
    assert [index for index, pair in enumerate(zip(lines, content_of(other), strict=True)) if pair[0] != pair[1]] == [3]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["một hai ba"], ["một hai ba"], ""),
        (["một hai ba"], ["một bốn ba"], "“hai” → “bốn”"),
        (["một hai"], ["một hai", "ba"], "“” → “ba”"),
        (["một", "hai"], ["hai"], "“một” → “”"),
        (["một hai ba bốn"], ["một HAI ba BỐN"], "“hai” → “HAI”, “bốn” → “BỐN”"),
        (["a " * 60], ["b"], f"“{('a ' * 40).strip()}…” → “b”"),
        ([f"w{i} x" for i in range(6)], [f"v{i} x" for i in range(6)], None),
    ],
)
def test_differences_are_told_in_words(before: list[str], after: list[str], expected: str | None) -> None:
    shown = told(differences(before, after))
    if expected is None:
        assert shown.endswith("… (+2)")
    else:
        assert shown == expected
