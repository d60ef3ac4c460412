"""Pictures that an office hands in: what is taken, how it is made plain, and what is refused."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image, ImageCms, ImageDraw

from loa.core.errors import LoaError, Place
from loa.core.words import LANGUAGES, catalogue
from notices.picture import MAX_BYTES, MAX_SIDE, Picture, drawn_picture, in_greys, read_picture

HERE = Place(file="campaigns/x.yaml", line=7, column=13)
SHOWN = "anh/ap-phich.png"
RED, BLUE, WHITE = (200, 30, 40), (20, 60, 180), (255, 255, 255)


def flag(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, BLUE)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1]), fill=RED)
    return image.convert(mode)


def packed(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def read(folder: Path, content: bytes, name: str = "ap-phich.png") -> Picture:
    path = folder / name
    path.write_bytes(content)
    return read_picture(path, HERE, shown=SHOWN)


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.content))
    image.load()
    assert image.size == (picture.width, picture.height)
    assert Image.MIME[str(image.format)] == picture.media_type
    return image


def is_near(found: Any, wanted: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def taken_at_home() -> Image.Exif:
    """What a phone writes beside its picture: turned to the left, by whom, where."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Máy của Lan"
    exif.get_ifd(0x8825)[2] = (15.0, 7.0, 12.0)
    return exif


PHOTOGRAPHS = [
    packed(flag(), "JPEG", quality=95, exif=taken_at_home()),
    packed(flag(), "WEBP", quality=95, exif=taken_at_home()),
    packed(flag(), "PNG", exif=taken_at_home()),
    packed(flag(), "TIFF", exif=taken_at_home()),
]


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "L")])
def test_a_plain_picture_keeps_its_bytes(tmp_path: Path, kind: str, mode: str) -> None:
    content = packed(flag(mode), kind)
    picture = read(tmp_path, content, f"ap-phich.{kind.lower()}")
    assert (picture.name, picture.content) == (f"ap-phich.{kind.lower()}", content)
    assert (picture.width, picture.height) == (60, 40)


@pytest.mark.parametrize("content", PHOTOGRAPHS, ids=["jpeg", "webp", "png", "tiff"])
def test_a_picture_stands_upright_and_says_nothing_of_who_took_it(tmp_path: Path, content: bytes) -> None:
    picture = read(tmp_path, content)
    image = opened(picture)
    assert image.size == (40, 60)
    assert is_near(image.getpixel((20, 5)), RED)
    assert is_near(image.getpixel((20, 55)), BLUE)
    assert not image.getexif()
    assert b"Lan" not in picture.content
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


@pytest.mark.parametrize(
    "content",
    [
        packed(flag(), "JPEG", comment=b"Lan"),
        packed(flag(), "JPEG") + b"PK Lan",
        packed(flag(), "PNG") + b"Lan",
        packed(flag(), "JPEG", xmp=b"<x>Lan</x>"),
    ],
    ids=["comment", "jpeg-tail", "png-tail", "xmp"],
)
def test_what_hides_in_a_picture_is_left_behind(tmp_path: Path, content: bytes) -> None:
    picture = read(tmp_path, content)
    assert b"Lan" not in picture.content
    assert is_near(opened(picture).getpixel((5, 5)), RED)


def test_ink_becomes_light_with_and_without_adobes_mark(tmp_path: Path) -> None:
    with_mark = packed(flag("CMYK"), "JPEG", quality=95)
    start = with_mark.index(b"\xff\xee")
    without_mark = with_mark[:start] + with_mark[start + 16 :]
    assert is_near(opened(read(tmp_path, with_mark)).getpixel((5, 5)), RED)
    # the same numbers count ink instead of paper once the mark is gone
    assert is_near(opened(read(tmp_path, without_mark)).getpixel((5, 5)), (0, 0, 0), 60)
    bare = packed(Image.eval(flag("CMYK"), lambda value: 255 - value), "JPEG", quality=95)
    start = bare.index(b"\xff\xee")
    assert is_near(opened(read(tmp_path, bare[:start] + bare[start + 16 :])).getpixel((5, 5)), RED)


def test_colours_are_those_of_the_files_own_profile(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    gamma_one = srgb_with_swapped_primaries(srgb)
    for profile, wanted in ((srgb, RED), (b"broken", RED), (lab, RED), (gamma_one, (RED[1], RED[0], RED[2]))):
        image = opened(read(tmp_path, packed(flag(), "PNG", icc_profile=profile)))
        assert "icc_profile" not in image.info
        assert is_near(image.getpixel((5, 5)), wanted, 25)


def srgb_with_swapped_primaries(profile: bytes) -> bytes:
    """A profile in which red and green have changed places."""
    count = int.from_bytes(profile[128:132])
    table = bytearray(profile)
    entries = {profile[132 + 12 * i : 136 + 12 * i]: 132 + 12 * i for i in range(count)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    table[red : red + 4], table[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(table)


def test_transparency_stays(tmp_path: Path) -> None:
    logo = flag("RGBA")
    logo.putpixel((0, 0), (0, 0, 0, 0))
    palette = flag("P")
    for content in (
        packed(logo, "WEBP", lossless=True),
        packed(logo, "TIFF"),
        packed(logo, "PNG", dpi=(72, 72)),
        packed(palette, "GIF", transparency=palette.getpixel((0, 0))),
    ):
        image = opened(read(tmp_path, content))
        assert (image.format, image.convert("RGBA").getpixel((0, 0))[3]) == ("PNG", 0)  # type: ignore[index]  # RGBA


def test_fine_greys_keep_their_light(tmp_path: Path) -> None:
    deep = Image.new("I;16", (3, 1))
    for x, value in enumerate((0, 32768, 65535)):
        deep.putpixel((x, 0), value)
    for kind in ("PNG", "TIFF"):
        image = opened(read(tmp_path, packed(deep, kind))).convert("L")
        assert [image.getpixel((x, 0)) for x in range(3)] == [0, 127, 255]


def test_of_a_film_the_first_picture_is_taken(tmp_path: Path) -> None:
    for kind in ("GIF", "TIFF", "PNG", "MPO"):
        content = packed(flag(), kind, save_all=True, append_images=[Image.new("RGB", (60, 40), WHITE)])
        image = opened(read(tmp_path, content))
        assert is_near(image.convert("RGB").getpixel((5, 5)), RED, 40)
        assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_picture_is_scaled_down(tmp_path: Path, kind: str) -> None:
    picture = read(tmp_path, packed(flag(size=(6000, 600)), kind))
    assert (picture.width, picture.height) == (MAX_SIDE, 500)
    assert is_near(opened(picture).getpixel((100, 100)), RED)


def test_the_suffix_says_what_the_file_holds(tmp_path: Path) -> None:
    assert read(tmp_path, packed(flag(), "WEBP"), "Ảnh số 1.webp").name == "Ảnh số 1.jpg"
    assert read(tmp_path, packed(flag("P"), "GIF"), "anh.gif").name == "anh.png"
    assert read(tmp_path, packed(flag(), "JPEG"), "anh.png").name == "anh.jpg"
    assert read(tmp_path, packed(flag(), "JPEG"), "ANH.JPEG").name == "ANH.JPEG"


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    for content in PHOTOGRAPHS:
        assert read(tmp_path, content) == read(tmp_path, content)


def test_a_page_that_we_drew_is_a_picture() -> None:
    picture = drawn_picture("cong-van.png", packed(flag(), "PNG"))
    assert (picture.name, picture.media_type, picture.width, picture.height) == ("cong-van.png", "image/png", 60, 40)


def header_of_png(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0")))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*given) for given in (*chunks, (b"IEND", b"")))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def word_file() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()


SCRIPT = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
JPEG, PNG, GIF = packed(flag(), "JPEG"), packed(flag(), "PNG"), packed(flag("P"), "GIF")


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (None, "picture.missing"),
        (b"", "picture.empty"),
        (b"PNG", "picture.unreadable"),
        (PNG[:-30], "picture.unreadable"),
        (JPEG[: len(JPEG) // 2], "picture.unreadable"),
        (GIF[:-10], "picture.unreadable"),
        (packed(flag(), "TIFF", compression="tiff_lzw")[:150], "picture.unreadable"),
        (packed(flag(), "WEBP")[:80], "picture.unreadable"),
        (packed(Image.new("F", (4, 4)), "TIFF"), "picture.unreadable"),
        (b"GIF89a", "picture.unreadable"),
        (header_of_png(10, 10), "picture.unreadable"),
        (header_of_png(8000, 7000), "picture.pixels"),
        (header_of_png(10_000, 10_000), "picture.pixels"),
        (header_of_png(20_000, 10_000), "picture.pixels"),
        (header_of_png(2_000_000_000, 2_000_000_000), "picture.pixels"),
        (SCRIPT, "picture.vector"),
        (b"\xef\xbb\xbf<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><SVG/>", "picture.vector"),
        (HEIC, "picture.kind"),
        (b"%PDF-1.7", "picture.kind"),
        (word_file(), "picture.kind"),
        (packed(flag(), "BMP"), "picture.kind"),
    ],
)
def test_what_is_no_picture_is_named_as_the_campaign_writes_it(tmp_path: Path, content: bytes | None, key: str) -> None:
    path = tmp_path / "ap-phich.png"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LoaError) as caught:
        read_picture(path, HERE, shown=SHOWN)
    [problem] = caught.value.problems
    assert (problem.key, problem.place) == (key, HERE)
    assert all(f"“{SHOWN}”" in catalogue(language).problem(problem) for language in LANGUAGES)


def test_a_picture_of_too_many_bytes_is_named_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "ap-phich.png"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(LoaError) as caught:
        read_picture(path, HERE, shown=SHOWN)
    assert [(p.key, p.place.file) for p in caught.value.problems] == [("file.too_large", SHOWN)]


def test_a_damaged_picture_opens_or_is_refused_and_nothing_else(tmp_path: Path) -> None:
    chance = random.Random(30)  # noqa: S311  # damage that is the same each time
    refused: set[str] = set()
    for _ in range(300):
        damaged = bytearray(chance.choice((*PHOTOGRAPHS, JPEG, PNG, GIF)))
        for _ in range(chance.randint(1, 5)):
            damaged[chance.randrange(min(len(damaged), 400))] = chance.randrange(256)
        try:
            opened(read(tmp_path, bytes(damaged)))
        except LoaError as error:
            refused.update(problem.key for problem in error.problems)
    assert refused <= {"picture.unreadable", "picture.pixels"}


def test_a_picture_of_forty_nine_million_pixels_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "anh.jpg"
    Image.new("RGB", (8000, 6100), RED).save(path, "JPEG", exif=taken_at_home())
    script = (
        "import resource, sys; from pathlib import Path; from loa.core.errors import Place;"
        "from notices.picture import read_picture; before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;"
        "read_picture(Path(sys.argv[1]), Place(), shown='x');"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 450_000  # kB: the pixels, what they are scaled to, and what that is turned to


def test_for_a_printer_of_one_colour_a_picture_spans_from_black_to_white() -> None:
    stream = io.BytesIO()
    dull = Image.linear_gradient("L").point(lambda level: 90 + level // 4).convert("RGB")
    dull.save(stream, "JPEG")
    grey = in_greys(Picture(name="a.jpg", media_type="image/jpeg", content=stream.getvalue(), width=256, height=256))
    with Image.open(io.BytesIO(grey.content)) as opened:
        assert opened.mode == "L"
        darkest, lightest = cast(tuple[int, int], opened.getextrema())
        assert darkest <= 1
        assert lightest >= 254
    assert (grey.name, grey.media_type, grey.width) == ("a.png", "image/png", 256)


def test_what_can_be_seen_through_is_paper_for_a_printer_of_one_colour() -> None:
    logo = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    logo.paste((160, 20, 40, 255), (10, 10, 30, 30))
    stream = io.BytesIO()
    logo.save(stream, "PNG")
    with Image.open(io.BytesIO(in_greys(drawn_picture("a.png", stream.getvalue())).content)) as opened:
        assert (opened.getpixel((0, 0)), opened.getpixel((20, 20))) == (255, 0)
