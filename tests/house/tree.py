"""The files of the repository as the house tests read them."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (".py", ".md", ".toml", ".sh", ".txt", ".csv", ".json", ".yml", ".cfg", ".ini", ".svg", "")


@cache
def files(*folders: str, suffix: str = "") -> tuple[Path, ...]:
    """Everything git tracks or would track, under any of `folders` (all without), ending in `suffix`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *folders]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name.endswith(suffix) and name)
    return tuple(path for path in paths if path.is_file())


@cache
def text_files() -> tuple[Path, ...]:
    """What a person can read: sources, documents, data, scripts."""
    return tuple(path for path in files() if path.suffix in TEXT)


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), str(path))


def place(path: Path, line: int) -> str:
    """`folder/file.py:12`, as an editor understands it."""
    return f"{path.relative_to(ROOT)}:{line}"


def lines_that(pattern: str, paths: tuple[Path, ...]) -> list[str]:
    """Where the regular expression is found, with the text found."""
    sought = re.compile(pattern)
    return [
        f"{place(path, number)}  {match.group()}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), start=1)
        if (match := sought.search(line))
    ]
