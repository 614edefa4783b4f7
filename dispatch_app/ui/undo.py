"""撤回: the bar offers it for some seconds, Ctrl+Z for longer."""

from __future__ import annotations

from collections import deque

import shiboken6
from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from dispatch_app.operations.changes import UndoTicket
from dispatch_app.ui.bridge.executor import Applied, Executor
from dispatch_app.ui.bridge.messages import Messages

KEPT = 20


class Undo(QObject):
    """Keeps the tickets of the last clicks and takes the latest back when asked."""

    def __init__(self, executor: Executor, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor
        self._messages = messages
        self._tickets: deque[UndoTicket] = deque(maxlen=KEPT)
        executor.applied.connect(self._remember)

    @property
    def tickets(self) -> tuple[UndoTicket, ...]:
        """What could be taken back, the latest last."""
        return tuple(self._tickets)

    @Slot(object)
    def _remember(self, applied: Applied) -> None:
        if applied.changes.undo is not None:
            self._tickets.append(applied.changes.undo)

    @Slot()
    def take_back_last(self) -> None:
        if self._tickets:
            self.take_back(self._tickets[-1])
        else:
            self._messages.note("没有可撤回的操作", "更早的记录请在时间线上更正")

    @Slot(object)
    def take_back(self, ticket: UndoTicket) -> None:
        if ticket in self._tickets:
            # Removed before it is carried out: a second click must not ask for the same thing twice.
            self._tickets.remove(ticket)
            self._executor.submit(ticket.command, self)


class UndoKey(QObject):
    """Lets Ctrl+Z through to the desk when the field being typed in has nothing of its own to take back.

    A line edit swallows the key even when its own history is empty, and the intake card nearly always has
    the focus.
    """

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and shiboken6.isValid(old):
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit | QPlainTextEdit):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self._has_history(watched)
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _has_history(editor: QObject) -> bool:
        if isinstance(editor, QLineEdit):
            return editor.isUndoAvailable()
        if isinstance(editor, QPlainTextEdit):
            return editor.document().isUndoAvailable()
        return True
