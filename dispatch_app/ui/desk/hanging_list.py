"""A list that hangs under the field it belongs to, over the window, and never takes the focus."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QPoint, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QVBoxLayout, QWidget

from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.desk.row_delegate import RowDelegate
from dispatch_app.ui.theme.theme import Theme, Themes
from dispatch_app.ui.widgets.polish import describe


def kit_of(themes: Themes) -> PaintKit:
    """What is painted with in the theme in force."""
    return PaintKit(themes.current, QApplication.font().family())


class HangingList(QFrame):
    """The view, its frame and the marking of a row; where it hangs and what it says is up to each.

    Attributes:
        view: The list itself. column: The layout it stands in, for what comes under it.
    """

    def __init__(
        self,
        themes: Themes,
        name: str,
        model: QAbstractItemModel,
        delegate: RowDelegate,
        parent: QWidget,
        padding: int = 4,
    ) -> None:
        super().__init__(parent)
        describe(self, card=True)
        self._delegate = delegate
        model.setParent(self)
        delegate.setParent(self)
        self.view = QListView()
        self.view.setModel(model)
        self.view.setItemDelegate(delegate)
        self.view.setAccessibleName(name)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (self, self.view):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*(padding,) * 4)
        self.column.addWidget(self.view)
        themes.changed.connect(self._repaint_in)
        self.hide()

    def hang_in_window(self, under: QWidget) -> tuple[QWidget, QPoint]:
        """The window, which it lies over from now on, and the field's lower left corner in it."""
        window = under.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        return window, under.mapTo(window, under.rect().bottomLeft())

    def mark(self, row: int) -> None:
        self.view.setCurrentIndex(self.view.model().index(row, 0))

    def step(self, by: int) -> None:
        """Mark the next (1) or the one before (-1), round and round; the first step marks an end."""
        count = self.view.model().rowCount()
        if count:
            marked = self.view.currentIndex().row()
            now = marked if marked >= 0 or by > 0 else 0
            self.mark((now + by) % count)

    @Slot(object)
    def _repaint_in(self, theme: Theme) -> None:
        self._delegate.kit = PaintKit(theme, QApplication.font().family())
        self.view.viewport().update()
