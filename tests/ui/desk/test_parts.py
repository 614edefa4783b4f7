"""The parts by themselves: time line, clocks, the list of sites."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.contract.facts import FactKind, Source, Zone
from dispatch_app.operations.rows import SiteKind, SiteRow
from dispatch_app.ui.desk.beijing import figure_text
from dispatch_app.ui.desk.detail_clocks import ClockLine, ClockList, figure_words, worst_first
from dispatch_app.ui.desk.intake_site_list import SiteList, SiteModel
from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.desk.timeline_model import TimelineModel, fact_line, lines_of, report_words
from dispatch_app.ui.desk.timeline_view import BELOW_HEIGHT, LINE_HEIGHT, TimelineView
from dispatch_app.ui.theme.theme import Themes
from tests.ui.desk.rows import (
    HOUR,
    MINUTE,
    NOW,
    THRESHOLDS,
    C,
    breached,
    detail,
    entry,
    explained,
    fault,
    met,
    running,
    unstarted,
    void,
)

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
DisplayRole = Qt.ItemDataRole.DisplayRole
SpokenRole = Qt.ItemDataRole.AccessibleTextRole
TipRole = Qt.ItemDataRole.ToolTipRole
K = FactKind

# ── 时间线 ──


def test_a_corrected_fact_shows_both_times_and_why() -> None:
    line = fact_line(
        entry(
            K.DEPARTED,
            NOW - 60,
            "张懿明",
            original_at=NOW - 360,
            recorded_at=NOW - 360,
            corrections=("更正：手误",),
        ),
        NOW,
    )
    assert (line.time, line.title, line.aside) == ("14:31:07", "出发", "")
    assert line.below == ("原记 14:26:07", "更正：手误")
    assert line.spoken == "14:31:07，出发，张懿明，原记 14:26:07，更正：手误"


def test_a_late_entry_shows_when_it_was_written_down() -> None:
    assert fact_line(entry(K.ARRIVED, NOW - 300, recorded_at=NOW), NOW).aside == "14:32:07 补记"
    assert fact_line(entry(K.ARRIVED, NOW - 59, recorded_at=NOW), NOW).aside == ""


def test_a_voided_fact_says_so() -> None:
    line = fact_line(entry(K.ARRIVED, NOW, voided=True, corrections=("作废：误记",)), NOW)
    assert line.spoken == "14:32:07，到场，已作废，作废：误记"
    assert line.below == ("作废：误记",)


def test_the_report_is_told_in_one_breath() -> None:
    row = fault(1, source=Source.PATROL)
    made = detail(row, unit="网信办", caller="值班员", callback="68686833", room="302", device="UPS-1")
    assert report_words(made) == "网信办 值班员，公文交换系统登录缓慢，回电 68686833，302，UPS-1，巡检"
    assert report_words(detail(fault(1))) == "公文交换系统登录缓慢"


def test_what_happened_at_the_site_before_stands_at_the_end() -> None:
    lines = lines_of(detail(fault(1), same_site_30d=1, last_same_site="11-03 软件配置"), NOW)
    assert (lines[-1].title, lines[-1].note) == ("同站点", "30 天内第 2 次，上次 11-03 软件配置")
    assert lines_of(detail(fault(1), same_site_30d=2), NOW)[-1].note == "30 天内第 3 次"


def test_the_time_lines_model_is_sound_and_speaks(qtbot: QtBot) -> None:
    model = TimelineModel()
    tester = QAbstractItemModelTester(model, FATAL)
    made = detail(fault(1), timeline=(entry(K.REPORTED, NOW - 60), entry(K.ASSIGNED, NOW, "刘涛")))
    model.show(lines_of(made, NOW))
    assert model.rowCount() == 2
    assert model.rowCount(model.index(0)) == 0
    assert model.data(model.index(1), DisplayRole) == "14:32:07 派单"
    assert model.data(model.index(1), SpokenRole) == "14:32:07，派单，刘涛"
    assert model.data(model.index(1), TipRole) == "刘涛"
    assert model.data(model.index(1), Qt.ItemDataRole.FontRole) is None
    assert model.data(QModelIndex()) is None
    spy = QSignalSpy(model.modelReset)
    model.show(lines_of(made, NOW))
    assert spy.count() == 0
    tester.deleteLater()


def test_the_time_line_is_as_high_as_its_lines_and_paints_them(qtbot: QtBot, themes: Themes) -> None:
    view = TimelineView(themes)
    qtbot.addWidget(view)
    view.resize(560, 240)
    made = detail(
        fault(1),
        timeline=(
            entry(K.REPORTED, NOW - 90_000, "long " * 40, recorded_at=NOW),
            entry(K.ARRIVED, NOW, "x", original_at=NOW - 60, corrections=("更正：手误",)),
            entry(K.DEPARTED, NOW, voided=True),
        ),
    )
    view.lines.show(lines_of(made, NOW))
    assert view.sizeHint().height() == 3 * LINE_HEIGHT + 2 * BELOW_HEIGHT + 6
    with qtbot.waitExposed(view):
        view.show()
    themes.choose("dark")
    image = view.viewport().grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, 560, 1) for y in range(0, 150, 3)}
    assert themes.current.surface.name() in seen
    assert themes.current.text.name() in seen


def test_the_time_line_is_read_only_until_a_fact_is_to_be_picked(qtbot: QtBot, themes: Themes) -> None:
    view = TimelineView(themes)
    qtbot.addWidget(view)
    view.lines.show(lines_of(detail(fault(1), same_site_30d=1), NOW))
    picked, typed, left = QSignalSpy(view.fact_picked), QSignalSpy(view.typed), QSignalSpy(view.left)
    QTest.keyClick(view, Qt.Key.Key_5)
    view.setCurrentIndex(view.lines.index(0))
    assert (picked.count(), typed.count()) == (0, 0)
    view.setCurrentIndex(QModelIndex())
    view.set_picking(True)
    view.pick_last()
    assert picked.at(0)[0].fact_id
    QTest.keyClick(view, Qt.Key.Key_5)
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert [typed.at(place)[0] for place in range(typed.count())] == ["5", ""]
    assert left.count() == 1
    view.lines.show(())
    view.pick_last()
    assert picked.count() == 1


# ── 时钟 ──


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (running(C.RESPONSE, NOW + 1069), "余 17:49"),
        (running(C.RESPONSE, NOW - 1207), "超 20:07"),
        (breached(C.ARRIVAL, NOW - HOUR, NOW - HOUR + 12 * MINUTE), "迟 12 分"),
        (met(C.RESPONSE, 190), "用时 3 分"),
        (void(C.SAME_DAY), "不计"),
        (unstarted(C.REPAIR_START), "未起算"),
    ],
)
def test_every_clock_has_its_words(clock: object, words: str) -> None:
    assert figure_words(explained(clock), NOW) == words  # type: ignore[arg-type]


def test_a_breach_that_a_false_alarm_ended_counts_no_further() -> None:
    frozen = replace(explained(breached(C.RESPONSE, NOW - 12 * MINUTE)), live=False)
    assert figure_words(frozen, NOW) == figure_words(frozen, NOW + HOUR) == "迟 12 分"


def test_clocks_stand_with_the_worst_first() -> None:
    clocks = [
        unstarted(C.REPAIR_START), void(C.SPECIAL_REPORT), met(C.RESPONSE, 60),
        running(C.SAME_DAY, NOW + HOUR), breached(C.DISPATCH_2D, NOW - 90, NOW), running(C.ARRIVAL, NOW + 60),
        running(C.DISPATCH_5H, NOW - 1),
    ]  # fmt: skip
    ordered = [clock.result.clock for clock in worst_first(map(explained, clocks), NOW)]
    assert ordered == [
        C.DISPATCH_5H, C.ARRIVAL, C.SAME_DAY, C.DISPATCH_2D, C.RESPONSE, C.REPAIR_START, C.SPECIAL_REPORT,
    ]  # fmt: skip


def test_the_list_of_clocks_follows_the_fault(qtbot: QtBot, themes: Themes) -> None:
    clocks = ClockList(themes)
    qtbot.addWidget(clocks)
    many = [
        explained(running(C.RESPONSE, NOW + 60), "因为"),
        explained(met(C.ARRIVAL, 60)),
        explained(void(C.SAME_DAY)),
    ]
    clocks.show_clocks("fault-1", many, 1, NOW, THRESHOLDS)
    clocks.resize(520, 200)
    with qtbot.waitExposed(clocks):
        clocks.show()
    clocks.lines[0].click()
    assert clocks.why(0) == "因为"
    clocks.show_clocks("fault-1", many[:1], 1, NOW, THRESHOLDS)
    assert clocks.why(0) == "因为"
    assert [line.isVisible() for line in clocks.lines] == [True, False, False]
    clocks.show_clocks("fault-2", many[:1], 2, NOW, THRESHOLDS)
    assert clocks.why(0) == ""
    assert clocks.lines[0].accessibleName() == "响应（前次），二.3，余 01:00"
    clocks.tick(NOW + 61)
    themes.choose("dark")
    image = clocks.grab().toImage()
    seen = {image.pixelColor(x, 15).name() for x in range(image.width())}
    assert themes.current.breached_bar.name() in seen


def test_a_line_without_a_clock_paints_nothing(qtbot: QtBot, themes: Themes) -> None:
    line = ClockLine(PaintKit(themes.current, QApplication.font().family()))
    qtbot.addWidget(line)
    assert not line.grab().isNull()


def test_a_focused_clock_is_ringed(qtbot: QtBot, themes: Themes) -> None:
    clocks = ClockList(themes)
    qtbot.addWidget(clocks)
    clocks.show_clocks("fault-1", [explained(met(C.RESPONSE, 5))], 1, NOW, THRESHOLDS)
    clocks.show()
    clocks.activateWindow()
    qtbot.waitUntil(clocks.isActiveWindow)
    clocks.lines[0].setFocus()
    image = clocks.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(30)}
    assert themes.current.accent.name() in seen


def test_figures_keep_their_width_while_they_run(qtbot: QtBot, themes: Themes) -> None:
    kit = PaintKit(themes.current, QApplication.font().family())
    widths = {kit.width(size, figure_text(seconds)) for size in kit.fonts for seconds in range(600, 660)}
    assert len(widths) == len(kit.fonts)
    for seconds in range(5000):
        kit.width(next(iter(kit.fonts)), str(seconds))
    assert len(kit._widths) <= 4001


# ── 站点 ──


def site(name: str, *faults: tuple[str, str, str], zone: Zone = Zone.URBAN) -> SiteRow:
    return SiteRow(name, name, SiteKind.ROOM, zone, "", None, None, False, "", "", faults)


def test_the_model_of_sites_is_sound_and_speaks() -> None:
    model = SiteModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.show((site("宁湖大厦一机房", ("f", "A-0006", "断网")), site("八街", zone=Zone.OUTLYING)))
    assert model.rowCount() == 2
    assert model.rowCount(model.index(0)) == 0
    assert model.data(model.index(0), DisplayRole) == "宁湖大厦一机房"
    assert model.data(model.index(0), SpokenRole) == "宁湖大厦一机房，市区内，在办 1"
    assert model.data(model.index(1), SpokenRole) == "八街，市区外"
    assert model.data(model.index(1), Qt.ItemDataRole.FontRole) is None
    assert model.data(QModelIndex()) is None
    tester.deleteLater()


def test_the_list_of_sites_never_takes_the_focus_and_stays_in_the_window(
    qtbot: QtBot, themes: Themes
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(320, 200)
    under = QWidget(window)
    under.setGeometry(10, 10, 260, 36)
    offered = SiteList(themes, under)
    window.show()
    offered.step(1)
    assert offered.marked is None
    offered.offer(tuple(site(f"{number} 机房", zone=Zone.OUTLYING) for number in range(20)), under)
    assert offered.isVisible()
    assert offered.parentWidget() is window
    assert window.rect().contains(offered.geometry())
    assert offered.view.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert not offered.hasFocus()
    themes.choose("dark")
    assert not offered.grab().isNull()
    offered.offer((), under)
    assert not offered.isVisible()
