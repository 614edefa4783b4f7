"""A panel that lies over a register's list while something is done with it as a whole."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from dispatch_app.ui.context import UiContext
from dispatch_app.ui.widgets.buttons import IconButton
from dispatch_app.ui.widgets.cards import Card


class OverPanel(Card):
    """Esc or the cross closes it; what is under way in it goes on.

    Args:
        width: Logical pixels from the right edge; None for all of it.
    """

    def __init__(self, context: UiContext, heading: str, over: QWidget, width: int | None = None) -> None:
        super().__init__(heading, parent=over)
        self._over = over
        self._width = width
        self.close_button = IconButton(context.themes, "close", f"关闭{heading}（Esc）")
        self.header.addWidget(self.close_button)
        self.close_button.clicked.connect(self.dismiss)
        over.installEventFilter(self)
        self.hide()

    def come_up(self, first: QWidget) -> None:
        """Show it, with the keyboard in `first`."""
        self._place()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def dismiss(self) -> None:
        self.hide()
        self._over.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        room = self._over.rect()
        width = room.width() if self._width is None else min(self._width, room.width())
        self.setGeometry(QRect(room.width() - width, 0, width, room.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and isinstance(event, QResizeEvent) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)
