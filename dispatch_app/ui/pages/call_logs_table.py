"""The tables of the page 通话记录: named columns over frozen rows, one tone a row, no widgets in cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from dispatch_app.ui.theme.theme import Themes

Index = QModelIndex | QPersistentModelIndex
DISPLAY = Qt.ItemDataRole.DisplayRole
ROW_HEIGHT = 36

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """`width`: logical pixels, 0 for the one that takes the rest; `role`: of the text's colour."""

    heading: str
    width: int
    text: Callable[[R], str]
    role: Callable[[R], str] = lambda _row: "text"


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows under columns, filtered by a condition."""

    def __init__(self, columns: Sequence[Column[R]], themes: Themes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._themes = themes
        self._all: tuple[R, ...] = ()
        self._shown: list[R] = []
        self._keeps: Callable[[R], bool] = bool
        themes.changed.connect(self._recolour)

    def set_rows(self, rows: Sequence[R]) -> None:
        self._all = tuple(rows)
        self.keep(self._keeps)

    def keep(self, condition: Callable[[R], bool]) -> None:
        """Show the rows a condition holds for."""
        self._keeps = condition
        self.beginResetModel()
        self._shown = [row for row in self._all if condition(row)]
        self.endResetModel()

    def row(self, place: int) -> R:
        return self._shown[place]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role == DISPLAY and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].heading
        return None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._shown[index.row()]
        if role in (DISPLAY, Qt.ItemDataRole.ToolTipRole):
            return column.text(row)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._themes.current.role(column.role(row))
        return None

    @Slot(object)
    def _recolour(self) -> None:
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.ForegroundRole])


class RowsTable(QTableView):
    """Signals:
    row_opened: the row (of the model's kind), double-clicked or taken with Enter.
    """

    row_opened = Signal(object)

    def __init__(self, model: RowsModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(model.columns):
            if column.width:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(place, column.width)
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._rows.row(index.row()))
