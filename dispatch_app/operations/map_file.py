"""A customer's own GeoJSON: fibre lines, places and an outline, checked before anything is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.datum import Datum, Point, to_wgs84

LARGEST_BYTES = 20 * 1024 * 1024
MOST_POINTS = 50_000
"""More than this is a survey, not a schematic map, and every repaint would pay for it."""
AROUND = (101.9, 103.1, 24.2, 25.4)
"""West, east, south, north of where the city can be, degrees: what lies outside is a wrong datum or file."""
_KNOWN_CRS = ("CRS84", "4326", "4490")
_LINES = {"LineString": 1, "MultiLineString": 2}
_POINTS = {"Point": 0, "MultiPoint": 1}
_AREAS = {"Polygon": 2, "MultiPolygon": 3}


@dataclass(frozen=True, slots=True)
class MapLine:
    """A line in WGS84 degrees; `name` empty where the file names none."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class MapPoint:
    name: str
    at: Point


@dataclass(frozen=True, slots=True)
class MapFile:
    """What a file holds, in WGS84 degrees. `sha256` of the file's bytes."""

    name: str
    sha256: str
    outline: tuple[tuple[Point, ...], ...]
    lines: tuple[MapLine, ...]
    points: tuple[MapPoint, ...]


def read_map_file(path: Path, datum: Datum) -> MapFile:
    """Read and check a GeoJSON file.

    Args:
        datum: What its coordinates are in; only a person knows.

    Raises:
        KnownError: It cannot be read, is no GeoJSON, is too large, or lies somewhere else.
    """
    data = _bytes_of(path)
    outline: list[tuple[Point, ...]] = []
    lines: list[MapLine] = []
    points: list[MapPoint] = []
    counted = 0
    for number, (name, geometry) in enumerate(_geometries(_document(data)), start=1):
        kind, parts = _parts(geometry, number)
        for part in parts:
            counted += len(part)
            if counted > MOST_POINTS:
                raise KnownError(
                    f"文件里的点超过 {MOST_POINTS} 个", "请先简化线形，站点图只是示意图；分批导入也可以"
                )
            placed = tuple(_placed(point, datum, number) for point in part)
            if kind in _AREAS:
                outline.append(placed)
            elif kind in _LINES:
                lines.append(MapLine(name, placed))
            else:
                points += [MapPoint(name, point) for point in placed]
    if not (outline or lines or points):
        raise KnownError("文件里没有线路、站点或边界", "请检查导出的图层是否选对了")
    return MapFile(path.name, hashlib.sha256(data).hexdigest(), tuple(outline), tuple(lines), tuple(points))


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise KnownError(
                f"文件有 {size / 1048576:.0f} MB，最多 {LARGEST_BYTES // 1048576} MB", "请只导出需要的图层"
            )
        return path.read_bytes()
    except OSError as error:
        raise KnownError(f"{path.name} 读不出来（{error.strerror}）", "检查文件是否还在、能否打开") from error


def _document(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise KnownError("这不是 GeoJSON 文件", "请从地图软件另存为 GeoJSON（UTF-8）后再导入") from error
    if not isinstance(document, dict) or not isinstance(document.get("type"), str):
        raise KnownError("这不是 GeoJSON 文件", "请从地图软件另存为 GeoJSON（UTF-8）后再导入")
    crs = json.dumps(document.get("crs"))
    if document.get("crs") is not None and not any(known in crs for known in _KNOWN_CRS):
        raise KnownError("文件用的是投影坐标", "请另存为经纬度（EPSG:4326 或 4490）后再导入")
    return document


def _geometries(document: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(name, geometry) of each feature; a feature without a geometry has nothing to show."""
    features = document.get("features") if document["type"] == "FeatureCollection" else [document]
    for feature in features if isinstance(features, list) else []:
        if not isinstance(feature, dict):
            continue
        is_feature = feature.get("type") == "Feature"
        geometry = feature.get("geometry") if is_feature else feature
        if geometry is not None:
            yield _name(feature), geometry


def _name(feature: dict[str, Any]) -> str:
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return ""
    found = next((properties[key] for key in ("name", "名称", "Name", "NAME") if key in properties), "")
    return str(found).strip()[:128]


def _parts(geometry: Any, number: int) -> tuple[str, list[Any]]:
    """(kind, lists of points) of a geometry."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    depths = _LINES | _POINTS | _AREAS
    if kind not in depths:
        raise KnownError(
            f"第 {number} 个要素的类型「{kind}」用不上", "站点图收点、线和面；请把别的要素去掉后再导入"
        )
    nested: Any = geometry.get("coordinates")
    for _ in range(1 - depths[kind]):
        nested = [nested]
    parts = [nested]
    for _ in range(depths[kind] - 1):
        if not all(isinstance(part, list) for part in parts):
            raise _unreadable(number)
        parts = [inner for part in parts for inner in part]
    least = 1 if kind in _POINTS else 2
    if not all(isinstance(part, list) and len(part) >= least for part in parts):
        raise _unreadable(number)
    return str(kind), parts


def _placed(point: Any, datum: Datum, number: int) -> Point:
    if not isinstance(point, list) or len(point) < 2 or not all(_is_number(value) for value in point[:2]):
        raise _unreadable(number)
    longitude, latitude = to_wgs84((float(point[0]), float(point[1])), datum)
    if _is_around(longitude, latitude):
        return round(longitude, 6), round(latitude, 6)
    where = f"第 {number} 个要素在 {point[0]}, {point[1]}，不在安宁一带"
    if _is_around(latitude, longitude):
        raise KnownError(where, "经度和纬度像是写反了，GeoJSON 里经度在前")
    raise KnownError(where, "请核对文件是否选对、坐标是不是经纬度")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_around(longitude: float, latitude: float) -> bool:
    west, east, south, north = AROUND
    return west <= longitude <= east and south <= latitude <= north


def _unreadable(number: int) -> KnownError:
    return KnownError(f"第 {number} 个要素的坐标读不懂", "请用地图软件打开核对，再另存为 GeoJSON")
