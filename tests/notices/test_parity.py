"""The DOCX, laid out by LibreOffice with our fonts, breaks every line and page where our PDF does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from notices.compose import compose_paper
from notices.document import Document
from notices.model import DocumentSpec
from notices.writers.docx import write_docx
from notices.writers.pdf import write_pdf
from tests.notices.bundled import BUNDLED
from tests.notices.libreoffice import to_pdf
from tests.notices.pages import distances, read_pages, styled_characters, texts
from tests.notices.samples import (
    AGENCY,
    ISSUED,
    appendix,
    body,
    composed,
    context,
    dispatch,
    formal_notice,
    notice,
    report,
    table,
)

# pt. Layout engines round; a word further away than this is somewhere else.
ACROSS, DOWN = 2.0, 1.5


def _stressed() -> Iterator[tuple[str, Document]]:
    """Bodies of every length, so that the foot of a page falls on every kind of place."""
    for paragraphs in range(1, 25):
        spec = dispatch(body=body(paragraphs, paragraphs), size="13" if paragraphs % 3 == 0 else "14")
        yield f"dispatch-{paragraphs}", composed(spec).document
    for paragraphs in range(2, 14):
        attaching = dispatch(appendices=["phu-luc-1"], body=body(paragraphs, paragraphs + 30))
        yield f"attaching-{paragraphs}", composed(attaching, appendix()).document
    for paragraphs in range(4, 16, 2):
        yield f"notes-{paragraphs}", composed(notice(body=body(paragraphs, paragraphs + 100, notes=3))).document
    yield from _awkward()
    yield from _components()
    yield "forty-pages", composed(dispatch(body=body(345, 7))).document
    attached: list[DocumentSpec] = [appendix(body=body(12, 5, notes=2)), notice(body=body(9, 6, notes=2))]
    spec = dispatch(appendices=["phu-luc-1", "phu-luc-2"], to=["Bộ Nội vụ"], body=body(5, 9, notes=1))
    yield "appendices", composed(spec, *attached, issue=ISSUED).document
    yield from _apart()
    yield from _references()


def _references() -> Iterator[tuple[str, Document]]:
    """Drafts of papers with an appendix whose line about its paper is about as long as the text is wide."""
    name = ["Ủy", "ban", "nhân", "dân", "tỉnh", "Sông", "Trà", "và", "một", "đơn", "vị", "có", "tên", "dài"]
    for words in range(3, len(name) + 1, 2):
        agency = AGENCY.model_copy(update={"name": " ".join(name[:words]), "code": "UBND"})
        for unit in ("NN", "NNMT"):
            spec = dispatch(unit=unit, appendices=["phu-luc-1"])
            documents: dict[str, DocumentSpec] = {"van-ban": spec, "phu-luc-1": appendix()}
            yield f"reference-{words}-{unit}", compose_paper("van-ban", context(documents, agency=agency)).document


def _apart() -> Iterator[tuple[str, Document]]:
    """Appendices that are files of their own, as drafts and finished."""
    names = ["phu-luc-1", "phu-luc-2", "phu-luc-3"]
    spec = dispatch(appendices=names, medium="electronic", appendix_files="apart", body="Gửi kèm phụ lục./.")
    wide = appendix(orientation="landscape", body=f"{table(30, 7)}\n\nHết./.")
    for issue in (None, ISSUED):
        paper = composed(spec, appendix(body=body(16, 5, notes=2)), wide, notice(body=body(9, 6)), issue=issue).document
        yield from ((file.name, file) for file in paper.apart)


def _awkward() -> Iterator[tuple[str, Document]]:
    """What officers write all the same: marks inside words, long heads and feet, notes of half a page."""
    sentence = "Người dân có cơ hội đóng góp ý kiến, đánh giá mức độ hài lòng của mình đối với chất lượng phục vụ. "
    marks = (
        "Xem (a)(b), «c», “d”; f/g/h; 50%–60%; 1.000.000 đồng/người/tháng; A&B; §5; 30°C; ±2; x²; Nguyễn Văn A…; "
        "https://a.vn/b-c?d=e&f=g#h; a@b-c.vn; từ-ghép-dài; 2021–2025; tháng 9–tháng 10; hai—ba; thật!thế; C#; x? "
    )
    yield "marks", composed(notice(body=marks * 12 + "./.")).document
    fixed = "Điều\u00a01 khoản\u00a02 ngày\u00a005\u00a0tháng\u00a03\u00a0năm\u00a02026 của\u00a0UBND\u00a0tỉnh "
    yield "no-break-spaces", composed(notice(body=fixed * 20 + "./.")).document
    places = [f"Cơ quan, đơn vị số {number} thuộc Ủy ban nhân dân tỉnh Sông Trà và địa phương" for number in range(40)]
    yield "forty-addressees", composed(dispatch(to=places)).document
    signers = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", f"TRƯỞNG BAN {sentence[:80]}", "Lê Văn An"]
    yield "long-office", composed(dispatch(sign=signers, body=body(7, 9))).document
    yield "long-subject", composed(dispatch(subject=(sentence * 5)[:480], body=body(3, 3))).document
    for sentences in (20, 26, 28, 30, 34, 65, 80):
        yield f"one-paragraph-{sentences}", composed(dispatch(body=f"{sentence * sentences}./.")).document
    for words in range(1, 12):
        noted = f"{'Người ' * words}{'dân tham gia khảo sát và e-learning[^1] ' * 6}./.\n\n[^1]: Chú thích."
        yield f"noted-hyphens-{words}", composed(notice(body=noted)).document
    yield "two-spaces", composed(notice(body="Xem [ tại đây](https://a.vn) và ** đậm**  nhé./.")).document
    note = f"{sentence * 30}\n\n{sentence}x[^1] {sentence * 3}./.\n\n[^1]: {sentence * 40}"
    yield "long-note", composed(notice(body=note)).document
    yield "note-twice", composed(notice(body="Một[^a] hai[^a] ba[^b]./.\n\n[^a]: Chú.\n\n[^b]: Thích.")).document


def _components() -> Iterator[tuple[str, Document]]:
    """Every component that a paper may carry, pushed against the foot of a page."""
    for urgency in ("khẩn", "thượng khẩn", "hỏa tốc"):
        spec = dispatch(urgency=urgency, contact="có", drafter="PL", copies="300", body=body(9, 3))
        yield f"urgency-{urgency}", composed(spec).document
    restricted = dispatch(circulation="lưu hành nội bộ", urgency="khẩn", contact="có", body=body(12, 4))
    yield "circulation", composed(restricted).document
    yield "circulation-final", composed(restricted, issue=ISSUED).document
    basis = ["Căn cứ Luật Tổ chức chính quyền địa phương", f"Căn cứ Nghị định số 118/2025/NĐ-CP {'của Chính phủ ' * 9}"]
    yield "formal-notice", composed(formal_notice(basis=basis, body=body(5, 5))).document
    parts = (
        f"Chương {number}\n\nQuy định về những việc khác\n\nMục 1. Tổ chức\n\n{body(4, index)}"
        for index, number in enumerate(["I", "II", "III", "IV"])
    )
    yield "parts", composed(report(body="\n\n".join(parts))).document
    for rows in range(1, 13):
        text = f"{body(rows, rows + 50)}\n\n{table(3 * rows, 3 + rows % 4)}\n\n{body(2, rows)}"
        yield f"table-{rows}", composed(notice(body=text)).document
    noted = "".join(f"| x{row} | dòng[^{row}] {'dài ' * row} |\n" for row in range(30))
    notes = "\n\n".join(f"[^{row}]: Chú thích số {row}." for row in range(30))
    yield "table-notes", composed(notice(body=f"Mở.\n\n| A | B |\n|---|---|\n{noted}\n\nHết./.\n\n{notes}")).document
    yield "table-last", composed(dispatch(body=f"{body(6, 3)}\n\n{table(4, 4)}")).document
    wide = appendix(orientation="landscape", body=f"{table(40, 7)}\n\nHết./.")
    yield (
        "landscape",
        composed(
            report(to=["Bộ Nội vụ"], contact="có", appendices=["phu-luc-1", "phu-luc-2"], body=body(7, 6)),
            wide,
            appendix(body=body(3, 3)),
        ).document,
    )
    for paragraphs in range(1, 9):
        text = f'{body(paragraphs, paragraphs + 9)}\n\n![Hình](a.png "Hình 1. Toàn cảnh")\n\n{body(2, 1)}'
        figures = f"{text}\n\n![Hình](b.png){{width=100mm}}\n\n{body(3, 2)}"
        yield f"figures-{paragraphs}", composed(notice(body=figures)).document
    for paragraphs in (2, 4, 7):
        yield f"board-{paragraphs}", composed(notice(paper="A3", posted="có", body=body(paragraphs, 3))).document


DOCUMENTS = BUNDLED | dict(_stressed())


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("parity")
    return to_pdf({name: write_docx(document) for name, document in DOCUMENTS.items()}, folder)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_docx_breaks_lines_and_pages_where_the_pdf_does(
    name: str, converted: dict[str, Path], tmp_path: Path
) -> None:
    pdf = tmp_path / "ours.pdf"
    pdf.write_bytes(write_pdf(DOCUMENTS[name]))
    ours, theirs = read_pages(pdf), read_pages(converted[name])
    assert texts(ours) == texts(theirs)
    across, down = distances(ours, theirs)
    assert across <= ACROSS
    assert down <= DOWN * max(DOCUMENTS[name].body_size / 14, 1)
    assert styled_characters(pdf) == styled_characters(converted[name])


def test_the_forty_page_body_really_has_forty_pages() -> None:
    pages = styled_characters(write_pdf(DOCUMENTS["forty-pages"]))
    assert len(pages) >= 40
