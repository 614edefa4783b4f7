"""The map of a period's faults: what it frames, what lies on what, that hands reach every site."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from dispatch_app.contract.facts import Zone
from dispatch_app.operations.outline import load_outline
from dispatch_app.operations.statistics_rows import Dimension
from dispatch_app.ui.statistics.heat_layout import LEAST_SPAN_KM, Spot, discs_of, frame_of, radius_of
from dispatch_app.ui.statistics.heat_map import NAMED, HeatMap
from dispatch_app.ui.statistics.heat_panel import BY_ITEM, BY_SITE, HeatPanel
from dispatch_app.ui.statistics.statistics_page import StatisticsPage
from dispatch_app.ui.theme.style import contrast
from dispatch_app.ui.theme.theme import Themes
from tests.ui.map.map_rows import site
from tests.ui.pages.conftest import RealDay

Key = Qt.Key
HOUSE = (102.48, 24.92)
SITES = (
    site("a", "甲", HOUSE),
    site("b", "乙", HOUSE),
    site("c", "丙", (102.485, 24.925)),
    replace(site("far", "远", (102.35, 24.7)), zone=Zone.OUTLYING),
    site("lost", "无处"),
)


@pytest.fixture
def city(themes: Themes, qtbot: QtBot) -> HeatMap:
    """Two rooms of one building, a third site in town, one far out, one whose place nobody knows."""
    made = HeatMap(themes)
    qtbot.addWidget(made)
    made.resize(600, 360)
    made.show_outline(load_outline())
    made.show_counts(SITES, {"a": 4, "b": 2, "c": 1, "far": 9, "lost": 3})
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def apart(city: HeatMap) -> list[float]:
    discs = city.discs
    return [
        hypot(one.at[0] - two.at[0], one.at[1] - two.at[1]) - one.radius - two.radius
        for place, one in enumerate(discs)
        for two in discs[place + 1 :]
    ]


def test_no_disc_lies_on_another_even_in_one_building(city: HeatMap) -> None:
    assert len(city.discs) == 4
    assert min(apart(city)) > 0
    assert city.unplaced == 3


def test_everything_with_faults_is_in_the_frame(city: HeatMap) -> None:
    for disc in city.discs:
        assert city.rect().contains(QPointF(*disc.home).toPoint())
        assert disc.radius < disc.at[0] < city.width() - disc.radius
        assert disc.radius < disc.at[1] < city.height() - disc.radius


def test_what_clusters_fills_the_map_and_an_empty_period_shows_the_city(city: HeatMap) -> None:
    assert city._frame is not None
    wide = city._frame.scale
    city.show_counts(SITES, {"a": 4, "c": 1})
    assert city._frame.scale > 2 * wide
    city.show_counts(SITES, {})
    assert (city._frame.scale < wide, city.discs) == (True, ())
    assert city.accessibleDescription() == "没有故障"


def test_a_map_without_outline_or_faults_is_simply_empty(themes: Themes, qtbot: QtBot) -> None:
    bare = HeatMap(themes)
    qtbot.addWidget(bare)
    bare.resize(300, 300)
    assert bare._frame is None
    colours = {bare.grab().toImage().pixel(x, y) for x in range(0, 300, 10) for y in range(0, 300, 10)}
    assert len(colours) == 1
    QTest.keyClick(bare, Key.Key_Return)
    assert bare.current == 0


def test_the_arrows_go_from_the_busiest_on_and_enter_opens(city: HeatMap) -> None:
    spy = QSignalSpy(city.opened)
    city.setFocus()
    QTest.keyClick(city, Key.Key_Return)
    QTest.keyClick(city, Key.Key_Right)
    QTest.keyClick(city, Key.Key_Return)
    QTest.keyClick(city, Key.Key_Up)
    QTest.keyClick(city, Key.Key_Left)
    assert city.accessibleDescription().startswith("现在 丙 1 件；远 9 件")
    QTest.keyClick(city, Key.Key_Space)
    assert [spy.at(place)[0] for place in range(spy.count())] == ["far", "a", "c"]
    city.clearFocus()
    assert city.accessibleDescription().startswith("远 9 件")


def test_a_click_opens_the_disc_and_beside_it_nothing(city: HeatMap) -> None:
    spy = QSignalSpy(city.opened)
    disc = city.discs[1]
    QTest.mouseClick(city, Qt.MouseButton.LeftButton, pos=QPointF(*disc.at).toPoint())
    QTest.mouseClick(city, Qt.MouseButton.RightButton, pos=QPointF(*disc.at).toPoint())
    QTest.mouseClick(city, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert [spy.at(place)[0] for place in range(spy.count())] == ["a"]
    QTest.mouseMove(city, QPointF(*disc.at).toPoint())
    assert city.cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(city, QPoint(2, 2))
    assert city.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_who_rests_on_a_disc_is_told_its_name(city: HeatMap, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, words, _of: told.append(words))
    at = QPointF(*city.discs[0].at).toPoint()
    QApplication.sendEvent(city, QHelpEvent(QEvent.Type.ToolTip, at, city.mapToGlobal(at)))
    assert told == ["远 9 件"]


def test_the_busiest_have_their_names_on_nothing_else(city: HeatMap) -> None:
    names = city._names()
    assert [disc.spot.name for disc, _ in names] == ["远", "甲", "乙"]
    assert len(names) == NAMED
    boxes = [box for _, box in names]
    assert not any(one.intersects(two) for place, one in enumerate(boxes) for two in boxes[place + 1 :])
    city.setFocus()
    QTest.keyClick(city, Key.Key_Left)
    assert [disc.spot.name for disc, _ in city._names()] == ["丙", "远", "甲", "乙"]


def test_a_name_that_fits_nowhere_is_left_out(city: HeatMap) -> None:
    city.show_counts((replace(SITES[0], name="名字很长的机房" * 12), SITES[2]), {"a": 2, "c": 1})
    assert [disc.spot.name for disc, _ in city._names()] == ["丙"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_count_can_be_read_on_its_disc(city: HeatMap, themes: Themes, theme: str) -> None:
    themes.choose(theme)
    assert all(contrast(themes.current.text, city.disc_colour(count)) >= 4.5 for count in range(1, 10))
    assert city.disc_colour(1) != city.disc_colour(9)
    city.setFocus()
    painted = city.grab().toImage()
    x, y = city.discs[0].at
    above = painted.pixel(int(x), int(y - city.discs[0].radius / 1.5))
    assert above == city.disc_colour(9).rgb()
    themes.choose("light")


def test_one_site_alone_is_no_reason_to_show_a_single_street() -> None:
    frame = frame_of([(1.0, 1.0)], 400, 400, 50)
    assert frame.scale == 300 / LEAST_SPAN_KM
    assert frame.place(1.0, 1.0) == (200, 200)


def test_the_area_says_how_many() -> None:
    assert radius_of(9, 9) ** 2 == pytest.approx(radius_of(4, 9) ** 2 * 9 / 4)


def test_too_many_for_the_room_still_stay_on_the_map() -> None:
    spots = [Spot(str(place), str(place), 0.0, 0.0, 5) for place in range(30)]
    discs = discs_of(spots, frame_of([(0.0, 0.0)], 200, 120, 10))
    assert all(disc.radius <= disc.at[0] <= 200 - disc.radius for disc in discs)
    assert all(disc.radius <= disc.at[1] <= 120 - disc.radius for disc in discs)


def test_the_switch_shows_the_sites_of_one_item(page: StatisticsPage, month: RealDay) -> None:
    heat = page.heat
    assert [spot.name for spot in heat.map.spots] == ["市政府大楼机房", "八街街道办事处节点"]
    assert heat.item.isHidden()
    heat.by.button(BY_ITEM).click()
    assert heat.item.isVisible()
    items = [bar.key for bar in page.found.bars[Dimension.ITEM]]  # type: ignore[union-attr]  # the month was read
    assert [heat.item.itemData(place) for place in range(heat.item.count())] == items
    assert [spot.name for spot in heat.map.spots] == ["市政府大楼机房"]
    heat.item.setCurrentIndex(1)
    assert [spot.name for spot in heat.map.spots] == ["八街街道办事处节点"]
    page.picker.picked.emit(page.picker.period)
    month.settle()
    assert heat.item.currentIndex() == 1
    spy = QSignalSpy(page.faults_wanted)
    heat.map.setFocus()
    QTest.keyClick(heat.map, Key.Key_Return)
    month.settle()
    assert spy.at(0)[0].called == "八街街道办事处节点 2024-11-01 至 2024-11-30"
    heat.by.button(BY_SITE).click()
    assert len(heat.map.spots) == 2


def test_faults_of_a_site_without_a_place_are_told_beside_the_map(page: StatisticsPage) -> None:
    assert page.heat.aside.isHidden()
    assert page.found is not None
    page.heat.show_found(page.found, (site("shizhengfu", "无处"),))
    assert page.heat.map.spots == ()
    assert page.heat.aside.text().startswith("另有 2 件的站点没有坐标")
    assert page.heat.aside.isVisible()


def test_before_anything_is_read_the_switch_draws_nothing(themes: Themes, qtbot: QtBot) -> None:
    bare = HeatPanel(themes)
    qtbot.addWidget(bare)
    bare.by.button(BY_ITEM).click()
    assert bare.map.spots == ()
