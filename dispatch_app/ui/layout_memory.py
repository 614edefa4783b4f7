"""What the window looked like when it was last closed: kept in an .ini beside the database."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

FILE_NAME = "window.ini"


class LayoutMemory:
    """Reads and writes geometry, page, splitters, and what must be known before the database is open.

    Args:
        folder: The data folder, or None to remember nothing (drills).
    """

    def __init__(self, folder: Path | None) -> None:
        self._store = (
            QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat) if folder is not None else None
        )

    def text(self, name: str, default: str = "") -> str:
        value = self._store.value(name, default) if self._store is not None else default
        # An .ini edited by hand can hold a list where one word is expected.
        return value if isinstance(value, str) else default

    def keep(self, name: str, value: str) -> None:
        if self._store is not None:
            self._store.setValue(name, value)

    def restore(self, window: QWidget) -> bool:
        """Put window and splitters back as they were; False when nothing is known of them."""
        if self._store is None:
            return False
        for splitter in window.findChildren(QSplitter):
            self.restore_splitter(splitter)
        geometry = self._store.value("window/geometry")
        return isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)

    def restore_splitter(self, splitter: QSplitter) -> None:
        """Splitters without an object name are left alone."""
        state = self._store.value(f"splitter/{splitter.objectName()}") if self._store is not None else None
        if splitter.objectName() and isinstance(state, QByteArray):
            splitter.restoreState(state)

    def save(self, window: QMainWindow) -> None:
        if self._store is None:
            return
        self._store.setValue("window/geometry", window.saveGeometry())
        for splitter in window.findChildren(QSplitter):
            if splitter.objectName():
                self._store.setValue(f"splitter/{splitter.objectName()}", splitter.saveState())
        self._store.sync()
