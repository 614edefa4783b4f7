"""Coordinates as maps of this country give them, brought to WGS84.

Public maps here must not carry WGS84: they shift every point by some hundred metres (GCJ-02), and one
maker shifts it once more (BD-09). CGCS2000, the surveyors' datum, differs from WGS84 by centimetres.
"""

from __future__ import annotations

from enum import StrEnum
from math import atan2, cos, hypot, pi, radians, sin, sqrt

Point = tuple[float, float]
"""(longitude, latitude), degrees."""


class Datum(StrEnum):
    """Which coordinates a file is in. `WGS84` also stands for CGCS2000."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


_AXIS_M = 6378245.0
"""Semi-major axis of the ellipsoid the shift is defined on (Krasovsky 1940)."""
_ECCENTRICITY = 0.00669342162296594323
"""Square of its first eccentricity."""
_BD_TURN = pi * 3000 / 180
_STEPS = 4
"""The shift is only given forwards: the way back is found by steps that leave a thousandth of the error."""


def to_wgs84(point: Point, datum: Datum) -> Point:
    """A point of the country in WGS84 degrees, to within a centimetre."""
    if datum is Datum.WGS84:
        return point
    shifted = _without_bd_shift(point) if datum is Datum.BD09 else point
    found = shifted
    for _ in range(_STEPS):
        again = to_gcj02(found)
        found = (found[0] + shifted[0] - again[0], found[1] + shifted[1] - again[1])
    return found


def to_gcj02(point: Point) -> Point:
    """A WGS84 point as public maps of the country show it."""
    longitude, latitude = point
    east, north = longitude - 105.0, latitude - 35.0
    slope = 1 - _ECCENTRICITY * sin(radians(latitude)) ** 2
    degree_north = _AXIS_M * (1 - _ECCENTRICITY) / (slope * sqrt(slope)) * pi / 180
    degree_east = _AXIS_M / sqrt(slope) * cos(radians(latitude)) * pi / 180
    return (
        longitude + _metres_east(east, north) / degree_east,
        latitude + _metres_north(east, north) / degree_north,
    )


def _metres_east(x: float, y: float) -> float:
    plain = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    return plain + _ripples(x) + _waves(x, ((20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30)))


def _metres_north(x: float, y: float) -> float:
    plain = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    return plain + _ripples(x) + _waves(y, ((20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30)))


def _ripples(x: float) -> float:
    return (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0


def _waves(along: float, parts: tuple[tuple[float, float], ...]) -> float:
    return sum(height * sin(along * pi * pace) for height, pace in parts) * 2.0 / 3.0


def _without_bd_shift(point: Point) -> Point:
    x, y = point[0] - 0.0065, point[1] - 0.006
    reach = hypot(x, y) - 0.00002 * sin(y * _BD_TURN)
    turn = atan2(y, x) - 0.000003 * cos(x * _BD_TURN)
    return reach * cos(turn), reach * sin(turn)
