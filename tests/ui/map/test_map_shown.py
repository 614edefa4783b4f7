"""What is seen of the sites, the faults and the people, in both themes and as time passes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.operations.outline import load_outline
from dispatch_app.operations.rows import SiteKind, SiteRow, StaffState
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk import map_view
from dispatch_app.ui.desk.map_symbols import shape
from dispatch_app.ui.desk.map_view import SHIPPED_THRESHOLDS, SiteMap
from tests.ui.conftest import FRIDAY
from tests.ui.map.map_rows import clock, fault, site
from tests.ui.map.map_stage import (
    SITES,
    STAFF,
    at,
    colour_at,
    labels,
    near,
    place_of,
)

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
    site_map.set_rows(SITES, (fault(9, "web", [clock(30)]),), STAFF)
    strip = site_map.findChild(map_view.PlaceStrip)
    in_time = strip.text()
    assert "▲&nbsp;公共网站服务器" in in_time
    # Rich text is dear to lay out: it is not set anew for a second that goes by.
    site_map.set_now(FRIDAY + 5)
    assert strip.text() == in_time
    site_map.set_now(FRIDAY + 31)
    assert "■&nbsp;公共网站服务器" in strip.text()


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
