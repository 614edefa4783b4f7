"""From degrees to kilometres and back, so that a distance on the map is a distance on the ground."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, floor, log10, pi, radians

from dispatch_app.operations.travel import EARTH_RADIUS_KM

KM_PER_DEGREE = EARTH_RADIUS_KM * pi / 180
"""Length of one degree along a meridian."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular about a point: the east axis is shortened by the cosine of that point's latitude.

    Over a city 45 km across the error stays under half a per cent.
    """

    longitude: float
    latitude: float

    def to_km(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Kilometres east and north of the centre."""
        east = (longitude - self.longitude) * KM_PER_DEGREE * cos(radians(self.latitude))
        return east, (latitude - self.latitude) * KM_PER_DEGREE

    def to_degrees(self, east: float, north: float) -> tuple[float, float]:
        """(longitude, latitude), WGS84 degrees."""
        longitude = self.longitude + east / (KM_PER_DEGREE * cos(radians(self.latitude)))
        return longitude, self.latitude + north / KM_PER_DEGREE


PROJECTION = Projection(102.40, 24.81)
"""About the middle of the city, WGS84 degrees."""


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """`pixels` is the length of `text` on the screen."""

    text: str
    pixels: float


def scale_bar(km_per_pixel: float, widest: float) -> ScaleBar:
    """The longest bar of 1, 2 or 5 times a power of ten that is no wider than `widest` pixels."""
    longest = km_per_pixel * widest
    power = 10.0 ** floor(log10(longest))
    length = max(step * power for step in (1, 2, 5) if step * power <= longest * (1 + 1e-9))
    text = f"{length:g} km" if length >= 1 else f"{length * 1000:g} m"
    return ScaleBar(text, length / km_per_pixel)
