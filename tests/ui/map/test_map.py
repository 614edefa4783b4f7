"""The map on the screen: what is seen, clicked, dragged, typed and read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.operations.changes import Changes
from dispatch_app.operations.outline import load_outline
from dispatch_app.operations.rows import SiteKind, SiteRow, StaffState
from dispatch_app.operations.sites import PlaceSite
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk import map_view
from dispatch_app.ui.desk.map_card import SiteCard
from dispatch_app.ui.desk.map_layout import Placed
from dispatch_app.ui.desk.map_symbols import shape
from dispatch_app.ui.desk.map_view import SHIPPED_THRESHOLDS, SiteMap
from tests.ui.conftest import FRIDAY, StrawDesk, staff_row
from tests.ui.map.map_rows import clock, fault, site

CENTRE = (102.47702, 24.92239)
SITES = (
    site("n1", "宁湖大厦一机房", CENTRE, approximate=True),
    site("n2", "宁湖大厦二机房", CENTRE),
    site("bajie", "八街街道办事处节点", (102.36083, 24.66917), SiteKind.STREET),
    site("lubiao", "禄脿街道办事处节点", (102.26869, 24.97563), SiteKind.STREET),
    site("jinfang", "金方街道办事处节点", None, SiteKind.STREET),
    site("web", "公共网站服务器", None, SiteKind.SERVICE),
    site("fibre", "自有光纤", None, SiteKind.FIBRE),
)
LATE = fault(3, "lubiao", [clock(-1207)], symptom="专网 <断>")
SOON = fault(7, "n1", [clock(759)])
CALM = fault(6, "bajie", [clock(5000)], [("s2", StaffState.ON_SCENE)])
STAFF = (staff_row("s1", "张懿明", 1), staff_row("s2", "刘平", 2))


@pytest.fixture(autouse=True)
def every_move_of_the_mouse_counts() -> Iterator[None]:
    """pyqtgraph drops moves that follow one another within ten milliseconds, as those of a test do."""
    usual = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", -1)
    yield
    pg.setConfigOption("mouseRateLimit", usual)


@pytest.fixture
def site_map(context: UiContext, qtbot: QtBot, settle: Callable[[], None]) -> SiteMap:
    shown = SiteMap(context)
    qtbot.addWidget(shown)
    shown.resize(560, 380)
    shown.show()
    settle()
    shown.set_rows(SITES, (LATE, SOON, CALM), STAFF)
    return shown


def at(site_map: SiteMap, site_id: str) -> QPoint:
    place = place_of(site_map, site_id)
    return QPoint(round(place.x), round(place.y))


def place_of(site_map: SiteMap, site_id: str) -> Placed:
    place = site_map.canvas.plan.place(site_id)
    assert place is not None
    return place


def viewport(site_map: SiteMap):  # type: ignore[no-untyped-def]  # pyqtgraph has no types
    return site_map.focusProxy().viewport()


LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def send_mouse(
    site_map: SiteMap, kind: QEvent.Type, point: QPoint, button: Qt.MouseButton, held: Qt.MouseButton
) -> None:
    """By hand: QTest sends no moves with a button down, and a press too many before a double click."""
    where = viewport(site_map)
    spot = QPointF(where.mapToGlobal(point))
    event = QMouseEvent(kind, QPointF(point), spot, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(where, event)


def drag(site_map: SiteMap, start: QPoint, end: QPoint) -> None:
    send_mouse(site_map, QEvent.Type.MouseMove, start, NONE, NONE)
    send_mouse(site_map, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    for step in range(1, 6):
        send_mouse(site_map, QEvent.Type.MouseMove, start + (end - start) * step / 5, NONE, LEFT)
    send_mouse(site_map, QEvent.Type.MouseButtonRelease, end, LEFT, NONE)


def double_click(site_map: SiteMap, point: QPoint) -> None:
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
        send_mouse(site_map, kind, point, LEFT, LEFT)
        send_mouse(site_map, QEvent.Type.MouseButtonRelease, point, LEFT, NONE)


def labels(site_map: SiteMap) -> set[str]:
    return {label.key for label in site_map.canvas.plan.labels}


def colour_at(site_map: SiteMap, point: QPoint) -> QColor:
    image = site_map.focusProxy().grab().toImage()
    return image.pixelColor(point)


def near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


# ── what is seen ──


def test_every_site_with_a_point_is_on_the_map_and_no_other(site_map: SiteMap) -> None:
    assert {place.key for place in site_map.canvas.plan.places} == {"n1", "n2", "bajie", "lubiao"}


def test_rooms_of_one_building_stand_apart(site_map: SiteMap) -> None:
    one, two = place_of(site_map, "n1"), place_of(site_map, "n2")
    assert abs(one.x - two.x) + abs(one.y - two.y) > 15


def test_sites_with_faults_and_towns_are_labelled(site_map: SiteMap) -> None:
    assert labels(site_map) >= {"lubiao", "n1", "bajie"}


def test_places_nobody_has_put_on_the_map_are_listed_under_it(site_map: SiteMap) -> None:
    text = site_map.findChild(map_view.PlaceStrip).text()
    assert "待定" in text
    assert "金方" in text
    assert "光纤" not in text


def test_a_fault_at_a_site_without_a_point_is_listed_with_its_glyph(site_map: SiteMap) -> None:
    site_map.set_rows(SITES, (fault(9, "web", [clock(-60)]),), STAFF)
    assert "■&nbsp;公共网站服务器&nbsp;+01:00" in site_map.findChild(map_view.PlaceStrip).text()
    site_map.set_now(FRIDAY + 5)
    assert "+01:05" in site_map.findChild(map_view.PlaceStrip).text()


def test_with_every_site_placed_the_line_below_is_gone(site_map: SiteMap) -> None:
    site_map.set_rows(SITES[:4], (), STAFF)
    assert site_map.findChild(map_view.PlaceStrip).isHidden()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_breach_is_red_in_both_themes_and_changes_with_them(
    site_map: SiteMap, context: UiContext, name: str
) -> None:
    context.themes.choose(name)
    beside_the_glyph = at(site_map, "lubiao") + QPoint(-6, 0)
    assert near(colour_at(site_map, beside_the_glyph), context.themes.current.breached_bar)


def test_time_alone_turns_a_marker_red(site_map: SiteMap, context: UiContext) -> None:
    beside_the_glyph = at(site_map, "n1") + QPoint(-6, -6)
    assert near(colour_at(site_map, beside_the_glyph), context.themes.current.soon_bar)
    site_map.set_now(FRIDAY + 760)
    assert near(colour_at(site_map, beside_the_glyph), context.themes.current.breached_bar)


def test_hidden_the_map_only_remembers_the_time(site_map: SiteMap) -> None:
    site_map.hide()
    before = site_map.canvas.plan
    site_map.set_now(FRIDAY + 760)
    assert site_map.canvas.plan is before
    site_map.show()
    assert site_map.canvas.plan.marks["n1"].label.startswith("■")


def test_ticking_figures_do_not_move_the_labels(site_map: SiteMap) -> None:
    before = site_map.canvas.plan.labels
    site_map.set_now(FRIDAY + 1)
    assert site_map.canvas.plan.labels is before
    assert site_map.canvas.plan.marks["lubiao"].figure == "+20:08"


def test_an_engineer_on_the_spot_stands_beside_the_site(site_map: SiteMap) -> None:
    (disc,) = site_map.canvas.plan.discs
    place = place_of(site_map, "bajie")
    assert disc.mark.initial == "刘"
    assert not disc.route
    assert 12 < abs(disc.x - place.x) + abs(disc.y - place.y) < 60


def test_an_engineer_on_the_way_is_on_a_line_from_the_base(site_map: SiteMap) -> None:
    site_map.set_rows(SITES, (fault(6, "bajie", [], [("s2", StaffState.EN_ROUTE)]),), STAFF)
    (disc,) = site_map.canvas.plan.discs
    assert disc.route[1] == (place_of(site_map, "bajie").x, place_of(site_map, "bajie").y)
    assert disc.route[0] == (place_of(site_map, "n1").x, place_of(site_map, "n1").y)
    assert min(disc.route[0][1], disc.route[1][1]) < disc.y < max(disc.route[0][1], disc.route[1][1])


def test_a_short_way_keeps_the_circle_off_both_markers(site_map: SiteMap) -> None:
    site_map.set_rows(SITES, (fault(6, "n2", [], [("s2", StaffState.EN_ROUTE)]),), STAFF)
    (disc,) = site_map.canvas.plan.discs
    for key in ("n1", "n2"):
        place = place_of(site_map, key)
        assert abs(disc.x - place.x) + abs(disc.y - place.y) > 15


def test_who_works_where_there_is_no_point_is_named_below(site_map: SiteMap) -> None:
    site_map.set_rows(SITES, (fault(6, "jinfang", [], [("s1", StaffState.ON_SCENE)]),), STAFF)
    assert not site_map.canvas.plan.discs
    assert "金方&nbsp;张" in site_map.findChild(map_view.PlaceStrip).text()


def test_each_kind_of_site_has_a_shape_of_its_own(site_map: SiteMap) -> None:
    outlines = [shape(kind) for kind in SiteKind]
    assert all(one != other for one, other in combinations(outlines, 2))
    lowest, highest = 10.0, 17.0
    assert all(lowest <= outline.boundingRect().width() <= highest for outline in outlines)


def test_the_legend_opens_over_the_map_and_labels_give_way(site_map: SiteMap) -> None:
    empty = site_map.focusProxy().grab().toImage()
    site_map._legend.click()
    assert site_map.focusProxy().grab().toImage() != empty
    assert site_map.canvas.accents.legend


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


# ── outline, thresholds, end ──


def test_without_the_outline_the_map_still_works_and_says_so(
    context: UiContext, qtbot: QtBot, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_view, "load_outline", partial(load_outline, "no_such_package_of_districts"))
    shown = SiteMap(context)
    qtbot.addWidget(shown)
    shown.resize(560, 380)
    with qtbot.waitSignal(context.executor.refused) as refusal:
        settle()
    assert "边界" in refusal.args[0].error.message
    shown.set_rows(SITES, (), STAFF)
    assert len(shown.canvas.plan.places) == 4


def test_other_thresholds_change_what_is_soon(site_map: SiteMap) -> None:
    patient = {name: map_view.Threshold(10, 5) for name in SHIPPED_THRESHOLDS}
    site_map.set_thresholds(patient)
    assert site_map.canvas.plan.marks["n1"].label.startswith("●")


def test_the_map_is_freed_with_its_window(
    context: UiContext, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    host = QWidget()
    shown = SiteMap(context, host)
    settle()
    gone: list[bool] = []
    shown.destroyed.connect(lambda: gone.append(True))
    host.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))


def test_three_hundred_sites_are_replanned_once_for_many_ticks(
    site_map: SiteMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd: tuple[SiteRow, ...] = tuple(
        site(f"c{i}", f"站点{i}", (102.3 + i % 20 * 0.01, 24.7 + i // 20 * 0.015)) for i in range(300)
    )
    site_map.set_rows(crowd, tuple(fault(i, f"c{i}", [clock(-100)]) for i in range(60)), STAFF)
    first = site_map.canvas.plan
    for second in range(1, 30):
        site_map.set_now(FRIDAY + second)
    assert site_map.canvas.plan.places is first.places
    assert site_map.canvas.plan.labels is first.labels
