"""A small office, and the command line in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.run import Here
from tests.planning.office import make_folder


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_folder(tmp_path / "office")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    return Here(monkeypatch=monkeypatch, capsys=capsys)
