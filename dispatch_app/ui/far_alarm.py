"""A line under the head of every page but the desk: the worst alarm that stands there, and the way to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from dispatch_app.operations.alarm_ladder import Alarm, Rung
from dispatch_app.ui.desk.alarm_desk import AlarmDesk
from dispatch_app.ui.desk.alarm_words import alarm_words, spread
from dispatch_app.ui.widgets.cards import Banner
from dispatch_app.ui.widgets.polish import Tone


class FarAlarm(Banner):
    """Out of sight while the desk is in sight, whose own strip says more.

    Signals:
        fault_asked: id of the fault the worst alarm is about, empty for a promise.
    """

    fault_asked = Signal(object)

    def __init__(self, now: Callable[[], int], parent: QWidget | None = None) -> None:
        """`now`: the present moment, epoch seconds UTC."""
        super().__init__("", Tone.SOON, "去调度台", parent)
        self._now = now
        self._alarms: tuple[Alarm, ...] = ()
        self._away = False
        self.setAccessibleName("调度台的提醒")
        self.row.setContentsMargins(16, 3, 16, 3)
        # A click here must leave the caret where it was: in a half-written report.
        self.action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.action.setToolTip("选中最急的那件故障，在那里按 F8 应答")
        self.acted.connect(self._ask)
        self.hide()

    def follow(self, alarms: AlarmDesk) -> None:
        """Say what stands on this desk from now on."""
        alarms.standing_changed.connect(self._take)

    def set_away(self, away: bool) -> None:
        """Whether another page than the desk is in sight."""
        self._away = away
        self._show()

    @Slot()
    def tick(self) -> None:
        """Once a second."""
        if self.isVisible():
            self._say()

    @Slot(object)
    def _take(self, standing: tuple[Alarm, ...]) -> None:
        self._alarms = spread(standing)
        self._show()

    def _show(self) -> None:
        if self._alarms:
            self._say()
        self.setVisible(self._away and bool(self._alarms))

    def _say(self) -> None:
        worst, more = self._alarms[0], len(self._alarms) - 1
        self.set_tone(Tone.BREACHED if worst.rung is Rung.BREACHED else Tone.SOON)
        self.set_text(alarm_words(worst, self._now()) + (f"　另有 {more} 条" if more else ""))

    @Slot()
    def _ask(self) -> None:
        self.fault_asked.emit(self._alarms[0].watch.fault_id)
