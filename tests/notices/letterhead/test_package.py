"""A Word file that somebody made is looked through before anything in it is used."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from loa.core.errors import LoaError
from loa.core.words import LANGUAGES, catalogue
from notices.letterhead.letterhead import MAX_BYTES, open_letterhead
from notices.letterhead.package import MAX_PARAGRAPHS, MAX_PARTS, MAX_XML
from tests.notices.letterhead.stage import (
    HERE,
    SHOWN,
    WHOLE,
    changed,
    found,
    opened,
    parts_of,
    plain,
    word_file,
    zipped,
)

FINE = word_file(*WHOLE)
PARTS = parts_of(FINE)
DOCUMENT, TYPES, RELS = "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str, *, external: bool = True) -> bytes:
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return changed(FINE, RELS, "</Relationships>", link)


def with_field(instruction: str) -> bytes:
    run = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    run += "".join(f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in instruction)
    return changed(FINE, DOCUMENT, "<w:sectPr", f'{run}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:sectPr')


def in_the_text(xml: str) -> bytes:
    return changed(FINE, DOCUMENT, "<w:sectPr", f"{xml}<w:sectPr")


def nested_field() -> bytes:
    """An instruction that begins with what a field inside it shows."""
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    inner = f"{begin}<w:r><w:instrText>REF x</w:instrText></w:r>{middle}<w:r><w:t>DDEAUTO</w:t></w:r>{end}"
    return in_the_text(f"<w:p>{begin}{inner}<w:r><w:instrText> PAGE cmd.exe</w:instrText></w:r>{end}</w:p>")


def with_header(name: str) -> bytes:
    """A fetching field in a header whose part has this name."""
    field = '<w:p><w:fldSimple w:instr="INCLUDETEXT x.docx"/></w:p>'
    header = f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{field}</w:hdr>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    content = related("header", name, external=False)
    content = changed(content, TYPES, "</Types>", f'<Override PartName="/word/{name}" ContentType="{kind}"/></Types>')
    return zipped(parts_of(content) | {f"word/{name}": header.encode()})


def bomb() -> bytes:
    return zipped(PARTS | {"word/media/image1.bin": bytes(70_000_000)})


BOMB_OF_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
MAIN = "wordprocessingml.document.main+xml"
BROKEN = [
    ("old", b"\xd0\xcf\x11\xe0" + bytes(600), "letterhead.old_word"),
    ("words", b"Word", "letterhead.not_word"),
    ("empty", b"", "letterhead.not_word"),
    ("cut", FINE[: len(FINE) // 2], "letterhead.not_word"),
    ("other-zip", zipped({"a.txt": b"a"}), "letterhead.not_word"),
    ("no-body", changed(FINE, DOCUMENT, "w:body", "w:corps"), "letterhead.not_word"),
    ("no-xml", zipped(PARTS | {DOCUMENT: b"<w:document"}), "letterhead.not_word"),
    ("sheet", changed(FINE, TYPES, MAIN, "spreadsheetml.sheet.main+xml"), "letterhead.not_word"),
    ("entities", zipped(PARTS | {"word/x.xml": BOMB_OF_ENTITIES + b"<x>&b;</x>"}), "letterhead.not_word"),
    ("bomb", bomb(), "letterhead.too_large"),
    ("parts", zipped(PARTS | {f"word/{i}": b"" for i in range(MAX_PARTS)}), "letterhead.too_large"),
    ("macros", changed(FINE, TYPES, MAIN, "macroEnabled.main+xml"), "letterhead.macros"),
    ("program", zipped(PARTS | {"word/vbaProject.bin": b"x"}), "letterhead.embedded"),
    ("ole", zipped(PARTS | {"word/embeddings/oleObject1.bin": b"x"}), "letterhead.embedded"),
    (
        "object",
        changed(FINE, DOCUMENT, "<w:sectPr", "<w:p><w:r><w:object/></w:r></w:p><w:sectPr"),
        "letterhead.embedded",
    ),
    ("picture-elsewhere", related("image", "https://example.com/x.png"), "letterhead.external"),
    ("file-link", related("hyperlink", "file:///c:/x.exe"), "letterhead.link"),
    ("field-link", with_field(' HYPERLINK "file:///c:/x.exe" '), "letterhead.link"),
    ("field-link-bare", with_field(" HYPERLINK ms-word:ofe|u|x "), "letterhead.link"),
    ("field-link-tip", with_field(' hyperlink \\o "https://a.vn" \\h "javascript:x" '), "letterhead.link"),
    ("template", related("attachedTemplate", "file:///c:/mau.dotm"), "letterhead.external"),
    ("alternative", related("aFChunk", "x.html", external=False), "letterhead.external"),
    ("dde", with_field(" DDEAUTO c:\\\\cmd.exe"), "letterhead.field"),
    ("include", with_field(" INCLUDETEXT x.docx "), "letterhead.field"),
    ("macro-button", with_field(" MACROBUTTON Chay "), "letterhead.field"),
    ("nested-field", nested_field(), "letterhead.field"),
    (
        "field-as-text",
        in_the_text('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>DDE cmd</w:t></w:r></w:p>'),
        "letterhead.field",
    ),
    ("header-bin", with_header("header1.bin"), "letterhead.field"),
    ("header-capitals", with_header("HEADER1.XML"), "letterhead.field"),
    ("relation", related("oleObject", "media/x.bin", external=False), "letterhead.embedded"),
    ("paragraphs", in_the_text("<w:p/>" * (MAX_PARAGRAPHS + 1)), "letterhead.too_long"),
    ("long-xml", zipped(PARTS | {"word/x.xml": b"<x>" + b" " * MAX_XML + b"</x>"}), "letterhead.too_long"),
    ("braces", in_the_text(f"<w:p><w:r><w:t>{'{{ ' * 20_000}</w:t></w:r></w:p>"), "letterhead.too_long"),
    ("tracked", changed(FINE, DOCUMENT, "<w:sectPr", "<w:p><w:ins/></w:p><w:sectPr"), "letterhead.tracked"),
]


@pytest.mark.parametrize(("content", "key"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_what_is_no_plain_word_file_is_refused(tmp_path: Path, content: bytes, key: str) -> None:
    with pytest.raises(LoaError) as caught:
        opened(tmp_path, content)
    [problem] = caught.value.problems
    assert (problem.key, problem.place) == (key, HERE)
    assert all(f"“{SHOWN}”" in catalogue(language).problem(problem) for language in LANGUAGES)


def test_everything_dangerous_is_said_at_once(tmp_path: Path) -> None:
    parts = parts_of(related("image", "https://example.com/x.png"))
    content = zipped(parts | {"word/vbaProject.bin": b"x"})
    assert {problem.key for problem in found(tmp_path, content)} == {"letterhead.embedded", "letterhead.external"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(FINE)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(DOCUMENT, PARTS[DOCUMENT])
    assert [problem.key for problem in found(tmp_path, path.read_bytes())] == ["letterhead.not_word"]


def test_harmless_links_and_page_numbers_pass(tmp_path: Path) -> None:
    assert found(tmp_path, related("hyperlink", "https://snv.example.gov.vn")) == []
    assert found(tmp_path, with_field(" PAGE ")) == []
    assert found(tmp_path, with_field(' HYPERLINK "https://snv.example.gov.vn" \\o "Trang" ')) == []
    assert found(tmp_path, with_field(' HYPERLINK "tel:02553000100" ')) == []
    assert found(tmp_path, with_field(' HYPERLINK \\l "muc_1" ')) == []
    assert found(tmp_path, with_field("page\\* MERGEFORMAT")) == []
    assert found(tmp_path, with_field(" =1+1 ")) == []


def test_a_drawing_may_name_its_document_type_but_not_bring_entities(tmp_path: Path) -> None:
    drawing = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"%s><svg xmlns="http://www.w3.org/2000/svg"/>'
    assert found(tmp_path, zipped(PARTS | {"word/media/a.svg": drawing % b""})) == []
    bad = zipped(PARTS | {"word/media/a.svg": drawing % b' [<!ENTITY a "a">]'})
    assert [problem.key for problem in found(tmp_path, bad)] == ["letterhead.not_word"]


def test_places_in_a_table_of_a_thousand_rows_are_counted_in_one_walk(tmp_path: Path) -> None:
    rows = "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 1_000
    last = "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>{{ la }}</w:t></w:r></w:p></w:tc></w:tr>"
    [problem] = found(tmp_path, in_the_text(f"<w:tbl>{rows}{last}</w:tbl>"))
    assert problem.place.part.startswith("body.table1.row1001.cell2.")


def test_a_file_that_is_not_there_or_too_large_is_named(tmp_path: Path) -> None:
    content = FINE + bytes(MAX_BYTES)
    assert [(p.key, p.place.file) for p in found(tmp_path, content)] == [("file.too_large", SHOWN)]
    (tmp_path / "cong-van.docx").unlink()
    (tmp_path / "cong-van.docx").mkdir()
    with pytest.raises(LoaError) as caught:
        open_letterhead(tmp_path / "cong-van.docx", HERE, shown=SHOWN, facts={})
    assert caught.value.problems[0].key == "letterhead.missing"


def test_a_damaged_file_is_refused_or_carries_the_document(tmp_path: Path) -> None:
    chance = random.Random(30)  # noqa: S311  # damage that is the same each time
    document = plain()
    outcomes: set[str] = set()
    for _ in range(60):
        name = chance.choice(list(PARTS))
        part = bytearray(PARTS[name])
        for _ in range(2):
            place = chance.randrange(len(part))
            part[place : place + chance.randint(0, 30)] = chance.randbytes(chance.randint(0, 2))
        try:
            opened(tmp_path, zipped(PARTS | {name: bytes(part)})).write(document)
        except LoaError as error:
            outcomes.update(problem.key.partition(".")[0] for problem in error.problems)
    assert outcomes == {"letterhead"}
