"""Where markers and labels stand so that each can be read and clicked. Pixels, y downwards; no Qt.

Several rooms of one building share a point, and at a small scale a whole town does: what would cover
one another is spread around its centre, always in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, ceil, cos, hypot, pi, sin

_SINGLE_RING = 8
"""Up to so many stand on one ring; more stand on rings inside one another."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its left upper corner."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def holds(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """Something at a true point."""

    key: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a spot is drawn. `true_x`, `true_y` is where it is; `spread` that the two differ.

    `outward` is the angle (radians) that leads away from the others it was spread with.
    """

    key: str
    x: float
    y: float
    true_x: float
    true_y: float
    spread: bool
    outward: float


@dataclass(slots=True)
class _Cluster:
    members: list[Spot]
    x: float
    y: float
    radius: float


def spread(spots: Iterable[Spot], gap: float) -> tuple[Placed, ...]:
    """Place every spot so that no two are nearer than `gap` pixels; the same input gives the same places.

    Spots further apart than `gap` from all others stay where they are.
    """
    clusters = [_Cluster([spot], spot.x, spot.y, 0.0) for spot in sorted(spots, key=lambda spot: spot.key)]
    while _merge_once(clusters, gap):
        pass
    return tuple(placed for cluster in clusters for placed in _arranged(cluster, gap))


def _merge_once(clusters: list[_Cluster], gap: float) -> bool:
    """Join clusters whose discs come nearer than `gap`. True if any were joined."""
    clusters.sort(key=lambda cluster: cluster.x - cluster.radius)
    joined: list[_Cluster] = []
    for cluster in clusters:
        other = next((one for one in joined if _touch(one, cluster, gap)), None)
        if other is None:
            joined.append(cluster)
            continue
        other.members.extend(cluster.members)
        other.x = sum(spot.x for spot in other.members) / len(other.members)
        other.y = sum(spot.y for spot in other.members) / len(other.members)
        other.radius = _rings(len(other.members), gap)[-1][1]
    merged = len(joined) < len(clusters)
    clusters[:] = joined
    return merged


def _touch(one: _Cluster, other: _Cluster, gap: float) -> bool:
    reach = one.radius + other.radius + gap
    across, down = abs(one.x - other.x), abs(one.y - other.y)
    return across < reach and down < reach and hypot(across, down) < reach


def _rings(count: int, gap: float) -> list[tuple[int, float]]:
    """(how many, radius) of each ring for `count` spots, from the inside."""
    if count == 1:
        return [(1, 0.0)]
    if count <= _SINGLE_RING:
        # A chord a little over `gap`, so that rounding never brings neighbours too near.
        return [(count, 1.02 * gap / (2 * sin(pi / count)))]
    rings: list[tuple[int, float]] = []
    left = count
    while left:
        radius = gap * 1.02 * (len(rings) + 1)
        room = int(2 * pi * (len(rings) + 1))
        rings.append((min(left, room), radius))
        left -= rings[-1][0]
    return rings


def _arranged(cluster: _Cluster, gap: float) -> Iterable[Placed]:
    if len(cluster.members) == 1:
        (spot,) = cluster.members
        yield Placed(spot.key, spot.x, spot.y, spot.x, spot.y, spread=False, outward=0.0)
        return
    ordered = sorted(cluster.members, key=lambda spot: (_bearing(spot, cluster), spot.key))
    start = 0
    for count, radius in _rings(len(ordered), gap):
        for place, spot in enumerate(ordered[start : start + count]):
            angle = -pi / 2 + 2 * pi * place / count
            yield Placed(
                spot.key,
                cluster.x + radius * cos(angle),
                cluster.y + radius * sin(angle),
                spot.x,
                spot.y,
                spread=True,
                outward=angle,
            )
        start += count


def _bearing(spot: Spot, cluster: _Cluster) -> float:
    """Angle from the cluster's centre, from the top clockwise; 0 for a spot on the centre itself."""
    across, down = spot.x - cluster.x, spot.y - cluster.y
    if hypot(across, down) < 0.5:
        return 0.0
    return round((atan2(down, across) + pi / 2) % (2 * pi), 3)


@dataclass(frozen=True, slots=True)
class LabelWish:
    """A label that wants to stand by a marker.

    Attributes:
        insistent: It may stand further off, with a line to its marker, rather than not at all.
    """

    key: str
    x: float
    y: float
    width: float
    height: float
    insistent: bool
    outward: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """`leader`: a line from marker to label is needed, the label not standing right beside it."""

    key: str
    box: Box
    leader: bool


def place_labels(
    wishes: Sequence[LabelWish], markers: Sequence[Box], bounds: Box, clearance: float
) -> tuple[PlacedLabel, ...]:
    """Give each wish, in order, a place inside `bounds` that covers no marker and no label placed before.

    Args:
        clearance: Pixels from the middle of a marker to the edge of its label.

    Returns:
        The labels that found a place; those that did not are left out.
    """
    taken: list[Box] = list(markers)
    placed: list[PlacedLabel] = []
    for wish in wishes:
        for box, leader in _candidates(wish, clearance):
            if bounds.holds(box) and not any(box.overlaps(other) for other in taken):
                placed.append(PlacedLabel(wish.key, box, leader))
                taken.append(box)
                break
    return tuple(placed)


_STEPS = 16
_DISTANCES = (1.0, 2.2, 3.4, 5.0, 7.0)


def _candidates(wish: LabelWish, clearance: float) -> Iterable[tuple[Box, bool]]:
    for multiple in _DISTANCES if wish.insistent else _DISTANCES[:1]:
        for angle in _angles(wish.outward):
            distance = clearance * multiple
            # The label's nearest point, not its middle, lies on the circle: it grows away from the marker.
            across, down = cos(angle), sin(angle)
            x = wish.x + distance * across - wish.width * (1 - across) / 2
            y = wish.y + distance * down - wish.height * (1 - down) / 2
            yield Box(x, y, wish.width, wish.height), multiple > 1.0


def _angles(outward: float) -> list[float]:
    """Directions around the marker, the outward one first and those most unlike it last."""
    turns = [0.0]
    for step in range(1, ceil(_STEPS / 2) + 1):
        turns += [step * 2 * pi / _STEPS, -step * 2 * pi / _STEPS]
    return [outward + turn for turn in turns[:_STEPS]]


def nearest(places: Sequence[Placed], x: float, y: float, within: float) -> str:
    """Key of the marker nearest to a point, or an empty string when none is `within` pixels."""
    best, key = within, ""
    for place in places:
        distance = hypot(place.x - x, place.y - y)
        if distance <= best:
            best, key = distance, place.key
    return key


def neighbour(places: Sequence[Placed], key: str, across: int, down: int) -> str:
    """The marker next in a direction (−1, 0 or 1 each way) from another; itself when there is none."""
    here = next((place for place in places if place.key == key), None)
    if here is None:
        return places[0].key if places else ""
    best, found = float("inf"), key
    for place in places:
        ahead = (place.x - here.x) * across + (place.y - here.y) * down
        aside = abs((place.x - here.x) * down) + abs((place.y - here.y) * across)
        # What lies off to the side counts double, and what lies almost square to the direction not at all.
        if ahead > 0 and aside <= 2.5 * ahead and ahead + 2 * aside < best:
            best, found = ahead + 2 * aside, place.key
    return found
