"""The entries for practice: each stands after the rules have seen it, and every register has some."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.registers.catalogue import REGISTERS
from dispatch_app.operations.sample_registers import sample_entries
from tests.operations.scene import RESOURCES, Scene

SHIPPED = RESOURCES / "drill" / "registers.toml"
BY_OCCASION = frozenset({"renewals"})
"""A renewal is written only within its window, which the day of the drill lies before."""


def test_every_register_has_something_to_show_and_every_rule_took_it(scene: Scene) -> None:
    scene.at("18:00")
    for command in sample_entries(SHIPPED):
        scene.do(command)
    counts = {key: scene.queries.register_count(key, RegisterFilter()) for key in REGISTERS}
    assert {key for key, count in counts.items() if not count} <= BY_OCCASION


def test_a_file_that_is_none_says_where(tmp_path: Path) -> None:
    path = tmp_path / "registers.toml"
    path.write_text("[[entry]]\nregister = \n", encoding="utf-8")
    with pytest.raises(KnownError, match=r"registers.toml 第 2 行"):
        sample_entries(path)
