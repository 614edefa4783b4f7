"""Laws of the sources that a linter does not know."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.house.tree import ROOT, files, lines_that, place, text, tree

PRODUCT = files("dispatch_app", suffix=".py")
WHOLE = files("dispatch_app/contract", "dispatch_app/operations", suffix=".py")
CONTRACT = files("dispatch_app/contract", suffix=".py")
TESTS = files("tests", suffix=".py")
WIDGETS = tuple(
    path for path in files("dispatch_app/ui", suffix=".py") if "theme" not in path.relative_to(ROOT).parts
)
# The one module that may ask the machine what time it is, and hands the answer out as a port.
KEEPER_OF_TIME = ROOT / "dispatch_app" / "bootstrap.py"
SYSTEM_CLOCK = {
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("QDateTime", "currentDateTime"),
    ("QDateTime", "currentDateTimeUtc"),
    ("QDateTime", "currentSecsSinceEpoch"),
    ("QDateTime", "currentMSecsSinceEpoch"),
    ("QDate", "currentDate"),
    ("QTime", "currentTime"),
}
CONTRACT_MAY_IMPORT = sys.stdlib_module_names - {
    "asyncio", "io", "locale", "logging", "multiprocessing", "os", "pathlib", "random", "shutil", "socket",
    "sqlite3", "subprocess", "threading", "time", "tomllib", "uuid",
} | {"chinese_calendar", "cn2an", "dispatch_app"}  # fmt: skip


def calls(path: Path) -> Iterator[tuple[int, str, str]]:
    """(line, `x`, `y`) of every `….x.y(…)` in a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            yield node.lineno, name, node.func.attr


def test_the_law_of_imports_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_the_contract_imports_nothing_impure() -> None:
    imported = {
        (place(path, node.lineno), name.split(".")[0])
        for path in CONTRACT
        for node in ast.walk(tree(path))
        for name in _names(node)
    }
    assert not {found for found in imported if found[1] not in CONTRACT_MAY_IMPORT}


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module or ""]
    return []


def test_nobody_but_bootstrap_asks_the_machine_for_the_time() -> None:
    asked = [
        place(path, line)
        for path in PRODUCT
        if path != KEEPER_OF_TIME
        for line, owner, name in calls(path)
        if (owner, name) in SYSTEM_CLOCK
    ]
    assert not asked


def test_no_test_sleeps_a_fixed_time() -> None:
    sleeping = {("time", "sleep"), ("asyncio", "sleep"), ("qtbot", "wait"), ("QTest", "qWait")}
    assert not [
        place(path, line) for path in TESTS for line, owner, name in calls(path) if (owner, name) in sleeping
    ]


def test_no_widget_names_a_colour() -> None:
    colour = re.compile(r"#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})\b|\brgba?\(")
    named = [
        f"{place(path, token.start[0])}  {token.string}"
        for path in WIDGETS
        for token in tokenize.generate_tokens(io.StringIO(text(path)).readline)
        if token.type == tokenize.STRING and colour.search(token.string)
    ]
    by_number = lines_that(r"\bQColor\((\s*\d|[\"'])|GlobalColor\.(?!transparent)", WIDGETS)
    assert not named + by_number


def test_no_branch_of_contract_and_operations_is_excused_from_coverage() -> None:
    assert not lines_that(r"pragma:\s*no\s*(cover|branch)", WHOLE)


def test_every_ignored_type_says_why() -> None:
    # `# type: ignore[code]  # reason` or the reason in the line above.
    unexplained = [
        place(path, number)
        for path in files("dispatch_app", "setup", suffix=".py")
        for number, line in enumerate(text(path).splitlines(), start=1)
        if "# type: ignore" in line and not re.search(r"# type: ignore\[[\w, -]+\]\s+# \w", line)
        and not text(path).splitlines()[number - 2].lstrip().startswith("#")
    ]  # fmt: skip
    assert not unexplained


def test_no_exception_is_swallowed_whole() -> None:
    swallowed = [
        place(path, node.lineno)
        for path in PRODUCT
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and "Exception" in node.type.id))
        and all(isinstance(statement, ast.Pass) for statement in node.body)
    ]
    assert not swallowed
