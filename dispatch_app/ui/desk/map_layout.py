"""Where markers and labels stand so that each can be read and clicked. Pixels, y downwards; no Qt.

Several rooms of one building share a point, and at a small scale a whole town does: what would cover
one another is spread around its centre, always in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import atan2, cos, floor, hypot, pi, sin

import numpy as np
from numpy.typing import NDArray


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

    `outward` is the angle (radians) that leads away from where it is, None when not spread.
    """

    key: str
    x: float
    y: float
    true_x: float
    true_y: float
    spread: bool
    outward: float | None


_LOOKS = 20
_ROUNDS = 12
_ENOUGH = 0.25
"""Pixels by which two markers may still be too near when the pushing stops."""


def spread(spots: Iterable[Spot], gap: float) -> tuple[Placed, ...]:
    """Place every spot so that no two are nearer than `gap` pixels; the same input gives the same places.

    Spots that stand in one another's way push each other apart, so that west stays west; those on the very
    same point open into a ring in the order of their keys. All others stay where they are.
    """
    ordered = sorted(spots, key=lambda spot: spot.key)
    if not ordered:
        return ()
    places = np.array(
        [_opened(spot, nth, gap) for spot, nth in zip(ordered, _nth_there(ordered), strict=True)]
    )
    # A crowd that fills its ground never comes to rest: past a hundred, near enough is good enough.
    for _look in range(_LOOKS if len(ordered) <= 100 else _LOOKS // 4):
        # Whoever is near now: nobody further off can get in the way before the next look.
        one, other = np.nonzero(np.triu(_distances(places) < 3 * gap, 1))
        if not any(_push_apart(places, one, other, gap) for _round in range(_ROUNDS)):
            break
    return tuple(_placed(spot, float(x), float(y), gap) for spot, (x, y) in zip(ordered, places, strict=True))


def _nth_there(spots: Sequence[Spot]) -> Iterable[int]:
    """For each spot how many before it stand on the very same pixel."""
    there: dict[tuple[int, int], int] = defaultdict(int)
    for spot in spots:
        pixel = (round(spot.x), round(spot.y))
        yield there[pixel]
        there[pixel] += 1


def _opened(spot: Spot, nth: int, gap: float) -> tuple[float, float]:
    """Where the pushing starts: the seeds of a sunflower about a point that several share."""
    turn, radius = nth * pi * (3 - 5**0.5), 0.56 * gap * nth**0.5
    return spot.x + radius * cos(turn), spot.y + radius * sin(turn)


def _distances(places: NDArray[np.float64]) -> NDArray[np.float64]:
    between = places[:, None, :] - places[None, :, :]
    return np.hypot(between[..., 0], between[..., 1])


def _push_apart(
    places: NDArray[np.float64], one: NDArray[np.intp], other: NDArray[np.intp], gap: float
) -> bool:
    """Move every two that are too near apart by half of what is missing. True if any were."""
    between = places[one] - places[other]
    distance = np.hypot(between[:, 0], between[:, 1])
    missing = gap - distance
    near = missing > 0
    if not near.any() or missing[near].max() < _ENOUGH:
        return False
    one, other = one[near], other[near]
    pushed = np.bincount(np.concatenate((one, other)), minlength=len(places))
    # A little over a half, or a crowd closes in on its distances for ever; less where many push at once.
    share = 0.55 / np.sqrt(np.maximum(pushed[one], pushed[other]))
    push = between[near] * (share * missing[near] / np.maximum(distance[near], 1e-9))[:, None]
    np.add.at(places, one, push)
    np.subtract.at(places, other, push)
    return True


def _placed(spot: Spot, x: float, y: float, gap: float) -> Placed:
    across, down = x - spot.x, y - spot.y
    if hypot(across, down) < gap / 20:
        return Placed(spot.key, spot.x, spot.y, spot.x, spot.y, spread=False, outward=None)
    return Placed(spot.key, x, y, spot.x, spot.y, spread=True, outward=atan2(down, across))


@dataclass(frozen=True, slots=True)
class LabelWish:
    """A label that wants to stand by a marker.

    Attributes:
        insistent: It may stand further off, with a line to its marker, rather than not at all.
        outward: The direction (radians) in which there should be room, if there is one.
    """

    key: str
    x: float
    y: float
    width: float
    height: float
    insistent: bool
    outward: float | None = None


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """`leader`: a line from marker to label is needed, the label not standing right beside it."""

    key: str
    box: Box
    leader: bool


def place_labels(
    wishes: Sequence[LabelWish], obstacles: Sequence[Box], bounds: Box, clearance: float
) -> tuple[PlacedLabel, ...]:
    """Give each wish, in order, a place inside `bounds` that covers no obstacle and no label placed before.

    Args:
        clearance: Pixels from the middle of a marker to the edge of its label; a little more than an
            obstacle about a marker is wide on each side.

    Returns:
        The labels that found a place; those that did not are left out.
    """
    taken = _Taken(obstacles)
    placed: list[PlacedLabel] = []
    for wish in wishes:
        for box, leader in _candidates(wish, clearance):
            if bounds.holds(box) and taken.leaves_free(box):
                placed.append(PlacedLabel(wish.key, box, leader))
                taken.add(box)
                break
    return tuple(placed)


class _Taken:
    """Boxes by the cells they touch, so that a question looks at neighbours alone."""

    _CELL = 48.0

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        for cell in self._touched(box):
            self._cells[cell].append(box)

    def leaves_free(self, box: Box) -> bool:
        return not any(
            box.overlaps(other) for cell in self._touched(box) for other in self._cells.get(cell, ())
        )

    def _touched(self, box: Box) -> Iterable[tuple[int, int]]:
        size = self._CELL
        across = range(floor(box.x / size), floor((box.x + box.width) / size) + 1)
        down = range(floor(box.y / size), floor((box.y + box.height) / size) + 1)
        return product(across, down)


_STEPS = 16
_DISTANCES = (1.0, 2.2, 3.4, 5.0, 7.0)


def _candidates(wish: LabelWish, clearance: float) -> Iterable[tuple[Box, bool]]:
    step = None if wish.outward is None else round(wish.outward * _STEPS / (2 * pi)) % _STEPS
    directions = _directions(step)
    for multiple in _DISTANCES if wish.insistent else _DISTANCES[:1]:
        distance = clearance * multiple
        for across, down in directions:
            # The label's nearest point, not its middle, lies on the circle: it grows away from the marker.
            x = wish.x + distance * across - wish.width * (1 - across) / 2
            y = wish.y + distance * down - wish.height * (1 - down) / 2
            yield Box(x, y, wish.width, wish.height), multiple > 1.0


@cache
def _directions(outward: int | None) -> tuple[tuple[float, float], ...]:
    """Sixteen directions around the marker: the outward one first and those most unlike it last; where none
    leads outward, right and left before up and down."""
    if outward is None:
        steps = sorted(range(_STEPS), key=lambda step: min(_apart(step, 0), _apart(step, _STEPS // 2) + 0.5))
    else:
        steps = sorted(range(_STEPS), key=lambda step: _apart(step, outward))
    return tuple((cos(step * 2 * pi / _STEPS), sin(step * 2 * pi / _STEPS)) for step in steps)


def _apart(one: int, other: int) -> int:
    """How many steps lie between two directions, the shorter way round."""
    there = (one - other) % _STEPS
    return min(there, _STEPS - there)


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
