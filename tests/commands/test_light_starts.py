"""What a command does not need is not imported: people wait for every start, and the posting job starts each minute."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from loa.planning.workspace import CONFIG
from tests.conftest import ROOT
from tests.planning.office import NAME

ACCOUNTS = """\
  trang-facebook:
    type: facebook
    page_id: "1000"
    slots:
      sáng: {at: "07:30", until: "08:30"}
  zalo-oa:
    type: zalo
    oa_id: "1234567890"
    app_id: "9876543210"
    slots:
      sáng: {at: "07:30", until: "08:30"}
"""
SERVICES = {"requests", "urllib3", "facebook", "channels.http"}
WRITERS = {"docx", "reportlab", "pypdfium2", "openpyxl", "icalendar"}


def imported_by(*command: str, folder: Path) -> set[str]:
    code = (
        "import sys, atexit\natexit.register(lambda: print(*sys.modules, file=sys.__stderr__))\nimport cli\ncli.run()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "--workspace", str(folder), *command],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
    )
    return set(run.stderr.splitlines()[-1].split())


@pytest.fixture
def connected(office: Path) -> Path:
    """The office with accounts on services, on which its campaign does not post yet."""
    config = office / CONFIG
    config.write_text(config.read_text(encoding="utf-8") + ACCOUNTS, encoding="utf-8")
    return office


@pytest.mark.parametrize("command", [("plan", NAME), ("status",)], ids=lambda command: command[0])
def test_what_only_reads_loads_no_service_and_no_writer(connected: Path, command: tuple[str, ...]) -> None:
    loaded = imported_by(*command, folder=connected)
    assert "channels.facebook.settings" in loaded
    assert loaded & (SERVICES | WRITERS) == set()


def test_a_check_loads_no_service_and_no_writer_of_word_files(connected: Path) -> None:
    loaded = imported_by(
        "check", folder=connected
    )  # it sets lines, with the widths that ReportLab reads from the faces
    assert "channels.facebook.settings" in loaded
    assert loaded & (SERVICES | WRITERS - {"reportlab"}) == set()


def test_help_loads_no_library_but_that_of_the_command_line() -> None:
    loaded = imported_by("--help", folder=ROOT)
    assert loaded & (SERVICES | WRITERS | {"pydantic", "yaml", "jinja2", "sqlite3"}) == set()
