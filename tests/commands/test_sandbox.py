"""``loa sandbox`` as a person meets it: what it prints works, and Ctrl+C ends it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from channels import KINDS, settings_model
from loa.commands.sandbox import settings_with_slots
from loa.demo.stand_ins import SECRETS
from tests.channels.sandbox.calls import call, send_form
from tests.conftest import ROOT
from tests.planning.office import CONFIG, make_folder

LAST = "/_truth"  # what the last line that it prints at the start ends with


@contextmanager
def running(*options: str, language: str = "vi", folder: Path = ROOT) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and what it printed until it was ready."""
    command = [sys.executable, str(ROOT / "cli.py"), "sandbox", "--port", "0", *options]
    environment = {**os.environ, "LOA_LANG": language}
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = ""
        while not printed.rstrip().endswith(LAST):
            line = process.stdout.readline()
            assert line, printed
            printed += line
        try:
            yield process, printed
        finally:
            process.kill()


def address_in(printed: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+", printed)
    assert found is not None
    return found[0]


def test_what_it_prints_opens_the_stand_ins_and_ctrl_c_ends_it() -> None:
    with running() as (process, printed):
        address = address_in(printed)
        head = {"Authorization": f"Bearer {SECRETS['FACEBOOK_PAGE_TOKEN']}"}
        settings = settings_with_slots(address)["trang-facebook"]
        posted = send_form(f"{settings['address']}/v26.0/{settings['page_id']}/feed", {"message": "Thử"}, head)
        assert posted.status == 200
        assert [item["text"] for item in call("GET", f"{address}/_truth").json["items"]] == ["Thử"]
        assert "Thử" in call("GET", f"{address}/").text
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
        assert process.stdout is not None
        assert process.stdout.read() == "Đã dừng; những gì đã đăng không được giữ lại.\n"


def test_the_lines_for_the_configuration_are_yaml_that_needs_no_editing() -> None:
    with running("--faults", "1", language="en") as (_, printed):
        address = address_in(printed)
        lines = printed[printed.index("channels:") : printed.index("Put these secrets")]
        assert yaml.safe_load(lines) == {"channels": settings_with_slots(address)}
        assert {f"export {name}='{value}'" for name, value in SECRETS.items()} <= set(printed.splitlines())
        entries = call("GET", f"{address}/_journal").json
        assert entries == {"requests": []}


@pytest.mark.parametrize("name", settings_with_slots("http://127.0.0.1:8765"))
def test_a_channel_takes_the_settings_that_are_printed_for_it(name: str) -> None:
    settings = settings_with_slots("http://127.0.0.1:8765")[name]
    kind = str(settings["type"])
    if kind in KINDS:  # a stand-in may be there before its channel
        settings_model(kind).model_validate(settings)


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, str(ROOT / "cli.py"), "sandbox", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert f"không mở được cổng {port}: chương trình khác đang dùng" in done.stderr
    assert f"loa sandbox --port {int(port) + 1}" in done.stderr


def test_it_begins_at_the_moment_of_a_rehearsal_and_says_how_to_run_one() -> None:
    with running("--at", "2026-12-01T07:30", "--speed", "0") as (_, printed):
        board = call("GET", f"{address_in(printed)}/").text
    assert "Thứ Ba, 01/12/2026, 07:30" in board
    assert "loa publish --at 2026-12-01T07:30" in printed


def test_accounts_are_called_like_the_office_of_the_workspace_and_nobody_where_there_is_none(
    tmp_path: Path,
) -> None:
    for folder, name in ((ROOT, "Sở Nội vụ tỉnh Sông Trà"), (tmp_path, "Trang thử")):
        with running(folder=folder) as (_, printed):
            head = {"Authorization": f"Bearer {SECRETS['FACEBOOK_PAGE_TOKEN']}"}
            assert call("GET", f"{address_in(printed)}/graph/v26.0/me", headers=head).json["name"] == name


def test_what_a_login_asks_for_is_printed_and_works(tmp_path: Path) -> None:
    make_folder(tmp_path)
    with running() as (_, printed):
        settings = settings_with_slots(address_in(printed))
        lines = yaml.safe_dump({"channels": settings}, allow_unicode=True).partition("\n")[2]
        (tmp_path / "config.yaml").write_text(CONFIG + lines, encoding="utf-8")
        typed = [found.split() for found in re.findall(r"App ID (.*), khóa bí mật (.*), mã .* (\S+)\n", printed)[0]]
        asked = "\n".join(part for (part,) in typed)
        command = [sys.executable, str(ROOT / "cli.py"), "--workspace", str(tmp_path), "login", "trang-facebook"]
        done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "đã đăng nhập" in done.stdout) == (0, True), done.stderr


def test_secrets_come_as_lines_for_both_kinds_of_shell() -> None:
    with running() as (_, printed):
        lines = printed.splitlines()
    assert {f'set "{name}={value}"' for name, value in SECRETS.items()} <= set(lines)
