"""The first window's side of a second start: it watches for a call and comes to the front."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget


class FrontDoor(QObject):
    """Signals: called, each time somebody started the program again on the same folder.

    Args:
        answer: Whether there is a call; answers it by that.
    """

    called = Signal()

    def __init__(self, folder: Path, answer: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answer = answer
        # Of a folder only names that come and go are told, not what is written into the database all day.
        self._watcher = QFileSystemWatcher([str(folder)], self)
        self._watcher.directoryChanged.connect(self._look)
        # Somebody may have called before there was a watcher.
        QTimer.singleShot(0, self, self._look)

    @Slot()
    def _look(self) -> None:
        if self._answer():
            self.called.emit()


def bring_to_front(window: QWidget) -> None:
    """Show a window above the others, also a minimised one; where the desktop does not let it, it asks for
    attention in the task bar."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)
