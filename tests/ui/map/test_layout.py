"""Markers can all be clicked, labels cover nothing, and nothing jumps without a cause."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_app.ui.desk.map_layout import (
    Box,
    LabelWish,
    Placed,
    Spot,
    nearest,
    neighbour,
    place_labels,
    spread,
)

GAP = 18.0
BOUNDS = Box(0, 0, 600, 400)
SPOTS = st.lists(st.tuples(st.floats(0, 200), st.floats(0, 200)), min_size=1, max_size=25).map(
    lambda points: [Spot(f"s{i}", *point) for i, point in enumerate(points)]
)


def separation(places: tuple[Placed, ...]) -> float:
    return min(hypot(a.x - b.x, a.y - b.y) for a, b in combinations(places, 2))


@pytest.mark.parametrize("count", [2, 3, 8, 14])
def test_sites_of_one_building_open_so_that_each_can_be_clicked(count: int) -> None:
    places = spread([Spot(f"room{i}", 100.0, 100.0) for i in range(count)], GAP)
    assert separation(places) > GAP - 1
    assert all(place.spread and (place.true_x, place.true_y) == (100.0, 100.0) for place in places)
    furthest = max(hypot(place.x - 100, place.y - 100) for place in places)
    assert furthest < GAP * count**0.5 + GAP


@given(SPOTS)
def test_the_same_sites_stand_at_the_same_places_in_whatever_order_they_come(spots: list[Spot]) -> None:
    forwards = {place.key: place for place in spread(spots, GAP)}
    backwards = {place.key: place for place in spread(reversed(spots), GAP)}
    assert forwards == backwards


@given(SPOTS)
def test_no_two_markers_cover_one_another(spots: list[Spot]) -> None:
    places = spread(spots, GAP)
    assert len(places) == len(spots)
    assert len(places) == 1 or separation(places) > GAP * 0.8


def test_a_site_with_room_around_it_stays_where_it_is() -> None:
    (alone, *_rest) = spread([Spot("a", 10, 10), Spot("b", 100, 100), Spot("c", 101, 100)], GAP)
    assert alone == Placed("a", 10, 10, 10, 10, spread=False, outward=None)


def test_what_is_pushed_apart_keeps_its_side() -> None:
    west, east = spread([Spot("a-east", 104, 100), Spot("b-west", 100, 100)], GAP)[::-1]
    assert west.x < 100 < 104 < east.x


def test_nothing_to_place_is_nothing_placed() -> None:
    assert spread([], GAP) == ()


def wish(key: str, x: float, y: float, insistent: bool = False, outward: float | None = None) -> LabelWish:
    return LabelWish(key, x, y, 60, 18, insistent, outward)


def test_a_label_with_room_stands_to_the_right_without_a_line() -> None:
    (label,) = place_labels([wish("a", 100, 100)], [], BOUNDS, 11)
    assert label.box == Box(111, 91, 60, 18)
    assert not label.leader


def test_a_label_goes_left_when_the_right_is_taken() -> None:
    (label,) = place_labels([wish("a", 100, 100)], [Box(105, 90, 40, 20)], BOUNDS, 11)
    assert label.box.x + label.box.width < 100


def test_a_label_of_a_spread_marker_stands_outward() -> None:
    (label,) = place_labels([wish("a", 100, 100, outward=-1.5708)], [], BOUNDS, 11)
    assert label.box.y + label.box.height < 100
    assert label.box.x == pytest.approx(70)


def test_an_insistent_label_goes_further_off_with_a_line_and_another_gives_up() -> None:
    wall = [Box(60, 60, 80, 80)]
    insistent, *others = place_labels(
        [wish("a", 100, 100, insistent=True), wish("b", 100, 100)], wall, BOUNDS, 11
    )
    assert insistent.key == "a"
    assert insistent.leader
    assert not others


WISHES = st.lists(
    st.tuples(st.floats(0, 600), st.floats(0, 400), st.booleans()), min_size=1, max_size=30
).map(lambda found: [wish(f"w{i}", x, y, insistent) for i, (x, y, insistent) in enumerate(found)])


@given(WISHES, st.lists(st.tuples(st.floats(0, 580), st.floats(0, 380)), max_size=20))
def test_no_label_covers_a_marker_another_label_or_the_edge(
    wishes: list[LabelWish], corners: list[tuple[float, float]]
) -> None:
    markers = [Box(x, y, 18, 18) for x, y in corners]
    labels = place_labels(wishes, markers, BOUNDS, 11)
    boxes = [label.box for label in labels]
    assert all(BOUNDS.holds(box) for box in boxes)
    assert not any(box.overlaps(marker) for box in boxes for marker in markers)
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def placed(key: str, x: float, y: float) -> Placed:
    return Placed(key, x, y, x, y, spread=False, outward=None)


CROSS = (
    placed("mid", 0, 0),
    placed("e", 30, 4),
    placed("w", -30, 0),
    placed("n", 2, -40),
    placed("s", 0, 25),
)


@pytest.mark.parametrize(("across", "down", "found"), [(1, 0, "e"), (-1, 0, "w"), (0, -1, "n"), (0, 1, "s")])
def test_arrow_keys_find_the_site_in_their_direction(across: int, down: int, found: str) -> None:
    assert neighbour(CROSS, "mid", across, down) == found


def test_an_arrow_key_with_nothing_there_stays() -> None:
    assert neighbour(CROSS, "e", 1, 0) == "e"


def test_an_arrow_key_without_a_place_begins_with_the_first_site() -> None:
    assert neighbour(CROSS, "", 1, 0) == "mid"
    assert neighbour((), "", 1, 0) == ""


def test_the_mouse_finds_the_nearest_marker_within_reach() -> None:
    assert nearest(CROSS, 27, 0, 12) == "e"
    assert nearest(CROSS, 15, 0, 12) == ""
