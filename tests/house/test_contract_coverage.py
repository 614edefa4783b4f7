"""The table of clauses names tests that there are, and leaves out no register."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

from dispatch_app.operations.registers.catalogue import REGISTERS

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "contract-coverage.md").read_text(encoding="utf-8")


def test_every_test_it_names_is_there() -> None:
    known = [path.relative_to(ROOT / "tests").as_posix() for path in (ROOT / "tests").rglob("test_*.py")]
    named = re.findall(r"`((?:\w+/)*test_[\w*]+\.py)`", TABLE)
    assert named
    missing = [name for name in named if not any(fnmatch(f"/{path}", f"*/{name}") for path in known)]
    assert missing == []


def test_every_register_stands_in_it() -> None:
    left_out = [register.title for register in REGISTERS.values() if register.title not in TABLE]
    assert left_out == []
