"""The few moves tests of registers need."""

from __future__ import annotations

from dispatch_app.operations.changes import Changes
from dispatch_app.operations.register_rows import EntryDetail, RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry
from tests.operations.scene import Scene


def add(scene: Scene, register: str, typed: dict[str, str], **other: str) -> str:
    """Id of a new entry."""
    return scene.do(AddEntry(register, typed | other)).created


def detail(scene: Scene, entry_id: str) -> EntryDetail:
    return scene.queries.register_entry(entry_id)


def act(scene: Scene, entry_id: str, action: str, **typed: str) -> Changes:
    """One step of an entry as it stands now."""
    return scene.do(ActOnEntry(entry_id, detail(scene, entry_id).row.version, action, typed))


def view(scene: Scene, register: str, key: str) -> list[str]:
    """Numbers of the entries in a view."""
    page = scene.queries.register_page(register, RegisterFilter(view=key), RegisterSort())
    return [row.number for row in page.rows]
