"""One tick a second for the whole program, and a watch on whether the clock itself was moved."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from dispatch_app.operations.clock import Clock, MachineTime
from dispatch_app.operations.clock_watch import ClockWatch

ZONE_EVERY_S = 60
"""How often the machine's time zone is looked at."""


class Ticker(QObject):
    """Looks at the clock five times a second.

    The clock may run faster than the wall (the drill does): the moment is always the clock's own.

    Signals:
        second: the clock's present moment (epoch seconds UTC) whenever it has moved on.
        stepped: `Step`, when somebody moved the machine's clock; before the `second` that follows from it.
        zone_changed: seconds the machine's time zone is ahead of UTC, once at the start and when it changes.
    """

    second = Signal(object)
    stepped = Signal(object)
    zone_changed = Signal(object)

    def __init__(
        self, clock: Clock, parent: QObject | None = None, machine: MachineTime | None = None
    ) -> None:
        """`machine`: None for a clock that is not the machine's."""
        super().__init__(parent)
        self._clock = clock
        self._machine = machine
        self._last = clock.now()
        self._watch = ClockWatch(machine.through_sleep, self._last) if machine is not None else None
        self._zone: int | None = None
        self._zone_at = self._last
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

    @property
    def real(self) -> bool:
        """Whether the clock is the machine's."""
        return self._machine is not None

    @Slot()
    def beat(self) -> None:
        """Look at the clock; tick if a second or more has passed, or if it was set back."""
        now = self._clock.now()
        if self._watch is not None:
            step = self._watch.look(now)
            if step is not None:
                self.stepped.emit(step)
        if now != self._last:
            self._last = now
            self.second.emit(now)
            self._look_at_zone(now)

    def _look_at_zone(self, now: int) -> None:
        if self._machine is None or (self._zone is not None and abs(now - self._zone_at) < ZONE_EVERY_S):
            return
        self._zone_at = now
        zone = self._machine.local_offset()
        if zone != self._zone:
            self._zone = zone
            self.zone_changed.emit(zone)
