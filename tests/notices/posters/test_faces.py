"""The faces of posters: every Vietnamese letter, in every weight, and the room that ink takes."""

from __future__ import annotations

import unicodedata

import pytest

from notices.posters.faces import CAP_HEIGHT, Weight, face, ink_of, missing, width_of
from notices.posters.scene import Scene, Text
from tests.notices.posters.raster import picture_of

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES] + ["đ"]
ALPHABET = "".join(LETTERS + [letter.upper() for letter in LETTERS])


@pytest.mark.parametrize("weight", Weight)
def test_every_weight_draws_every_vietnamese_letter(weight: Weight) -> None:
    assert len(ALPHABET) == 146
    known = face(weight).face.charWidths
    assert [letter for letter in ALPHABET if ord(letter) not in known] == []
    assert all(ink_of(letter, weight)[0] > 0.4 for letter in ALPHABET)


@pytest.mark.parametrize("weight", Weight)
def test_capitals_are_as_high_as_we_say(weight: Weight) -> None:
    assert ink_of("H", weight) == (CAP_HEIGHT, 0.0)


def test_the_marks_of_capitals_stand_above_the_ascender_that_the_face_declares() -> None:
    rise, _ = ink_of("Ẫ", Weight.BLACK)
    assert rise > face(Weight.BLACK).face.ascent / 1000


def test_blanks_have_no_ink_and_letters_with_a_dot_below_hang() -> None:
    assert ink_of(" \u00a0", Weight.BOLD) == (0.0, 0.0)
    assert ink_of("Ụ", Weight.BOLD)[1] > 0.2


def test_what_the_faces_lack_is_named_once() -> None:
    assert missing(["Giá → 5 ₫", "→ №"]) == ["→", "№"]


def test_the_page_sets_words_as_wide_as_they_were_measured() -> None:
    text = "giữ kín ưu thế 01/12\u00a0– 31/01"
    line = Text(x=20, y=60, text=text, size=40, weight=Weight.BOLD, colour="#000000")
    image = picture_of(Scene(width=900, height=90, items=(line,)), 72).convert("L")
    inked = [x for x in range(image.width) if min(image.crop((x, 0, x + 1, image.height)).tobytes()) < 128]
    last = width_of(text, Weight.BOLD) * 40 + 20
    assert inked[-1] == pytest.approx(last, abs=5)  # less the room behind the last character


def test_widths_add_up() -> None:
    assert width_of("Sở", Weight.BOLD) == pytest.approx(width_of("S", Weight.BOLD) + width_of("ở", Weight.BOLD))
