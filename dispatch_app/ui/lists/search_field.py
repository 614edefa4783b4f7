"""The field over a list: every part typed must occur; ↓ and Enter lead on into the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

LONGEST = 200


class SearchField(QLineEdit):
    """Signals: to_list when ↓ or Enter leads on into the list."""

    to_list = Signal()

    def __init__(self, hint: str, name: str, parent: QWidget | None = None) -> None:
        """`hint`: what can be typed; `name`: what a screen reader calls it."""
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}（Ctrl+F）；空格隔开的几段都要有")
        self.setMaxLength(LONGEST)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.to_list.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
