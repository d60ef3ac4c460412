"""One pass of the posting job in a process of its own, which dies, stops or runs out of disk at a chosen point."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from loa import root
from loa.delivery.publish import publish_due
from loa.ledger.store import Ledger, open_ledger
from tests.delivery import broken, stage
from tests.delivery.scenarios.stage import Stage, config_of, office_of
from tests.delivery.worker import after, before, die, fill_the_disk


def start(on: Stage, point: str = "", *, build: str = "") -> subprocess.Popen[str]:
    """Begin a pass now, by the clock of the stage; ``build`` names one that is broken."""
    command = [
        sys.executable,
        "-m",
        "tests.delivery.scenarios.child",
        str(on.folder),
        on.now().isoformat(),
        point,
        build,
    ]
    return subprocess.Popen(command, cwd=root(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(on: Stage, point: str = "") -> list[list[str]]:
    """A whole pass: result and code of each occurrence, or nothing when it was killed."""
    return ended(start(on, point))


def ended(process: subprocess.Popen[str]) -> list[list[str]]:
    """What a pass told when it came to its end."""
    out, errors = process.communicate(timeout=60)
    assert process.returncode in (0, -signal.SIGKILL), errors
    told: list[list[str]] = json.loads(out or "[]")
    return told


def wait_until_stopped(process: subprocess.Popen[str]) -> None:
    """Return once the process has stopped itself."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "T":
            return
        time.sleep(0.005)
    raise TimeoutError


def stop() -> None:
    """SIGSTOP: nothing of ours goes on until somebody sends SIGCONT."""
    os.kill(os.getpid(), signal.SIGSTOP)


def once(action: Callable[[], None]) -> Callable[[], None]:
    """Do it the first time only: who was stopped and let go must come to an end."""
    left = [action]
    return lambda: left.pop()() if left else None


def arrange(point: str, folder: Path) -> None:
    """Make this process fail at ``point``: an action, where, and what."""
    action, _, rest = point.partition(":")
    act = {"kill": die, "stop": stop, "full": lambda: fill_the_disk(folder / "state/loa.db"), "": None}[action]
    if act is None:
        return
    act = once(act)
    where, _, name = rest.partition(":")
    if name == "request":  # the bytes are out and no answer was read; only of requests that follow an intent
        after(Ledger, "begin_attempt", lambda: before(http.client.HTTPConnection, "getresponse", act))
    else:
        {"before": before, "after": after}[where](Ledger, name, act)


def main(folder: str, instant: str, point: str, build: str) -> None:
    """Publish what is due and print how each occurrence ended."""
    if build:
        getattr(broken, build)()
    workspace, moment = Path(folder), datetime.fromisoformat(instant)
    told: Mapping[str, Any] = json.loads((workspace / "stage.json").read_text(encoding="utf-8"))
    campaign = stage.campaign(announcements=told["announcements"])
    office = office_of(workspace, config_of(told["address"], told["approval"]), campaign, stage.at(moment))
    with open_ledger(workspace / "state/loa.db", rehearsal=False, now=moment) as ledger:
        arrange(point, workspace)
        done = publish_due(ledger, office, stage.at(moment))
    sys.stdout.write(json.dumps([[str(outcome.result), outcome.occurrence.code] for outcome in done.outcomes]))


if __name__ == "__main__":
    main(*sys.argv[1:])
