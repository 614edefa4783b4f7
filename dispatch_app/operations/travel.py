"""How long the way to a site may take: a straight line, a detour and a speed, mended by the journeys made.

An estimate, and called one wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt
from statistics import median

from dispatch_app.contract.facts import Zone

EARTH_RADIUS_KM = 6371.0
RULE_WEIGHT = 3
"""The rule counts as much as this many journeys: a single odd one moves it little, ten nearly replace it."""
Point = tuple[float, float]
"""(longitude, latitude), WGS84 degrees."""


@dataclass(frozen=True, slots=True)
class TravelRule:
    """The editable figures behind the estimate.

    Attributes:
        speed: km/h by the zone the way leads to.
        detour: Road length over the straight line.
        start: Minutes until someone is on the road.
    """

    speed: dict[Zone, int]
    detour: float
    start: int


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance, km."""
    (lon_a, lat_a), (lon_b, lat_b) = (
        (radians(a[0]), radians(a[1])),
        (radians(b[0]), radians(b[1])),
    )
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h))


def travel_minutes(start: Point, end: Point, zone: Zone, rule: TravelRule) -> int:
    """Minutes from `start` to `end`, rounded up, at the speed of the zone the way leads to."""
    hours = distance_km(start, end) * rule.detour / rule.speed[zone]
    return rule.start + ceil(hours * 60)


def blended_minutes(estimate: int, journeys: Sequence[int]) -> int:
    """The rule's estimate drawn towards the median of journeys really made, all in minutes, rounded up."""
    if not journeys:
        return estimate
    made = len(journeys)
    return ceil((RULE_WEIGHT * estimate + made * median(journeys)) / (RULE_WEIGHT + made))
