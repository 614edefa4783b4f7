"""What every register must say of itself for lists, forms and numbers to work."""

from __future__ import annotations

from collections import Counter

import pytest

from dispatch_app.operations.registers.catalogue import REGISTERS
from dispatch_app.operations.registers.register import NUMBER, Register, Twice
from tests.operations.scene import MORNING


def test_numbers_tell_registers_apart() -> None:
    assert max(Counter(register.code for register in REGISTERS.values()).values()) == 1


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS.keys())
def test_everything_a_register_names_is_a_column_of_it(register: Register) -> None:
    keys = [column.key for column in register.columns]
    assert len(set(keys)) == len(keys)
    # The number of an entry is a cell of its own.
    assert NUMBER not in keys
    named = {register.naming, register.faults_by, *register.identity} - {""}
    named |= {key for action in register.actions for key in (*action.fields, *action.preset, *action.sets)}
    spans = [span for view in register.views for span in view.spans(MORNING)]
    named |= {key for span in spans for key in (span.columns if isinstance(span, Twice) else (span.column,))}
    named |= {*register.alone, *register.alone.values()}
    assert named <= {*keys, NUMBER}
    assert register.sort in {*keys, NUMBER}
