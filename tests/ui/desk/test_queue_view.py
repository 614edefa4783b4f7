"""The queue on the screen: keys, selection, looks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from dispatch_app.ui.desk.queue_model import Column, QueueModel
from dispatch_app.ui.desk.queue_view import QueueView
from dispatch_app.ui.theme.theme import Themes
from tests.ui.desk.rows import (
    AMOUNT,
    HOUR,
    NOW,
    THRESHOLDS,
    C,
    Zone,
    breached,
    fault,
    met,
    part,
    running,
)


@pytest.fixture
def view(qtbot: QtBot, themes: Themes) -> QueueView:
    """Five faults as in the drawing, 1150 px wide."""
    model = QueueModel(THRESHOLDS, AMOUNT, NOW)
    made = QueueView(model, themes)
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(1150, 400)
    model.reset(
        [
            fault(3, breached(C.DISPATCH_5H, NOW - 1207), running(C.DISPATCH_2D, NOW + 42 * HOUR),
                  site_name="禄脿街道机房", zone=Zone.OUTLYING, penalty_ordinal=1),
            fault(7, running(C.ARRIVAL, NOW + 759), met(C.RESPONSE, 190), site_name="宁湖大厦一机房",
                  emergency=True, engagements=(part("张懿明"),)),
            fault(6, running(C.SPECIAL_REPORT, NOW + 5465), breached(C.ARRIVAL, NOW - 90, NOW)),
            fault(8, running(C.RESPONSE, NOW + 7000)),
            fault(5, met(C.RESPONSE, 60), group_size=3),
        ]
    )  # fmt: skip
    with qtbot.waitExposed(made):
        made.show()
    return made


def colours(view: QueueView, row: int, column: Column) -> set[str]:
    """Every colour painted in a cell."""
    return _colours(view, view.visualRect(view.queue.index(row, column)))


def _colours(view: QueueView, rect: QRect) -> set[str]:
    image: QImage = view.viewport().grab(rect).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_arrows_choose_and_the_choice_is_told(view: QueueView) -> None:
    view.choose("fault-3")
    spy = QSignalSpy(view.fault_chosen)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Home):
        QTest.keyClick(view, key)
    told = [spy.at(place)[0] for place in range(spy.count())]
    assert told == ["fault-7", "fault-5", "fault-8", "fault-3"]
    assert view.chosen == "fault-3"


def test_choosing_what_is_not_there_changes_nothing(view: QueueView) -> None:
    view.choose("fault-7")
    assert not view.choose("fault-99")
    assert view.chosen == "fault-7"


def test_when_the_chosen_fault_ends_its_neighbour_is_chosen(view: QueueView) -> None:
    view.choose("fault-7")
    spy = QSignalSpy(view.fault_chosen)
    view.queue.apply([replace(view.queue.fault("fault-7"), open=False, version=2)])  # type: ignore[type-var]
    assert view.chosen == "fault-6"
    assert spy.at(spy.count() - 1)[0] == "fault-6"


def test_when_the_last_fault_ends_nothing_is_chosen_and_the_screen_says_what_to_do(view: QueueView) -> None:
    spy = QSignalSpy(view.fault_chosen)
    view.choose("fault-7")
    view.queue.reset([])
    assert spy.at(spy.count() - 1)[0] == ""
    assert view.empty.isVisible()
    assert (view.empty.title.text(), view.empty.hint.text()) == ("没有在办故障", "按 F2 接报")
    view.queue.reset([fault(1)])
    assert not view.empty.isVisible()


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_1, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_R, Qt.Key.Key_A]
)
def test_keys_that_do_not_choose_are_left_to_the_desk(view: QueueView, key: Qt.Key) -> None:
    view.choose("fault-7")
    QTest.keyClick(view, key)
    assert view.chosen == "fault-7"


def test_an_input_method_gets_no_letters_here(view: QueueView) -> None:
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_row_carries_the_colour_of_its_clock(view: QueueView, themes: Themes, theme: str) -> None:
    themes.choose(theme)
    bars = [themes.current.role(f"{name}_bar").name() for name in ("breached", "soon", "in_time", "in_time")]
    for row, bar in enumerate(bars):
        assert bar in colours(view, row, Column.NUMBER)
        assert bar in colours(view, row, Column.CLOCK)
    timeless = colours(view, 4, Column.CLOCK)
    assert not timeless & set(bars)
    assert themes.current.track.name() in timeless
    themes.choose("light")


def test_glyphs_differ_by_shape_and_not_by_colour_alone(view: QueueView) -> None:
    rects = [view.visualRect(view.queue.index(row, Column.NUMBER)) for row in (0, 1, 2, 4)]
    glyphs = []
    for rect in rects:
        spot = QRect(
            rect.topLeft() + QPoint(18, rect.height() // 2 - 8),
            rect.topLeft() + QPoint(36, rect.height() // 2 + 8),
        )
        glyphs.append(bytes(view.viewport().grab(spot).toImage().constBits()))
    assert len(set(glyphs)) == 4


@pytest.mark.parametrize(("width", "height"), [(1150, 78), (900, 78), (680, 64)])
def test_columns_fill_the_view_and_the_figure_keeps_its_room(
    view: QueueView, width: int, height: int
) -> None:
    view.set_compact(height == 64)
    view.resize(width, 400)
    widths = [view.columnWidth(column) for column in Column]
    assert sum(widths) == view.viewport().width()
    assert widths[Column.CLOCK] >= 240
    assert widths[Column.FAULT] >= 180
    assert view.rowHeight(0) == height


def test_a_narrow_row_drops_chips_before_it_cuts_the_site_but_never_the_alarm(view: QueueView) -> None:
    face = view.queue.data(view.queue.index(0, 0), 257)
    delegate = view.itemDelegate()
    name = delegate.kit.width(17, face.row.site_name)
    assert [chip.text for chip in delegate._chips_beside(face, name + 200)] == ["市区外"]
    assert delegate._chips_beside(face, name + 10) == []
    alarming = view.queue.data(view.queue.index(1, 0), 257)
    assert [chip.text for chip in delegate._chips_beside(alarming, 20)] == ["紧急"]
