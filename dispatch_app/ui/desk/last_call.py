"""The last call: a clock is about to run out, said once with whom to ring, and heard once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.explain import CLOCK_GUIDE
from dispatch_app.operations.rows import FaultRow
from dispatch_app.ui.bridge.messages import Messages
from dispatch_app.ui.desk.beijing import length_text
from dispatch_app.ui.desk.urgency import Thresholds, Urgency, urgency

Call = tuple[str, ClockName, int]
"""Fault id, clock, due moment: a correction that moves the due moment calls anew."""


@dataclass(frozen=True, slots=True)
class CallSettings:
    """`sound`: whether it is heard. `manager`, `number`: whom to ring when nobody answers."""

    sound: bool
    manager: str
    number: str


class LastCalls(QObject):
    """Remembers which calls were made, so that nothing rings twice."""

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._settings = CallSettings(False, "", "")
        self._made: set[Call] = set()

    def set_settings(self, settings: CallSettings) -> None:
        self._settings = settings

    def look(self, faults: Iterable[FaultRow], now: int, thresholds: Thresholds) -> None:
        """Call for every clock that has come to its last minutes since the last look; several are said in
        one line and heard as one sound.

        Args:
            faults: Those with a clock in its last minutes; others say nothing.
            now: Epoch seconds UTC.
        """
        due: dict[Call, str] = {}
        for fault in faults:
            for result in fault.clocks:
                if urgency(result, now, thresholds) is Urgency.LAST_CALL and result.due_at is not None:
                    left = length_text(result.due_at - now)
                    words = f"{fault.number} {CLOCK_GUIDE[result.clock].title} 只剩 {left}"
                    due[fault.id, result.clock, result.due_at] = words
        fresh = [words for call, words in due.items() if call not in self._made]
        # What no longer presses is forgotten: it may come back with the same moment after an undo.
        self._made = set(due)
        if not fresh:
            return
        settings = self._settings
        remedy = f"无人应答就找 {settings.manager} {settings.number}".strip() if settings.manager else ""
        self._messages.note("；".join(fresh), remedy)
        if settings.sound:
            QApplication.beep()
