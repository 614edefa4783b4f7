"""Texts offered under a field: a list that never takes the focus and marks nothing by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRectF, QStringListModel, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from dispatch_app.ui.desk.hanging_list import HangingList, kit_of
from dispatch_app.ui.desk.paint_kit import LEFT
from dispatch_app.ui.desk.row_delegate import Index, RowDelegate
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Themes

ITEM_HEIGHT = 28
PADDING = 4


class _OfferDelegate(RowDelegate):
    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, *, selected: bool) -> None:
        self.kit.text(painter, rect.adjusted(10, 0, -10, 0), LEFT, TextSize.BODY, "text", index.data())


class OfferList(HangingList):
    """Signals:
    taken: place of the text clicked.
    """

    taken = Signal(int)

    def __init__(self, themes: Themes, name: str, parent: QWidget) -> None:
        self.texts = QStringListModel()
        delegate = _OfferDelegate(kit_of(themes), ITEM_HEIGHT)
        super().__init__(themes, name, self.texts, delegate, parent, PADDING)
        self.view.clicked.connect(self._clicked)

    def offer(self, texts: Sequence[str], under: QWidget, within: QWidget) -> None:
        """Show texts under a widget, as wide as `within`, none of them marked; nothing to offer hides it."""
        self.texts.setStringList(list(texts))
        if not texts:
            self.hide()
            return
        window, place = self.hang_in_window(under)
        height = ITEM_HEIGHT * len(texts) + 2 * PADDING + 2
        room = window.height() - place.y() - 8
        left = within.mapTo(window, within.rect().topLeft()).x()
        self.setGeometry(left, place.y() + 4, within.width(), min(height, max(room, 2 * ITEM_HEIGHT)))
        self.raise_()
        self.show()

    @property
    def marked(self) -> int:
        """Place of the text Enter would take, -1 for none."""
        return self.view.currentIndex().row()

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self.taken.emit(index.row())
