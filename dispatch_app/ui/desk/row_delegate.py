"""What every painted row begins and ends with: its ground by whether it is selected, the rule under it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from dispatch_app.ui.desk.paint_kit import PaintKit, cell

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Rows of one height; `paint_row` writes on a ground that is there already.

    Attributes:
        kit: What is painted with; whoever owns the delegate replaces it when the theme changes.
        ruled: Whether a line stands under each row.
    """

    ruled = False

    def __init__(self, kit: PaintKit, height: int, parent: QObject | None = None) -> None:
        """`height`: of a row, logical pixels."""
        super().__init__(parent)
        self.kit = kit
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(int(cell(option)[0].width()), self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, selected = cell(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, self.kit.brushes["selected" if selected else "surface"])
        if self.ruled:
            painter.setPen(self.kit.rule)
            bottom = rect.bottom() - 0.5
            painter.drawLine(QPointF(rect.left(), bottom), QPointF(rect.right(), bottom))
        self.paint_row(painter, rect, index, selected=selected)
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, *, selected: bool) -> None:
        """Write what the row says; to be given by each list."""
        raise NotImplementedError
