"""What ``loa init`` says: a command that can be copied."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.commands.run import Here


@pytest.mark.parametrize("name", ["khao-sat", "khảo sát", "a'b", "$HOME"])
def test_the_command_that_follows_can_be_copied_whatever_the_folder_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    made = Here(monkeypatch=monkeypatch, capsys=capsys)("init", name, cwd=tmp_path)
    command = made.out.rpartition("loa --workspace ")[2]
    assert shlex.split(command) == [name, "check"]
    assert f"{Path(name) / 'config.yaml'} " in made.out
    assert (tmp_path / name / "config.yaml").is_file()
