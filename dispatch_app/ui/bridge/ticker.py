"""One tick a second for the whole program."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from dispatch_app.operations.clock import Clock


class Ticker(QObject):
    """Emits `second` with the clock's present moment (epoch seconds UTC) whenever it has moved on.

    The clock may run faster than the wall (the drill does): the moment is always the clock's own.
    """

    second = Signal(object)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock.now()
        self._timer = QTimer(self)
        # A fifth of a second is how late a figure may change; a coarse timer lets the machine sleep.
        self._timer.setInterval(200)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    @property
    def now(self) -> int:
        """The clock's present moment, epoch seconds UTC."""
        return self._clock.now()

    @Slot()
    def beat(self) -> None:
        """Look at the clock; tick if a second or more has passed, or if it was set back."""
        now = self._clock.now()
        if now != self._last:
            self._last = now
            self.second.emit(now)
