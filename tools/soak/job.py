"""The posting job of a soak: passes in processes of their own, which die of SIGKILL at any point and are begun again.

Reads an instruction a line: ``round`` runs as many passes at once as there are workers and repeats each that was
killed. Answers a line: how many were killed. The workspace is read once; each pass is a fork of what was read.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from argparse import ArgumentParser
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from random import Random

from channels.base import Channel
from channels.facebook.channel import FacebookChannel
from channels.zalo.channel import ZaloChannel
from loa.core.secrets import Secrets
from loa.delivery.gathering import open_office
from loa.delivery.publish import publish_due
from loa.delivery.upkeep import keep_up
from loa.ledger.store import Ledger, open_ledger
from loa.planning.workspace import Workspace, open_workspace
from tools.soak.fate import Fate
from tools.soak.kinds import ACCOUNTS, KINDS
from tools.soak.moment import Moment
from tools.soak.office import tokens_file


class Job:
    """The posting job of one workspace."""

    def __init__(self, place: Workspace, moment: Moment, *, seed: int, workers: int, kills: float) -> None:
        """``kills`` is the chance of being killed at each point, and of being killed at some time; 0 to 1."""
        self._place = place
        self._moment = moment
        self._seed = seed
        self._workers = workers
        self._kills = kills
        self._passes = 0
        known = {
            name: value for kind in KINDS for number in range(ACCOUNTS) for name, value in kind.secrets(number).items()
        }
        self._office = open_office(place, {}, secrets=Secrets(known, tokens_file(place.folder)), now=moment.now)

    def prepare(self) -> None:
        """Put the plan into the ledger, and open what every pass would open for itself."""
        with self._open() as ledger:
            for name in self._office.campaigns:
                ledger.record(name, self._office.planned(name).values(), self._moment.now())
        for name in self._office.config.channels:
            self._office.channel(name, rehearsal=False)

    def run_round(self) -> int:
        """Passes at once, each until one of them comes to its end; how many were killed. RuntimeError for a bug."""
        killed = 0
        running = {self._start() for _ in range(self._workers)}
        while running:
            pid, status = os.wait()
            running.remove(pid)
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
                killed += 1
                running.add(self._start())
            elif status:
                raise RuntimeError(f"a pass ended with status {status}")
        return killed

    def _start(self) -> int:
        self._passes += 1
        chance = Random(f"{self._seed}/{self._passes}")  # noqa: S311 - not for secrets: chance that can be had again
        pid = os.fork()
        if pid:
            return pid
        try:
            Fate(chance, self._kills, self._place.folder / "deaths").tempt()
            with self._open() as ledger:
                publish_due(ledger, self._office, self._moment.now)
                keep_up(ledger, self._office, self._moment.now())
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def _open(self) -> Ledger:
        return open_ledger(self._place.ledger_path(rehearsal=False), rehearsal=False, now=self._moment.now())


def _send_again_when_absent() -> None:
    """Posts may be sent again after three look-ups that found nothing; as it ships, a person is asked instead."""
    channels: tuple[type[Channel], ...] = (FacebookChannel, ZaloChannel)
    for channel in channels:
        doubt = replace(channel.abilities.doubt, resend=True)
        channel.abilities = replace(channel.abilities, doubt=doubt)


def main() -> None:
    """Serve the driver of the soak until it closes our input."""
    parser = ArgumentParser()
    parser.add_argument("workspace", type=Path)
    parser.add_argument("clock", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--kills", type=float, required=True)
    parser.add_argument("--arrange", default="", help="module:function to call first, for builds broken on purpose")
    given = parser.parse_args()
    _send_again_when_absent()
    if given.arrange:
        module, _, name = given.arrange.partition(":")
        getattr(import_module(module), name)()
    place = open_workspace(given.workspace)
    job = Job(place, Moment(given.clock), seed=given.seed, workers=given.workers, kills=given.kills)
    job.prepare()
    gc.freeze()  # else the first collection of each pass would copy all that the passes share
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "round":
            print(job.run_round(), flush=True)


if __name__ == "__main__":
    main()
