"""The first window hears of a second start and comes to the front."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.storage.locations import data_place
from dispatch_app.storage.second_start import answer_call
from dispatch_app.ui.second_start import FrontDoor, bring_to_front


def test_a_call_is_heard_and_answered_also_one_that_came_before(tmp_path: Path, qtbot: QtBot) -> None:
    place = data_place(tmp_path)
    place.call.touch()
    door = FrontDoor(tmp_path, lambda: answer_call(place))
    with qtbot.waitSignal(door.called):
        pass
    assert not place.call.exists()
    with qtbot.waitSignal(door.called):
        place.call.touch()
    assert not place.call.exists()
    with qtbot.assertNotEmitted(door.called):
        (tmp_path / "desk.db-wal").touch()
        qtbot.waitUntil(lambda: (tmp_path / "desk.db-wal").exists())


@pytest.mark.qt_log_ignore("does not support raise")  # The offscreen platform has no front.
def test_a_minimised_window_is_put_up_again(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_to_front(window)
    assert window.isVisible()
    assert not window.isMinimized()
