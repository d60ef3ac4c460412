"""Guards that cost nothing: the order of imports, what is packaged, the schemas, the words, the bundled campaigns."""

from __future__ import annotations

import ast
import configparser
import string
import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import get_args

import click
import pytest
from pydantic_core import PydanticCustomError

from cli import COMMANDS
from loa.commands.schema import schemas
from loa.core.errors import SYSTEM_REASONS, Severity
from loa.core.words import HOME, LANGUAGES
from loa.delivery.comparing import PARTS
from loa.delivery.outcome import Result
from loa.delivery.status import ATTENTION
from loa.ledger.decisions import Scope
from loa.ledger.model import Skip, State, Stop
from loa.planning import explain, source
from loa.planning.check import check_campaign
from loa.planning.workspace import open_workspace
from notices.lint.table import RULES
from tests.conftest import ROOT

PACKAGES = ("loa", "notices", "channels")
CODE = [ROOT / "cli.py", *(path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))]

# Who may import whom; a package may always import itself. The first entry that fits a module is its own.
MAY_IMPORT: Mapping[str, tuple[str, ...]] = {
    "loa.core": (),
    "notices": ("loa.core", "loa"),
    "channels.sandbox": ("loa.core", "loa"),  # stand-ins share no code with the clients, and only a command starts them
    "channels": ("loa.core", "loa"),
    "loa.planning": ("loa.core", "loa", "notices", "channels"),
    "loa.ledger": ("loa.core", "loa", "loa.planning"),
    "loa.registry": ("loa.core", "loa", "loa.planning", "loa.ledger", "notices"),
    "loa.delivery": ("loa.core", "loa", "loa.planning", "loa.ledger", "loa.registry", "notices", "channels"),
    "loa.kits": ("loa.core", "loa", "loa.planning", "notices"),
    "loa.printing": ("loa.core", "loa", "loa.planning", "notices"),
    "loa.preview": ("loa.core", "loa", "loa.planning", "loa.ledger", "loa.delivery", "notices", "channels"),
    "loa.demo": (
        *("loa.core", "loa", "loa.planning", "loa.printing", "loa.kits", "loa.ledger", "loa.registry", "loa.delivery"),
        *("notices", "channels", "channels.sandbox"),
    ),
    "loa.commands": (
        *("loa.core", "loa", "loa.planning", "loa.printing", "loa.kits", "loa.ledger", "loa.registry", "loa.delivery"),
        *("loa.preview", "loa.demo", "notices", "channels", "channels.sandbox"),
    ),
    "cli": ("loa.core", "loa", "loa.commands"),
    "loa.__main__": ("loa", "cli"),
    "loa": (),
}
OURS = ("loa", "notices", "channels", "cli", "tests", "benchmarks")


def home_of(module: str) -> str:
    """The entry of the table that a module belongs to; an unlisted package of ``loa`` has none of its own."""
    if module in ("loa", "loa.__main__"):
        return module
    fits = [name for name in MAY_IMPORT if name != "loa" and (module == name or module.startswith(f"{name}."))]
    assert fits, f"{module} belongs to no part in the table of imports"
    return fits[0]


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports(path: Path) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            # ``from loa import root`` is the package itself, ``from notices import rules`` a module of it
            yield node.module or ""


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    home = home_of(module_name(path))
    allowed = {home, *MAY_IMPORT[home]}
    ours = [name for name in imports(path) if name.partition(".")[0] in OURS]
    assert [name for name in ours if home_of(name) not in allowed] == []


LONGEST_MODULE, LONGEST_FUNCTION = 300, 50  # lines; of a function those below its docstring


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_are_short(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_MODULE
    assert [
        node.name for node in nodes_of(path) if isinstance(node, ast.FunctionDef) and length(node) > LONGEST_FUNCTION
    ] == []


def length(function: ast.FunctionDef) -> int:
    first = function.body[1 if ast.get_docstring(function) and len(function.body) > 1 else 0]
    return (function.end_lineno or first.lineno) - first.lineno + 1


def test_no_package_is_imported_from_elsewhere_than_the_libraries_we_ask_for() -> None:
    wanted = {"click", "jinja2", "markdown_it", "markupsafe", "mdit_py_plugins", "pydantic", "pydantic_core"}
    wanted |= {"pypdfium2", "docx", "docxtpl", "lxml", "yaml", "reportlab", "requests", "facebook", "PIL"}
    wanted |= {"openpyxl", "pypdf"}
    wanted |= {"holidays", "icalendar", "segno", "urllib3"}
    found = {name.partition(".")[0] for path in CODE for name in imports(path)}
    assert found - wanted - set(OURS) - set(sys.stdlib_module_names) == set()


def setup() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def folder_of(package: str) -> Path:
    """Where a listed package lies in the checkout: ``loa.app`` is the root."""
    if package == "loa.app" or package.startswith("loa.app."):
        return ROOT.joinpath(*package.split(".")[2:])
    return ROOT.joinpath(*package.split("."))


def test_every_package_is_listed_for_the_wheel_and_each_listed_one_exists() -> None:
    listed = {folder_of(name) for name in setup()["options"]["packages"].split()}
    on_disk = {path.parent for package in PACKAGES for path in (ROOT / package).rglob("__init__.py")} | {ROOT}
    assert listed == on_disk
    holding_code = {path.parent for path in CODE}
    assert holding_code == on_disk


def test_every_data_file_is_in_the_wheel() -> None:
    packaged: set[Path] = set()
    for package, patterns in setup()["options.package_data"].items():
        for pattern in patterns.replace(",", " ").split():
            found = set(folder_of(package).glob(pattern))
            assert found, f"{package}: {pattern} matches nothing"
            packaged |= found
    inside = {path for name in PACKAGES for path in (ROOT / name).rglob("*")}
    beside = {path for name in ("agencies", "campaigns", "schemas", "templates") for path in (ROOT / name).rglob("*")}
    data = {
        path
        for path in inside | beside | {ROOT / "config.yaml"}
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert data - packaged == set()


def test_the_root_holds_one_module() -> None:
    assert [path.name for path in ROOT.glob("*.py")] == ["cli.py"]


def test_every_command_can_be_imported_and_is_told_in_the_help() -> None:
    for name, where in COMMANDS.items():
        module, _, function = where.partition(":")
        command = getattr(import_module(module), function)
        assert isinstance(command, click.Command)
        assert command.name == name


@pytest.mark.parametrize("name", ["campaign.json", "config.json"])
def test_the_schemas_are_fresh(name: str) -> None:
    fresh = schemas()[name] == (ROOT / "schemas" / name).read_bytes()
    assert fresh, f"schemas/{name} is older than the models; run: make schemas (or: loa --workspace . schema)"


# --- words -----------------------------------------------------------------------------------------------


def entries(language: str) -> dict[str, str]:
    """Every sentence of a language under its dotted key."""

    def walk(table: Mapping[str, object], before: str) -> Iterator[tuple[str, str]]:
        for key, value in table.items():
            if isinstance(value, Mapping):
                yield from walk(value, f"{before}{key}.")
            else:
                assert isinstance(value, str)
                yield f"{before}{key}", value

    files = [HOME / f"{language}.toml", HOME / f"{language}.problems.toml"]
    return dict(entry for file in files for entry in walk(tomllib.loads(file.read_text(encoding="utf-8")), ""))


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


VI, EN = entries("vi"), entries("en")


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert set(VI) == set(EN)
    assert {key: placeholders(VI[key]) for key in VI} == {key: placeholders(EN[key]) for key in EN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_clean(language: str) -> None:
    for key, sentence in entries(language).items():
        assert unicodedata.is_normalized("NFC", sentence), key
        assert sentence, key
        assert sentence == sentence.strip(), key
        assert all(name.isidentifier() for name in placeholders(sentence)), key
        if key.startswith("problem."):
            assert sentence.endswith("./.") or not sentence.endswith("."), (
                f"{key}: the full stop is set by the catalogue"
            )
            assert key.endswith((".found", ".do")), key


def test_what_to_do_names_nothing_that_was_not_found() -> None:
    """Both halves of a problem are filled with the same values, so each half may use any of them."""
    halves = {key.rpartition(".")[0] for key in VI if key.startswith("problem.")}
    assert {key for half in halves for key in (f"{half}.found", f"{half}.do")} <= set(VI)


def literals() -> Iterator[str]:
    for path in CODE:
        for node in nodes_of(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def calls(*names: str) -> Iterator[ast.Call]:
    for path in CODE:
        for node in nodes_of(path):
            if isinstance(node, ast.Call):
                called = node.func
                if (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) in names:
                    yield node


def keys_in(node: ast.expr | None) -> Iterator[str]:
    """The plain texts that an expression may be: itself, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from keys_in(node.body)
        yield from keys_in(node.orelse)


def argument(call: ast.Call, name: str) -> ast.expr | None:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == name), None)
    return named or (call.args[0] if call.args else None)


def used_problems() -> set[str]:
    used = {key for call in calls("mistake", "Problem") for key in keys_in(argument(call, "key"))}
    used |= {
        key for call in calls("NotSent", "Rejected", "OutcomeUnknown") for key in keys_in(argument(call, "reason_key"))
    }
    refused = {
        key
        for call in calls("refusal", "_refuse", PydanticCustomError.__name__)
        for key in keys_in(argument(call, "key"))
        if not key.startswith("rest_")  # what the stand-in of WordPress refuses, in WordPress's words
    }
    used |= {
        f"model.{key}" for key in refused if key in {k.split(".")[2] for k in VI if k.startswith("problem.model.")}
    }
    assert {f"problem.model.{key}.found" for key in refused} <= set(VI)
    used |= set(explain._KEYS.values()) | set(explain._PATTERNS.values()) | set(source._SYNTAX.values())
    used |= {f"rule.{sentence}" for rule in RULES for sentence in rule.sentences}
    # keys that stand in code as plain text: returned, compared, kept in a table
    known = {key.removeprefix("problem.").rpartition(".")[0] for key in VI if key.startswith("problem.")}
    return used | (known & set(literals()))


def test_every_problem_has_a_sentence_and_every_sentence_a_problem() -> None:
    known = {key.removeprefix("problem.").rpartition(".")[0] for key in VI if key.startswith("problem.")}
    used = used_problems()
    assert used - known == set(), "no sentence"
    assert known - used == set(), "a sentence that nothing says"


FAMILIES: Mapping[str, AbstractSet[str]] = {
    "severity": set(Severity),
    "count": {"none", *Severity},
    "system": SYSTEM_REASONS,
    "state": set(State),
    "skip": set(Skip),
    "attention": {str(state) for state in ATTENTION} - {State.SKIPPED},  # a skipped one tells its reason
    "stop": set(Stop),
    "scope": set(get_args(Scope)),
    "part": set(PARTS),
    "result": set(Result) - {Result.LEFT},  # what is left out of a pass is never shown
}


@pytest.mark.parametrize("family", FAMILIES)
def test_each_word_of_a_family_is_there_and_no_other(family: str) -> None:
    found = {key.split(".")[2] for key in VI if key.startswith(f"word.{family}.")}
    assert found == {str(member) for member in FAMILIES[family]}


def test_every_word_that_the_code_says_exists_and_none_is_unused() -> None:
    words = {key.removeprefix("word.") for key in VI if key.startswith("word.")}
    said = {key for call in calls("word", "help_of") for key in keys_in(argument(call, "key"))}
    assert said - words == set(), "said, but not in the catalogues"
    used = said | {f"help.{name}" for name in COMMANDS} | (words & set(literals()))
    free = {word for word in words - used if word.split(".")[0] not in FAMILIES}
    assert free == set(), "in the catalogues, but never said"


# --- bundled campaigns -----------------------------------------------------------------------------------

# Historical texts keep the deviations of their originals; what is listed here is known, anything else is news.
FINDINGS: Mapping[str, list[str]] = {
    "dong-thap-2023": ["form.no_day", "form.no_number", "rule.R37_none", "rule.R44_name", "window.waits"],
    "khanh-hoa-2023": ["form.no_day", "form.no_number", "rule.R33", "rule.R44"],
    "khanh-hoa-2024": [],
    "song-tra-dich-vu-cong-2026": ["form.no_day", "form.no_day", "form.no_number", "form.no_number"],
    "song-tra-dinh-chinh-2026": ["form.no_number"],
    "song-tra-ket-qua-2026": [
        *["form.no_day", "form.no_day", "form.no_number", "form.no_number"],
        *["form.open_citation", "poster.no_number", "poster.no_number", "window.waits"],
    ],
    "song-tra-khao-sat-2026": ["form.no_day", "form.no_number", "form.open_citation", "poster.no_number"],
    "song-tra-mua-lu-2026": [
        *["form.no_day", "form.no_day", "form.no_number", "form.no_number"],
        "poster.no_number",
    ],
    "song-tra-thi-tim-hieu-2026": ["form.no_day", "form.no_number", "poster.no_number"],
    "tra-giang-khao-sat-2026": [
        *["form.no_day", "form.no_day", "form.no_number", "form.no_number"],
        "form.open_citation",
    ],
    "tra-giang-tet-duong-lich-2027": ["form.no_day", "form.no_number"],
    "tra-giang-tiem-chung-2026": ["form.no_day", "form.no_day", "form.no_number", "form.no_number"],
}


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "campaigns").glob("*.yaml")))
def test_a_bundled_campaign_has_the_findings_we_know(name: str) -> None:
    office = open_workspace(ROOT)
    assert sorted(problem.key for problem in check_campaign(office.campaign(name), office)) == FINDINGS[name]
