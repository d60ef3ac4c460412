"""One pass of the posting job as commands run it: settle, send, look after accounts, tell who is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from loa.commands.work import Work
from loa.core.errors import Problem, noting
from loa.delivery.noting import note_what_needs_somebody
from loa.delivery.publish import Pass, publish_due
from loa.delivery.telling import tell
from loa.delivery.upkeep import keep_up


@dataclass(frozen=True, kw_only=True)
class Round:
    """What one run of the posting job did."""

    posted: Pass
    problems: tuple[Problem, ...]  # of accounts, websites and mail; posts carry their own


def run_pass(work: Work, is_stopping: Callable[[], bool] = lambda: False) -> Round:
    """Do what is open and due; whoever has to do something is told once. Raises LoaError when the ledger fails."""
    posted = publish_due(work.book, work.office, work.clock, is_stopping=is_stopping)
    if posted.stopped_by:
        return Round(posted=posted, problems=(posted.stopped_by,))
    problems: list[Problem] = []
    with noting(problems):  # a full disk: what was done is still to be told
        problems += keep_up(work.book, work.office, work.now, posted.silent)
    with noting(problems):
        note_what_needs_somebody(work.book, work.office, work.now)
    with noting(problems):
        problems += tell(work.book, work.office.config, work.office.secrets, work.clock)
    return Round(posted=posted, problems=tuple(problems))
