"""What is clicked, dragged, typed and read aloud on the map."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_app.operations.changes import Changes
from dispatch_app.operations.sites import PlaceSite
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk import map_view
from dispatch_app.ui.desk.map_card import SiteCard
from dispatch_app.ui.desk.map_view import SiteMap
from tests.ui.conftest import StrawDesk
from tests.ui.map.map_rows import site
from tests.ui.map.map_stage import (
    SITES,
    at,
    double_click,
    drag,
    labels,
    place_of,
    viewport,
)

# ── what is clicked ──


def test_a_click_on_a_marker_tells_its_site_and_selects_it(site_map: SiteMap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(site_map.site_clicked) as told:
        qtbot.mouseClick(viewport(site_map), Qt.MouseButton.LeftButton, pos=at(site_map, "n2"))
    assert told.args == ["n2"]
    assert site_map.selected == "n2"
    assert "n2" in labels(site_map)


def test_a_click_beside_every_marker_tells_nothing(site_map: SiteMap, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(site_map.site_clicked):
        qtbot.mouseClick(viewport(site_map), Qt.MouseButton.LeftButton, pos=QPoint(500, 200))
        qtbot.mouseClick(viewport(site_map), Qt.MouseButton.RightButton, pos=at(site_map, "n2"))
    # pyqtgraph would offer to export the picture: positions are confidential.
    assert QApplication.activePopupWidget() is None


def test_a_name_below_the_map_is_clicked_like_a_marker(site_map: SiteMap, qtbot: QtBot) -> None:
    with qtbot.waitSignal(site_map.site_clicked) as told:
        site_map.findChild(map_view.PlaceStrip).linkActivated.emit("jinfang")
    assert told.args == ["jinfang"]


def test_selecting_from_the_desk_tells_nobody_back(site_map: SiteMap, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(site_map.site_clicked):
        site_map.select_site("bajie")
    assert site_map.selected == "bajie"


def test_selecting_a_site_out_of_sight_brings_it_into_view(site_map: SiteMap) -> None:
    site_map.select_site("n1")
    site_map._zoom_in.click()
    assert not 0 <= place_of(site_map, "bajie").y <= 380
    site_map.select_site("bajie")
    place = place_of(site_map, "bajie")
    assert 0 <= place.x <= 560
    assert 0 <= place.y <= 340


def test_without_a_selected_point_there_is_nothing_to_zoom_to(site_map: SiteMap) -> None:
    assert not site_map._zoom_in.isEnabled()
    site_map.select_site("jinfang")
    assert not site_map._zoom_in.isEnabled()


def test_hovering_tells_name_zone_faults_and_people(site_map: SiteMap) -> None:
    card = site_map.findChild(SiteCard)
    assert card.text == ""
    site_map.canvas.pointed.emit("bajie")
    for words in ("八街街道办事处节点", "街道节点", "市区内", "● A-0006", "刘平 在场（A-0006）"):
        assert words in card.text
    site_map.canvas.pointed.emit("lubiao")
    assert "■ A-0003 专网 <断> +20:07" in card.text
    site_map.canvas.pointed.emit("n1")
    assert "位置约略" in card.text
    site_map.canvas.pointed.emit("n2")
    assert "没有在办故障" in card.text
    site_map.canvas.pointed.emit("")
    assert card.text == ""


def test_the_card_of_a_site_stays_inside_the_map(site_map: SiteMap) -> None:
    card = site_map.findChild(SiteCard)
    for corner in (QPoint(0, 0), QPoint(559, 0), QPoint(0, 379), QPoint(559, 379)):
        card.tell("宁湖大厦一机房", ["机房 · 市区内", "没有在办故障"], corner)
        assert site_map.rect().contains(card.geometry())
        assert not card.geometry().contains(corner)


def test_the_mouse_over_a_marker_is_noticed_once(site_map: SiteMap, qtbot: QtBot) -> None:
    told: list[str] = []
    site_map.canvas.pointed.connect(told.append)
    for point in (at(site_map, "lubiao"), at(site_map, "lubiao") + QPoint(2, 2), QPoint(500, 200)):
        qtbot.mouseMove(viewport(site_map), point)
    site_map.canvas.hoverEvent(Leaving())
    assert told[0] == "lubiao"
    assert told.count("lubiao") == 1
    assert told[-1] == ""


class Leaving:
    """pyqtgraph's hover event of a mouse that has left."""

    def isExit(self) -> bool:
        return True


# ── moving about ──


def scale(site_map: SiteMap) -> float:
    return site_map.canvas.viewport.pixels_per_km


def test_the_whole_city_is_in_sight_at_first_and_after_every_resize(site_map: SiteMap) -> None:
    first = scale(site_map)
    site_map.resize(1120, 760)
    assert scale(site_map) > first * 1.7
    for place in site_map.canvas.plan.places:
        assert 0 < place.x < 1120
        assert 0 < place.y < 760


def test_zooming_stops_at_both_ends(site_map: SiteMap, qtbot: QtBot) -> None:
    for _ in range(60):
        qtbot.keyClick(site_map.focusProxy(), Qt.Key.Key_Plus)
    assert scale(site_map) == pytest.approx(400, rel=0.01)
    for _ in range(80):
        qtbot.keyClick(site_map.focusProxy(), Qt.Key.Key_Minus)
    assert 0 < place_of(site_map, "bajie").y < 380
    qtbot.keyClick(site_map.focusProxy(), Qt.Key.Key_0)
    assert scale(site_map) > 3


def test_panning_never_loses_the_city(site_map: SiteMap, qtbot: QtBot) -> None:
    for _ in range(100):
        qtbot.keyClick(site_map.focusProxy(), Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert 0 <= place_of(site_map, "lubiao").x <= 560


def test_distances_stay_true_when_the_view_is_zoomed(site_map: SiteMap, qtbot: QtBot) -> None:
    for _ in range(3):
        qtbot.keyClick(site_map.focusProxy(), Qt.Key.Key_Plus)
    seen = site_map.canvas.viewport
    assert seen.to_km(*seen.to_pixels(1, 0)) == pytest.approx((1, 0))
    (west, north), (east, south) = seen.to_km(0, 0), seen.to_km(seen.width, seen.height)
    assert (east - west) / seen.width == pytest.approx((north - south) / seen.height)


def test_dragging_the_ground_pans_and_a_double_click_shows_everything_again(site_map: SiteMap) -> None:
    before = place_of(site_map, "bajie").x
    drag(site_map, QPoint(450, 250), QPoint(380, 250))
    assert place_of(site_map, "bajie").x == pytest.approx(before - 70, abs=2)
    double_click(site_map, QPoint(500, 250))
    assert place_of(site_map, "bajie").x == pytest.approx(before, abs=2)


def test_panning_moves_no_marker_against_another(site_map: SiteMap, qtbot: QtBot) -> None:
    def between() -> float:
        return place_of(site_map, "n1").x - place_of(site_map, "n2").x

    before = between()
    qtbot.keyClick(site_map.focusProxy(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert between() == pytest.approx(before)


def test_deep_zoom_names_every_site(site_map: SiteMap) -> None:
    assert "n2" not in labels(site_map)
    site_map.select_site("n1")
    site_map._zoom_in.click()
    assert "n2" in labels(site_map)


# ── the keyboard ──


def test_arrow_keys_walk_the_sites_and_enter_selects(site_map: SiteMap, qtbot: QtBot) -> None:
    view = site_map.focusProxy()
    site_map.select_site("bajie")
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert site_map.canvas.accents.cursor
    with qtbot.waitSignal(site_map.site_clicked) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args[0] == site_map.selected != "bajie"


def test_the_map_is_named_and_described_for_a_screen_reader(site_map: SiteMap, qtbot: QtBot) -> None:
    view = site_map.focusProxy()
    assert view.accessibleName() == "站点图"
    assert "7 个站点，3 个有在办故障" in view.accessibleDescription()
    assert "■ 禄脿 +20:07" in view.accessibleDescription()
    site_map.select_site("bajie")
    assert "选中 八街" in view.accessibleDescription()


def test_keys_the_map_does_not_know_go_on_to_the_desk(site_map: SiteMap, qtbot: QtBot) -> None:
    before = site_map.canvas.viewport
    qtbot.keyClick(site_map.focusProxy(), Qt.Key.Key_1)
    qtbot.keyClick(site_map.focusProxy(), Qt.Key.Key_Return)
    assert site_map.canvas.viewport == before
    assert site_map.selected == ""


def test_the_keyboards_mark_goes_with_the_focus(site_map: SiteMap, qtbot: QtBot) -> None:
    view = site_map.focusProxy()
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusIn))
    assert site_map.canvas.accents.focused
    qtbot.keyClick(view, Qt.Key.Key_Up)
    QApplication.sendEvent(view, QFocusEvent(QEvent.Type.FocusOut))
    assert (site_map.canvas.accents.focused, site_map.canvas.accents.cursor) == (False, "")


# ── moving sites ──


def test_locked_sites_cannot_be_dragged(
    site_map: SiteMap, straw: StrawDesk, settle: Callable[[], None]
) -> None:
    drag(site_map, at(site_map, "lubiao"), QPoint(60, 300))
    settle()
    assert not straw.commands


def test_a_dragged_site_is_put_down_where_it_was_let_go(
    site_map: SiteMap, straw: StrawDesk, settle: Callable[[], None]
) -> None:
    site_map._lock.click()
    target = QPoint(200, 250)
    longitude, latitude = map_view.PROJECTION.to_degrees(
        *site_map.canvas.viewport.to_km(target.x(), target.y())
    )
    drag(site_map, at(site_map, "lubiao"), target)
    settle()
    (command,) = straw.commands
    assert isinstance(command, PlaceSite)
    assert command.site_id == "lubiao"
    assert command.longitude == pytest.approx(longitude, abs=0.003)
    assert command.latitude == pytest.approx(latitude, abs=0.003)


def test_a_moved_site_stands_at_its_new_place_once_it_is_kept(
    site_map: SiteMap, straw: StrawDesk, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = tuple(
        site("lubiao", row.name, (102.3, 24.8), row.kind) if row.id == "lubiao" else row for row in SITES
    )
    monkeypatch.setattr(straw.queries, "sites", lambda: moved)
    straw.answer = lambda command: Changes(sites=frozenset({"lubiao"}))
    site_map._lock.click()
    drag(site_map, at(site_map, "lubiao"), QPoint(200, 250))
    settle()
    east, north = map_view.PROJECTION.to_km(102.3, 24.8)
    assert (place_of(site_map, "lubiao").x, place_of(site_map, "lubiao").y) == pytest.approx(
        site_map.canvas.viewport.to_pixels(east, north)
    )


def test_a_refused_move_goes_back_and_says_why(
    site_map: SiteMap, straw: StrawDesk, context: UiContext, settle: Callable[[], None], qtbot: QtBot
) -> None:
    straw.refuse("位置在安宁以外")
    site_map._lock.click()
    before = at(site_map, "lubiao")
    with qtbot.waitSignal(context.messages.shown) as said:
        drag(site_map, before, QPoint(60, 300))
    assert said.args[0].text == "位置在安宁以外"
    assert at(site_map, "lubiao") == before


def test_a_place_not_yet_known_is_put_on_the_map_with_two_clicks(
    site_map: SiteMap, straw: StrawDesk, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    site_map._lock.click()
    strip = site_map.findChild(map_view.PlaceStrip)
    assert "光纤" in strip.text()
    strip.linkActivated.emit("jinfang")
    assert "放置 金方" in strip.text()
    qtbot.mouseClick(viewport(site_map), Qt.MouseButton.LeftButton, pos=QPoint(300, 250))
    settle()
    (command,) = straw.commands
    assert isinstance(command, PlaceSite)
    assert command.site_id == "jinfang"
    assert "放置" not in strip.text()


def test_escape_puts_a_place_back_into_the_list(site_map: SiteMap, straw: StrawDesk, qtbot: QtBot) -> None:
    site_map._lock.click()
    strip = site_map.findChild(map_view.PlaceStrip)
    strip.linkActivated.emit("jinfang")
    qtbot.keyClick(site_map.focusProxy(), Qt.Key.Key_Escape)
    assert "放置" not in strip.text()
    qtbot.mouseClick(viewport(site_map), Qt.MouseButton.LeftButton, pos=QPoint(300, 250))
    assert not straw.commands


def test_locking_again_ends_the_moving(
    site_map: SiteMap, straw: StrawDesk, settle: Callable[[], None]
) -> None:
    site_map._lock.click()
    assert site_map._lock.accessibleName() == "锁定站点"
    site_map._lock.click()
    assert site_map._lock.accessibleName() == "移动站点"
    drag(site_map, at(site_map, "lubiao"), QPoint(60, 300))
    settle()
    assert not straw.commands
