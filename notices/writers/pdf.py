"""Document → PDF: draws the set pages with embedded Tinos; the same document gives the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from notices.document import Document
from notices.fonts import face, text_width
from notices.layout import SetPage, lay_out
from notices.lines import Fragment
from notices.rules import PAGE
from notices.stacks import SetLine

_GAP_COLOUR = (1, 0.93, 0.4)
_PRODUCER = "Loa"


def write_pdf(document: Document) -> bytes:
    """The document as a PDF."""
    stream = io.BytesIO()
    canvas = Canvas(
        stream,
        pagesize=(PAGE.width.pt, PAGE.height.pt),
        invariant=1,  # no clock, no random identifier
        initialFontName=face(False, False).fontName,  # else an unembedded Helvetica is listed
        lang="vi-VN",
        pageCompression=1,
        pdfVersion=(1, 7),
    )
    canvas.setTitle(document.title)
    canvas.setAuthor(document.author)
    canvas.setSubject("")
    canvas.setCreator(_PRODUCER)
    canvas.setProducer(_PRODUCER)
    for page in lay_out(document):
        canvas.setPageSize((page.form.width.pt, page.form.height.pt))
        _draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _draw(canvas: Canvas, page: SetPage) -> None:
    height = page.form.height.pt
    for line in page.lines:
        _mark_gaps(canvas, line, height)
    for picture in page.pictures:
        image = ImageReader(io.BytesIO(picture.picture.content))
        y = height - picture.y - picture.height
        canvas.drawImage(image, picture.x, y, picture.width, picture.height, mask="auto")
    for stroke in page.strokes:
        canvas.setLineWidth(stroke.width)
        canvas.setStrokeColor(HexColor(f"#{stroke.colour}"))
        y = height - stroke.y
        canvas.line(stroke.x, y, stroke.x + stroke.right, y - stroke.down)
    for line in page.lines:
        _draw_line(canvas, line, height)


def _draw_line(canvas: Canvas, line: SetLine, height: float) -> None:
    text = canvas.beginText()
    text.setWordSpace(line.line.word_space)
    y = height - line.y
    for fragment in line.line.fragments:
        style = fragment.style
        text.setFont(face(style.bold, style.italic).fontName, style.size)
        text.setFillColor(HexColor(f"#{style.colour}"))
        for x, words in _stretches(fragment, line.line.word_space):
            text.setTextOrigin(line.x + x, y + style.rise)
            text.textOut(words)
    canvas.drawText(text)
    for fragment in _linked(line.line.fragments):
        x = line.x + fragment.x
        box = (x, y - 2, x + fragment.width, y + fragment.style.size * 0.8)
        canvas.linkURL(fragment.style.link, box, thickness=0)


def _stretches(fragment: Fragment, word_space: float) -> Iterator[tuple[float, str]]:
    """The fragment in stretches that begin behind a no-break space, each with its place.

    ReportLab draws a no-break space as a space and would stretch it too; its width is fixed (as in Word).
    """
    x = fragment.x
    style = fragment.style
    for words in re.split("(?<=\u00a0)", fragment.text):
        yield x, words
        x += text_width(words, style.size, bold=style.bold, italic=style.italic) + word_space * words.count(" ")


def _linked(fragments: Iterable[Fragment]) -> Iterable[Fragment]:
    return (fragment for fragment in fragments if fragment.style.link)


def _mark_gaps(canvas: Canvas, line: SetLine, height: float) -> None:
    """A coloured ground behind what is still to be filled in."""
    canvas.setFillColorRGB(*_GAP_COLOUR)
    for fragment in line.line.fragments:
        if fragment.style.gap:
            bottom = height - line.y - fragment.style.size * 0.22
            canvas.rect(line.x + fragment.x, bottom, fragment.width, fragment.style.size, stroke=0, fill=1)
