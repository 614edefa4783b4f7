"""The left rail: the pages that exist, each with the key that leads to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from dispatch_app.ui.page_list import PageEntry
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.buttons import RailButton
from dispatch_app.ui.widgets.polish import describe

WIDTH = 76
KEYS = 10
TALLEST, LOWEST, GAP, EDGE = 60, 40, 2, 8
"""Logical pixels of a button and of what lies between and around them."""


def page_key(place: int) -> str:
    """The key that leads to a page: Ctrl+1 to Ctrl+9 and Ctrl+0, none for those behind."""
    return f"Ctrl+{(place + 1) % 10}" if place < KEYS else ""


class Rail(QFrame):
    """Signals: chosen carries the place of a page in the list it was made from."""

    chosen = Signal(int)

    def __init__(self, themes: Themes, pages: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        describe(self, railframe=True)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("页面")
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, EDGE, 6, EDGE)
        column.setSpacing(GAP)
        for place, page in enumerate(pages):
            button = RailButton(themes, page.icon, page.title, page_key(place))
            self._group.addButton(button, place)
            if page.at_bottom:
                column.addStretch(1)
            column.addWidget(button)
        if not any(page.at_bottom for page in pages):
            column.addStretch(1)
        self._group.idClicked.connect(self.chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every page keeps its button: on a low screen they move closer together."""
        super().resizeEvent(event)
        buttons = self._group.buttons()
        room = (self.height() - 2 * EDGE) // len(buttons) - GAP
        for button in buttons:
            assert isinstance(button, RailButton)
            button.set_height(max(LOWEST, min(TALLEST, room)))

    def show_chosen(self, place: int) -> None:
        self._group.button(place).setChecked(True)

    def button(self, place: int) -> RailButton:
        button = self._group.button(place)
        assert isinstance(button, RailButton)
        return button
