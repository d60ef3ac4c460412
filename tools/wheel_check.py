"""Build the wheel from a clean copy, install it in an empty environment, and run its demo from another folder.

Run by ``make wheel-check``. Exit 1, with what was found, when the wheel is not whole or brings foreign names along.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """The whole check."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = _build(folder)
        _check_names(wheel)
        loa = _install(wheel, folder / "venv")
        _run_demo(loa, folder / "elsewhere")
    print("wheel: builds from a clean copy, installs, runs its demo from another folder")


def _build(folder: Path) -> Path:
    """The wheel, from the files that git knows or would: an old build/ would bring deleted files back."""
    listed = _output("git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z").split("\0")
    source = folder / "source"
    for file in filter(None, listed):
        if (ROOT / file).is_file():
            (source / file).parent.mkdir(parents=True, exist_ok=True)
            (source / file).write_bytes((ROOT / file).read_bytes())
    _output(sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(source))
    return next(folder.glob("*.whl"))


def _check_names(wheel: Path) -> None:
    """Only ``loa`` may reach site-packages, and every data file must have come along."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    if tops != {"loa"}:
        sys.exit(f"the wheel brings other names along: {sorted(tops)}")
    data = [*ROOT.glob("templates/*/*"), *ROOT.glob("campaigns/*.yaml"), *ROOT.glob("notices/fonts/*.ttf")]
    missing = [str(path) for path in data if f"loa/app/{path.relative_to(ROOT).as_posix()}" not in names]
    if missing:
        sys.exit(f"the wheel lacks: {missing}")


def _install(wheel: Path, environment: Path) -> Path:
    _output(sys.executable, "-m", "venv", str(environment))
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _output(*pip, "--requirement", str(ROOT / "requirements.txt"))
    _output(*pip, "--no-deps", str(wheel))
    return environment / "bin" / "loa"


def _run_demo(loa: Path, folder: Path) -> None:
    folder.mkdir()
    _output(str(loa), "demo", cwd=folder)
    made = list(folder.glob("output/demo/output/*/*.docx"))
    if len(made) < 3 or not list(folder.glob("output/demo/output/rehearsal/site/index.html")):
        sys.exit(f"the demo of the installed wheel made only {made}")


def _output(*command: str, cwd: Path | None = None) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LOA_", "PYTHON"))}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
