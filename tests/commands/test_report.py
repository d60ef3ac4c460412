"""``loa report``, ``loa publish --dry-run``, ``loa service`` and ``loa serve``."""

from __future__ import annotations

import csv
import io
import json
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from loa.commands.service import for_cron, for_systemd, for_windows
from loa.core.secrets import Secrets
from tests.commands.run import Here
from tests.conftest import ROOT
from tests.planning.office import CAMPAIGN, CONFIG, NAME, changed, make_folder

BEFORE, DUE = "2026-09-06T07:00", "2026-09-07T07:30"
TWICE = changed(CAMPAIGN, "{date: 2026-09-07, slot: sáng}", "{weekdays: [thứ Hai], slot: sáng}")


@pytest.fixture
def posted(here: Here, office: Path) -> Path:
    """Thirteen Mondays, of which the first has gone out."""
    make_folder(office, campaign=TWICE)
    here("plan", NAME, "--record", "--at", BEFORE, cwd=office)
    here("publish", "--at", DUE, cwd=office)
    return office


def test_the_report_tells_each_week_and_the_total(here: Here, posted: Path) -> None:
    out = here("report", NAME, "--at", DUE, cwd=posted).out.splitlines()
    assert out[0] == "trang-tin"
    assert out[1].split() == ["tuần", "37/2026", "(07/9–13/9)", "kế", "hoạch", "1", "đã", "đăng", "1"]
    assert out[-1] == "Tổng cộng: kế hoạch 13, đã đăng 1, đang chờ 12"
    part = here("report", "--from", "2026-09-07", "--to", "20/9/2026", "--at", DUE, cwd=posted).out.splitlines()
    assert part[-1] == "Tổng cộng: kế hoạch 2, đã đăng 1, đang chờ 1"


def test_the_report_is_read_by_spreadsheets_and_programs(here: Here, posted: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(here("report", "--format", "csv", "--at", DUE, cwd=posted).out)))
    assert len(rows) == 13
    assert (rows[0]["kênh"], rows[0]["tuần"], rows[0]["đã đăng"]) == ("trang-tin", "2026-W37", "1")
    assert sum(int(row["kế hoạch"]) for row in rows) == 13
    data = json.loads(here("report", "--format", "json", "--at", DUE, cwd=posted).out)
    assert (data["total"]["planned"], data["total"]["published"]) == (13, 1)
    made = here("report", "--output", "bao-cao.csv", "--at", DUE, cwd=posted)
    assert made.out == "Đã ghi bao-cao.csv.\n"
    content = (posted / "bao-cao.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    shown = here("report", "--format", "csv", "--at", DUE, cwd=posted).out
    assert content.decode("utf-8-sig") == shown


def test_a_report_of_nothing(here: Here, office: Path) -> None:
    assert here("report", "--at", DUE, cwd=office).out == "Sổ chưa có lượt đăng nào: chạy loa plan … --record.\n"
    assert here("report", "mua-he", "--at", DUE, cwd=office).code == 1


def test_a_report_of_days_without_posts_says_so(here: Here, posted: Path) -> None:
    ran = here("report", "--from", "2026-12-01", "--to", "2026-12-31", "--at", DUE, cwd=posted)
    assert (ran.code, ran.out) == (0, "Sổ không có lượt đăng nào từ 01/12/2026 đến 31/12/2026.\n")
    ran = here("report", "--to", "2026-08-31", "--at", DUE, cwd=posted)
    assert ran.out == "Sổ không có lượt đăng nào từ … đến 31/8/2026.\n"


def test_a_report_from_a_day_to_an_earlier_one_is_refused(here: Here, posted: Path) -> None:
    ran = here("report", "--from", "2026-09-20", "--to", "2026-09-07", "--at", DUE, cwd=posted)
    assert (ran.code, ran.out) == (1, "")
    assert "ngày bắt đầu 20/9/2026 sau ngày kết thúc 07/9/2026" in ran.err


def test_a_channel_is_called_by_its_label_and_programs_get_its_key_too(here: Here, posted: Path) -> None:
    make_folder(posted, config=changed(CONFIG, "    type: static\n", "    type: static\n    label: Trang của Sở\n"))
    assert here("report", "--at", DUE, cwd=posted).out.startswith("Trang của Sở\n")
    first, *_ = csv.DictReader(io.StringIO(here("report", "--format", "csv", "--at", DUE, cwd=posted).out))
    assert first["kênh"] == "Trang của Sở"
    first, *_ = json.loads(here("report", "--json", "--at", DUE, cwd=posted).out)["weeks"]
    assert (first["channel"], first["label"]) == ("trang-tin", "Trang của Sở")


def test_a_dry_run_shows_the_post_and_posts_nothing(here: Here, posted: Path) -> None:
    shown = here("publish", "--dry-run", "--at", DUE, cwd=posted)
    assert shown.code == 0
    assert "14/9/2026" in shown.out
    assert "    title: Bắt đầu khảo sát năm 2026\n" in shown.out
    assert len(list((posted / "output/rehearsal/site/tb").glob("*/*/index.html"))) == 1
    more = here("publish", "--dry-run", "--until", "2026-09-21T08:00", "--at", DUE, cwd=posted)
    assert more.out.count("index.html") == 2
    assert here("publish", "--until", DUE, "--at", DUE, cwd=posted).code == 2
    make_folder(posted, campaign=changed(TWICE, "năm {{ nam }}\n", "năm {{ nm }}\n"))
    broken = here("publish", "--dry-run", "--at", DUE, cwd=posted)
    assert (broken.code, "không có thông tin “nm”" in broken.err) == (1, True)


# service


def test_cron_gets_one_line_with_absolute_paths(here: Here, office: Path) -> None:
    *_, line = here("service", "cron", cwd=office).out.splitlines()
    minute, command = line[:9], line.removeprefix("* * * * * ")
    assert minute == "* * * * *"
    words = shlex.split(command)
    assert words[-3:] == [str(office.resolve()), "publish", ">/dev/null"]
    assert Path(words[0]).is_absolute()


def test_systemd_gets_a_hardened_service_and_its_timer(here: Here, office: Path) -> None:
    here("service", "systemd", "--output", "may-chu", cwd=office)
    service = (office / "may-chu/loa.service").read_text(encoding="utf-8")
    assert f"--workspace {office.resolve()} publish\n" in service
    assert f"ReadWritePaths={office.resolve()}\n" in service
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="):
        assert f"\n{line}\n" in service
    assert "OnCalendar=*-*-* *:*:00" in (office / "may-chu/loa.timer").read_text(encoding="utf-8")


def test_windows_gets_a_task_that_it_can_read(here: Here, office: Path) -> None:
    here("service", "windows", "--output", "may-chu", cwd=office)
    content = (office / "may-chu/loa.xml").read_bytes()
    assert content.startswith(b"\xff\xfe")
    task = etree.fromstring(content)
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    found = {name: task.findtext(f".//{space}{name}") for name in ("Interval", "MultipleInstancesPolicy", "Arguments")}
    assert (found["Interval"], found["MultipleInstancesPolicy"]) == ("PT1M", "IgnoreNew")
    assert (found["Arguments"] or "").endswith(f"--workspace {office.resolve()} publish")


@pytest.mark.parametrize("system", ["cron", "systemd", "windows"])
def test_every_file_says_where_secrets_belong(here: Here, office: Path, system: str) -> None:
    assert "loa login" in here("service", system, cwd=office).out
    assert ("EnvironmentFile=-/etc/loa.env" in here("service", system, cwd=office).out) is (system == "systemd")


def test_a_secret_that_only_this_window_knows_is_told(
    here: Here, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slots = '    slots:\n      sáng: {at: "07:30", until: "08:30"}\n'
    channel = f'  fb:\n    type: facebook\n    page_id: "1000"\n{slots}'
    (office / "config.yaml").write_text(CONFIG + channel, encoding="utf-8")
    assert here("service", "cron", cwd=office).err == ""
    monkeypatch.setenv("FACEBOOK_PAGE_TOKEN", "EAAx")
    told = here("service", "cron", cwd=office).err
    assert (told.startswith("FACEBOOK_PAGE_TOKEN"), "loa login fb" in told, "EAAx" in told) == (True, True, False)
    Secrets({}, office / "state" / "tokens.json").store({"FACEBOOK_PAGE_TOKEN": "EAAx"})
    assert here("service", "cron", cwd=office).err == ""


AWKWARD = Path("/srv/Sở Nội vụ 100% & $HOME")


def test_awkward_paths_are_quoted_as_each_system_wants_it() -> None:
    assert for_cron(["/a b/loa"], AWKWARD)["command"] == rf"'/a b/loa' --workspace '{AWKWARD}'".replace("%", r"\%")
    unit = for_systemd(["/a b/loa"], AWKWARD)
    assert unit["command"] == '"/a b/loa" --workspace "/srv/Sở Nội vụ 100%% & $$HOME"'
    assert unit["folder"] == '"/srv/Sở Nội vụ 100%% & $HOME"'
    assert for_windows(["C:/a b/loa.exe"], AWKWARD)["arguments"] == f'--workspace "{AWKWARD}"'.replace("&", "&amp;")


def test_an_unknown_system_is_wrong_use(here: Here, office: Path) -> None:
    assert here("service", "launchd", cwd=office).code == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_service_ends_when_it_is_told_to(office: Path, number: signal.Signals) -> None:
    running = subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "serve"], cwd=office, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with running:
        assert running.stdout
        assert running.stderr
        first = running.stdout.readline().decode()
        assert first.startswith("Đang đăng tin cho ")
        running.send_signal(number)
        assert running.wait(timeout=30) == 0
        assert running.stdout.read().decode() == "Đã dừng.\n"
        assert running.stderr.read() == b""
