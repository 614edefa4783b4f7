"""Imports a table into a register as the page does, command by command."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from dispatch_app.operations.log_rows import RowFate
from dispatch_app.operations.register_import import (
    AT_ONCE,
    BeginEntries,
    FinishEntries,
    ShowEntries,
    WriteEntries,
)
from dispatch_app.operations.register_import_rows import RegisterPreview
from tests.operations.scene import Scene

HEADINGS = ("标识号", "类型", "品牌", "型号", "站点", "状态", "重要数据")
DEVICE = ("AN-1001", "交换机", "H3C", "S5560", "市政府大楼机房", "在用", "否")
Table = Sequence[Sequence[str]]


def device(label: str, **other: str) -> tuple[str, ...]:
    """A row for `HEADINGS`; `other` by heading."""
    said: Mapping[str, str] = dict(zip(HEADINGS, DEVICE, strict=True)) | {"标识号": label} | other
    return tuple(said[heading] for heading in HEADINGS)


def written(folder: Path, rows: Table, headings: Sequence[str] = HEADINGS) -> Path:
    path = folder / "devices.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def preview(
    scene: Scene, folder: Path, rows: Table, headings: Sequence[str] = HEADINGS, register: str = "devices"
) -> RegisterPreview:
    return scene.queries.preview_register_import(register, written(folder, rows, headings))


def fates(found: RegisterPreview) -> list[tuple[int, RowFate, str]]:
    return [(row.row, row.fate, row.reason) for row in found.rows]


def write(scene: Scene, found: RegisterPreview, import_id: str = "i1") -> str:
    """Everything up to the moment at which the import begins to count."""
    scene.do(
        BeginEntries(import_id, found.register, found.name, found.digest, len(found.entries), found.seen)
    )
    for start in range(0, len(found.entries), AT_ONCE):
        scene.do(WriteEntries(import_id, start, found.entries[start : start + AT_ONCE]))
    return import_id


def show(scene: Scene, import_id: str = "i1") -> None:
    while waiting := scene.queries.waiting_entries(import_id):
        scene.do(ShowEntries(import_id, waiting[:AT_ONCE], last=len(waiting) <= AT_ONCE))


def take_in(scene: Scene, found: RegisterPreview, import_id: str = "i1") -> None:
    write(scene, found, import_id)
    scene.do(FinishEntries(import_id))
    show(scene, import_id)
