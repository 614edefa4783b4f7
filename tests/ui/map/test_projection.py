"""Distances on the map are distances on the ground."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_app.operations.travel import distance_km
from dispatch_app.ui.desk.map_projection import Projection, scale_bar

CITY = Projection(102.40, 24.81)
LONGITUDES = st.floats(102.15, 102.65)
LATITUDES = st.floats(24.5, 25.15)


@given(LONGITUDES, LATITUDES)
def test_there_and_back_is_the_same_point(longitude: float, latitude: float) -> None:
    back = CITY.to_degrees(*CITY.to_km(longitude, latitude))
    assert back == pytest.approx((longitude, latitude), abs=1e-9)


@given(LONGITUDES, LATITUDES, LONGITUDES, LATITUDES)
def test_map_distance_is_the_great_circle_within_half_a_per_cent(
    lon1: float, lat1: float, lon2: float, lat2: float
) -> None:
    (x1, y1), (x2, y2) = CITY.to_km(lon1, lat1), CITY.to_km(lon2, lat2)
    drawn = ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5
    assert drawn == pytest.approx(distance_km((lon1, lat1), (lon2, lat2)), rel=0.005, abs=0.001)


def test_a_degree_east_is_shorter_than_a_degree_north() -> None:
    assert CITY.to_km(103.40, 24.81)[0] == pytest.approx(100.9, abs=0.1)
    assert CITY.to_km(102.40, 25.81)[1] == pytest.approx(111.2, abs=0.1)


@pytest.mark.parametrize(
    ("km_per_pixel", "widest", "text", "pixels"),
    [
        (0.1, 110, "10 km", 100),
        (0.1, 99, "5 km", 50),
        (0.1, 100, "10 km", 100),
        (0.25, 110, "20 km", 80),
        (0.01, 110, "1 km", 100),
        (0.005, 110, "500 m", 100),
        (0.0025, 110, "200 m", 80),
    ],
)
def test_the_scale_bar_is_the_longest_round_length_that_fits(
    km_per_pixel: float, widest: float, text: str, pixels: float
) -> None:
    bar = scale_bar(km_per_pixel, widest)
    assert bar.text == text
    assert bar.pixels == pytest.approx(pixels)
