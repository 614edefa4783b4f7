"""Which printer: a list that opens beside the work and takes no focus from it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.ui.printing.paper_printer import PaperPrinter
from dispatch_app.ui.printing.spooler import Queue
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.buttons import IconButton
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

_ABOUT = "按纸张原尺寸，不缩放。打印机的名字和状态由系统给出。"
_NONE = "没有找到打印机。请在系统的打印设置里添加，再按刷新；也可以另存 PDF。"


class PrinterPane(QFrame):
    """The printers with their state; choosing one keeps it for every paper."""

    def __init__(self, printer: PaperPrinter, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printer = printer
        describe(self, banner="quiet")
        self._group = QButtonGroup(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._about = Text(_ABOUT, Size.SMALL, Tone.FAINT, wrap=True)
        refresh = IconButton(themes, "refresh", "重新查找打印机", self)
        refresh.clicked.connect(printer.look)
        head = QHBoxLayout()
        head.addWidget(Text("打印机", Size.QUIET, Tone.QUIET))
        head.addStretch(1)
        head.addWidget(refresh)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._list)
        column.addWidget(self._about)
        printer.printers_changed.connect(self.show_printers)
        self.show_printers()

    @property
    def choices(self) -> tuple[QAbstractButton, ...]:
        """One button a printer, in the order of the list."""
        return tuple(self._group.buttons())

    @property
    def about(self) -> str:
        """The line under the list: what is printed, or what to do where there is no printer."""
        return self._about.text()

    @Slot()
    def show_printers(self) -> None:
        """List the printers as they are known now."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._list.removeWidget(button)
            button.deleteLater()
        for queue in self._printer.queues:
            self._list.addWidget(self._line(queue))
        self._about.setText(_ABOUT if self._printer.queues else _NONE)

    def _line(self, queue: Queue) -> QRadioButton:
        default = " · 系统默认" if queue.is_default else ""
        button = QRadioButton(f"{queue.name}　{queue.state}{default}")
        button.setChecked(queue.name == self._printer.queue)
        button.clicked.connect(partial(self._printer.choose, queue.name))
        self._group.addButton(button)
        return button
