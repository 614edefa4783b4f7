"""The queue's model: its order, what a change touches, and what a second costs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from dispatch_app.operations.rows import FaultRow
from dispatch_app.ui.desk.queue_model import FACE_ROLE, Column, Index, QueueModel
from dispatch_app.ui.desk.queue_view import QueueView
from dispatch_app.ui.desk.urgency import Urgency
from dispatch_app.ui.theme.theme import Themes
from tests.ui.desk.rows import AMOUNT, HOUR, MINUTE, NOW, THRESHOLDS, C, breached, fault, met, part, running

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
DisplayRole = Qt.ItemDataRole.DisplayRole
SpokenRole = Qt.ItemDataRole.AccessibleTextRole


class CountingModel(QueueModel):
    """Counts what views ask of it, by column and role."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.asked: Counter[tuple[int, int]] = Counter()

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        self.asked[index.column(), role] += 1
        return super().data(index, role)


@pytest.fixture
def model(qtbot: QtBot) -> QueueModel:
    made = QueueModel(THRESHOLDS, AMOUNT, NOW)
    QAbstractItemModelTester(made, FATAL, made)
    return made


def numbers(model: QueueModel) -> list[int]:
    return [int(row.number[2:]) for row in model.faults]


def overdue(model: QueueModel) -> int:
    faces = [model.data(model.index(row, 0), FACE_ROLE) for row in range(model.rowCount())]
    return sum(face.urgency is Urgency.BREACHED for face in faces)


def late(number: int, **fields: object) -> FaultRow:
    return fault(number, breached(C.ARRIVAL, NOW - number), **fields)


def due(number: int, left: int, **fields: object) -> FaultRow:
    return fault(number, running(C.ARRIVAL, NOW + left), **fields)


def test_the_queue_is_in_order_from_the_start_and_without_ended_faults(model: QueueModel) -> None:
    model.reset([due(1, 900), fault(2), late(3), due(4, 60), replace(late(5), open=False), late(6)])
    assert numbers(model) == [6, 3, 4, 1, 2]
    assert overdue(model) == 2


def test_a_row_read_again_takes_its_place_and_touches_no_other(model: QueueModel) -> None:
    model.reset([due(1, 60), due(2, 120), due(3, 180)])
    spy = QSignalSpy(model.dataChanged)
    model.apply([replace(due(2, 150), version=2)])
    assert numbers(model) == [1, 2, 3]
    assert spy.count() == 1
    top, bottom, _roles = spy.at(0)
    assert (top.row(), bottom.row()) == (1, 1)
    model.apply([replace(due(2, 10), version=3)])
    assert numbers(model) == [2, 1, 3]


def test_new_faults_come_and_ended_ones_go(model: QueueModel) -> None:
    model.reset([due(1, 60)])
    model.apply([due(2, 30)])
    assert numbers(model) == [2, 1]
    model.apply([replace(due(1, 60), open=False, version=2)])
    assert numbers(model) == [2]
    model.apply([replace(due(9, 60), open=False)])
    assert numbers(model) == [2]
    assert model.row_of("fault-1") is None
    assert model.fault("fault-1") is None


def test_news_older_than_what_is_shown_is_ignored(model: QueueModel) -> None:
    model.reset([replace(due(1, 60), version=5, symptom="new")])
    model.apply([replace(due(1, 60), version=4, symptom="old", open=False)])
    assert model.faults[0].symptom == "new"


def test_a_selection_follows_its_fault_when_the_order_changes(model: QueueModel) -> None:
    model.reset([due(1, 60), due(2, 120), due(3, 180)])
    kept = QPersistentModelIndex(model.index(2, Column.CLOCK))
    model.apply([replace(due(3, 1), version=2)])
    assert (kept.row(), kept.column()) == (0, Column.CLOCK)


def test_a_second_asks_for_the_clock_column_alone_in_one_rectangle(model: QueueModel) -> None:
    model.reset([due(number, 2 * HOUR + number) for number in range(1, 301)])
    spy = QSignalSpy(model.dataChanged)
    model.tick(NOW + 1)
    assert spy.count() == 1
    top, bottom, roles = spy.at(0)
    assert (top.row(), top.column()) == (0, Column.CLOCK)
    assert (bottom.row(), bottom.column()) == (299, Column.CLOCK)
    assert [int(role) for role in roles] == [int(DisplayRole)]


def test_a_second_in_an_empty_queue_asks_for_nothing(model: QueueModel) -> None:
    spy = QSignalSpy(model.dataChanged)
    model.tick(NOW + 1)
    assert spy.count() == 0


def test_a_second_on_the_screen_reads_each_visible_clock_once_and_nothing_else(
    qtbot: QtBot, themes: Themes
) -> None:
    model = CountingModel(THRESHOLDS, AMOUNT, NOW)
    view = QueueView(model, themes)
    qtbot.addWidget(view)
    view.resize(1150, 78 * 6)
    model.reset([due(number, 2 * HOUR + number) for number in range(1, 301)])
    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: model.asked[Column.ENGINEER, FACE_ROLE] >= 6)
    model.asked.clear()
    model.tick(NOW + 1)
    qtbot.waitUntil(lambda: bool(model.asked))
    assert model.asked == {(Column.CLOCK, FACE_ROLE): 6}


def test_time_moves_a_fault_up_the_moment_it_falls_due(model: QueueModel) -> None:
    model.reset([late(1), due(2, 20 * MINUTE, symptom="second"), fault(3, met(C.ARRIVAL, 60))])
    model.tick(NOW + 5 * MINUTE - 1)
    assert model.data(model.index(1, 0), FACE_ROLE).urgency is Urgency.IN_TIME
    model.tick(NOW + 5 * MINUTE)
    assert model.data(model.index(1, 0), FACE_ROLE).urgency is Urgency.SOON
    model.tick(NOW + 20 * MINUTE)
    assert overdue(model) == 1
    model.tick(NOW + 20 * MINUTE + 1)
    assert overdue(model) == 2
    assert numbers(model) == [1, 2, 3]


def test_two_faults_change_places_when_the_later_report_is_the_first_to_be_overdue(model: QueueModel) -> None:
    model.reset([due(1, 60), fault(2, met(C.ARRIVAL, 9), running(C.SAME_DAY, NOW + 30))])
    model.tick(NOW + 45)
    assert numbers(model) == [2, 1]
    model.tick(NOW + 61)
    assert numbers(model) == [2, 1]


def test_a_clock_set_back_works_everything_out_again(model: QueueModel) -> None:
    model.reset([due(1, 10)])
    model.tick(NOW + 11)
    assert overdue(model) == 1
    model.tick(NOW)
    assert overdue(model) == 0


def test_other_thresholds_and_sums_show_at_once(model: QueueModel) -> None:
    model.reset([due(1, 20 * MINUTE), fault(2, breached(C.DISPATCH_5H, NOW - 1))])
    wider = {clock: replace(threshold, soon=HOUR) for clock, threshold in THRESHOLDS.items()}
    model.set_terms(wider, AMOUNT * 2)
    faces = [model.data(model.index(row, 0), FACE_ROLE) for row in range(2)]
    assert faces[1].urgency is Urgency.SOON
    assert "4,000.00" in model.breach_line(faces[0])


def test_small_clocks_are_worked_out_once_a_minute(model: QueueModel) -> None:
    model.reset([fault(1, running(C.ARRIVAL, NOW + HOUR), running(C.SAME_DAY, NOW + 5 * HOUR))])
    face = model.data(model.index(0, 0), FACE_ROLE)
    first = model.marks(face)
    model.tick(NOW + 1)
    assert model.marks(face) is first
    model.tick(NOW + 2 * MINUTE)
    assert model.marks(face) != first


def test_every_cell_has_words_for_the_eye_and_for_the_ear(model: QueueModel) -> None:
    model.reset([fault(1, running(C.ARRIVAL, NOW + 759), engagements=(part("张懿明"),)), fault(2)])
    shown = [model.data(model.index(0, column), DisplayRole) for column in Column]
    assert shown == ["A-0001", "市委大楼机房", "12:39", "张懿明"]
    spoken = [model.data(model.index(0, column), SpokenRole) for column in Column]
    assert spoken == [
        "A-0001，临近",
        "市委大楼机房，公文交换系统登录缓慢",
        "到场 余 12:39",
        "张懿明，在途·14:22 出发",
    ]
    assert model.data(model.index(1, Column.CLOCK), DisplayRole) == "—"
    assert model.data(model.index(0, Column.FAULT), Qt.ItemDataRole.ToolTipRole).endswith(
        "公文交换系统登录缓慢"
    )
    assert model.data(model.index(0, Column.CLOCK), Qt.ItemDataRole.ToolTipRole) == "到场 余 12:39"
    assert model.data(model.index(0, Column.NUMBER), Qt.ItemDataRole.ToolTipRole) is None
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    across = Qt.Orientation.Horizontal
    assert [model.headerData(column, across) for column in Column] == ["单号", "站点与现象", "时限", "工程师"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_the_suggested_person_stands_in_the_row(model: QueueModel) -> None:
    model.reset([fault(1)])
    spy = QSignalSpy(model.dataChanged)
    model.set_suggested("fault-1", "刘涛")
    assert model.data(model.index(0, Column.ENGINEER), SpokenRole) == "待派单，建议 刘涛"
    assert spy.count() == 1
    model.set_suggested("fault-9", "刘涛")
    assert spy.count() == 1
