"""The line under the head that says on every other page what rings at the desk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from dispatch_app.operations.alarm_ladder import Alarm, Rung, Watch
from dispatch_app.ui.far_alarm import FarAlarm
from dispatch_app.ui.main_window import MainWindow
from dispatch_app.ui.widgets.polish import Tone

DUE = 1_000_000


class StrawAlarms(QObject):
    standing_changed = Signal(object)


def alarm(number: int, rung: Rung, fault_id: str = "f") -> Alarm:
    subject = f"{fault_id}{number}" if fault_id else f"p{number}"
    watch = Watch(
        subject, f"A-000{number} 到场", "arrival", DUE, DUE + 1, 900, 300, fault_id=fault_id and subject
    )
    return Alarm(watch, rung)


@pytest.fixture
def line(qtbot: QtBot) -> FarAlarm:
    made = FarAlarm(lambda: DUE - 120)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def desk(line: FarAlarm) -> StrawAlarms:
    alarms = StrawAlarms(line)
    line.follow(alarms)  # type: ignore[arg-type]  # of straw
    return alarms


def test_it_is_there_while_something_stands_and_the_desk_is_out_of_sight(
    line: FarAlarm, desk: StrawAlarms
) -> None:
    line.set_away(True)
    assert not line.isVisible()
    desk.standing_changed.emit((alarm(1, Rung.BREACHED), alarm(2, Rung.LAST_CALL)))
    assert line.isVisible()
    assert line.text.text() == "A-0001 到场 已超时　另有 1 条"
    assert line.property("banner") == str(Tone.BREACHED)
    line.set_away(False)
    assert not line.isVisible()
    line.set_away(True)
    desk.standing_changed.emit((alarm(2, Rung.LAST_CALL),))
    assert line.text.text() == "A-0002 到场 只剩 2 分"
    assert line.property("banner") == str(Tone.SOON)
    desk.standing_changed.emit(())
    assert not line.isVisible()


def test_it_counts_down(line: FarAlarm, desk: StrawAlarms) -> None:
    desk.standing_changed.emit((alarm(2, Rung.LAST_CALL),))
    line.set_away(True)
    line._now = lambda: DUE - 60
    line.tick()
    assert line.text.text() == "A-0002 到场 只剩 1 分"


@pytest.mark.parametrize(("fault_id", "asked"), [("f", "f1"), ("", "")])
def test_it_leads_to_the_worst(
    line: FarAlarm, desk: StrawAlarms, qtbot: QtBot, fault_id: str, asked: str
) -> None:
    desk.standing_changed.emit((alarm(1, Rung.BREACHED, fault_id),))
    line.set_away(True)
    with qtbot.waitSignal(line.fault_asked) as said:
        line.action.click()
    assert said.args == [asked]


def test_a_promise_leads_to_the_desk(window: MainWindow) -> None:
    window.show_page("contract")
    window.far_alarm.fault_asked.emit("")
    assert window.page == "desk"
