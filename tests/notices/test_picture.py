"""Pictures that an office hands in: what opens, and what is refused under the name it has in the file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from loa.core.errors import LoaError, Place
from loa.core.words import LANGUAGES, catalogue
from notices.picture import MAX_BYTES, read_picture

HERE = Place(file="campaigns/x.yaml", line=7, column=13)
SHOWN = "anh/ap-phich.png"


def drawn(kind: str, size: tuple[int, int] = (4, 3)) -> bytes:
    file = BytesIO()
    Image.new("1", size).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_picture_that_opens_keeps_its_bytes(tmp_path: Path, kind: str, media_type: str) -> None:
    path = tmp_path / "ap-phich.png"
    path.write_bytes(drawn(kind))
    picture = read_picture(path, HERE, shown=SHOWN)
    assert (picture.name, picture.media_type, picture.content) == ("ap-phich.png", media_type, drawn(kind))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (None, "picture.missing"),
        (b"", "picture.empty"),
        (b"PNG", "picture.unreadable"),
        (drawn("PNG")[:40], "picture.unreadable"),
        (drawn("GIF"), "picture.unreadable"),
        (drawn("PNG", (8000, 7000)), "picture.pixels"),
    ],
    ids=["none", "empty", "words", "cut", "gif", "huge"],
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
    path.write_bytes(b"x" * (MAX_BYTES + 1))
    with pytest.raises(LoaError) as caught:
        read_picture(path, HERE, shown=SHOWN)
    assert [(p.key, p.place.file) for p in caught.value.problems] == [("file.too_large", SHOWN)]
