"""Entries of every register found at once by what somebody types."""

from __future__ import annotations

import pytest

from dispatch_app.operations.registers.entries import AddEntry, WithdrawEntry
from tests.operations.registers.network_desk import OFFICE
from tests.operations.scene import Scene

SWITCH = {"label": "AN-0012", "kind": "交换机", "site": "市政府大楼机房", "state": "在用", "important": "否"}


def add(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("devices", SWITCH | other)).created


def names(scene: Scene, typed: str, limit: int = 20) -> list[str]:
    return [found.name for found in scene.queries.find_entries(typed, limit)]


@pytest.mark.parametrize("typed", ["AN-0012", "an-0012", "A-SB0001", "sb0001", "交换机 市政府"])
def test_name_number_and_words_find_an_entry(scene: Scene, typed: str) -> None:
    entry = add(scene)
    (found,) = scene.queries.find_entries(typed)
    assert (found.register, found.entry_id, found.number) == ("devices", entry, "A-SB0001")
    assert found.name == "AN-0012"
    assert "交换机" in found.said
    assert "市政府大楼机房" in found.said


@pytest.mark.parametrize("typed", ["", "  ", "-", "AN-0099", "交换机 八街"])
def test_what_nothing_says_finds_nothing(scene: Scene, typed: str) -> None:
    add(scene)
    assert scene.queries.find_entries(typed) == ()


def test_the_very_name_comes_before_the_latest_that_have_the_words(scene: Scene) -> None:
    for label in ("AN-1", "AN-10", "AN-11", "AN-12"):
        add(scene, label=label)
    assert names(scene, "AN-1") == ["AN-1", "AN-12", "AN-11", "AN-10"]
    assert names(scene, "AN-1", 2) == ["AN-1", "AN-12"]


def test_a_withdrawn_entry_is_not_found(scene: Scene) -> None:
    entry = add(scene)
    scene.do(WithdrawEntry(entry, 1, "登错"))
    assert names(scene, "AN-0012") == names(scene, "A-SB0001") == []


def test_entries_of_several_registers_are_found_at_once(scene: Scene) -> None:
    add(scene)
    scene.do(AddEntry("networks", OFFICE | {"name": "交换机管理"}))
    assert {found.register for found in scene.queries.find_entries("交换机")} == {"devices", "networks"}
