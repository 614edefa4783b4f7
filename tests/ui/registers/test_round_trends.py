"""The curves of a room: what they show, where a click leads."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.ui.registers.round_plots import RoundPlots
from dispatch_app.ui.registers.rounds_page import RoundsPage
from tests.ui.pages.conftest import RealDay
from tests.ui.registers.rounds_day import (
    ROOM,
    add_round,
)


def test_the_curves_lead_to_the_round_under_the_mouse(rounds_page: RoundsPage, day: RealDay) -> None:
    add_round(day, at="2024-11-01 09:00", temperature="21")
    hot = add_round(day, at="2024-11-20 09:00", temperature="31")
    add_round(day, at="2024-11-21 09:00", site="宁湖大厦二机房")
    rounds_page.show_register("rounds", entry_id=hot)
    day.settle()
    rounds_page.duties.trends_button.click()
    day.settle()
    trends = rounds_page.trends
    assert trends.room.currentText() == ROOM
    plots = trends.plots
    assert isinstance(plots, RoundPlots)
    curve = plots.curves[0]
    assert list(curve.line.getData()[1]) == [21.0, 31.0]
    assert list(curve.wrong.getData()[1]) == [31.0]
    assert curve.band.getRegion() == (18.0, 27.0)
    box = curve.plot.vb
    moment = curve.line.getData()[0][1]
    plots._moved(box.mapViewToScene(QPointF(moment, 25)))
    assert trends.said.text() == "2024-11-20 09:00　温度 31.0 ℃　湿度 45.0 %　电压 220.0 V"
    opened: list[str] = []
    trends.opened.connect(opened.append)
    place = plots.sheet.mapFromScene(box.mapViewToScene(QPointF(moment, 25)))
    QTest.mouseClick(plots.sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [hot]
    assert not trends.isVisible()


def test_the_curves_go_back_as_far_as_asked_and_say_when_there_is_nothing(
    rounds_page: RoundsPage, day: RealDay
) -> None:
    rounds_page.show_trends()
    day.settle()
    assert rounds_page.trends.empty.isVisible()
    add_round(day, at="2023-05-01 09:00")
    rounds_page.show_trends()
    day.settle()
    assert rounds_page.trends.empty.isVisible()
    rounds_page.trends.span.button("0").click()
    day.settle()
    assert rounds_page.trends.plots is not None
    assert rounds_page.trends.plots.isVisible()
    day.context.executor.submit(
        AddEntry(
            "rounds",
            {
                "at": "现在",
                "site": ROOM,
                "who": "刘平",
                "temperature": "20",
                "humidity": "50",
                "voltage": "220",
            },
        ),
        rounds_page,
    )
    day.settle()
    assert len(rounds_page.trends.plots.curves[0].line.getData()[0]) == 2
    day.context.themes.choose("dark")
    assert rounds_page.trends.plots.point_at(0, 10) is None


def test_axis_speaks_of_beijing_days(rounds_page: RoundsPage, day: RealDay) -> None:
    add_round(day)
    rounds_page.show_trends()
    day.settle()
    assert rounds_page.trends.plots is not None
    axis = rounds_page.trends.plots.curves[0].plot.getAxis("bottom")
    at = day.clock.moment
    assert axis.tickStrings([at], 1, 86_400) == ["11-22"]
    assert axis.tickStrings([at], 1, 3_600) == ["14:32"]
    assert axis.tickStrings([at], 1, 86_400 * 30) == ["2024-11"]
