"""The customer's own layer on the real map: chosen, asked for its datum, drawn, and taken off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from pytestqt.qtbot import QtBot

from dispatch_app.operations.map_layer import MapLayerPreview, MapLayerRow
from dispatch_app.ui.desk.map_frame import PROJECTION
from dispatch_app.ui.desk.map_layer_dialog import MapLayerDialog, preview_words
from dispatch_app.ui.desk.map_view import SiteMap
from tests.ui.map.map_stage import colour_at
from tests.ui.pages.conftest import RealDay

ENDS = [[102.30, 24.80], [102.50, 24.80]]


@pytest.fixture
def layer_file(tmp_path: Path) -> Path:
    path = tmp_path / "fibre.geojson"
    line = {
        "type": "Feature",
        "properties": {"name": "干线"},
        "geometry": {"type": "LineString", "coordinates": ENDS},
    }
    place = {
        "type": "Feature",
        "properties": {"name": "金方街道"},
        "geometry": {"type": "Point", "coordinates": [102.4, 24.7]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [line, place]}), "utf-8")
    return path


@pytest.fixture
def real_map(day: RealDay, qtbot: QtBot) -> Iterator[SiteMap]:
    made = SiteMap(day.context)
    made.resize(560, 380)
    made.show()
    day.settle()
    made.set_rows(day.desk.queries.sites(), (), ())
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def opened(real_map: SiteMap) -> MapLayerDialog:
    real_map._own.click()
    return real_map.findChildren(MapLayerDialog)[-1]


def middle_of_the_line(real_map: SiteMap) -> QPoint:
    x, y = real_map.canvas.viewport.to_pixels(*PROJECTION.to_km(102.40, 24.80))
    return QPoint(round(x), round(y))


def drawn(real_map: SiteMap) -> bool:
    """Whether there is colour where the line's middle must be, a pixel up or down: the ground has none."""
    where = middle_of_the_line(real_map)
    return any(colour_at(real_map, where + QPoint(0, down)).hsvSaturation() > 60 for down in (-1, 0, 1))


def test_a_layer_is_imported_only_after_its_datum_was_said(
    real_map: SiteMap,
    day: RealDay,
    layer_file: Path,
) -> None:
    dialog = opened(real_map)
    dialog.take_path(str(layer_file))
    day.settle()
    assert not dialog.take.isEnabled()
    assert not drawn(real_map)

    dialog.datum.button("wgs84").click()
    day.settle()
    assert "1 条线路" in dialog.what.text()
    assert "金方街道办事处节点" in dialog.what.text()
    dialog.take.click()
    day.settle()

    assert [line.name for line in day.desk.queries.map_layer().lines] == ["干线"]
    placed = next(site for site in day.desk.queries.sites() if site.id == "jinfang")
    assert (placed.longitude, placed.latitude) == (102.4, 24.7)
    real_map._frame.fit()
    assert drawn(real_map)


def test_what_is_on_the_map_is_named_and_can_be_taken_off(
    real_map: SiteMap,
    day: RealDay,
    layer_file: Path,
) -> None:
    dialog = opened(real_map)
    assert not dialog.remove.isVisible()
    dialog.take_path(str(layer_file))
    dialog.datum.button("wgs84").click()
    day.settle()
    dialog.place_sites.setChecked(False)
    dialog.take.click()
    day.settle()

    again = opened(real_map)
    assert "fibre.geojson" in again.now.text()
    again.remove.click()
    day.settle()

    assert day.desk.queries.map_layer() == MapLayerRow()
    assert not drawn(real_map)


def test_a_file_from_elsewhere_is_refused_beside_the_choice(
    real_map: SiteMap,
    day: RealDay,
    tmp_path: Path,
) -> None:
    path = tmp_path / "far.geojson"
    path.write_text('{"type": "Point", "coordinates": [116.4, 39.9]}', "utf-8")
    dialog = opened(real_map)
    dialog.datum.button("gcj02").click()
    dialog.take_path(str(path))
    day.settle()

    assert "不在安宁一带" in dialog.what.text()
    assert not dialog.take.isEnabled()
    assert dialog.isVisible()
    dialog.reject()


def test_many_names_are_shortened() -> None:
    names = tuple(f"站点{number}" for number in range(9))
    words = preview_words(MapLayerPreview(3, 2, names, ("生人",)))
    assert "2 圈边界" in words
    assert "认得的站点 9 个" in words
    assert words.count("站点") == 1 + 6
    assert "生人" in words
