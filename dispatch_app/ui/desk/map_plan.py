"""Everything on the map in pixels for one view of it: computed once a change, painted many times. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot, pi

from dispatch_app.operations.rows import SiteKind
from dispatch_app.ui.desk.map_contents import EngineerMark, SiteMark
from dispatch_app.ui.desk.map_layout import (
    Box,
    LabelWish,
    Placed,
    PlacedLabel,
    Spot,
    place_labels,
    spread,
)

GAP = 18.0
"""Pixels between the middles of two markers: a marker and room to click between."""
REACH = 12.0
"""Pixels around a marker's middle that count as the marker for the mouse."""
BODY = 9.0
"""Pixels around a marker's middle that nothing else may cover."""
CLEARANCE = 11.0
DISC = 22.0
"""Width of an engineer's circle."""
ALL_NAMES_FROM = 40.0
"""Pixels a kilometre from which every site has its name written, not only towns and faults."""
GLYPH_ROOM = 14.0
"""Pixels before a label's words for the glyph of its urgency."""
_MOST_LABELS = 60
"""Nobody reads more at once, and each takes its time to place."""
_LONG_ENOUGH = 2 * (BODY + DISC / 2)
"""Pixels a line must be long to carry a circle that covers neither of its ends."""
_SHARES = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75)


@dataclass(frozen=True, slots=True)
class Viewport:
    """What part of the ground is seen: kilometres east and north at the left upper corner, and the scale."""

    east: float
    north: float
    pixels_per_km: float
    width: float
    height: float

    def to_pixels(self, east: float, north: float) -> tuple[float, float]:
        return (east - self.east) * self.pixels_per_km, (self.north - north) * self.pixels_per_km

    def to_km(self, x: float, y: float) -> tuple[float, float]:
        """Kilometres east and north of the projection's centre."""
        return self.east + x / self.pixels_per_km, self.north - y / self.pixels_per_km


@dataclass(frozen=True, slots=True)
class Disc:
    """An engineer's circle about (`x`, `y`); `route` the dashed line they are on, or empty."""

    mark: EngineerMark
    x: float
    y: float
    route: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Markers in drawing order, circles, labels: all in pixels."""

    places: tuple[Placed, ...]
    marks: Mapping[str, SiteMark]
    discs: tuple[Disc, ...]
    labels: tuple[PlacedLabel, ...]

    def place(self, site_id: str) -> Placed | None:
        return next((place for place in self.places if place.key == site_id), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to plan.

    Attributes:
        places: What `spread_points` says at the viewport's scale.
        reserved: Rectangles in pixels that hold buttons and the scale bar.
        text_width: Width in pixels of a label's text.
    """

    marks: Sequence[SiteMark]
    places: tuple[Placed, ...]
    engineers: Sequence[EngineerMark]
    selected: str
    reserved: tuple[Box, ...]
    text_width: Callable[[str], float]
    text_height: float


def spread_points(points: Mapping[str, tuple[float, float]], pixels_per_km: float) -> tuple[Placed, ...]:
    """Where markers stand at a scale, in pixels about the projection's centre: panning changes nothing.

    Args:
        points: Site id → kilometres east and north, of the sites that have a point.
    """
    spots = [Spot(key, east * pixels_per_km, -north * pixels_per_km) for key, (east, north) in points.items()]
    return spread(spots, GAP)


def make_plan(wanted: Wanted, viewport: Viewport) -> Plan:
    """Put the engineers by the markers and the labels where there is room."""
    marks = {mark.site.id: mark for mark in wanted.marks}
    left, top = viewport.to_pixels(0, 0)
    places = tuple(
        replace(one, x=one.x + left, y=one.y + top, true_x=one.true_x + left, true_y=one.true_y + top)
        for one in wanted.places
    )
    taken = [_around(place.x, place.y, BODY) for place in places]
    taken += wanted.reserved
    bounds = Box(2, 2, viewport.width - 4, viewport.height - 4)
    discs = _discs(wanted.engineers, {place.key: place for place in places}, taken, bounds)
    taken += [_around(disc.x, disc.y, DISC / 2) for disc in discs]
    wishes = _wishes(wanted, marks, places, viewport)
    return Plan(places, marks, discs, place_labels(wishes, taken, bounds, CLEARANCE))


def _around(x: float, y: float, reach: float) -> Box:
    return Box(x - reach, y - reach, 2 * reach, 2 * reach)


def _discs(
    engineers: Sequence[EngineerMark], places: Mapping[str, Placed], taken: Sequence[Box], bounds: Box
) -> tuple[Disc, ...]:
    discs: list[Disc] = []
    for mark in engineers:
        there = places.get(mark.site_id)
        if there is None:
            continue
        obstacles = [*taken, *(_around(disc.x, disc.y, DISC / 2) for disc in discs)]
        origin = places.get(mark.origin_id)
        if origin is not None and hypot(there.x - origin.x, there.y - origin.y) >= _LONG_ENOUGH:
            discs.append(_on_the_way(mark, origin, there, obstacles))
        else:
            discs.append(_beside(mark, origin, there, obstacles, bounds))
    return tuple(discs)


def _on_the_way(mark: EngineerMark, origin: Placed, there: Placed, obstacles: Sequence[Box]) -> Disc:
    """Somewhere on the line, nobody knows where: in the middle, or where nothing lies under it."""
    route = ((origin.x, origin.y), (there.x, there.y))
    points = [
        (origin.x + (there.x - origin.x) * part, origin.y + (there.y - origin.y) * part) for part in _SHARES
    ]
    # Free is best; else what lies under it should lie as far from its middle as can be.
    x, y = max(points, key=lambda point: min(round(_distance(point, box), 1) for box in obstacles))
    return Disc(mark, x, y, route)


def _distance(point: tuple[float, float], box: Box) -> float:
    """From a point to the middle of a box, no more than what keeps a circle off a marker."""
    x, y = point
    return min(hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y), DISC / 2 + BODY)


def _beside(
    mark: EngineerMark, origin: Placed | None, there: Placed, obstacles: Sequence[Box], bounds: Box
) -> Disc:
    """By the marker, on the left where there is room: the label likes the right."""
    outward = pi if there.outward is None else there.outward
    wish = LabelWish(mark.staff_id, there.x, there.y, DISC, DISC, True, outward)
    placed = place_labels([wish], obstacles, bounds, CLEARANCE)
    x, y = there.x - DISC, there.y
    if placed:
        x, y = placed[0].box.x + DISC / 2, placed[0].box.y + DISC / 2
    return Disc(mark, x, y, ((origin.x, origin.y), (x, y)) if origin is not None else ())


def _wishes(
    wanted: Wanted, marks: Mapping[str, SiteMark], places: Sequence[Placed], viewport: Viewport
) -> list[LabelWish]:
    """Labels in the order in which they may take their place: selection, worst faults, towns, the rest."""
    all_names = viewport.pixels_per_km >= ALL_NAMES_FROM
    ranked: list[tuple[tuple[int, int, str], LabelWish]] = []
    for place in places:
        mark = marks[place.key]
        selected = place.key == wanted.selected
        town = mark.site.kind is SiteKind.STREET
        if not (selected or mark.faults or town or all_names):
            continue
        if not (0 <= place.x <= viewport.width and 0 <= place.y <= viewport.height):
            continue
        insistent = selected or bool(mark.faults)
        wish = LabelWish(
            place.key,
            place.x,
            place.y,
            wanted.text_width(mark.words) + 8 + (GLYPH_ROOM if mark.faults else 0),
            wanted.text_height + 2,
            insistent,
            place.outward,
        )
        order = 0 if selected else 1 if mark.faults else 2 if town else 3
        ranked.append(((order, -mark.urgency, place.key), wish))
    return [wish for _order, wish in sorted(ranked, key=lambda one: one[0])][:_MOST_LABELS]


def moved(plan: Plan, site_id: str, x: float, y: float) -> Plan:
    """The plan while a person drags one marker: only that marker goes along, its label stays out."""
    places = tuple(
        replace(place, x=x, y=y, true_x=x, true_y=y, spread=False) if place.key == site_id else place
        for place in plan.places
    )
    labels = tuple(label for label in plan.labels if label.key != site_id)
    return replace(plan, places=places, labels=labels)
