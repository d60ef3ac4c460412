"""What a page of a poster looks like: pixels, and what a telephone reads in them."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import zxingcpp
from PIL import Image

from notices.posters.scene import Scene
from notices.posters.writers.pdf import write_scenes


def picture_of(scenes: Sequence[Scene] | Scene, dpi: float) -> Image.Image:
    """The first scene as a picture."""
    given = [scenes] if isinstance(scenes, Scene) else scenes
    return raster(write_scenes(given, title="", author=""), dpi)


def raster(pdf: bytes, dpi: float) -> Image.Image:
    """The first page of a PDF as a picture."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        image: Image.Image = opened[0].render(scale=dpi / 72).to_pil()
    finally:
        opened.close()
    return image


def read_codes(image: Image.Image) -> list[str]:
    """The QR codes that are found in a picture; Micro QR does not count."""
    return [code.text for code in zxingcpp.read_barcodes(image) if code.format == zxingcpp.BarcodeFormat.QRCode]
