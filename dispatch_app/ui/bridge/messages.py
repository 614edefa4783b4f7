"""What the message bar says: results, refusals with their remedy, and the offer to take a click back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import UndoTicket


class Level(StrEnum):
    DONE = "done"
    NOTE = "note"
    REFUSED = "refused"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    level: Level
    remedy: str = ""
    undo: UndoTicket | None = None


class Messages(QObject):
    """The one place through which anything is said to the person at the desk."""

    shown = Signal(object)

    def done(self, text: str, undo: UndoTicket | None = None) -> None:
        self.shown.emit(Message(text, Level.DONE, undo=undo))

    def note(self, text: str, remedy: str = "") -> None:
        self.shown.emit(Message(text, Level.NOTE, remedy))

    def refuse(self, error: KnownError) -> None:
        self.shown.emit(Message(error.message, Level.REFUSED, error.remedy))

    def danger(self, text: str, remedy: str) -> None:
        self.shown.emit(Message(text, Level.DANGER, remedy))
