"""Notes that outlive a crash."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from channels.answers import NotSent
from channels.zalo.notes import Notes
from tests.channels.zalo_account import MORNING


def test_notes_are_read_in_the_order_of_writing(tmp_path: Path) -> None:
    notes = Notes(tmp_path / "state" / "notes.jsonl")
    assert notes.last("a") is None
    notes.add("a", "asked", now=MORNING)
    notes.add("b", "asked", now=MORNING)
    notes.add("a", "accepted", "id\n7 “ô”", now=MORNING)
    newest = Notes(tmp_path / "state" / "notes.jsonl").last("a")
    assert newest is not None
    assert (newest.what, newest.value, newest.time) == ("accepted", "id\n7 “ô”", MORNING)
    assert [note.subject for note in notes.all()] == ["a", "b", "a"]
    assert stat.S_IMODE((tmp_path / "state" / "notes.jsonl").stat().st_mode) == 0o600


@pytest.mark.parametrize("rest", ['{"at": "2026', '{"at": 1}', "[]", "\x00\xff", "{}"])
def test_what_a_power_cut_left_of_a_line_swallows_no_other(tmp_path: Path, rest: str) -> None:
    path = tmp_path / "notes.jsonl"
    notes = Notes(path)
    notes.add("a", "asked", now=MORNING)
    with path.open("a", encoding="latin-1") as stream:
        stream.write(rest)
    notes.add("a", "accepted", now=MORNING)
    assert [note.what for note in notes.about("a")] == ["asked", "accepted"]


def test_notes_that_cannot_be_kept_or_read_stop_what_they_announce(tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").mkdir()
    notes = Notes(tmp_path / "notes.jsonl")
    for act in (lambda: notes.add("a", "asked", now=MORNING), notes.all):
        with pytest.raises(NotSent) as caught:
            act()
        assert caught.value.reason_key == "zalo.no_notes"
        assert caught.value.values["reason"] == "EISDIR"
