"""What click itself says, in Vietnamese."""

from __future__ import annotations

from pathlib import Path

import click
import polib

from tools.compile_words import HOME, compiled

SOURCES = sorted(HOME.rglob("*.po"))


def test_the_compiled_words_are_fresh() -> None:
    assert SOURCES
    for source in SOURCES:
        assert source.with_suffix(".mo").read_bytes() == compiled(source), "run: make words"


def test_every_sentence_is_one_that_click_says() -> None:
    package = Path(click.__file__).parent
    said = "".join(file.read_text(encoding="utf-8") for file in package.glob("*.py"))
    for source in SOURCES:
        assert [entry.msgid for entry in polib.pofile(str(source)) if entry.msgid not in said] == []


def test_a_translation_keeps_the_names_of_its_values() -> None:
    for source in SOURCES:
        for entry in polib.pofile(str(source)):
            said = entry.msgstr or entry.msgstr_plural[0]
            names = {part.split("}")[0] for part in said.split("{")[1:]}
            known = {part.split("}")[0] for part in f"{entry.msgid}{entry.msgid_plural}".split("{")[1:]}
            assert names <= known, entry.msgid
