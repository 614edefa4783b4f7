"""Texts offered under a field: a list that never takes the focus and marks nothing by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRectF, QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.ui.desk.intake_site_list import Index
from dispatch_app.ui.desk.paint_kit import LEFT, PaintKit, cell
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme, Themes
from dispatch_app.ui.widgets.polish import describe

ITEM_HEIGHT = 28
PADDING = 4


class _OfferDelegate(QStyledItemDelegate):
    def __init__(self, kit: PaintKit, parent: QWidget) -> None:
        super().__init__(parent)
        self.kit = kit

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(int(cell(option)[0].width()), ITEM_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, selected = cell(option)
        painter.save()
        painter.fillRect(rect, self.kit.brushes["selected" if selected else "surface"])
        words = QRectF(rect).adjusted(10, 0, -10, 0)
        self.kit.text(painter, words, LEFT, TextSize.BODY, "text", index.data())
        painter.restore()


class OfferList(QFrame):
    """Lies over the window, under the field it belongs to.

    Signals:
        taken: place of the text clicked.
    """

    taken = Signal(int)

    def __init__(self, themes: Themes, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        describe(self, card=True)
        self.texts = QStringListModel(self)
        self._delegate = _OfferDelegate(PaintKit(themes.current, QApplication.font().family()), self)
        self.view = QListView()
        self.view.setModel(self.texts)
        self.view.setItemDelegate(self._delegate)
        self.view.setAccessibleName(name)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (self, self.view):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(PADDING,) * 4)
        column.addWidget(self.view)
        self.view.clicked.connect(self._clicked)
        themes.changed.connect(self._repaint_in)
        self.hide()

    def offer(self, texts: Sequence[str], under: QWidget, within: QWidget) -> None:
        """Show texts under a widget, as wide as `within`, none of them marked; nothing to offer hides it."""
        self.texts.setStringList(list(texts))
        if not texts:
            self.hide()
            return
        window = under.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        place = under.mapTo(window, under.rect().bottomLeft())
        height = ITEM_HEIGHT * len(texts) + 2 * PADDING + 2
        room = window.height() - place.y() - 8
        left = within.mapTo(window, within.rect().topLeft()).x()
        self.setGeometry(left, place.y() + 4, within.width(), min(height, max(room, 2 * ITEM_HEIGHT)))
        self.raise_()
        self.show()

    def step(self, by: int) -> None:
        """Mark the next (1) or the one before (-1), round and round; the first step marks an end."""
        count = self.texts.rowCount()
        if count:
            now = self.marked if self.marked >= 0 or by > 0 else 0
            self.view.setCurrentIndex(self.texts.index((now + by) % count))

    @property
    def marked(self) -> int:
        """Place of the text Enter would take, -1 for none."""
        return self.view.currentIndex().row()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self.taken.emit(index.row())

    @Slot(object)
    def _repaint_in(self, theme: Theme) -> None:
        self._delegate.kit = PaintKit(theme, QApplication.font().family())
        self.view.viewport().update()
