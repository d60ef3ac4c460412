"""The signed PDF comes back: only when it says what was numbered, and from then on posts carry it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from loa.core.errors import LoaError, Problem
from loa.core.secrets import Secrets
from loa.delivery.gathering import open_office
from loa.delivery.papers import Papers
from loa.registry.attaching import Attached, attach_signed
from loa.registry.identity import printed_mark
from loa.registry.issues import issues_of
from loa.registry.pdf import PdfPage
from loa.registry.signed import read_signed
from notices.fonts import face
from notices.render import render, render_pdf
from tests.notices.libreoffice import to_pdf
from tests.planning.office import CAMPAIGN, NAME
from tests.registry.samples import DOCUMENT, NOW, Registry, apart

SIGNATURE = (
    "Ký bởi: Sở Nội vụ tỉnh",
    "Sông Trà",
    "Email: snv@example.gov.vn",
    "Cơ quan: Tỉnh Sông Trà",
    "Thời gian ký: 05.09.2026",
    "10:11:12 +07:00",
)


def overlaid(pdf: bytes, *lines: str, page: int = 0) -> bytes:
    """A PDF with lines printed over one of its pages, as programs for signing do."""
    pdfmetrics.registerFont(face(False, False))
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setFont(face(False, False).fontName, 8)
    for index, line in enumerate(lines):
        canvas.drawString(300, 820 - 10 * index, line)
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.pages[page].merge_page(PdfReader(stream).pages[0])
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def scanned(pdf: bytes) -> bytes:
    """Its pages as pictures, as from a scanner."""
    pages = [page.render(scale=1).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:])
    return stream.getvalue()


def locked(pdf: bytes, *, opens: bool) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt("" if opens else "mk", "chu", algorithm="RC4-128")
    return written(writer)


def first_page(pdf: bytes) -> bytes:
    writer = PdfWriter()
    writer.add_page(PdfReader(io.BytesIO(pdf)).pages[0])
    return written(writer)


def attach(registry: Registry, content: bytes, *, by_eye: bool = False) -> Attached:
    path = registry.place.folder / "ban-ky.pdf"
    path.write_bytes(content)
    return attach_signed(
        registry.ledger, registry.place, registry.file, DOCUMENT, path, scanned=by_eye, person="an", now=NOW
    )


def refused(registry: Registry, content: bytes, *, by_eye: bool = False) -> list[Problem]:
    with pytest.raises(LoaError) as error:
        attach(registry, content, by_eye=by_eye)
    assert registry.ledger.register.registrations()[0].signed is None
    assert not registry.place.signed_folder.exists()
    return list(error.value.problems)


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: pdf,
        lambda pdf: overlaid(pdf, *SIGNATURE),
        lambda pdf: overlaid(pdf, "SỞ NỘI VỤ", "TỈNH SÔNG TRÀ"),  # a seal
        lambda pdf: overlaid(overlaid(pdf, *SIGNATURE), *SIGNATURE, page=1),
    ],
    ids=["as it is", "signed", "sealed", "appendix signed too"],
)
def test_a_signed_pdf_with_the_words_of_the_paper_is_kept(registry: Registry, change: Callable[[bytes], bytes]) -> None:
    registry.give()
    content = change(registry.pdf())
    taken = attach(registry, content)
    assert not taken.scanned
    assert read_signed(registry.place.signed_folder, taken.sha256) == content
    signed = registry.ledger.register.registrations()[0].signed
    assert signed
    assert (signed.sha256, signed.file, signed.person) == (taken.sha256, "ban-ky.pdf", "an")


def test_a_pdf_that_another_program_made_of_our_docx_is_kept(registry: Registry, tmp_path: Path) -> None:
    registry.give()
    [docx] = render(registry.compose().document, ["docx"]).values()
    made = to_pdf({"ban": docx}, tmp_path / "libreoffice")["ban"].read_bytes()
    assert attach(registry, made).scanned is False


@pytest.mark.parametrize(
    ("old", "new", "ours", "theirs"),
    [
        ("0255.3000.100\n    label", "0255.3000.190\n    label", "0255.3000.100./.", "0255.3000.190./."),
        ("đề nghị các cơ quan", "đề nghị mọi cơ quan", "các", "mọi"),
        ("- Trần Văn An", "- Trần Văn Anh", "An", "Anh"),
        ("      - Các xã, phường\n", "      - Các xã\n", "xã, phường.", "xã."),
    ],
)
def test_words_that_differ_are_named_with_their_page(
    registry: Registry, old: str, new: str, ours: str, theirs: str
) -> None:
    registry.give()
    registry.edit(old, new)
    other = registry.pdf()
    registry.edit(new, old)
    [problem] = refused(registry, other)
    assert problem.key == "registry.words_differ"
    assert (problem.values["ours"], problem.values["theirs"]) == (ours, theirs)
    assert problem.values["page"] in (1, 2)


def test_the_paper_with_another_number_is_another_paper(registry: Registry) -> None:
    given = registry.give(12).registration
    other = registry.pdf()
    registry.ledger.register.cancel(given, person="an", reason="nhầm", now=NOW)
    registry.give(13)
    found = refused_words(registry, other)
    assert ("13/SNV-CCHC", "12/SNV-CCHC") in found
    with pytest.raises(LoaError) as error:
        attach(registry, other)
    first = error.value.problems[0]
    assert (first.key, first.values["theirs"], first.values["mark"]) == (
        "registry.other_title",
        "12/SNV-CCHC",
        "13/SNV-CCHC",
    )
    assert first.values["title"] == first.values["own"] == "Công văn phối hợp tuyên truyền"


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        (("UBND TỈNH", "Số: 7 /STC-QLNS Sông Trà, ngày 07 tháng 9 năm 2026"), "07/STC-QLNS"),
        (("Số : 123/TB-SNV",), "123/TB-SNV"),
        (("Số:      /SNV-CCHC", "Thực hiện Quyết định số 5/QĐ-UBND"), ""),
        ((), ""),
    ],
)
def test_the_number_of_a_pdf_is_read_from_its_head(lines: tuple[str, ...], mark: str) -> None:
    assert printed_mark([PdfPage(lines=lines, is_picture=False)]) == mark
    assert printed_mark([PdfPage(lines=lines, is_picture=True)]) == ""


def refused_words(registry: Registry, content: bytes) -> list[tuple[object, object]]:
    with pytest.raises(LoaError) as error:
        attach(registry, content)
    return [(problem.values.get("ours"), problem.values["theirs"]) for problem in error.value.problems]


def test_the_signed_paper_comes_back_without_the_appendices_that_are_files_of_their_own(tmp_path: Path) -> None:
    registry = Registry(tmp_path, campaign=apart(CAMPAIGN))
    registry.give()
    assert attach(registry, overlaid(registry.pdf(), *SIGNATURE)).scanned is False
    registry.ledger.close()


def test_another_file_of_the_paper_is_not_the_signed_paper(tmp_path: Path) -> None:
    registry = Registry(tmp_path, campaign=apart(CAMPAIGN))
    registry.give()
    [appendix] = registry.compose().document.apart
    assert [problem.key for problem in refused(registry, render_pdf(appendix))] == ["registry.other_paper"]
    registry.ledger.close()


def test_a_missing_appendix_and_a_line_too_many_are_told(registry: Registry) -> None:
    registry.give()
    missing = refused(registry, first_page(registry.pdf()))
    assert [problem.key for problem in missing] == ["registry.words_missing"]
    assert "THÔNG BÁO KHẢO SÁT" in str(missing[0].values["ours"])
    added = refused(registry, overlaid(registry.pdf(), "Mỗi phiếu thu 50.000 đồng."))
    assert [(problem.key, problem.values["theirs"]) for problem in added] == [
        ("registry.words_added", "Mỗi phiếu thu 50.000 đồng.")
    ]


def test_sentences_below_what_looks_like_a_signature_are_told(registry: Registry) -> None:
    registry.give()
    lines = ("Email: thutien@example.com", "Mỗi hộ nộp 200.000 đồng", "trước 17:00 ngày 30/9")
    added = refused(registry, overlaid(registry.pdf(), *lines))
    assert [(problem.key, problem.values["theirs"]) for problem in added] == [("registry.words_added", " ".join(lines))]


def test_a_draft_of_the_paper_is_no_signed_original(registry: Registry) -> None:
    draft = registry.pdf()
    registry.give()
    keys = {problem.key for problem in refused(registry, draft)}
    assert keys <= {"registry.words_differ", "registry.words_added", "registry.words_missing"}


def test_quite_another_paper_is_said_to_be_one(registry: Registry) -> None:
    registry.give()
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(100, 700, "Hello world, this is an invoice.")
    canvas.save()
    assert [problem.key for problem in refused(registry, stream.getvalue())] == ["registry.other_paper"]


def test_a_scan_is_taken_only_when_somebody_vouches_for_it(registry: Registry) -> None:
    registry.give()
    scan = scanned(registry.pdf())
    [problem] = refused(registry, scan)
    assert (problem.key, problem.values["pages"]) == ("registry.scanned", "1, 2")
    assert attach(registry, scan, by_eye=True).scanned
    signed = registry.ledger.register.registrations()[0].signed
    assert signed
    assert (signed.scanned, signed.person) == (True, "an")


def test_vouching_does_not_cover_words_that_can_be_read(registry: Registry) -> None:
    registry.give()
    registry.edit("đề nghị các cơ quan", "đề nghị mọi cơ quan")
    other = registry.pdf()
    registry.edit("đề nghị mọi cơ quan", "đề nghị các cơ quan")
    assert [problem.key for problem in refused(registry, other, by_eye=True)] == ["registry.words_differ"]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda _: b"", "registry.not_pdf"),
        (lambda _: b"PK\x03\x04 a Word file", "registry.not_pdf"),
        (lambda pdf: pdf[:200], "registry.not_pdf"),
        (lambda pdf: locked(pdf, opens=False), "registry.encrypted"),
        (lambda pdf: locked(pdf, opens=True), "registry.encrypted"),
    ],
    ids=["empty", "word", "cut off", "password", "restricted"],
)
def test_a_file_that_is_no_open_pdf_is_refused(registry: Registry, change: Callable[[bytes], bytes], key: str) -> None:
    registry.give()
    assert [problem.key for problem in refused(registry, change(registry.pdf()))] == [key]


def test_a_pdf_with_hundreds_of_pages_is_refused(registry: Registry) -> None:
    registry.give()
    writer = PdfWriter()
    for _ in range(301):
        writer.add_blank_page(width=595, height=842)
    assert [problem.key for problem in refused(registry, written(writer))] == ["registry.too_many_pages"]


def test_a_file_that_is_not_there_and_a_paper_without_number_are_refused(registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(LoaError, match=r"registry\.no_number"):
        attach(registry, b"%PDF-1.7")
    registry.give()
    with pytest.raises(LoaError, match=r"file\.not_found"):
        attach_signed(
            registry.ledger,
            registry.place,
            registry.file,
            DOCUMENT,
            tmp_path / "khong-co.pdf",
            scanned=False,
            person="an",
            now=NOW,
        )


def posted(registry: Registry) -> bytes:
    """The dispatch as a post would carry it."""
    issues = issues_of(registry.ledger.register.registrations())
    office = open_office(registry.place, issues, secrets=Secrets({}), now=lambda: NOW)
    return office.renderer.pdf(office.campaign(NAME), DOCUMENT)


def test_posts_carry_the_signed_original_once_it_is_back(registry: Registry) -> None:
    with pytest.raises(LoaError, match=r"announcement\.open_document"):
        posted(registry)
    registry.give()
    ours = registry.pdf()
    assert posted(registry) == ours
    signed = overlaid(ours, *SIGNATURE)
    attach(registry, signed)
    assert posted(registry) == signed


def test_posts_carry_the_appendices_that_are_files_of_their_own(tmp_path: Path) -> None:
    registry = Registry(tmp_path, campaign=apart(CAMPAIGN))
    registry.give()
    issues = issues_of(registry.ledger.register.registrations())[NAME]
    papers = Papers(registry.place, {NAME: registry.place.context(registry.file, issues)})
    [file] = papers.appendices(registry.file.campaign, DOCUMENT)
    assert (file.name, file.title) == ("cong-van_Phu-luc.pdf", "Phụ lục: Thông báo khảo sát")
    [appendix] = registry.compose().document.apart
    assert file.content == render_pdf(appendix)
    assert papers.appendices(registry.file.campaign, "thong-bao") == []
    registry.ledger.close()


def test_an_edit_after_numbering_holds_the_posts_that_carry_the_paper(registry: Registry) -> None:
    registry.give()
    attach(registry, registry.pdf())
    registry.edit("đề nghị các cơ quan", "đề nghị mọi cơ quan")
    with pytest.raises(LoaError, match=r"form\.changed"):
        posted(registry)


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_signed_original_that_is_gone_or_was_changed_is_never_posted(registry: Registry, is_gone: bool) -> None:
    registry.give()
    taken = attach(registry, registry.pdf())
    path = registry.place.signed_folder / f"{taken.sha256}.pdf"
    path.unlink() if is_gone else path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(LoaError, match=r"registry\.signed_lost"):
        posted(registry)
