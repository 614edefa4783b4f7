"""Where the discs of the heat map go: on their sites, pushed apart where they would overlap. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

LEAST, MOST = 9.0, 26.0
"""Radius of a disc in logical pixels: of one fault among many, and of the most."""
GAP = 3.0
"""Between two discs. Logical pixels."""
ROUNDS = 60
"""How often discs are pushed apart at most; a city's sites come to rest after some twenty."""
LEAST_SPAN_KM = 3.0
"""A frame is never closer than this: one site alone is no reason to show a single street."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A site with faults. `east`, `north`: kilometres about the map's middle."""

    site_id: str
    name: str
    east: float
    north: float
    count: int


@dataclass(frozen=True, slots=True)
class Disc:
    """A spot as drawn. `at`: middle of the disc. `home`: where the site lies. Logical pixels."""

    spot: Spot
    at: tuple[float, float]
    home: tuple[float, float]
    radius: float


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of the ground is seen: kilometres to logical pixels, north up."""

    middle: tuple[float, float]
    scale: float
    width: float
    height: float

    def place(self, east: float, north: float) -> tuple[float, float]:
        """Where a point of the ground lies on the map."""
        return (
            self.width / 2 + (east - self.middle[0]) * self.scale,
            self.height / 2 - (north - self.middle[1]) * self.scale,
        )


def frame_of(points: Sequence[tuple[float, float]], width: float, height: float, margin: float) -> Frame:
    """The frame that holds these points, one at least, with a margin of logical pixels around them."""
    easts, norths = [point[0] for point in points], [point[1] for point in points]
    wide = max(max(easts) - min(easts), LEAST_SPAN_KM)
    high = max(max(norths) - min(norths), LEAST_SPAN_KM)
    scale = min(max(width - 2 * margin, 1.0) / wide, max(height - 2 * margin, 1.0) / high)
    middle = ((max(easts) + min(easts)) / 2, (max(norths) + min(norths)) / 2)
    return Frame(middle, scale, width, height)


def radius_of(count: int, greatest: int) -> float:
    """The area and not the radius says how many."""
    return max(LEAST, MOST * sqrt(count / greatest))


def discs_of(spots: Sequence[Spot], frame: Frame) -> tuple[Disc, ...]:
    """The discs of these spots in their order, none on another as far as there is room."""
    greatest = max((spot.count for spot in spots), default=1)
    homes = [frame.place(spot.east, spot.north) for spot in spots]
    radii = [radius_of(spot.count, greatest) for spot in spots]
    places = list(homes)
    for _ in range(ROUNDS):
        if not _push(places, radii):
            break
    places = [
        (_within(x, radius, frame.width), _within(y, radius, frame.height))
        for (x, y), radius in zip(places, radii, strict=True)
    ]
    return tuple(map(Disc, spots, places, homes, radii))


def _push(places: list[tuple[float, float]], radii: Sequence[float]) -> bool:
    """Push every two that overlap half the way apart each; whether any did."""
    moved = False
    for one in range(len(places)):
        for other in range(one + 1, len(places)):
            east = places[other][0] - places[one][0]
            south = places[other][1] - places[one][1]
            away = hypot(east, south)
            short = radii[one] + radii[other] + GAP - away
            if short <= 0.01:
                continue
            if away < 0.01:
                # Two rooms of one building: any direction does, as long as it is always the same one.
                east, south, away = cos(other * pi / 4), sin(other * pi / 4), 1.0
            moved = True
            step = (short / 2 * east / away, short / 2 * south / away)
            places[one] = (places[one][0] - step[0], places[one][1] - step[1])
            places[other] = (places[other][0] + step[0], places[other][1] + step[1])
    return moved


def _within(at: float, radius: float, length: float) -> float:
    return min(max(at, radius + 1), max(length - radius - 1, radius + 1))
