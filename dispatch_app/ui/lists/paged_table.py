"""A long list: a heading that sorts, columns a person chooses, moves and widens, remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QByteArray,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    QRectF,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QHeaderView, QMenu, QTableView, QWidget

from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.lists.paged_model import Index, PagedModel
from dispatch_app.ui.pages.tallies_tables import MARGIN
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme, Themes

ROW_HEIGHT = 36
NARROWEST = 48
_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@dataclass(frozen=True, slots=True)
class Order:
    """What a heading says the rows are sorted by. `column`: its key."""

    column: str
    descending: bool = False


class PagedTable(QTableView):
    """A quiet table over a paged model.

    Args:
        name: What a screen reader calls it.
        memory_key: Where columns, their order and the sort are remembered.
        usual: The order until somebody chooses another.
        several: More than one row can be selected, with Shift and Ctrl.

    Signals:
        opened: Id of what was double-clicked or taken with Enter.
        chosen_changed: Id of what is selected now; empty for nothing.
        sorted_by: `Order` a person asked for.
        typed: Text typed into the table, which belongs into the filter.
    """

    opened = Signal(object)
    chosen_changed = Signal(object)
    sorted_by = Signal(object)
    typed = Signal(str)

    def __init__(
        self,
        model: PagedModel,
        themes: Themes,
        memory: LayoutMemory,
        name: str,
        memory_key: str,
        usual: Order,
        parent: QWidget | None = None,
        *,
        several: bool = False,
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._columns = model.columns
        self._memory = memory
        self._memory_key = memory_key
        self._usual_order = usual
        self._family = QApplication.font().family()
        self._kit = PaintKit(themes.current, self._family)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
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
        kept = QByteArray.fromBase64(self._memory.text(self._memory_key).encode("ascii", "ignore"))
        if (
            not kept.isEmpty()
            and header.restoreState(kept)
            and header.hiddenSectionCount() < len(self._columns)
        ):
            header.setSortIndicatorShown(True)
        else:
            self._usual_columns()
        for place, column in enumerate(self._columns):
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
    def sort(self) -> Order:
        """What the heading says the rows are sorted by."""
        header = self.horizontalHeader()
        place = header.sortIndicatorSection()
        if not 0 <= place < len(self._columns):
            return self._usual_order
        return Order(self._columns[place].key, header.sortIndicatorOrder() == _DOWN)

    @property
    def chosen(self) -> str:
        """Id of what is selected; empty for nothing."""
        return self._rows.opens(self.currentIndex().row())

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of all that is selected, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._rows.opens(row) for row in rows)

    def choose(self, wanted: str) -> None:
        """Select what an id stands for, if it has been read."""
        place = self._rows.row_of(wanted)
        if place >= 0:
            index = self._rows.index(place, max(self.horizontalHeader().logicalIndex(0), 0))
            # Not by the view's own way, which asks what keys are held: Ctrl would take the row out again.
            self.selectionModel().setCurrentIndex(index, _THIS_ROW)

    def choose_first(self) -> None:
        """Into the list: select what stands first unless something is selected."""
        if not self.chosen and self._rows.rows:
            self.choose(self._rows.opens(0))
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
        for column in range(len(self._columns)):
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

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen_changed.emit(self.chosen)

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
        for place, column in enumerate(self._columns):
            header.moveSection(header.visualIndex(place), place)
            header.setSectionHidden(place, not column.shown)
            header.resizeSection(place, column.width)
        keys = [column.key for column in self._columns]
        usual = self._usual_order
        header.setSortIndicator(keys.index(usual.column), _DOWN if usual.descending else _UP)

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
        elif action.isChecked() or header.hiddenSectionCount() < len(self._columns) - 1:
            header.setSectionHidden(action.data(), not action.isChecked())
            if action.isChecked() and header.sectionSize(action.data()) < NARROWEST:
                header.resizeSection(action.data(), self._columns[action.data()].width)
        for each in self.menu.actions():
            if each.isCheckable():
                each.setChecked(not header.isSectionHidden(each.data()))
        self._remember()

    @Slot()
    def _remember(self) -> None:
        state = self.horizontalHeader().saveState().toBase64()
        self._memory.keep(self._memory_key, bytes(state.data()).decode("ascii"))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.opens(index.row()))

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._kit = PaintKit(theme, self._family)
        self.viewport().update()


_THIS_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_SHIFT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
