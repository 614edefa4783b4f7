"""The tools of a register in a row; where there is no room for them, one button with a menu of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from dispatch_app.ui.registers.tools import RegisterTool
from dispatch_app.ui.widgets.buttons import Button, Kind

_GAP = 8


class ToolRow(QWidget):
    """Signals: used: the `RegisterTool` a person wants."""

    used = Signal(object)

    def __init__(self, tools: Sequence[RegisterTool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[Button] = []
        self.more = Button("更多", Kind.PLAIN)
        self.more.setToolTip("、".join(tool.title for tool in tools))
        self.menu = QMenu(self)
        self.menu.setAccessibleName("列表的更多操作")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for tool in tools:
            button = Button(tool.title, Kind.PLAIN)
            button.setToolTip(tool.tip)
            button.clicked.connect(partial(self._use, tool))
            self.buttons.append(button)
            row.addWidget(button)
            action = self.menu.addAction(tool.title)
            action.setToolTip(tool.tip)
            action.triggered.connect(partial(self._use, tool))
        row.addWidget(self.more)
        self.more.clicked.connect(self._open)
        self.more.hide()

    def fit(self, width: int) -> None:
        """Show the row where it needs no more than `width` logical pixels, else the one button."""
        folded = self._needed() > width
        for button in self.buttons:
            button.setVisible(not folded)
        self.more.setVisible(folded)

    def minimumSizeHint(self) -> QSize:
        """A row that is too wide must not hold the list open: it folds."""
        return self.more.sizeHint() if self.buttons else QSize(0, 0)

    def _needed(self) -> int:
        return sum(button.sizeHint().width() + _GAP for button in self.buttons) - _GAP

    def _use(self, tool: RegisterTool, _checked: bool = False) -> None:
        self.used.emit(tool)

    @Slot()
    def _open(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
