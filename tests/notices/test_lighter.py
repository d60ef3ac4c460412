"""Pictures made light enough for a channel."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from loa.core.errors import LoaError, Place
from notices.lighter import lighter
from notices.picture import Picture, drawn_picture

BOTH = ("image/png", "image/jpeg")


def noise(width: int, height: int, mode: str = "RGB") -> Picture:
    """A picture that packs badly."""
    bytes_a_pixel = len(mode)
    pixels = hashlib.shake_256(b"noise").digest(width * height * bytes_a_pixel)
    stream = io.BytesIO()
    Image.frombytes(mode, (width, height), pixels).save(stream, "PNG")
    return drawn_picture("anh.png", stream.getvalue())


def test_a_picture_that_fits_keeps_its_bytes() -> None:
    given = noise(200, 100)
    assert lighter(given, BOTH, None, Place()) is given
    assert lighter(given, BOTH, len(given.content), Place()) is given


def test_a_heavy_picture_becomes_a_jpeg_under_the_limit() -> None:
    given = noise(1200, 1000)
    made = lighter(given, BOTH, 600_000, Place())
    assert (made.name, made.media_type) == ("anh.jpg", "image/jpeg")
    assert len(made.content) <= 600_000
    with Image.open(io.BytesIO(made.content)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (made.width, made.height))


def test_a_kind_that_the_channel_does_not_take_is_packed_anew_on_white() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(stream, "PNG")
    made = lighter(drawn_picture("anh.png", stream.getvalue()), ("image/jpeg",), None, Place())
    with Image.open(io.BytesIO(made.content)) as opened:
        assert opened.getpixel((5, 5)) == (255, 255, 255)


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert lighter(noise(900, 700), BOTH, 500_000, Place()) == lighter(noise(900, 700), BOTH, 500_000, Place())


def test_a_picture_that_would_lose_too_much_is_refused_at_its_place() -> None:
    with pytest.raises(LoaError) as raised:
        lighter(noise(900, 700), BOTH, 1000, Place(part="announcements.a.image"))
    [problem] = raised.value.problems
    assert (problem.key, problem.place.part) == ("picture.too_heavy", "announcements.a.image")
