"""The two tables of a settlement: every sum with its times, and how the standards were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.operations.settlement_rows import AdjustmentRow, PenaltyRow, StandardRow, TallyRow
from dispatch_app.operations.words import PRINTED_CLAUSES
from dispatch_app.ui.desk.beijing import figure_text
from dispatch_app.ui.desk.paint_kit import LEFT, RIGHT, PaintKit, on_row
from dispatch_app.ui.desk.row_delegate import Index, RowDelegate
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme, Themes

DisplayRole = Qt.ItemDataRole.DisplayRole
ToolTipRole = Qt.ItemDataRole.ToolTipRole
TextAlignmentRole = Qt.ItemDataRole.TextAlignmentRole
FACE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The cell's `Face`."""
MARGIN = 12.0
LEAST_COLUMN = 72
_NONE = "—"


@dataclass(frozen=True, slots=True)
class Face:
    """A cell: a line, a quieter one under it, the role of its colour and the side it stands on."""

    upper: str
    lower: str = ""
    role: str = "text"
    right: bool = False

    @property
    def words(self) -> str:
        return f"{self.upper} {self.lower}".rstrip()


@dataclass(frozen=True, slots=True)
class SumLine:
    """One sum of the settlement.

    Attributes:
        fault_id: Empty for claims, which belong to no fault.
        penalty: What may be disputed or waived; None for claims and adjustments.
    """

    fault_id: str
    amount: Decimal
    faces: tuple[Face, ...]
    penalty: PenaltyRow | None = None


def money(amount: Decimal) -> str:
    """`2,000.00`, with a proper minus sign."""
    return f"{amount:,.2f}".replace("-", "−")


def sum_lines(row: TallyRow) -> tuple[SumLine, ...]:
    """Penalties and third-party costs, claims, and what earlier sheets left to adjust."""
    lines = [_penalty_line(one) for one in (*row.penalties, *row.claim_rows)]
    return (*lines, *(_adjustment_line(one) for one in row.adjustments))


def _penalty_line(one: PenaltyRow) -> SumLine:
    started, due = _time(one.started_at), _time(one.at if one.due_at is None else one.due_at)
    actual = _time(one.stopped_at) if one.started_at is not None else _NONE
    late = f"超 {figure_text(one.late_s)}" if one.late_s else ""
    waived = bool(one.waiver)
    said = ("豁免，不计", one.waiver) if waived else ("申辩", one.dispute) if one.dispute else ("", "")
    marks = "、".join((*one.flags, *((one.note,) if one.note else ())))
    faces = (
        Face(one.fault_number or "索赔", one.site_name or marks),
        Face(PRINTED_CLAUSES.get(one.clause, one.clause), f"第 {one.cycle} 次" if one.cycle > 1 else ""),
        Face(due, f"起算 {started}" if one.started_at is not None else ""),
        Face(actual, late),
        Face(
            money(one.amount), "300 元整" if "300" in one.flags else "", "faint" if waived else "text", True
        ),
        Face(*said, "quiet"),
    )
    return SumLine(one.fault_id, one.amount, faces, one if one.fault_id else None)


def _adjustment_line(one: AdjustmentRow) -> SumLine:
    faces = (
        Face(one.fault_number, f"调整 {one.former_number}"),
        Face(PRINTED_CLAUSES.get(one.clause, one.clause), f"第 {one.cycle} 次" if one.cycle > 1 else ""),
        Face(_NONE),
        Face(_NONE),
        Face(money(one.amount), "", "text", True),
        Face("调整", one.reason, "quiet"),
    )
    return SumLine(one.fault_id, one.amount, faces)


def _time(at: int | None) -> str:
    return _NONE if at is None else moment_text(at)[5:]


class FacesModel(QAbstractTableModel):
    """Faces in rows and columns."""

    headings: tuple[str, ...] = ()
    right_from = 99
    """Headings from this column on stand at the right, like the figures under them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._faces: list[tuple[Face, ...]] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._faces)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == DisplayRole:
            return self.headings[section]
        if role == TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._is_right(section) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _is_right(self, section: int) -> bool:
        return section >= self.right_from

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid():
            return None
        face = self._faces[index.row()][index.column()]
        if role == FACE_ROLE:
            return face
        if role in (DisplayRole, ToolTipRole):
            return face.words
        return None

    def _show(self, faces: list[tuple[Face, ...]]) -> None:
        self.beginResetModel()
        self._faces = faces
        self.endResetModel()


class SumModel(FacesModel):
    """The sums; clicking a heading sorts."""

    headings = ("故障", "条款", "应于 / 起算", "实际 / 超出", "金额（元）", "申辩 / 豁免")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[SumLine] = []

    def _is_right(self, section: int) -> bool:
        return self.headings[section].startswith("金额")

    @property
    def lines(self) -> tuple[SumLine, ...]:
        """In the order shown."""
        return tuple(self._lines)

    def show_lines(self, lines: Sequence[SumLine]) -> None:
        self._lines = list(lines)
        self._show([line.faces for line in self._lines])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        def key(line: SumLine) -> tuple[Decimal, str]:
            by_amount = self._is_right(column)
            return (line.amount if by_amount else Decimal(0), line.faces[column].words)

        backwards = order == Qt.SortOrder.DescendingOrder
        self.show_lines(sorted(self._lines, key=key, reverse=backwards))


class StandardModel(FacesModel):
    """How often each standard was kept; these carry no sum."""

    headings = ("标准", "条款", "按时", "超时", "计时中", "不适用", "未起算")
    right_from = 2

    def show_rows(self, rows: Sequence[StandardRow]) -> None:
        self._show([self._row(row) for row in rows])

    def _row(self, row: StandardRow) -> tuple[Face, ...]:
        breached = Face(str(row.breached), "", "breached_text" if row.breached else "faint", True)
        others = [
            Face(str(count), "", "text" if count else "faint", True)
            for count in (row.met, row.running, row.void, row.not_started)
        ]
        return (
            Face(row.title),
            Face(PRINTED_CLAUSES.get(row.clause, row.clause), "", "quiet"),
            others[0],
            breached,
            *others[1:],
        )


class FaceDelegate(RowDelegate):
    """Paints a `Face`: its line, and under it the quieter one."""

    ruled = True

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, *, selected: bool) -> None:
        face, kit = index.data(FACE_ROLE), self.kit
        assert isinstance(face, Face)
        inner = rect.adjusted(MARGIN, 0, -MARGIN, 0)
        flags = RIGHT if face.right else LEFT
        role = on_row(face.role, selected)
        if face.lower:
            upper = QRectF(inner.left(), rect.top() + rect.height() * 0.33 - 11, inner.width(), 22)
            lower = QRectF(inner.left(), rect.top() + rect.height() * 0.70 - 10, inner.width(), 20)
            kit.text(painter, upper, flags, TextSize.QUIET, role, face.upper)
            kit.text(painter, lower, flags, TextSize.SMALL, "quiet", face.lower)
        else:
            kit.text(painter, inner, flags, TextSize.QUIET, role, face.upper)


class FaceTable(QTableView):
    """A quiet table over one of the models.

    Signals:
        row_opened: Row number, double-clicked or taken with Enter.
    """

    row_opened = Signal(object)

    def __init__(
        self,
        model: FacesModel,
        themes: Themes,
        name: str,
        row_height: int,
        widths: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        """`widths`: of each column, logical pixels; 0 for the one that takes the rest."""
        super().__init__(parent)
        self._family = QApplication.font().family()
        self._delegate = FaceDelegate(PaintKit(themes.current, self._family), row_height, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        # The column that takes the rest keeps so much; on a narrow screen the table scrolls instead.
        header.setMinimumSectionSize(LEAST_COLUMN)
        header.setSectionsClickable(isinstance(model, SumModel))
        for column, width in enumerate(widths):
            stretch = QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(column, stretch)
            if width:
                header.resizeSection(column, width)
        self.doubleClicked.connect(self._opened)
        themes.changed.connect(self._recolour)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _opened(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.row())

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._delegate.kit = PaintKit(theme, self._family)
        self.viewport().update()
