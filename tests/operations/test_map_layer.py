"""The customer's own GeoJSON: checked, brought to WGS84, kept in the database, and taken off again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations import map_file
from dispatch_app.operations.datum import Datum, to_gcj02, to_wgs84
from dispatch_app.operations.map_layer import ImportMapLayer, MapLayerRow, RemoveMapLayer
from dispatch_app.operations.travel import distance_km
from tests.operations.scene import Scene

TOWN, VILLAGE = [102.48, 24.92], [102.36, 24.67]


def feature(kind: str, coordinates: Any, name: str | None = None) -> dict[str, Any]:
    properties = {} if name is None else {"name": name}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features: Any, **more: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **more}


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(document: Any, name: str = "fibre.geojson") -> Path:
        path = tmp_path / name
        path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
        return path

    return write


NETWORK = collection(
    feature("LineString", [TOWN, VILLAGE], "八街干线"),
    feature("MultiLineString", [[TOWN, [102.5, 24.95]], [TOWN, [102.4, 24.9]]]),
    feature("Polygon", [[TOWN, VILLAGE, [102.5, 24.8], TOWN]]),
    feature("MultiPolygon", [[[TOWN, VILLAGE, [102.5, 24.8], TOWN]]]),
    feature("Point", [102.3612, 24.6693], "八街街道办"),
    feature("MultiPoint", [[102.49, 24.93], [102.5, 24.93]], "不认识的地方"),
    {"type": "Feature", "properties": None, "geometry": None},
    "not a feature",
)


def test_lines_and_outline_are_kept_and_points_place_the_sites_they_name(scene: Scene, written: Any) -> None:
    path = written(NETWORK)
    preview = scene.queries.preview_map_layer(path, Datum.WGS84)
    assert (preview.lines, preview.outlines) == (3, 2)
    assert preview.sites == ("八街街道办事处节点",)
    assert preview.strangers == ("不认识的地方",)
    assert scene.queries.map_layer() == MapLayerRow()

    changes = scene.do(ImportMapLayer(path, Datum.WGS84, place_sites=True))
    assert changes.message == "已导入自有图层：3 条线路，1 个站点按图定位"
    layer = scene.queries.map_layer()
    assert (layer.name, layer.operator) == ("fibre.geojson", "李鸿兰")
    assert [line.name for line in layer.lines] == ["八街干线", "", ""]
    assert layer.lines[0].points == (tuple(TOWN), tuple(VILLAGE))
    assert len(layer.outline) == 2
    site = next(site for site in scene.queries.sites() if site.id == "bajie")
    assert (site.longitude, site.latitude, site.approximate) == (102.3612, 24.6693, False)


def test_sites_stay_where_they_are_unless_asked(scene: Scene, written: Any) -> None:
    before = scene.queries.sites()
    changes = scene.do(ImportMapLayer(written(NETWORK), Datum.WGS84, place_sites=False))
    assert scene.queries.sites() == before
    assert changes.sites == frozenset()


def test_a_new_layer_replaces_the_former_and_can_be_taken_off(scene: Scene, written: Any) -> None:
    assert scene.do(RemoveMapLayer()).message == ""
    scene.do(ImportMapLayer(written(NETWORK), Datum.WGS84, place_sites=False))
    line = written(feature("LineString", [TOWN, VILLAGE], "新线"), "new.json")
    scene.do(ImportMapLayer(line, Datum.WGS84, place_sites=False))
    assert [one.name for one in scene.queries.map_layer().lines] == ["新线"]
    assert "已移除" in scene.do(RemoveMapLayer()).message
    assert scene.queries.map_layer() == MapLayerRow()


@pytest.mark.parametrize("datum", Datum)
def test_every_datum_ends_on_the_same_ground(datum: Datum) -> None:
    public = to_gcj02((102.48, 24.92))
    # The shift here, from a second source worked out by hand: some hundred metres to the south-east and more.
    assert 0.1 < distance_km(public, (102.48, 24.92)) < 0.8
    given = {
        Datum.WGS84: (102.48, 24.92),
        Datum.GCJ02: public,
        Datum.BD09: bd09(public),
    }[datum]
    assert distance_km(to_wgs84(given, datum), (102.48, 24.92)) < 0.001


def bd09(point: tuple[float, float]) -> tuple[float, float]:
    """The further shift, as its maker gives it."""
    from math import atan2, cos, hypot, pi, sin

    turn = pi * 3000 / 180
    z = hypot(*point) + 0.00002 * sin(point[1] * turn)
    theta = atan2(point[1], point[0]) + 0.000003 * cos(point[0] * turn)
    return z * cos(theta) + 0.0065, z * sin(theta) + 0.006


def test_a_file_in_public_coordinates_is_brought_to_the_ground(scene: Scene, written: Any) -> None:
    shifted = [list(to_gcj02((102.48, 24.92))), list(to_gcj02((102.36, 24.67)))]
    scene.do(ImportMapLayer(written(feature("LineString", shifted)), Datum.GCJ02, place_sites=False))
    (line,) = scene.queries.map_layer().lines
    assert line.points == ((102.48, 24.92), (102.36, 24.67))


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("{", "不是 GeoJSON"),
        ("[]", "不是 GeoJSON"),
        ("[" * 100_000, "不是 GeoJSON"),
        ({"no": "type"}, "不是 GeoJSON"),
        (collection(), "没有线路"),
        ({"type": "FeatureCollection", "features": "x"}, "没有线路"),
        (collection(crs={"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}), "投影坐标"),
        (collection(feature("GeometryCollection", [])), "类型「GeometryCollection」"),
        (collection({"type": "Feature", "geometry": 3}), "类型「None」"),
        (collection(feature("LineString", [TOWN])), "第 1 个要素的坐标读不懂"),
        (collection(feature("LineString", None)), "第 1 个要素的坐标读不懂"),
        (collection(feature("Polygon", 7)), "第 1 个要素的坐标读不懂"),
        (collection(feature("MultiPolygon", [7])), "第 1 个要素的坐标读不懂"),
        (collection(feature("Point", ["a", 1])), "第 1 个要素的坐标读不懂"),
        (collection(feature("Point", [True, 1])), "第 1 个要素的坐标读不懂"),
        (collection(feature("Point", [102.4])), "第 1 个要素的坐标读不懂"),
        ('{"type":"Point","coordinates":[NaN,24.9]}', "第 1 个要素的坐标读不懂"),
        (collection(feature("Point", [24.92, 102.48])), "不在安宁一带"),
        (collection(feature("Point", [116.4, 39.9])), "不在安宁一带"),
    ],
)
def test_what_is_no_usable_file_is_refused_with_what_to_do(
    scene: Scene, written: Any, document: Any, said: str
) -> None:
    with pytest.raises(KnownError, match=said) as refused:
        scene.do(ImportMapLayer(written(document), Datum.WGS84, place_sites=True))
    assert refused.value.remedy
    assert scene.queries.map_layer() == MapLayerRow()


def test_coordinates_the_wrong_way_round_are_named_as_such(written: Any) -> None:
    with pytest.raises(KnownError) as refused:
        map_file.read_map_file(written(feature("Point", [24.92, 102.48])), Datum.WGS84)
    assert "写反" in refused.value.remedy


def test_a_known_crs_is_fine(scene: Scene, written: Any) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    path = written(collection(feature("LineString", [TOWN, VILLAGE]), crs=crs))
    assert scene.queries.preview_map_layer(path, Datum.WGS84).lines == 1


def test_two_points_of_one_name_are_not_guessed_between(scene: Scene, written: Any) -> None:
    path = written(collection(feature("Point", TOWN, "八街"), feature("Point", VILLAGE, "八街街道")))
    with pytest.raises(KnownError, match="八街街道"):
        scene.do(ImportMapLayer(path, Datum.WGS84, place_sites=True))


def test_a_missing_or_huge_file_is_refused(
    tmp_path: Path, written: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KnownError, match="读不出来"):
        map_file.read_map_file(tmp_path / "none.json", Datum.WGS84)
    path = written(NETWORK)
    with monkeypatch.context() as small:
        small.setattr(map_file, "LARGEST_BYTES", 10)
        with pytest.raises(KnownError, match="MB"):
            map_file.read_map_file(path, Datum.WGS84)
    monkeypatch.setattr(map_file, "MOST_POINTS", 3)
    with pytest.raises(KnownError, match="超过 3 个"):
        map_file.read_map_file(path, Datum.WGS84)
