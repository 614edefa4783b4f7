"""The time line of one fault: the time that counts, the one first typed, and why it changed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dispatch_app.contract.calls import CALL_WORDS
from dispatch_app.contract.facts import FactKind, Source
from dispatch_app.operations.call_rows import CallRow
from dispatch_app.operations.rows import FaultDetail, TimelineEntry
from dispatch_app.operations.words import FAULT_CAUSES, SOURCE_WORDS
from dispatch_app.ui.desk.beijing import moment_text
from dispatch_app.ui.desk.words import SEPARATOR, tip

Index = QModelIndex | QPersistentModelIndex
DisplayRole = Qt.ItemDataRole.DisplayRole
AccessibleTextRole = Qt.ItemDataRole.AccessibleTextRole
ToolTipRole = Qt.ItemDataRole.ToolTipRole
LINE_ROLE = int(Qt.ItemDataRole.UserRole) + 1

DOUBTFUL = "待核"
"""Recorded while the machine's clock could not be trusted."""
LATE_S = 60
"""Written down this much later than it happened, both times are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is painted. `fact_id` is empty for what is no fact. `below`: lines under it."""

    fact_id: str
    time: str
    title: str
    note: str
    aside: str
    below: tuple[str, ...]
    voided: bool

    @property
    def spoken(self) -> str:
        state = "，已作废" if self.voided else ""
        parts = (self.time, self.title + state, self.note, self.aside, *self.below)
        return "，".join(part for part in parts if part)


def fact_line(entry: TimelineEntry, now: int) -> Line:
    """What the time line says of one fact."""
    below = []
    if entry.at != entry.original_at and not entry.voided:
        below.append(f"原记 {moment_text(entry.original_at, now)}")
    below += entry.corrections
    aside = ""
    if entry.recorded_at - entry.original_at >= LATE_S:
        aside = f"{moment_text(entry.recorded_at, now)} 补记"
    if entry.doubtful:
        aside = SEPARATOR.join(part for part in (aside, DOUBTFUL) if part)
    return Line(
        fact_id=entry.fact_id,
        time=moment_text(entry.at, now),
        title=entry.title,
        note=entry.note,
        aside=aside,
        below=tuple(below),
        voided=entry.voided,
    )


def call_line(row: CallRow, now: int) -> Line:
    """What the time line says of a call about the fault that made no fault of its own."""
    late = row.recorded_at - row.answered_at >= LATE_S
    parts = (
        f"{row.caller} {row.unit}".strip(),
        row.note,
        f"回电 {row.callback}" if row.callback else "",
        f"{moment_text(row.recorded_at, now)} 补记" if late else "",
    )
    return Line(
        fact_id="",
        time=moment_text(row.answered_at, now),
        title=CALL_WORDS[row.kind],
        note="，".join(part for part in parts if part),
        # The line stands among facts on a narrow panel: who called must not give way to a second time.
        aside="",
        below=(),
        voided=False,
    )


def report_words(detail: FaultDetail) -> str:
    """Who called, what is wrong, where to call back: what the call-taker would say of it in one breath."""
    row = detail.row
    who = f"{detail.unit} {detail.caller}".strip()
    parts = [
        who,
        row.symptom,
        f"回电 {detail.callback}" if detail.callback else "",
        detail.room,
        detail.device,
        f"原因 {FAULT_CAUSES[detail.cause]}" if detail.cause else "",
        "" if row.source is Source.CLIENT else SOURCE_WORDS[row.source],
    ]
    return "，".join(part for part in parts if part)


def lines_of(detail: FaultDetail, now: int) -> tuple[Line, ...]:
    """The whole time line, and what else happened at the site lately."""
    lines = [
        replace(fact_line(entry, now), note=report_words(detail))
        if entry.kind is FactKind.REPORTED
        else fact_line(entry, now)
        for entry in detail.timeline
    ]
    moments = [entry.at for entry in detail.timeline]
    for row in reversed(detail.calls):
        # After everything that had happened by then; from behind, so that no place moves.
        lines.insert(bisect_right(moments, row.answered_at), call_line(row, now))
    if detail.same_site_30d:
        last = f"，上次 {detail.last_same_site}" if detail.last_same_site else ""
        note = f"30 天内第 {detail.same_site_30d + 1} 次{last}"
        lines.append(Line("", "—", "同站点", note, "", (), voided=False))
    return tuple(lines)


class TimelineModel(QAbstractListModel):
    """Lines in the order in which things happened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == DisplayRole:
            return f"{line.time} {line.title}"
        if role == AccessibleTextRole:
            return line.spoken
        if role == ToolTipRole:
            return "\n".join(tip(part) for part in (line.note, line.aside, *line.below) if part)
        return None

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show these lines; nothing happens when they are those shown already."""
        if lines != self._lines:
            self.beginResetModel()
            self._lines = lines
            self.endResetModel()

    def line(self, row: int) -> Line:
        return self._lines[row]
