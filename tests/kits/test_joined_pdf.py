"""Many PDFs as one: every page is there, looks the same, and memory stays what it was."""

from __future__ import annotations

import gc
import io
import tracemalloc
from collections.abc import Iterable

import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from loa.kits.joined_pdf import JoinedPdf


def pdf(*pages: str, size: tuple[float, float] = (595, 842), picture: bytes = b"", trim: bool = False) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size, invariant=1, pageCompression=1)
    for words in pages:
        canvas.drawString(72, 400, words)
        canvas.linkURL("https://snv.example.gov.vn", (72, 390, 200, 410))
        if picture:
            canvas.drawImage(ImageReader(io.BytesIO(picture)), 72, 72, 100, 100)
        if trim:
            canvas.setTrimBox((10, 10, 500, 800))
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def photograph() -> bytes:
    stream = io.BytesIO()
    Image.effect_noise((200, 200), 80).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


def join(parts: Iterable[bytes]) -> tuple[bytes, list[range]]:
    stream = io.BytesIO()
    joined = JoinedPdf(stream)
    numbers = [joined.append(part) for part in parts]
    joined.close()
    return stream.getvalue(), numbers


def words(content: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_range().strip() for page in opened]
    opened.close()
    return found


def picture_of(content: bytes, page: int) -> Image.Image:
    opened = pypdfium2.PdfDocument(content)
    drawn: Image.Image = opened[page].render(scale=0.5).to_pil().convert("RGB")
    opened.close()
    return drawn


def test_pages_follow_each_other_and_their_numbers_are_told() -> None:
    content, numbers = join([pdf("mot"), pdf("hai", "ba"), pdf("bon", size=(842, 1191))])
    assert words(content) == ["mot", "hai", "ba", "bon"]
    assert [(pages[0], pages[-1]) for pages in numbers] == [(1, 1), (2, 3), (4, 4)]
    opened = pypdfium2.PdfDocument(content)
    assert [round(page.get_width()) for page in opened] == [595, 595, 595, 842]
    opened.close()


def test_a_page_looks_as_it_did_alone() -> None:
    part = pdf("Trang", picture=photograph())
    content, _ = join([pdf("x"), part])
    assert picture_of(content, 1).tobytes() == picture_of(part, 0).tobytes()


def test_what_only_serves_screens_stays_behind_and_what_serves_printers_comes_along() -> None:
    content, _ = join([pdf("x", trim=True)])
    assert b"snv.example.gov.vn" not in content
    opened = pypdfium2.PdfDocument(content)
    assert [round(edge) for edge in opened[0].get_trimbox()] == [10, 10, 500, 800]
    opened.close()


def test_a_picture_that_all_have_is_written_once() -> None:
    picture = photograph()
    part = len(join([pdf("a", picture=picture)])[0])
    whole = len(join(pdf(str(number), picture=picture) for number in range(20))[0])
    assert whole < 3 * part


def test_the_same_parts_give_the_same_file_and_none_give_an_empty_one() -> None:
    assert join([pdf("a"), pdf("b")]) == join([pdf("a"), pdf("b")])
    assert join([])[0].endswith(b"%%EOF\n")


class Nowhere(io.BytesIO):
    """Takes everything and keeps nothing, as a disk would."""

    def write(self, content: object) -> int:
        return len(content)  # type: ignore[arg-type]  # bytes


def kept(parts: Iterable[bytes]) -> int:
    """Bytes that are still held after the parts have been written."""
    tracemalloc.start()
    joined = JoinedPdf(Nowhere())
    for part in parts:
        joined.append(part)
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size


def test_memory_does_not_grow_with_the_pages() -> None:
    parts = [pdf("x", picture=photograph()) for _ in range(12)]
    assert sum(map(len, parts)) > 300_000
    assert kept(parts) - kept(parts[:2]) < 60_000
