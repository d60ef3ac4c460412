"""Every scenario has a test that bears its id."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.conftest import ROOT
from tests.delivery.scenarios import ELSEWHERE

# 28 needs a second machine, 42 to 44 many machines or another database.
WANTED = {f"F{number:02d}" for number in range(1, 42)} - {"F28"}


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_scenario_is_tested() -> None:
    here = {name for path in Path(__file__).parent.glob("test_*.py") for name in names_in(path)}
    tested = {name.removeprefix("test_")[:3] for name in here if name.startswith("test_F")}
    assert tested | set(ELSEWHERE) == WANTED
    assert [id_ for id_, (file, name) in ELSEWHERE.items() if name not in names_in(ROOT / file)] == []
