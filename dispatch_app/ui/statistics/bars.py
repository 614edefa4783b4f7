"""Counted groups as bars, one a row or one a column; each leads to its faults by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dispatch_app.operations.statistics_rows import Bar
from dispatch_app.ui.desk.paint_kit import CENTRE, LEFT, NO_PEN, RIGHT, PaintKit, cell
from dispatch_app.ui.lists.paged_model import Index
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme, Themes

ROW_HEIGHT = 34
BAR_HEIGHT = 12.0
LABEL_SHARE = 0.42
"""Of the width of a row, for what the bar is called."""
FIGURES_WIDTH = 104.0
COLUMN_FOOT = 20.0
BAR_ROLE = Qt.ItemDataRole.UserRole
MOST_ROW = 8
"""Rows a list of bars is high; the rest is scrolled."""


class BarModel(QAbstractListModel):
    """Bars and the greatest of their counts."""

    compared = True
    """Whether a bar has one of the period before to stand beside."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.greatest = 1

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Others in place of those shown."""
        self.beginResetModel()
        self._bars = tuple(bars)
        self.greatest = max((max(bar.count, bar.before) for bar in bars), default=0) or 1
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._bars)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        bar = self._bars[index.row()]
        if role == BAR_ROLE:
            return bar
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words_of(bar, compared=self.compared)
        return None


class ColumnModel(BarModel):
    """Days or months: the columns beside it are what a column is compared with."""

    compared = False


def words_of(bar: Bar, *, compared: bool = True) -> str:
    """A bar in words, as a screen reader says it."""
    before = f"，上期 {bar.before} 件" if compared else ""
    late = f"，其中有超时 {bar.breached} 件" if bar.breached else ""
    return f"{bar.label} {bar.count} 件{before}{late}"


class _RowDelegate(QStyledItemDelegate):
    """The name, the bar with its missed part, the count and the count before it."""

    def __init__(self, model: BarModel, kit: PaintKit, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.kit = kit

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(160, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bar, kit = index.data(BAR_ROLE), self.kit
        rect, selected = cell(option)
        painter.save()
        painter.fillRect(rect, kit.brushes["selected" if selected else "surface"])
        label = QRectF(rect.left() + 8, rect.top(), rect.width() * LABEL_SHARE - 16, rect.height())
        kit.text(painter, label, LEFT, TextSize.QUIET, "text", bar.label)
        room = QRectF(
            rect.left() + rect.width() * LABEL_SHARE,
            rect.center().y() - BAR_HEIGHT / 2,
            rect.width() * (1 - LABEL_SHARE) - FIGURES_WIDTH,
            BAR_HEIGHT,
        )
        painter.setPen(NO_PEN)
        for count, role in ((bar.count, "accent"), (bar.breached, "breached_bar")):
            wide = room.width() * count / self._model.greatest
            if count:
                painter.setBrush(kit.brushes[role])
                painter.drawRoundedRect(QRectF(room.left(), room.top(), max(wide, 3.0), BAR_HEIGHT), 3, 3)
        if bar.before:
            # Where the period before stood: a mark, not a second bar.
            left = room.left() + room.width() * bar.before / self._model.greatest
            painter.setBrush(kit.brushes["quiet"])
            painter.drawRect(QRectF(left - 1, room.top() - 4, 2, BAR_HEIGHT + 8))
        figures = QRectF(rect.right() - FIGURES_WIDTH + 8, rect.top(), FIGURES_WIDTH - 16, rect.height())
        said = f"{bar.count}　上期 {bar.before}" if bar.before else str(bar.count)
        kit.text(painter, figures, RIGHT, TextSize.QUIET, "quiet", said)
        painter.restore()


class ColumnDelegate(QStyledItemDelegate):
    """A column with its count over it and a short name under it."""

    foot = 0.0
    """What stays free under the name. Logical pixels."""

    def __init__(self, model: BarModel, kit: PaintKit, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.kit = kit
        self.size = QSize(16, 120)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return self.size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        bar, kit = index.data(BAR_ROLE), self.kit
        rect, selected = cell(option)
        painter.save()
        painter.fillRect(rect, kit.brushes["selected" if selected else "surface"])
        floor = rect.bottom() - self.foot - COLUMN_FOOT
        room = rect.height() - self.foot - 2 * COLUMN_FOOT
        wide = min(28.0, max(3.0, rect.width() - 4))
        left = rect.center().x() - wide / 2
        painter.setPen(NO_PEN)
        for count, role in ((bar.count, "accent"), (bar.breached, "breached_bar")):
            high = room * count / self._model.greatest
            if count:
                painter.setBrush(kit.brushes[role])
                painter.drawRoundedRect(QRectF(left, floor - high, wide, high), 2, 2)
        top = floor - room * bar.count / self._model.greatest
        if kit.width(TextSize.SMALL, str(bar.count)) <= rect.width():
            over = QRectF(rect.left(), top - COLUMN_FOOT, rect.width(), COLUMN_FOOT)
            kit.text(painter, over, CENTRE, TextSize.SMALL, "quiet", str(bar.count))
        short = _short(bar.label, kit, rect.width())
        under = QRectF(rect.left(), floor, rect.width(), COLUMN_FOOT)
        kit.text(painter, under, CENTRE, TextSize.SMALL, "quiet", short)
        painter.restore()


def _short(label: str, kit: PaintKit, width: float) -> str:
    """`11-22`, or `22` where the column is narrow, or nothing; of a month `2024-11` or `11`."""
    month = len(label) == len("2024-11")
    for text in (label, label[5:]) if month else (label[5:], label[8:]):
        if kit.width(TextSize.SMALL, text) <= width - 2:
            return text
    return ""


class BarList(QListView):
    """Bars, one a row.

    Signals:
        opened: Key of the group that was clicked or taken with Enter.
    """

    opened = Signal(object)

    def __init__(self, themes: Themes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars = self._made_model()
        self._family = QApplication.font().family()
        self._painter = self._delegate(PaintKit(themes.current, self._family))
        self.setModel(self.bars)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("点一条，看它背后的故障")
        self.clicked.connect(self._open)
        themes.changed.connect(self._recolour)

    def _made_model(self) -> BarModel:
        return BarModel(self)

    def _delegate(self, kit: PaintKit) -> _RowDelegate | ColumnDelegate:
        return _RowDelegate(self.bars, kit, self)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Others in place of those shown."""
        self.bars.show_bars(bars)
        self.setFixedHeight(ROW_HEIGHT * max(1, min(len(bars), MOST_ROW)) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.bars.bars[index.row()].key)

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._painter.kit = PaintKit(theme, self._family)
        self.viewport().update()


class ColumnList(BarList):
    """Bars, one a column, side by side over the whole width."""

    widest = 72
    """Of a column, logical pixels."""
    height_wanted = 168

    def __init__(self, themes: Themes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(themes, name, parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.height_wanted)

    def _made_model(self) -> BarModel:
        return ColumnModel(self)

    def _delegate(self, kit: PaintKit) -> ColumnDelegate:
        return ColumnDelegate(self.bars, kit, self)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        self.bars.show_bars(bars)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        assert isinstance(self._painter, ColumnDelegate)
        count = max(1, len(self.bars.bars))
        wide = min(self.widest, max(6, self.viewport().width() // count))
        self._painter.size = QSize(wide, self.viewport().height())
        self.scheduleDelayedItemsLayout()
