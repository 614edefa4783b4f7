"""The 专报 at the left of their page: what is still to be written first, each with its two-hour clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPointF,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QWidget,
)

from dispatch_app.contract.clocks import ClockName, ClockResult, ClockState
from dispatch_app.contract.facts import Procedure
from dispatch_app.operations.rows import FaultRow, SpecialReportRow
from dispatch_app.ui.desk.beijing import short_moment_text
from dispatch_app.ui.desk.paint_kit import LEFT, NO_PEN, RIGHT, PaintKit, bar_role, text_role
from dispatch_app.ui.desk.row_delegate import Index, RowDelegate
from dispatch_app.ui.desk.urgency import Thresholds, Urgency, figure, urgency
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme, Themes

DisplayRole = Qt.ItemDataRole.DisplayRole
AccessibleTextRole = Qt.ItemDataRole.AccessibleTextRole
ToolTipRole = Qt.ItemDataRole.ToolTipRole
FACE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The item's `Face`."""

ROW_HEIGHT = 64
MISSING = "missing"
STATUS_WORDS = {MISSING: "待起草", "draft": "草稿", "submitted": "已上报", "instructed": "已批示"}
_ORDER = {MISSING: 0, "draft": 0, "submitted": 1, "instructed": 2}


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A 专报, or a fault that still lacks one (`report` None).

    Attributes:
        key: Id of the report, or of the fault where there is none.
    """

    key: str
    fault_id: str
    fault_number: str
    site_name: str
    status: str
    report: SpecialReportRow | None
    clock: ClockResult | None
    at: int

    @property
    def words(self) -> str:
        """`A-0007 草稿`, `A-0007 〔2024〕3号 已上报`."""
        number = self.report.number if self.report is not None else ""
        return " ".join(word for word in (self.fault_number, number, STATUS_WORDS[self.status]) if word)


@dataclass(frozen=True, slots=True)
class Face:
    """An item as it looks now. `time`: time left or over, or when it was submitted."""

    item: ReportItem
    urgency: Urgency
    time: str


def report_items(reports: Iterable[SpecialReportRow], queue: Iterable[FaultRow]) -> tuple[ReportItem, ...]:
    """Drafts and faults without one by the moment their clock runs out, then the submitted, latest first."""
    items = [
        ReportItem(
            row.id,
            row.fault_id,
            row.fault_number,
            row.site_name,
            row.status,
            row,
            row.clock,
            row.submitted_at or row.confirmed_at,
        )
        for row in reports
    ]
    written = {(item.fault_id, item.clock.cycle if item.clock else 0) for item in items}
    for fault in queue:
        clock = _report_clock(fault)
        # A fault opened again needs a report of its own in the new cycle.
        if clock is not None and (fault.id, fault.cycle) not in written:
            item = ReportItem(
                fault.id, fault.id, fault.number, fault.site_name, MISSING, None, clock, fault.reported_at
            )
            items.append(item)
    return tuple(sorted(items, key=_place))


def _report_clock(fault: FaultRow) -> ClockResult | None:
    """The 2 h clock of an open fault whose present cycle was confirmed for a 专报."""
    if not fault.open or fault.procedure is not Procedure.SPECIAL_REPORT:
        return None
    found = (c for c in fault.clocks if c.clock is ClockName.SPECIAL_REPORT and c.cycle == fault.cycle)
    return next(found, None)


def _place(item: ReportItem) -> tuple[int, int, str]:
    group = _ORDER[item.status]
    due = item.clock.due_at if item.clock is not None and item.clock.due_at is not None else item.at
    return (group, due if group == 0 else -item.at, item.fault_number)


class ReportListModel(QAbstractListModel):
    """Items in their order; time passes by `tick`."""

    def __init__(self, now: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[ReportItem, ...] = ()
        self._thresholds: Thresholds = {}
        self._now = now

    @property
    def items(self) -> tuple[ReportItem, ...]:
        return self._items

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == FACE_ROLE:
            return self.face(item)
        if role in (DisplayRole, ToolTipRole):
            return f"{item.site_name} {item.words}"
        if role == AccessibleTextRole:
            face = self.face(item)
            return f"{item.site_name} {item.words} {face.time}"
        return None

    def face(self, item: ReportItem) -> Face:
        """An item as it looks at the present moment."""
        clock = item.clock
        if clock is not None and item.status in (MISSING, "draft"):
            level = urgency(clock, self._now, self._thresholds) if self._thresholds else Urgency.NONE
            if clock.due_at is not None and clock.state is not ClockState.VOID:
                return Face(item, level, figure(clock, self._now))
        return Face(item, Urgency.NONE, short_moment_text(item.at, self._now))

    def show_items(self, items: Sequence[ReportItem], thresholds: Thresholds) -> None:
        """New rows; the list is built anew only if others stand in it or in another order."""
        self._thresholds = thresholds
        if [item.key for item in items] == [item.key for item in self._items]:
            self._items = tuple(items)
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def tick(self, now: int) -> None:
        """Let time pass: only the items whose clock still runs are painted again."""
        self._now = now
        running = [row for row, item in enumerate(self._items) if item.status in (MISSING, "draft")]
        if running:
            first, last = self.index(running[0]), self.index(running[-1])
            self.dataChanged.emit(first, last, [FACE_ROLE, AccessibleTextRole])

    def row_of(self, key: str) -> int:
        """Row of a report or of a fault that lacks one; -1 when it is not in the list."""
        return next((row for row, item in enumerate(self._items) if item.key == key), -1)


class ReportDelegate(RowDelegate):
    """Two lines: the site with its time, and under it number and status."""

    ruled = True

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, *, selected: bool) -> None:
        face, kit = index.data(FACE_ROLE), self.kit
        assert isinstance(face, Face)
        upper, lower = rect.top() + rect.height() * 0.34, rect.top() + rect.height() * 0.70
        if face.urgency is not Urgency.NONE:
            painter.setPen(NO_PEN)
            painter.setBrush(kit.brushes[bar_role(face.urgency)])
            painter.drawRoundedRect(QRectF(rect.left() - 3, rect.top() + 8, 7, rect.height() - 16), 3, 3)
            kit.glyph(painter, QPointF(rect.left() + 20, upper), face.urgency)
        left = rect.left() + (32 if face.urgency is not Urgency.NONE else 16)
        running = face.urgency is not Urgency.NONE
        size = TextSize.SITE if running else TextSize.SMALL
        width = kit.width(size, face.time)
        time = QRectF(rect.right() - 14 - width, upper - 14, width + 2, 28)
        kit.text(painter, time, RIGHT, size, text_role(face.urgency), face.time)
        name = QRectF(left, upper - 13, time.left() - 8 - left, 26)
        kit.text(painter, name, LEFT, TextSize.BODY, "text", face.item.site_name)
        words = QRectF(left, lower - 11, rect.right() - 14 - left, 22)
        kit.text(painter, words, LEFT, TextSize.SMALL, "quiet", face.item.words)


class ReportList(QListView):
    """Signals:
    item_chosen: the `ReportItem` now selected, or None.
    """

    item_chosen = Signal(object)

    def __init__(self, model: ReportListModel, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._family = QApplication.font().family()
        self._delegate = ReportDelegate(PaintKit(themes.current, self._family), ROW_HEIGHT, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("专报列表")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._current_changed)
        themes.changed.connect(self._recolour)

    def choose(self, key: str) -> bool:
        """Select the item of that key; False when it is not in the list."""
        row = self._model.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))
        return row >= 0

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.item_chosen.emit(self._model.items[current.row()] if current.isValid() else None)

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._delegate.kit = PaintKit(theme, self._family)
        self.viewport().update()
