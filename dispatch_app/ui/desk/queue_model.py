"""The queue as a table: one row a fault in hand, in the order in which they are to be looked after."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_app.operations.rows import FaultRow
from dispatch_app.ui.desk.queue_face import (
    SPOKEN,
    Face,
    Mark,
    breach_line,
    make_face,
    marks,
    spoken_clock,
    spoken_fault,
)
from dispatch_app.ui.desk.urgency import Thresholds, figure, share
from dispatch_app.ui.desk.words import tip

Index = QModelIndex | QPersistentModelIndex

DisplayRole = Qt.ItemDataRole.DisplayRole
AccessibleTextRole = Qt.ItemDataRole.AccessibleTextRole
ToolTipRole = Qt.ItemDataRole.ToolTipRole
FACE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The row's `Face`: all a delegate needs in one call."""


class Column(IntEnum):
    NUMBER = 0
    FAULT = 1
    CLOCK = 2
    ENGINEER = 3


HEADINGS = ("单号", "站点与现象", "时限", "工程师")


class QueueModel(QAbstractTableModel):
    """Rows sorted by `urgency.queue_key`. Time passes by `tick`, which reads nothing and re-lays nothing."""

    def __init__(
        self, thresholds: Thresholds, amount: Decimal, now: int, parent: QObject | None = None
    ) -> None:
        """`amount`: yuan of one case under 九.2. `now`: epoch seconds UTC."""
        super().__init__(parent)
        self._thresholds = thresholds
        self._amount = amount
        self._now = now
        self._next: int | None = None
        self._faces: list[Face] = []
        self._places: dict[str, int] = {}
        self._suggested: dict[str, str] = {}
        self._marks: dict[str, tuple[int, tuple[Mark, ...]]] = {}

    # ── what Qt asks ──

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._faces)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == DisplayRole:
            return HEADINGS[section]
        return None

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid():
            return None
        face = self._faces[index.row()]
        if role == FACE_ROLE:
            return face
        if role == DisplayRole:
            return self._shown(face, index.column())
        if role == AccessibleTextRole:
            return self._spoken(face, index.column())
        if role == ToolTipRole:
            return self._tip(face, index.column())
        return None

    def _shown(self, face: Face, column: int) -> str:
        if column == Column.NUMBER:
            return face.row.number
        if column == Column.FAULT:
            return face.row.site_name
        if column == Column.CLOCK:
            return "—" if face.binding is None else figure(face.binding, self._now)
        return face.who

    def _spoken(self, face: Face, column: int) -> str:
        if column == Column.NUMBER:
            return f"{face.row.number}，{SPOKEN[face.urgency]}"
        if column == Column.FAULT:
            return spoken_fault(face)
        if column == Column.CLOCK:
            return spoken_clock(face, self._now, self._thresholds, self._amount)
        return "，".join(part for part in (face.who, face.doing) if part)

    def _tip(self, face: Face, column: int) -> str | None:
        if column == Column.FAULT:
            return tip(f"{face.row.site_name}\n{face.row.symptom}")
        if column == Column.CLOCK:
            return spoken_clock(face, self._now, self._thresholds, self._amount).replace("，", "\n")
        return None

    # ── what the delegate asks while painting ──

    def figure(self, face: Face) -> str:
        return "—" if face.binding is None else figure(face.binding, self._now)

    def share(self, face: Face) -> float:
        return 0.0 if face.binding is None else share(face.binding, self._now)

    def marks(self, face: Face) -> tuple[Mark, ...]:
        """The small clocks, worked out once a minute and row: they show no seconds."""
        minute = self._now // 60
        kept = self._marks.get(face.row.id)
        if kept is None or kept[0] != minute:
            kept = (minute, marks(face, self._now, self._thresholds))
            self._marks[face.row.id] = kept
        return kept[1]

    def breach_line(self, face: Face) -> str:
        return breach_line(face, self._now, self._amount)

    # ── what the page asks ──

    def row_of(self, fault_id: str) -> int | None:
        return self._places.get(fault_id)

    def fault(self, fault_id: str) -> FaultRow | None:
        """The row of a fault in hand, or None."""
        place = self._places.get(fault_id)
        return None if place is None else self._faces[place].row

    def fault_at(self, row: int) -> FaultRow:
        return self._faces[row].row

    @property
    def faults(self) -> tuple[FaultRow, ...]:
        """All faults in hand in the order shown."""
        return tuple(face.row for face in self._faces)

    # ── changes ──

    def set_terms(self, thresholds: Thresholds, amount: Decimal) -> None:
        """Take other thresholds or another sum (yuan) into use."""
        self._thresholds, self._amount = thresholds, amount
        self._restate(everything=True)

    def reset(self, rows: Iterable[FaultRow]) -> None:
        """Show these faults and no others."""
        self.beginResetModel()
        self._marks.clear()
        self._faces = sorted((self._face(row) for row in rows if row.open), key=_key)
        self._number()
        self.endResetModel()
        self._look_ahead()

    def apply(self, rows: Iterable[FaultRow]) -> None:
        """Take over rows read again: changed, new or ended ones. Versions older than shown are ignored."""
        for row in rows:
            place = self._places.get(row.id)
            self._marks.pop(row.id, None)
            if place is not None and row.version < self._faces[place].row.version:
                continue
            if place is None:
                if row.open:
                    self._insert(row)
            elif row.open:
                self._faces[place] = self._face(row)
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))
            else:
                self._remove(place)
        self._sort()
        self._look_ahead()

    def set_suggested(self, fault_id: str, name: str) -> None:
        """Remember whom to send to a fault, for its last column. An empty name forgets."""
        if self._suggested.get(fault_id) == name:
            return
        self._suggested[fault_id] = name
        place = self._places.get(fault_id)
        if place is not None:
            self._faces[place] = self._face(self._faces[place].row)
            cell = self.index(place, Column.ENGINEER)
            self.dataChanged.emit(cell, cell)

    def tick(self, now: int) -> bool:
        """Time has passed: paint the clock column again; faces are made anew only when one may differ.

        Returns:
            Whether some clock may have changed its urgency.
        """
        back = now < self._now
        self._now = now
        changed = back or (self._next is not None and now >= self._next)
        if changed:
            self._restate(everything=back)
        if self._faces:
            self.dataChanged.emit(
                self.index(0, Column.CLOCK), self.index(len(self._faces) - 1, Column.CLOCK), [DisplayRole]
            )
        return changed

    # ── inside ──

    def _face(self, row: FaultRow) -> Face:
        return make_face(row, self._now, self._thresholds, self._suggested.get(row.id, ""))

    def _number(self) -> None:
        self._places = {face.row.id: place for place, face in enumerate(self._faces)}

    def _insert(self, row: FaultRow) -> None:
        place = len(self._faces)
        self.beginInsertRows(QModelIndex(), place, place)
        self._faces.append(self._face(row))
        self._places[row.id] = place
        self.endInsertRows()

    def _remove(self, place: int) -> None:
        self.beginRemoveRows(QModelIndex(), place, place)
        gone = self._faces.pop(place)
        self._suggested.pop(gone.row.id, None)
        self._number()
        self.endRemoveRows()

    def _restate(self, *, everything: bool) -> None:
        """Make faces anew: those whose moment has come, or all of them."""
        self._marks.clear()
        for place, face in enumerate(self._faces):
            if everything or (face.changes_at is not None and face.changes_at <= self._now):
                self._faces[place] = self._face(face.row)
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1))
        self._sort()
        self._look_ahead()

    def _look_ahead(self) -> None:
        moments = (face.changes_at for face in self._faces)
        self._next = min((moment for moment in moments if moment is not None), default=None)

    def _sort(self) -> None:
        ordered = sorted(self._faces, key=_key)
        if all(one is other for one, other in zip(ordered, self._faces, strict=True)):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._faces[index.row()].row.id for index in before]
        self._faces = ordered
        self._number()
        after = [
            self.index(self._places[fault_id], index.column())
            for fault_id, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def _key(face: Face) -> tuple[int, int, str]:
    return face.key
