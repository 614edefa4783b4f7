"""The customer's own layer of the site map: confidential (附二), so only the encrypted database has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import DeskEvent, Site
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.datum import Datum, Point
from dispatch_app.operations.job import Job
from dispatch_app.operations.map_file import MapFile, MapLine, read_map_file
from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.sites import PlaceSite, place_site

SUBJECT = "map"
LAYER = "layer"
IMPORTED, REMOVED = "imported", "removed"


@dataclass(frozen=True, slots=True)
class ImportMapLayer:
    """Take over a GeoJSON file; it replaces the layer before it, which stays on record.

    `place_sites`: points named like a site give that site its place.
    """

    path: Path
    datum: Datum
    place_sites: bool


@dataclass(frozen=True, slots=True)
class RemoveMapLayer:
    """Show the shipped outline alone again; sites stay where they are."""


@dataclass(frozen=True, slots=True)
class MapLayerRow:
    """The layer in force, WGS84 degrees. `name` of the file it came from, empty for no layer."""

    name: str = ""
    imported_at: int = 0
    operator: str = ""
    outline: tuple[tuple[Point, ...], ...] = ()
    lines: tuple[MapLine, ...] = ()


@dataclass(frozen=True, slots=True)
class MapLayerPreview:
    """What an import would do.

    Attributes:
        sites: Names of the sites that would get a place.
        strangers: Names of points that are no site of the desk.
    """

    lines: int
    outlines: int
    sites: tuple[str, ...]
    strangers: tuple[str, ...]


def import_map_layer(job: Job, command: ImportMapLayer) -> Changes:
    """Keep the layer, and place the sites it names.

    Raises:
        KnownError: The file cannot be used.
    """
    file = read_map_file(command.path, command.datum)
    payload = {
        "name": file.name,
        "sha256": file.sha256,
        "datum": command.datum.value,
        "outline": file.outline,
        "lines": [{"name": line.name, "points": line.points} for line in file.lines],
    }
    created = job.work.append_desk_fact(SUBJECT, LAYER, IMPORTED, payload)
    matched = _matched(job.session, file) if command.place_sites else {}
    for site_id, (longitude, latitude) in matched.items():
        place_site(job, PlaceSite(site_id, longitude, latitude))
    placed = f"，{len(matched)} 个站点按图定位" if matched else ""
    return Changes(
        sites=frozenset(matched),
        settings=frozenset({SUBJECT}),
        message=f"已导入自有图层：{len(file.lines)} 条线路{placed}",
        created=created,
    )


def remove_map_layer(job: Job, _command: RemoveMapLayer) -> Changes:
    """Take the layer off the map; without one nothing happens."""
    if not map_layer(job.session).name:
        return Changes()
    job.work.append_desk_fact(SUBJECT, LAYER, REMOVED, {})
    return Changes(settings=frozenset({SUBJECT}), message="已移除自有图层，站点位置不变")


def map_layer(session: Session) -> MapLayerRow:
    """The layer in force; one statement."""
    last = session.scalar(
        select(DeskEvent).where(DeskEvent.subject == SUBJECT).order_by(DeskEvent.seq.desc()).limit(1)
    )
    if last is None or last.kind == REMOVED:
        return MapLayerRow()
    says = json.loads(last.payload)
    return MapLayerRow(
        name=says["name"],
        imported_at=last.recorded_at,
        operator=last.operator_name,
        outline=tuple(_points(ring) for ring in says["outline"]),
        lines=tuple(MapLine(line["name"], _points(line["points"])) for line in says["lines"]),
    )


def preview_map_layer(session: Session, path: Path, datum: Datum) -> MapLayerPreview:
    """What an import of the file would do. Raises KnownError as the import would."""
    file = read_map_file(path, datum)
    names = {site.id: site.name for site in session.scalars(select(Site))}
    matched = _matched(session, file)
    known = _known(session)
    return MapLayerPreview(
        lines=len(file.lines),
        outlines=len(file.outline),
        sites=tuple(sorted(names[site_id] for site_id in matched)),
        strangers=tuple(
            dict.fromkeys(point.name or "（无名）" for point in file.points if fold(point.name) not in known)
        ),
    )


def _matched(session: Session, file: MapFile) -> Mapping[str, Point]:
    """Site id → its place by the file; of two points with one name nobody knows which is meant.

    Raises:
        KnownError: A site is named by two points.
    """
    known = _known(session)
    found: dict[str, Point] = {}
    for point in file.points:
        site_id = known.get(fold(point.name))
        if site_id is None:
            continue
        if found.setdefault(site_id, point.at) != point.at:
            raise KnownError(f"文件里有两个点叫「{point.name}」", "请只留一个，或改名后再导入")
    return found


def _known(session: Session) -> dict[str, str]:
    """Folded name or alias → site id. Aliases are kept among the spellings."""
    found: dict[str, str] = {}
    for site in session.scalars(select(Site).order_by(Site.name)):
        for name in (*site.pinyin.split(), fold(site.name)):
            if not name.isascii():
                found.setdefault(name, site.id)
    return found


def _points(raw: Iterable[Iterable[float]]) -> tuple[Point, ...]:
    return tuple((longitude, latitude) for longitude, latitude in raw)
