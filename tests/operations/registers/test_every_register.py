"""What holds for all registers: numbers not to be mistaken, pages and pointers that lead somewhere."""

from __future__ import annotations

from collections import Counter

from dispatch_app.operations.register_pages import PAGES
from dispatch_app.operations.registers.catalogue import REGISTERS
from dispatch_app.operations.registers.kinds import EntryOf


def test_no_two_registers_number_their_entries_alike() -> None:
    counted = Counter(register.code for register in REGISTERS.values())
    assert [code for code, count in counted.items() if count > 1] == []
    assert all(len(code) == 2 and code.isupper() for code in counted)


def test_every_register_stands_on_one_page() -> None:
    shown = [key for keys in PAGES.values() for key in keys]
    assert sorted(shown) == sorted(REGISTERS)


def test_what_points_at_an_entry_points_at_a_register_there_is() -> None:
    pointed = {
        column.kind.register
        for register in REGISTERS.values()
        for column in register.columns
        if isinstance(column.kind, EntryOf)
    }
    assert pointed <= REGISTERS.keys()


def test_every_step_asks_for_columns_its_register_has() -> None:
    for register in REGISTERS.values():
        keys = {column.key for column in register.columns}
        for action in register.actions:
            assert {*action.fields, *action.preset, *action.sets} <= keys, (register.key, action.key)
        assert {register.naming, register.faults_by, *register.identity} - {""} <= keys
