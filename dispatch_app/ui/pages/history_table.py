"""The table of all faults: a heading that sorts, columns a person chooses, moves and widens, remembered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QModelIndex, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QMenu, QTableView, QWidget

from dispatch_app.operations.history_columns import COLUMNS
from dispatch_app.operations.history_rows import HistorySort
from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.pages.history_model import HistoryModel
from dispatch_app.ui.pages.tallies_tables import MARGIN
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme, Themes

ROW_HEIGHT = 36
NARROWEST = 48
_MEMORY = "history/columns"
_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class HistoryTable(QTableView):
    """Signals:
    opened: Id of the fault double-clicked or taken with Enter.
    sorted_by: `HistorySort` a person asked for.
    typed: Text typed into the table, which belongs into the filter.
    """

    opened = Signal(object)
    sorted_by = Signal(object)
    typed = Signal(str)

    def __init__(
        self, model: HistoryModel, themes: Themes, memory: LayoutMemory, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._memory = memory
        self._family = QApplication.font().family()
        self._kit = PaintKit(themes.current, self._family)
        self.setModel(model)
        self.setAccessibleName("全部故障")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.menu = QMenu("显示的列", self)
        self._prepare_header()
        self.doubleClicked.connect(self._open)
        themes.changed.connect(self._recolour)

    def _prepare_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(NARROWEST)
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._usual_columns()
        kept = QByteArray.fromBase64(self._memory.text(_MEMORY).encode("ascii", "ignore"))
        if not kept.isEmpty() and header.restoreState(kept) and header.hiddenSectionCount() < len(COLUMNS):
            header.setSortIndicatorShown(True)
        else:
            self._usual_columns()
        for place, column in enumerate(COLUMNS):
            action = QAction(column.heading, self.menu)
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(place))
            action.setData(place)
            self.menu.addAction(action)
        self.menu.addSeparator()
        self._usual = self.menu.addAction("恢复默认的列")
        self.menu.triggered.connect(self._choose_column)
        header.customContextMenuRequested.connect(self._show_menu)
        header.sectionClicked.connect(self._sort)
        header.sectionMoved.connect(self._remember)
        header.sectionResized.connect(self._remember)

    @property
    def sort(self) -> HistorySort:
        """What the heading says the rows are sorted by."""
        header = self.horizontalHeader()
        place = header.sortIndicatorSection()
        column = COLUMNS[place] if 0 <= place < len(COLUMNS) else COLUMNS[1]
        return HistorySort(column.key, header.sortIndicatorOrder() == _DOWN)

    @property
    def chosen(self) -> str:
        """Id of the fault that is selected; empty for none."""
        place = self.currentIndex().row()
        return self._rows.rows[place].fault_id if 0 <= place < len(self._rows.rows) else ""

    def choose(self, fault_id: str) -> None:
        """Select a fault, if it has been read."""
        place = self._rows.row_of(fault_id)
        if place >= 0:
            self.setCurrentIndex(self._rows.index(place, max(self.horizontalHeader().logicalIndex(0), 0)))

    def choose_first(self) -> None:
        """Into the list: select what stands first unless something is selected."""
        if not self.chosen and self._rows.rows:
            self.choose(self._rows.rows[0].fault_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight in one go.

        A delegate would be called for every cell, four hundred of them after every letter typed: asking for
        the cell costs more than painting it.
        """
        painter, area = QPainter(self.viewport()), event.rect()
        columns = self._columns_between(area.left(), area.right())
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first >= 0:
            selected = self.selectionModel()
            for row in range(first, (len(self._rows.rows) - 1 if last < 0 else last) + 1):
                self._paint_row(painter, row, columns, selected.isRowSelected(row, QModelIndex()))
        painter.end()

    def _columns_between(self, left: int, right: int) -> list[tuple[int, QRectF]]:
        """Columns in sight with the room of a text at the top of the viewport."""
        header = self.horizontalHeader()
        found = []
        for column in range(len(COLUMNS)):
            start, width = self.columnViewportPosition(column), self.columnWidth(column)
            if not header.isSectionHidden(column) and start <= right and start + width > left:
                found.append((column, QRectF(start + MARGIN, 0, width - 2 * MARGIN, ROW_HEIGHT)))
        return found

    def _paint_row(
        self, painter: QPainter, row: int, columns: Sequence[tuple[int, QRectF]], selected: bool
    ) -> None:
        kit, faces = self._kit, self._rows.faces(row)
        top, width = self.rowViewportPosition(row), self.viewport().width()
        brush = kit.brushes["selected" if selected else "surface"]
        painter.fillRect(QRectF(0, top, width, ROW_HEIGHT), brush)
        painter.setPen(kit.rule)
        painter.drawLine(QPointF(0, top + ROW_HEIGHT - 0.5), QPointF(width, top + ROW_HEIGHT - 0.5))
        metrics = kit.metrics[TextSize.QUIET]
        base = top + (ROW_HEIGHT + metrics.ascent() - metrics.descent()) / 2
        painter.setFont(kit.fonts[TextSize.QUIET])
        for column, room in columns:
            face, words = faces[column], faces[column].upper
            if not words:
                continue
            wide = kit.width(TextSize.QUIET, words)
            if wide > room.width():
                words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            left = room.right() - wide if face.right and wide <= room.width() else room.left()
            painter.setPen(kit.pens[face.role])
            # At a point: given a rectangle, Qt lays the text out anew every time.
            painter.drawText(QPointF(left, base), words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.chosen:
                self.opened.emit(self.chosen)
        elif text.strip() and text.isprintable() and not event.modifiers() & ~_SHIFT:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def _usual_columns(self) -> None:
        header = self.horizontalHeader()
        for place, column in enumerate(COLUMNS):
            header.moveSection(header.visualIndex(place), place)
            header.setSectionHidden(place, not column.shown)
            header.resizeSection(place, column.width)
        header.setSortIndicator(1, _DOWN)

    @Slot()
    def _sort(self) -> None:
        """A first click sorts upwards, the next one downwards; Qt has turned the arrow already."""
        self._remember()
        self.sorted_by.emit(self.sort)

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        self.menu.popup(self.horizontalHeader().mapToGlobal(at))

    @Slot(QAction)
    def _choose_column(self, action: QAction) -> None:
        header = self.horizontalHeader()
        if action is self._usual:
            self._usual_columns()
            self.sorted_by.emit(self.sort)
        elif action.isChecked() or header.hiddenSectionCount() < len(COLUMNS) - 1:
            header.setSectionHidden(action.data(), not action.isChecked())
            if action.isChecked() and header.sectionSize(action.data()) < NARROWEST:
                header.resizeSection(action.data(), COLUMNS[action.data()].width)
        for each in self.menu.actions():
            if each.isCheckable():
                each.setChecked(not header.isSectionHidden(each.data()))
        self._remember()

    @Slot()
    def _remember(self) -> None:
        state = self.horizontalHeader().saveState().toBase64()
        self._memory.keep(_MEMORY, bytes(state.data()).decode("ascii"))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.rows[index.row()].fault_id)

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._kit = PaintKit(theme, self._family)
        self.viewport().update()


_SHIFT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
