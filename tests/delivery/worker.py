"""A process that publishes, and that can be made to die or to run out of disk at a chosen point."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from channels.static.channel import StaticChannel
from loa.delivery.publish import publish_due
from loa.ledger import occurrences, recording
from loa.ledger.events import append_event
from loa.ledger.store import Ledger
from tests.delivery.stage import at, campaign, ledger_of, office


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(target: Any, name: str, action: Callable[[], None]) -> None:
    """Do ``action`` whenever ``name`` of ``target`` is about to be called."""
    real = getattr(target, name)

    def changed(*arguments: Any, **named: Any) -> Any:
        action()
        return real(*arguments, **named)

    setattr(target, name, changed)


def after(target: Any, name: str, action: Callable[[], None]) -> None:
    """Do ``action`` whenever ``name`` of ``target`` has done its work and before its caller knows."""
    real = getattr(target, name)

    def changed(*arguments: Any, **named: Any) -> Any:
        result = real(*arguments, **named)
        action()
        return result

    setattr(target, name, changed)


def die_inside_transaction(what: str) -> None:
    """Die with the event ``what`` written and not committed."""

    def changed(*arguments: Any, **named: Any) -> None:
        append_event(*arguments, **named)
        if arguments[3] == what:
            die()

    for module in (occurrences, recording):
        vars(module)["append_event"] = changed


def die_at_rename(number: int) -> None:
    """Die before the file with this number, counted from 0, gets its name."""
    left = number

    def count() -> None:
        nonlocal left
        if left == 0:
            die()
        left -= 1

    before(Path, "replace", count)


def die_at_page(when: str) -> None:
    """Die ``before`` or ``after`` the page of a post gets its name."""
    real = Path.replace

    def changed(self: Path, target: Path) -> Path:
        is_page = target.name == "index.html" and target.parents[2].name == "tb"
        if is_page and when == "before":
            die()
        moved = real(self, target)
        if is_page:
            die()
        return moved

    Path.replace = changed  # type: ignore[assignment, method-assign]  # narrower than pathlib's, for our calls only


def fill_the_disk(ledger_file: Path) -> None:
    """From now on no file of this process grows beyond the size of the ledger's log."""
    size = ledger_file.with_name(f"{ledger_file.name}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def arrange(point: str, workspace: Path) -> None:
    """Make the process fail at ``point``: a kind, a colon, and what the kind needs to know."""
    kind, _, rest = point.partition(":")
    if kind == "rename":
        die_at_rename(int(rest))
    elif kind == "page":
        die_at_page(rest)
    elif kind == "inside":
        die_inside_transaction(rest)
    elif kind == "before":
        before(Ledger, rest, die)
    elif kind == "after":
        after(Ledger, rest, die)
    elif kind == "live":
        after(StaticChannel, "publish", die)
    elif kind == "full":
        before(Ledger, rest, lambda: fill_the_disk(workspace / "state/loa.db"))


def main(folder: str, instant: str, point: str) -> None:
    """Publish what is due at ``instant`` and print how each occurrence ended."""
    workspace = Path(folder)
    own = campaign()
    if point == "together":
        own = campaign(announcements=json.loads((workspace / "announcements.json").read_text(encoding="utf-8")))
    with ledger_of(workspace) as ledger:
        arrange(point, workspace)
        if point == "together":
            (workspace / f"ready-{os.getpid()}").touch()
            while not (workspace / "go").exists():
                time.sleep(0.001)
        done = publish_due(ledger, office(workspace, own), at(datetime.fromisoformat(instant)))
    told = [[str(o.result), o.occurrence.code, [p.key for p in o.problems]] for o in done.outcomes]
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
