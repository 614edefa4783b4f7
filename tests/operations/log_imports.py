"""Imports a call log as the page does, command by command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dispatch_app.operations.log_import import (
    AT_ONCE,
    BeginImport,
    FinishImport,
    ShowImported,
    WriteImported,
)
from dispatch_app.operations.log_rows import ImportPreview
from tests.operations.call_logs import as_csv
from tests.operations.scene import Scene


def preview(scene: Scene, folder: Path, rows: Sequence[Mapping[str, str]] | str | bytes) -> ImportPreview:
    data = rows if isinstance(rows, str | bytes) else as_csv(rows)
    path = folder / "calls.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return scene.queries.preview_import(path)


def write(scene: Scene, found: ImportPreview, import_id: str = "i1") -> str:
    """Everything up to the moment at which the import begins to count."""
    scene.do(BeginImport(import_id, found.name, found.digest, len(found.faults)))
    for start in range(0, len(found.faults), AT_ONCE):
        scene.do(WriteImported(import_id, found.faults[start : start + AT_ONCE]))
    return import_id


def show(scene: Scene) -> None:
    while faults := scene.queries.waiting_imports():
        scene.do(ShowImported(faults[:AT_ONCE]))


def take_in(
    scene: Scene, folder: Path, rows: Sequence[Mapping[str, str]] | str | bytes, import_id: str = "i1"
) -> ImportPreview:
    """The whole import; the preview it rests on."""
    found = preview(scene, folder, rows)
    scene.do(FinishImport(write(scene, found, import_id)))
    show(scene)
    return found


def fault_ids(scene: Scene) -> dict[str, str]:
    """Number → fault id of everything there is."""
    from sqlalchemy import select

    from dispatch_app.models import Fault

    with scene.database.reader() as session:
        return {row.number: row.id for row in session.execute(select(Fault.number, Fault.id))}
