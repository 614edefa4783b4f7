"""The window: its pages, its head, its menu, and what it remembers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dispatch_app.operations.changes import Changes, UndoTicket
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.operations.faults import UndoFacts
from dispatch_app.operations.settings import ChangeSetting, ChooseOperator
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.main_window import MainWindow
from dispatch_app.ui.widgets.labels import ElidedLabel, Text
from tests.ui.straw_window import STRAW_PAGES, Page, open_window

Settle = Callable[[], None]
Perform = Callable[[Changes], None]
TICKET = UndoTicket("A-0007 已派给 张懿明", UndoFacts("f7", ("x1",)))
EARLIER = UndoTicket("A-0006 已派给 刘平", UndoFacts("f6", ("x0",)))


def test_only_the_page_looked_at_is_made(window: MainWindow) -> None:
    assert window.page == "desk"
    assert window.stack.count() == 1
    window.show_page("contract")
    assert window.stack.count() == 2
    window.show_page("desk")
    assert window.stack.count() == 2


def test_every_page_is_one_key_away(window: MainWindow, qtbot: QtBot) -> None:
    order = [entry.key for entry in STRAW_PAGES][:10]
    seen = []
    for place in reversed(range(len(order))):
        key = Qt.Key(Qt.Key.Key_0 + (place + 1) % 10)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        seen.append(window.page)
    assert seen == order[::-1]


def test_the_rail_leads_to_a_page_and_shows_which_one_it_is(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.rail.button(3), Qt.MouseButton.LeftButton)
    assert window.page == "tallies"
    places = range(len(STRAW_PAGES))
    assert [place for place in places if window.rail.button(place).isChecked()] == [3]
    window.show_page("settings")
    assert window.rail.button(places[-1]).isChecked()


def test_an_unknown_page_means_the_first(window: MainWindow) -> None:
    window.show_page("no such page")
    assert window.page == "desk"


def test_typing_begins_on_the_page_and_not_in_the_head(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page_widget("desk")
    assert isinstance(page, Page)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.field)


def test_the_head_says_time_day_and_counts(window: MainWindow) -> None:
    head = window.head
    assert head.clock.text() == "14:32:07"
    assert head.day.text() == "2024年11月22日 周五"
    assert head.term.shown == "合同余 98 天"
    assert head.team.shown == "在职技术人员 5/5，可派 2"
    assert head.today.shown == "今日接报 12，在办 5，超时 1"
    assert head.breaches.shown == "违约 九.1 0/5，九.2 1/5"
    assert not head._undecided.isHidden()


def test_the_head_follows_the_clock(window: MainWindow, context: UiContext, clock: Any) -> None:
    clock.moment += 34_073
    context.ticker.beat()
    assert window.head.clock.text() == "00:00:00"
    assert window.head.day.text() == "2024年11月23日 周六"


def test_counts_change_with_every_command(
    perform: Perform, window: MainWindow, context: UiContext, straw: Any, settle: Settle
) -> None:
    from dataclasses import replace

    straw.queries.summary = replace(
        straw.queries.summary, breached_open=0, nobody_sent_count=5, sendable=0, employed_technicians=4,
        days_left=-3, term_disputed=False,
    )  # fmt: skip
    perform(Changes())
    head = window.head
    assert head.today.shown == "今日接报 12，在办 5，超时 0"
    assert head.term.shown == "合同余 已到期"
    tones = [
        figure.property("tone")
        for part in (head.term, head.team, head.today, head.breaches)
        for figure in part.figures
    ]
    assert tones == ["breached", "breached", "soon", "text", "text", "text", "text", "breached"]
    assert head._undecided.isHidden()


def test_counts_are_read_again_though_nobody_does_anything(
    window: MainWindow, straw: Any, settle: Settle
) -> None:
    from dataclasses import replace

    straw.queries.summary = replace(straw.queries.summary, breached_open=2)
    window.head.ask_summary()
    settle()
    assert window.head.today.shown.endswith("超时 2")


@pytest.mark.parametrize(
    ("part", "page"), [("term", "contract"), ("team", "desk"), ("today", "desk"), ("breaches", "tallies")]
)
def test_every_figure_leads_to_what_is_behind_it(
    window: MainWindow, qtbot: QtBot, part: str, page: str
) -> None:
    window.show_page("settings")
    qtbot.mouseClick(getattr(window.head, part), Qt.MouseButton.LeftButton)
    assert window.page == page


@pytest.mark.parametrize("width", [1024, 1280, 1366, 1920])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_text_of_the_frame_is_cut_at_any_width(
    window: MainWindow, context: UiContext, qtbot: QtBot, width: int, theme: str
) -> None:
    context.themes.choose(theme)
    window.resize(width, 768)
    qtbot.waitUntil(lambda: window.width() == width)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    cut = [
        label.text()
        for label in window.head.findChildren(Text)
        if label.isVisible() and not isinstance(label, ElidedLabel)
        and label.width() < label.fontMetrics().horizontalAdvance(label.text())
    ]  # fmt: skip
    assert not cut
    inside = [part for part in window.head.findChildren(QWidget) if part.isVisible()]
    assert all(part.mapTo(window.head, part.rect().bottomRight()).x() < width for part in inside)
    assert window.head.today.isVisible()
    assert window.head.breaches.isVisible()


def test_the_quiet_parts_of_the_head_come_back_with_the_room(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 768)
    qtbot.waitUntil(lambda: window.head.day.isHidden())
    window.resize(1600, 768)
    qtbot.waitUntil(lambda: not window.head.day.isHidden())


def test_the_operator_is_shown_and_can_be_changed(window: MainWindow, straw: Any, settle: Settle) -> None:
    assert window.head.operator.text() == "李鸿兰"
    # Who has left is not offered.
    assert [action.text().split()[0] for action in window.menu.operators] == ["张懿明", "刘平", "李鸿兰"]
    assert [action.isChecked() for action in window.menu.operators] == [False, False, True]

    def choose(command: object) -> Changes:
        straw.queries.acting = "s2"
        return Changes(settings=frozenset({"operator"}))

    straw.answer = choose
    window.menu.operators[1].trigger()
    settle()
    assert straw.commands == [ChooseOperator("s2")]
    assert window.head.operator.text() == "刘平"
    assert [action.isChecked() for action in window.menu.operators] == [False, True, False]


def test_light_and_dark_can_be_chosen_in_the_menu(window: MainWindow, straw: Any, settle: Settle) -> None:
    window.menu.aboutToShow.emit()
    settle()
    assert [action.isChecked() for action in window.menu.looks.actions()] == [False, True, False]
    window.menu.looks.actions()[2].trigger()
    settle()
    assert straw.commands == [ChangeSetting("theme", "dark")]


def test_a_drill_can_be_asked_for(window: MainWindow, qtbot: QtBot) -> None:
    action = next(action for action in window.menu.actions() if action.text() == "演练…")
    with qtbot.waitSignal(window.drill_asked):
        action.trigger()


def test_a_drill_shows_its_banner_on_every_page_and_offers_no_second_drill(
    context: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    seconds = [0.0]
    clock = DrillClock(1000, lambda: seconds[0], 15)
    window = open_window(context, drill=clock)
    qtbot.addWidget(window)
    window.show()
    banner = window.banner
    assert banner is not None
    for page in STRAW_PAGES:
        window.show_page(page.key)
        assert banner.isVisible()
        assert banner.accessibleName().startswith("演练")
    assert "演练" in window.windowTitle()
    assert not [action for action in window.menu.actions() if action.text() == "演练…"]
    qtbot.mouseClick(banner.speeds.button("60"), Qt.MouseButton.LeftButton)
    assert clock.speed == 60
    qtbot.mouseClick(banner.pause, Qt.MouseButton.LeftButton)
    assert clock.paused
    assert banner.pause.words == "继续"
    qtbot.mouseClick(banner.pause, Qt.MouseButton.LeftButton)
    assert not clock.paused
    qtbot.mouseClick(banner.end, Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    settle()


def test_page_and_splitters_are_remembered_in_the_data_folder(
    context: UiContext, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    first = open_window(context, tmp_path)
    qtbot.addWidget(first)
    first.show()
    first.show_page("contract")
    page = first.page_widget("contract")
    assert isinstance(page, Page)
    page.splitter.setSizes([100, 900])
    sizes = page.splitter.sizes()
    first.close()
    settle()
    assert (tmp_path / "window.ini").exists()
    second = open_window(context, tmp_path)
    qtbot.addWidget(second)
    second.show()
    assert second.page == "contract"
    again = second.page_widget("contract")
    assert isinstance(again, Page)
    assert again.splitter.sizes() == sizes
    second.close()
    settle()


def test_a_drill_remembers_nothing(context: UiContext, tmp_path: Path, qtbot: QtBot, settle: Settle) -> None:
    window = open_window(context, None, DrillClock(1000, lambda: 0.0))
    qtbot.addWidget(window)
    window.close()
    settle()
    assert list(tmp_path.iterdir()) == []


def test_a_spoilt_memory_is_no_hindrance(
    context: UiContext, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    (tmp_path / "window.ini").write_text("page=a, b\n[window]\ngeometry=rubbish\n", encoding="utf-8")
    window = open_window(context, tmp_path)
    qtbot.addWidget(window)
    assert window.page == "desk"
    settle()


def test_everything_in_the_frame_has_a_name_for_the_screen_reader(window: MainWindow) -> None:
    controls = [*window.rail.findChildren(QToolButton), window.head.operator, window.message_bar.close_button]
    controls += [window.head.term, window.head.team, window.head.today, window.head.breaches]
    assert all(control.accessibleName() for control in controls)


def test_a_closed_window_is_freed(context: UiContext, qtbot: QtBot, settle: Settle) -> None:
    gone: list[bool] = []
    window = open_window(context)
    window.destroyed.connect(lambda: gone.append(True))
    window.show()
    settle()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert gone == [True]
    # Its places on the long-lived signals went with it.
    context.themes.choose("dark")
    context.messages.done("已派")


def test_the_theme_changes_under_an_open_window(
    window: MainWindow, context: UiContext, qapp: QApplication
) -> None:
    before = window.rail.button(0).icon().cacheKey()
    context.themes.choose("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == context.themes.current.ground
    assert window.rail.button(0).icon().cacheKey() != before
    head_layout = window.head.layout()
    assert isinstance(head_layout, QHBoxLayout)
    image = window.head.grab().toImage()
    assert image.pixelColor(3, 3) == context.themes.current.surface
