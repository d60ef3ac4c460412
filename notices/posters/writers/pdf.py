"""Scene → PDF: vector words, embedded faces; the same scenes give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from notices.posters.faces import WIDER_BLANK, Weight, face
from notices.posters.scene import Code, Dots, Image, Item, Panel, Rect, Scene, Shape, Stroke, Text
from notices.posters.themes import BLACK, WHITE

_PRODUCER = "Loa"
_DOT = 0.9  # pt across a dot of a line to write on


def write_scenes(scenes: Sequence[Scene], *, title: str, author: str) -> bytes:
    """A PDF with a page for each scene; one for a print shop has crop marks, trim and bleed boxes."""
    stream = io.BytesIO()
    first = scenes[0]
    canvas = Canvas(
        stream,
        pagesize=(first.width, first.height),
        invariant=1,  # no clock, no random identifier
        initialFontName=face(Weight.REGULAR).fontName,  # else an unembedded Helvetica is listed
        lang="vi-VN",
        pageCompression=1,
        pdfVersion=(1, 7),
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("")
    canvas.setCreator(_PRODUCER)
    canvas.setProducer(_PRODUCER)
    for scene in scenes:
        canvas.setPageSize((scene.width, scene.height))
        if scene.trim:
            canvas.setTrimBox(_box(scene.trim, scene.height))
            canvas.setBleedBox(_box(scene.trim.inset(-scene.bleed), scene.height))
        for item in scene.items:
            _draw(canvas, item, scene.height)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _box(area: Rect, height: float) -> tuple[float, float, float, float]:
    """Left, bottom, right, top, as PDF counts them."""
    return (area.x, height - area.bottom, area.right, height - area.y)


def _draw(canvas: Canvas, item: Item, height: float) -> None:
    match item:
        case Text():
            _draw_text(canvas, item, height)
        case Panel():
            _draw_panel(canvas, item, height)
        case Shape():
            _draw_shape(canvas, item, height)
        case Stroke():
            _draw_stroke(canvas, item, height)
        case Dots():
            _draw_dots(canvas, item, height)
        case Code():
            _draw_code(canvas, item, height)
        case Image():
            _draw_image(canvas, item, height)


def _draw_text(canvas: Canvas, item: Text, height: float) -> None:
    words = canvas.beginText(item.x, height - item.y)
    words.setFillColor(HexColor(item.colour))
    words.setFont(face(item.weight).fontName, item.size)
    words.setWordSpace(WIDER_BLANK * item.size)
    words.textOut(item.text)
    canvas.drawText(words)


def _draw_panel(canvas: Canvas, item: Panel, height: float) -> None:
    inset = item.edge_width / 2 if item.edge else 0.0
    if item.fill:
        canvas.setFillColor(item.fill)
    if item.edge:
        canvas.setStrokeColor(item.edge)
        canvas.setLineWidth(item.edge_width)
    box = (item.x + inset, height - item.y - item.height + inset, item.width - 2 * inset, item.height - 2 * inset)
    drawn = {"stroke": int(bool(item.edge)), "fill": int(bool(item.fill))}
    if item.radius:
        canvas.roundRect(*box, item.radius, **drawn)
    else:
        canvas.rect(*box, **drawn)


def _draw_shape(canvas: Canvas, item: Shape, height: float) -> None:
    canvas.setFillColor(item.fill)
    path = canvas.beginPath()
    first, *others = ((item.x + x, height - item.y - y) for x, y in item.points)
    path.moveTo(*first)
    for point in others:
        path.lineTo(*point)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_stroke(canvas: Canvas, item: Stroke, height: float) -> None:
    canvas.saveState()
    canvas.setStrokeColor(item.colour)
    canvas.setLineWidth(item.width)
    if item.dashed:
        canvas.setDash([4, 4])
    canvas.line(item.x, height - item.y, item.x + item.dx, height - item.y - item.dy)
    canvas.restoreState()


def _draw_dots(canvas: Canvas, item: Dots, height: float) -> None:
    canvas.saveState()
    canvas.setStrokeColor(item.colour)
    canvas.setLineWidth(_DOT)
    canvas.setLineCap(1)
    canvas.setDash([0, _DOT * 3])
    canvas.line(item.x, height - item.y, item.x + item.width, height - item.y)
    canvas.restoreState()


def _draw_code(canvas: Canvas, item: Code, height: float) -> None:
    """White ground and, row by row, black stretches: joined, for seams between squares would show in some viewers."""
    top = height - item.y
    canvas.setFillColor(WHITE)
    canvas.rect(item.x, top - item.size, item.size, item.size, stroke=0, fill=1)
    canvas.setFillColor(BLACK)
    side = item.size / len(item.rows)
    path = canvas.beginPath()
    for down, row in enumerate(item.rows):
        for start, length in _stretches(row):
            path.rect(item.x + start * side, top - (down + 1) * side, length * side, side)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.linkURL(item.link, (item.x, top - item.size, item.x + item.size, top), thickness=0)


def _stretches(row: bytes) -> list[tuple[int, int]]:
    """Where dark stretches begin, and how many squares they have."""
    found: list[tuple[int, int]] = []
    for index, dark in enumerate(row):
        if dark and index and row[index - 1]:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((index, 1))
    return found


def _draw_image(canvas: Canvas, item: Image, height: float) -> None:
    bottom = height - item.y - item.height
    picture = item.picture
    width, tall = picture.width * item.scale, picture.height * item.scale
    canvas.saveState()
    _clip(canvas, item.x, bottom, item.width, item.height)
    canvas.drawImage(
        ImageReader(io.BytesIO(picture.content)),
        item.x + (item.width - width) / 2,
        bottom + (item.height - tall) / 2,
        width,
        tall,
        mask="auto",
    )
    canvas.restoreState()


def _clip(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
