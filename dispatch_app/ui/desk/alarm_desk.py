"""Rings the ladder's alarms at the desk: the strip, one sound at a time, silence, and the window's flash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from dispatch_app.operations.alarm_ladder import Alarm, AlarmKey, Ladder, Rung, Watch
from dispatch_app.operations.alarms import AnswerAlarm
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.clock_watch import Step
from dispatch_app.operations.rows import FaultRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.alarm_mute import Mute
from dispatch_app.ui.desk.alarm_sound import Play, make_sound
from dispatch_app.ui.desk.alarm_strip import ANSWER_KEY, MUTE_KEY, AlarmStrip
from dispatch_app.ui.desk.alarm_words import (
    AlarmSettings,
    FaultWatches,
    Occasion,
    Promise,
    digest,
    promise_watches,
    whom_to_ring,
)
from dispatch_app.ui.desk.urgency import Thresholds

PAUSE_S = 90
"""A pause between two looks after which what has come up meanwhile is told as a digest. The drill at 60×
moves on by twelve seconds a beat."""


class AlarmDesk(QObject):
    """Knows when and how; what is watched is told by `watch_faults` and `watch_promises`.

    Signals:
        fault_asked: id of the fault whose alarm was clicked.
        left: the strip had the focus and is empty now.
        standing_changed: the alarms nobody has answered, a tuple.
    """

    fault_asked = Signal(object)
    left = Signal()
    standing_changed = Signal(object)

    def __init__(self, context: UiContext, page: QWidget, play: Play | None = None) -> None:
        """`page`: where the strip stands. `play`: how it sounds; as the platform does unless given."""
        super().__init__(page)
        self._context = context
        self._page = page
        self._play = play or make_sound()
        self._settings = AlarmSettings()
        self._ladder = Ladder()
        self._mute = Mute()
        self._promises: tuple[Promise, ...] = ()
        self._owed: list[Watch] = []
        self._faults = FaultWatches()
        self._standing: tuple[Alarm, ...] = ()
        self._looked = 0
        self._occasion: Occasion | None = Occasion.START
        self._begun = False
        self.strip = AlarmStrip(context.themes)
        self.strip.answered.connect(self._answer)
        self.strip.fault_asked.connect(self._ask_fault)
        self.strip.mute_asked.connect(self._set_mute)
        context.ticker.stepped.connect(self._clock_stepped)
        QShortcut(QKeySequence(ANSWER_KEY), page, self.answer_worst).setAutoRepeat(False)
        QShortcut(QKeySequence(MUTE_KEY), page, self.open_mute)

    # ── what is watched ──

    def set_settings(self, settings: AlarmSettings) -> None:
        self._settings = settings
        self._ladder.repeat_s = settings.repeat_s
        self.watch_promises(self._promises)
        self._show()

    def set_answered(self, keys: Iterable[AlarmKey]) -> None:
        """What was answered before; from the first time on, alarms ring."""
        self._begun = True
        self._ladder.set_answered(keys)

    def watch_faults(self, faults: Sequence[FaultRow], thresholds: Thresholds, amount: Decimal) -> None:
        """Watch these faults in place of those before. `amount`: yuan of one case under 九.2."""
        self._change(*self._faults.changed(faults, thresholds, amount))

    def watch_promises(self, promises: Iterable[Promise]) -> None:
        """Watch these 回电承诺 in place of those before."""
        self._promises = tuple(promises)
        gone, self._owed = self._owed, promise_watches(self._promises, self._settings.promise)
        self._change(gone, self._owed)

    def _change(self, gone: Iterable[Watch], come: Iterable[Watch]) -> None:
        self._ladder.change(gone, come)
        if self._begun:
            self._look(self._context.ticker.now)

    # ── time ──

    @Slot(object)
    def _clock_stepped(self, _step: Step) -> None:
        """The machine's clock was moved: what has come up by it is told as one."""
        self._occasion = Occasion.STEP

    def tick(self, now: int) -> None:
        """Once a second."""
        if not self._begun:
            return
        if self._occasion is None and now - self._looked > PAUSE_S:
            self._occasion = Occasion.SLEEP if self._context.ticker.real else Occasion.SKIP
        if self._ladder.is_due(now):
            self._look(now)
        self._looked = now
        self._occasion = None
        if self._mute.has_run_out(now):
            self._unmute(now)
        elif self._mute.on:
            self.strip.show_mute(self._mute.left(now))
        self.strip.tick(now)

    def _look(self, now: int) -> None:
        ringing = [alarm for alarm in self._ladder.look(now) if alarm.rung is not Rung.SOON]
        standing = self._ladder.standing()
        if standing is not self._standing:
            self._standing = standing
            self._show()
        if ringing:
            self._ring(ringing, now)
        self._looked, self._occasion = now, None

    def _ring(self, alarms: Sequence[Alarm], now: int) -> None:
        """Say and sound what has come up, as one."""
        occasion = self._occasion
        if occasion is not None or not self._page.isVisible():
            # The strip says it to who sees the desk; on another page the message bar does.
            last_call = next((alarm for alarm in alarms if alarm.rung is Rung.LAST_CALL), None)
            whom = "" if last_call is None else whom_to_ring(self._settings, again=last_call.again)
            self._context.messages.note(digest(alarms, now, occasion), whom)
        self._sound(alarms)
        window = self._page.window()
        if not window.isActiveWindow():
            QApplication.alert(window)

    def _sound(self, alarms: Sequence[Alarm]) -> None:
        if self._settings.sound and not self._mute.on:
            self._play(max(alarm.rung for alarm in alarms))

    # ── what a person does ──

    @Slot()
    def answer_worst(self) -> None:
        """知道了 to the alarm at the top."""
        if self.strip.worst is not None:
            self._answer(self.strip.worst)

    @Slot()
    def open_mute(self) -> None:
        if self.strip.isVisible():
            self.strip.open_menu()

    @Slot(object)
    def _answer(self, alarm: Alarm) -> None:
        self._context.executor.submit(AnswerAlarm(alarm.key), self, self._answered_by(alarm.key))

    def _answered_by(self, key: AlarmKey) -> Callable[[Changes], None]:
        def done(_changes: Changes) -> None:
            self._ladder.answer(key)
            self._standing = self._ladder.standing()
            self._show()

        return done

    @Slot(object)
    def _ask_fault(self, alarm: Alarm) -> None:
        if alarm.watch.fault_id:
            self.fault_asked.emit(alarm.watch.fault_id)

    @Slot(object)
    def _set_mute(self, minutes: int) -> None:
        now = self._context.ticker.now
        if minutes:
            self._mute.begin(minutes, now)
            self._show()
        else:
            self._unmute(now)

    def _unmute(self, now: int) -> None:
        """Sound again; what still stands is told once."""
        self._mute.end()
        self._show()
        if self._standing:
            self._context.messages.note(digest(self._standing, now, Occasion.UNMUTED))
            self._sound(self._standing)

    def _show(self) -> None:
        now = self._context.ticker.now
        strip = self.strip
        had_focus = strip.isAncestorOf(focus) if (focus := QApplication.focusWidget()) is not None else False
        strip.show_alarms(self._standing, self._settings, now)
        strip.show_mute(self._mute.left(now) if self._mute.on else 0)
        strip.setVisible(bool(self._standing) or self._mute.on)
        self.standing_changed.emit(self._standing)
        if had_focus and not self._standing:
            self.left.emit()
