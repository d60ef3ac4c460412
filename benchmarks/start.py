"""How soon does the command line answer?"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import report, time_command


def main() -> None:
    """``loa --help``, from the environment that runs this."""
    loa = Path(sys.executable).with_name("loa")
    report("loa --help", *time_command([str(loa), "--help"]), limit=0.15)


if __name__ == "__main__":
    main()
