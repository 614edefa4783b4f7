"""The real window around pages of straw."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.journeys import Journeys
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.main_window import MainWindow
from dispatch_app.ui.page_list import PAGES, PageEntry


class Page(QWidget):
    """A page with a field to type in and a splitter to move."""

    def __init__(self, _context: UiContext, _journeys: Journeys) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.splitter = QSplitter()
        self.splitter.setObjectName("halves")
        self.splitter.addWidget(QWidget())
        self.splitter.addWidget(QWidget())
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.splitter)
        self.setFocusProxy(self.field)


STRAW_PAGES = tuple(PageEntry(page.key, page.title, page.icon, Page, page.at_bottom) for page in PAGES)


def open_window(
    context: UiContext, folder: Path | None = None, drill: DrillClock | None = None
) -> MainWindow:
    window = MainWindow(context, LayoutMemory(folder), drill, STRAW_PAGES)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    return window
