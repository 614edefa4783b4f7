"""A fault from the ringing phone to the archive, without a mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt

from dispatch_app.contract.moves import Stage
from dispatch_app.operations.desk import Desk
from tests.ui.desk.conftest import Hands

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier


def test_a_whole_fault_is_typed_from_the_call_to_the_archive(hands: Hands, desk: Desk) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.type("core switch down")
    hands.press(Key.Key_Return, Control)
    assert hands.chosen.number == "A-0001"
    assert hands.focus is hands.page.parts.queue
    hands.press(Key.Key_4)
    assert [part.name for part in hands.chosen.engagements] == ["张懿明"]
    hands.tick(60)
    for stage in (Stage.ACKNOWLEDGED, Stage.DEPARTED, Stage.ARRIVED):
        hands.press(Key.Key_Space)
        assert hands.chosen.stage is stage
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return)
    assert hands.chosen.stage is Stage.CONFIRMED
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Space)
    assert hands.chosen.stage is Stage.RESOLVED
    fault_id = hands.chosen.id
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return)
    assert hands.page.queue.rowCount() == 0
    assert desk.queries.fault_detail(fault_id).row.stage is Stage.CLOSED
