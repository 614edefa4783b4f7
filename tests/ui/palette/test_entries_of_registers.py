"""Ctrl+K finds what stands in the registers, and leads there."""

from __future__ import annotations

import pytest

from dispatch_app.operations.register_rows import FoundEntry
from dispatch_app.ui.palette.entries import Group, Place, Where
from dispatch_app.ui.palette.finding import entries_wish
from tests.ui.palette.scenes import first, found, titles

SWITCH = FoundEntry("devices", "entry-1", "A-SB0012", "AN-0012", ("交换机", "市委大楼机房", "在用"))
VISIT = FoundEntry("visits", "entry-2", "A-CR0003", "A-CR0003", ("周秘书", "市委大楼机房"))


@pytest.mark.parametrize("typed", ["AN-0012", "an-0012", "A-SB0012", "an-00", "交换机 市委"])
def test_an_entry_is_found_by_name_number_and_words(typed: str) -> None:
    entry = next(
        one for one in found(typed, entries=(SWITCH,)) if one.place and one.place.where is Where.ENTRY
    )
    assert entry.group is Group.REGISTER
    assert (entry.title, entry.detail) == ("AN-0012", "设备台账·A-SB0012·交换机·市委大楼机房")
    assert entry.place == Place(Where.ENTRY, "entry-1", "devices")
    assert entry.will == "打开设备台账的这一条：A-SB0012"


def test_a_name_stands_before_what_only_mentions_it() -> None:
    mentions = FoundEntry("outside_repairs", "entry-3", "A-WX0001", "A-WX0001", ("AN-0012",))
    assert titles("AN-0012", entries=(mentions, SWITCH)) == ["AN-0012", "A-WX0001"]


def test_an_entry_without_a_name_is_called_by_its_number() -> None:
    assert first("A-CR0003", entries=(VISIT,)).detail == "机房出入·周秘书·市委大楼机房"


def test_the_answer_to_what_is_no_longer_typed_is_not_shown() -> None:
    assert titles("AN-0099", entries=(SWITCH, VISIT)) == []


@pytest.mark.parametrize(
    ("typed", "wish"),
    [("AN-0012", "AN-0012"), (" 周秘书 ", "周秘书"), ("网", ""), ("-", ""), ("派 7 zym", ""), ("", "")],
)
def test_a_command_or_a_single_letter_is_not_looked_up_in_registers(typed: str, wish: str) -> None:
    assert entries_wish(typed) == wish
