"""What goes with all kits: the page, the workbook, the printer's file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from loa.core.errors import LoaError
from loa.kits.assemble import make_kit
from loa.kits.folders import write_kit
from loa.kits.lists import PRINTED, Listed, whole_file
from tests.kits.stage import AGENCIES, list_all, ordered, write_all
from tests.planning.office import CAMPAIGN, changed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Listed]:
    """Three kits and their lists."""
    folder = tmp_path_factory.mktemp("made")
    order, audience = ordered(folder / "office")
    return folder, write_all(folder, order, audience)


def rows(folder: Path, sheet: str) -> Sequence[Sequence[object]]:
    book = openpyxl.load_workbook(folder / "kits" / "kits.xlsx")
    return [tuple(row) for row in book[sheet].iter_rows(values_only=True)][1:]


def test_every_kit_is_told_of(made: tuple[Path, Listed]) -> None:
    folder, listed = made
    assert (listed.kits, listed.outdated, listed.pages) == (3, 0, 4)
    assert sorted(path.relative_to(folder).as_posix() for path in listed.files) == [
        "kits/index.html",
        "kits/kits.xlsx",
        "print.pdf",
    ]


def test_the_workbook_says_what_went_to_whom(made: tuple[Path, Listed]) -> None:
    folder, _ = made
    first, *_ = rows(folder, "Cơ quan")
    assert first[:6] == (1, "H99.101", "UBND phường Trà Giang", "Phường", "UBND tỉnh Sông Trà", "cấp xã")
    assert first[8:] == (None, "h99-101", 12, 6)


def test_the_print_order_names_place_size_copies_and_pages(made: tuple[Path, Listed]) -> None:
    folder, _ = made
    assert [row[3:] for row in rows(folder, "In ấn")] == [
        ("Nhà văn hóa tổ 5", "Thông báo khảo sát", "thong-bao-A4.pdf", "A4", 3, 1, 3, 1, 1),
        ("Chợ Trà Giang", "Thông báo khảo sát", "thong-bao-A4.pdf", "A4", 1, 1, 1, 1, 1),
        ("Trung tâm Phục vụ hành chính công", "Thông báo khảo sát", "thong-bao-A3.pdf", "A3", 2, 1, 2, 2, 2),
        ("UBND xã An Phú", "Thông báo khảo sát", "thong-bao.pdf", "A4", 1, 1, 1, 3, 3),
        ("Sở Y tế & “Dân số”", "Thông báo khảo sát", "thong-bao.pdf", "A4", 1, 1, 1, 4, 4),
    ]
    assert rows(folder, "Tổng hợp") == [
        ("Thông báo khảo sát", "thong-bao", "A3", 2, 2),
        ("Thông báo khảo sát", "thong-bao", "A4", 6, 6),
        ("Tổng cộng", None, "A3", 2, 2),
        ("Tổng cộng", None, "A4", 6, 6),
    ]


def test_the_printers_file_has_the_pages_that_the_order_names(made: tuple[Path, Listed]) -> None:
    folder, _ = made
    opened = pypdfium2.PdfDocument(folder / PRINTED)
    words = [" ".join(page.get_textpage().get_text_range().split()) for page in opened]
    sizes = [round(page.get_width() / 72 * 25.4) for page in opened]
    opened.close()
    assert sizes == [210, 297, 210, 210]
    assert ["Niêm yết tại: UBND phường Trà Giang" in page for page in words] == [True, True, False, False]
    assert words[2].endswith("Niêm yết tại: UBND xã An Phú.")


def test_the_workbook_prints_well(made: tuple[Path, Listed]) -> None:
    folder, _ = made
    book = openpyxl.load_workbook(folder / "kits" / "kits.xlsx")
    assert book.sheetnames == ["Cơ quan", "In ấn", "Tổng hợp"]
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
        assert sheet.freeze_panes == "A2"


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    agencies = changed(AGENCIES, "name: UBND xã An Phú", 'name: "=1+1"')
    order, audience = ordered(tmp_path / "office", agencies=agencies)
    write_all(tmp_path, order, audience)
    book = openpyxl.load_workbook(tmp_path / "kits" / "kits.xlsx")
    cell = book["Cơ quan"]["C3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_workbook_and_the_page_know_no_clock(made: tuple[Path, Listed], tmp_path: Path) -> None:
    folder, _ = made
    order, audience = ordered(tmp_path / "office")
    write_all(tmp_path, order, audience)
    for name in ("kits/kits.xlsx", "kits/index.html", PRINTED):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


class Page(HTMLParser):
    """What a page links to, and its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [str(value) for name, value in attrs if name == "href"]


def test_the_page_lists_kits_by_kind_and_every_link_leads_somewhere(made: tuple[Path, Listed]) -> None:
    folder, _ = made
    text = (folder / "kits" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<h2[^>]*>([^<]+) <small>", text) == ["Phường", "Xã", "Cơ quan, đơn vị khác"]
    assert "Sở Y tế &amp; “Dân số”" in text
    page = Page(text)
    assert page.tags.count("h1") == 1
    assert '<html lang="vi">' in text
    assert len(page.links) > 6
    assert [link for link in page.links if not (folder / "kits" / link).exists()] == []


def test_a_kit_of_other_words_or_of_another_row_is_not_told_of_but_counted(tmp_path: Path) -> None:
    order, audience = ordered(tmp_path / "old")
    write_all(tmp_path, order, audience)
    later, list_of_later = ordered(tmp_path / "new", agencies=changed(AGENCIES, "hours: từ 7 giờ", "hours: từ 8 giờ"))
    assert later.edition == order.edition
    assert (listed := list_all(tmp_path, later, list_of_later)).kits == 2
    assert listed.outdated == 1
    changed_words = changed(CAMPAIGN, "Mời người dân", "Kính mời người dân") + "audience: agencies.yaml\n"
    other, _ = ordered(tmp_path / "other", campaign=changed_words)
    assert other.edition != order.edition
    assert list_all(tmp_path, other, audience).kits == 0


def test_a_fact_that_changed_makes_another_edition_of_texts_that_speak_of_the_agency(tmp_path: Path) -> None:
    text = changed(CAMPAIGN, "Liên hệ: **{{ dien_thoai }}**.", "Tại {{ host.place }}: {{ gio }}.")
    text = changed(text, "  nam:\n", "  gio:\n    text: sáng\n  nam:\n") + "audience: agencies.yaml\n"
    before, _ = ordered(tmp_path / "a", campaign=text)
    after, _ = ordered(tmp_path / "b", campaign=changed(text, "text: sáng", "text: chiều"))
    assert before.edition != after.edition


def test_a_kit_from_which_a_file_was_taken_is_not_told_of(tmp_path: Path) -> None:
    order, audience = ordered(tmp_path / "office")
    write_all(tmp_path, order, audience)
    (tmp_path / "kits" / "syt" / "thong-bao.pdf").unlink()
    listed = list_all(tmp_path, order, audience)
    assert (listed.kits, listed.outdated) == (2, 1)


def test_a_kit_of_which_a_file_is_damaged_or_exchanged_is_not_told_of_but_counted(tmp_path: Path) -> None:
    order, audience = ordered(tmp_path / "office")
    write_all(tmp_path, order, audience)
    kits = tmp_path / "kits"
    damaged, foreign, cut = kits / "syt" / "thong-bao.pdf", kits / "ubnd-xa-an-phu.zip", kits / "h99-101" / ".kit.json"
    for path, content in (
        (damaged, damaged.read_bytes()[:400]),
        (foreign, (kits / "syt.zip").read_bytes()),
        (cut, b"{"),
    ):
        kept = path.read_bytes()
        path.write_bytes(content)
        listed = list_all(tmp_path, order, audience)
        assert (listed.kits, listed.outdated) == (2, 1), path
        path.write_bytes(kept)
    assert list_all(tmp_path, order, audience).kits == 3


def test_a_kit_without_its_zip_is_not_told_of(tmp_path: Path) -> None:
    order, audience = ordered(tmp_path / "office")
    write_all(tmp_path, order, audience)
    (tmp_path / "kits" / "syt.zip").unlink()
    assert list_all(tmp_path, order, audience).outdated == 1


def test_a_print_that_is_no_file_of_the_kit_is_not_joined(tmp_path: Path) -> None:
    order, audience = ordered(tmp_path / "office")
    write_all(tmp_path, order, audience)
    manifest = tmp_path / "kits" / "syt" / ".kit.json"
    manifest.write_text(changed(manifest.read_text(), '"file": "thong-bao.pdf"', '"file": "../../office/config.yaml"'))
    assert list_all(tmp_path, order, audience).outdated == 1


def test_one_kit_made_anew_joins_those_that_are_there(tmp_path: Path) -> None:
    order, audience = ordered(tmp_path / "office")
    first = audience.receivers[0]
    write_kit(tmp_path / "kits", make_kit(order, first), order.edition)
    assert list_all(tmp_path, order, audience).kits == 1
    write_all(tmp_path, order, audience)
    write_kit(tmp_path / "kits", make_kit(order, first), order.edition)
    assert list_all(tmp_path, order, audience).kits == 3


def test_a_file_written_piece_by_piece_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a" / "x.pdf"
    with pytest.raises(TypeError), whole_file(path) as stream:
        stream.writelines([b"half", None])  # type: ignore[list-item]  # breaks in the middle
    assert list(path.parent.iterdir()) == []
    with whole_file(path) as stream:
        stream.write(b"whole")
    assert path.read_bytes() == b"whole"
    (tmp_path / "b").write_bytes(b"")
    with pytest.raises(LoaError), whole_file(tmp_path / "b" / "x.pdf"):
        pass
