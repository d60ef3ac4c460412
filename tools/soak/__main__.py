"""``python -m tools.soak``: one soak, told in one line of JSON; exit 1 when a post was doubled, lost or lied about."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time_ns

from tools.soak.run import KILLS, soak


def main() -> int:
    """Run one soak in a folder that is removed afterwards."""
    parser = ArgumentParser(prog="soak")
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=time_ns() % 1_000_000, help="of faults and kills; else a new one")
    parser.add_argument("--workers", type=int, default=3, help="passes at once")
    parser.add_argument("--kills", type=float, default=KILLS, help="chance of a SIGKILL at each point of a pass")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="loa-soak-") as folder:
        done = soak(
            Path(folder) / "office", posts=given.posts, seed=given.seed, workers=given.workers, kills=given.kills
        )
    print(json.dumps(done.line()))
    return 0 if done.tally.is_sound else 1


if __name__ == "__main__":
    sys.exit(main())
