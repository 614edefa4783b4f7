"""A panel that lies over the right side of a page until Esc or its cross closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.buttons import IconButton
from dispatch_app.ui.widgets.cards import Card

WIDTH = 900
MARGIN = 16


class OverPanel(Card):
    """Hidden until `come_up`; as wide as it may be, and as high as what it lies over.

    Args:
        heading: For its title and the name of its cross.
        over: The page it lies over.
        width: In logical pixels, where the page has them; None for all there is, edge to edge.
        beside_typing: It does not take the keyboard back to the page when it goes: for a page on which a
            call may be half typed.
        flush: As of `Card`.

    Signals:
        closed: The panel was closed by the person.
    """

    closed = Signal()

    def __init__(
        self,
        themes: Themes,
        heading: str,
        over: QWidget,
        *,
        width: int | None = WIDTH,
        beside_typing: bool = False,
        flush: bool = True,
    ) -> None:
        super().__init__(heading, parent=over, flush=flush)
        self._over = over
        self._width = width
        self._beside_typing = beside_typing
        self.close_button = IconButton(themes, "close", f"关闭{heading}（Esc）")
        self.header.addWidget(self.close_button)
        self.close_button.clicked.connect(self.dismiss)
        over.installEventFilter(self)
        self.hide()

    def come_up(self, first: QWidget | None = None) -> None:
        """Show it over everything else of the page; with the keyboard in `first`, if it is to have it."""
        self._place()
        self.show()
        self.raise_()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def dismiss(self) -> None:
        self.hide()
        if not self._beside_typing:
            self._over.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _place(self) -> None:
        room = self._over.rect()
        if self._width is None:
            self.setGeometry(room)
            return
        width = min(self._width, room.width() - 2 * MARGIN)
        self.setGeometry(QRect(room.width() - width - MARGIN, MARGIN, width, room.height() - 2 * MARGIN))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and isinstance(event, QResizeEvent) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)
