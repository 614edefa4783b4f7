"""The queue on the screen: ↑ and ↓ choose a fault, every other key is left to the desk."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QTableView, QWidget

from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.desk.queue_delegate import COMPACT_ROW_HEIGHT, ROW_HEIGHT, QueueDelegate
from dispatch_app.ui.desk.queue_model import Column, QueueModel
from dispatch_app.ui.theme.theme import Theme, Themes
from dispatch_app.ui.widgets.cards import EmptyState

Index = QModelIndex | QPersistentModelIndex

NAVIGATION = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
WIDTHS = ((900, (132, 430, 152)), (720, (116, 336, 132)), (0, (100, 240, 118)))
"""(least width of the view, widths of number, clock and engineer); the site takes the rest. Logical px."""


class QueueView(QTableView):
    """Shows a `QueueModel`.

    Signals:
        fault_chosen: id of the fault now selected, or an empty string for none.
    """

    fault_chosen = Signal(object)

    def __init__(self, model: QueueModel, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.queue = model
        self._delegate = QueueDelegate(PaintKit(themes.current, QApplication.font().family()), self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("在办故障")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Letters, digits and space are commands here: an input method would take them for its candidates.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_compact(False)
        self.empty = EmptyState("没有在办故障", "按 F2 接报", parent=self.viewport())
        self.empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        model.modelReset.connect(self._forget)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            signal.connect(self._show_emptiness)
        themes.changed.connect(self._repaint_in)
        self._show_emptiness()

    def set_compact(self, compact: bool) -> None:
        """Lower rows, for a small screen."""
        height = COMPACT_ROW_HEIGHT if compact else ROW_HEIGHT
        self._delegate.row_height = height
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height // 3)

    @property
    def chosen(self) -> str:
        """Id of the fault selected, or an empty string."""
        index = self.currentIndex()
        return self.queue.fault_at(index.row()).id if index.isValid() else ""

    def choose(self, fault_id: str) -> bool:
        """Select a fault. Answers whether it is in hand; the selection stays as it is when it is not."""
        place = self.queue.row_of(fault_id)
        if place is None:
            return False
        self.selectRow(place)
        self.scrollTo(self.queue.index(place, Column.NUMBER))
        return True

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 2 * self._delegate.row_height)

    # ── Qt ──

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self.selectionModel().isRowSelected(current.row()):
            # Qt makes the first row the current one when the focus comes, without marking it.
            self.selectRow(current.row())
        if not current.isValid():
            self.fault_chosen.emit("")
        elif not previous.isValid() or current.row() != previous.row():
            self.fault_chosen.emit(self.queue.fault_at(current.row()).id)

    def dataChanged(self, top: Index, bottom: Index, roles: Sequence[int] = ()) -> None:
        if top.column() != bottom.column() or top.row() == bottom.row():
            super().dataChanged(top, bottom, list(roles))
            return
        # Qt would paint the whole viewport for more than one cell; a second concerns one column of it.
        first, last = self.rowViewportPosition(top.row()), self.rowViewportPosition(bottom.row())
        column = self.columnViewportPosition(top.column())
        height = last + self.rowHeight(bottom.row()) - first
        self.viewport().update(QRect(column, first, self.columnWidth(top.column()), height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Home:
            self.selectRow(0)
        elif event.key() == Qt.Key.Key_End:
            self.selectRow(self.queue.rowCount() - 1)
        elif event.key() in NAVIGATION:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = self.viewport().width()
        number, clock, engineer = next(widths for least, widths in WIDTHS if width >= least)
        header = self.horizontalHeader()
        header.resizeSection(Column.NUMBER, number)
        header.resizeSection(Column.CLOCK, clock)
        header.resizeSection(Column.ENGINEER, engineer)
        header.resizeSection(Column.FAULT, max(1, width - number - clock - engineer))
        self.empty.setGeometry(self.viewport().rect())
        super().resizeEvent(event)

    @Slot()
    def _forget(self) -> None:
        """A reset takes the selection along without a word."""
        self.fault_chosen.emit("")

    @Slot()
    def _show_emptiness(self) -> None:
        self.empty.setVisible(self.queue.rowCount() == 0)

    @Slot(object)
    def _repaint_in(self, theme: Theme) -> None:
        self._delegate.kit = PaintKit(theme, QApplication.font().family())
        self.viewport().update()
