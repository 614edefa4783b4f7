"""A row of buttons goes on in the next line where it would not fit."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.ui.widgets.buttons import Button
from dispatch_app.ui.widgets.flow import FlowLayout


def test_what_does_not_fit_goes_on_below_and_the_place_grows(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    column = QVBoxLayout(place)
    row = FlowLayout(8)
    buttons = [Button(f"第 {number} 步") for number in range(6)]
    for one in buttons:
        row.addWidget(one)
    buttons[1].hide()
    column.addLayout(row)
    column.addStretch(1)
    place.resize(1200, 400)
    place.show()
    shown = [one for one in buttons if one.isVisible()]
    assert len({one.y() for one in shown}) == 1
    place.resize(260, 400)
    qtbot.waitUntil(lambda: len({one.y() for one in shown}) > 1)
    assert all(one.geometry().right() < 260 for one in shown)
    assert row.heightForWidth(236) > row.heightForWidth(1176)
    assert row.sizeHint() == row.minimumSize()
    assert row.itemAt(9) is None
    assert row.takeAt(9) is None
