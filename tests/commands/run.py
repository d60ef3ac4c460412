"""Run the command line as people do, in a process of its own, or quickly in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import cli
from tests.conftest import ROOT


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What came out."""

    code: int
    out: str
    err: str


def loa(
    *arguments: str | Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> Ran:
    """``loa`` with ``arguments`` in the folder ``cwd``; ``before`` runs in the new process first."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOA_")}
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)],
        cwd=cwd,
        env=clean | dict(env or {}),
        preexec_fn=before,
        capture_output=True,
        check=False,
        timeout=240,
    )
    return Ran(code=done.returncode, out=done.stdout.decode("utf-8"), err=done.stderr.decode("utf-8"))


@dataclass(frozen=True, kw_only=True)
class Here:
    """The same command line in this process, for what does not depend on how a process begins or ends."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> Ran:
        with self.monkeypatch.context() as changes:
            changes.chdir(cwd)
            changes.setattr(sys, "argv", ["loa", *map(str, arguments)])
            for name, value in (env or {}).items():
                changes.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                cli.run()
        printed = self.capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(code=ended.value.code, out=printed.out, err=printed.err)


def files_in(folder: Path) -> set[str]:
    """Every file below ``folder``, hidden ones too."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
