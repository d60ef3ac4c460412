"""How soon does the command line answer?"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import report, time_command


def main() -> None:
    """``loa --help``, from the environment that runs this, beside what its libraries need to be imported."""
    loa = Path(sys.executable).with_name("loa")
    report("click and tomllib, imported alone", time_command([sys.executable, "-c", "import click, tomllib"]))
    report("loa --help", time_command([str(loa), "--help"]), limit=3.5)


if __name__ == "__main__":
    main()
