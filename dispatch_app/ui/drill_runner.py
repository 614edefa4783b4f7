"""Plays a scripted day at an open desk: each step is handed in when the drill's clock reaches it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.drill import DrillPlayer
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.ui.bridge.executor import BACKGROUND, Executor
from dispatch_app.ui.bridge.messages import Messages
from dispatch_app.ui.bridge.ticker import Ticker

OVER = "演练的一天到此结束，时钟已停；可以接着看，也可以在上方结束演练"


@dataclass(frozen=True, slots=True)
class Drill:
    """A day to be played and the clock it runs on."""

    clock: DrillClock
    player: DrillPlayer


class DrillRunner(QObject):
    """Signals: progressed carries (steps handed out, steps in all)."""

    progressed = Signal(object)

    def __init__(
        self,
        drill: Drill,
        executor: Executor,
        ticker: Ticker,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._drill = drill
        self._executor = executor
        self._ticker = ticker
        self._messages = messages
        self._over = False
        ticker.second.connect(self.play)

    @Slot(object)
    def play(self, now: int) -> None:
        """Hand out what is due at `now` (epoch seconds UTC); a person's own click overtakes it."""
        player = self._drill.player
        steps = player.due(now)
        for step in steps:
            self._executor.submit(step, self, refused=self._forestalled, priority=BACKGROUND)
        if steps:
            self.progressed.emit(player.progress)
        if player.finished and now >= player.day.ends and not self._over:
            self._over = True
            self._drill.clock.pause()
            self._messages.note(OVER)

    @Slot()
    def skip(self) -> None:
        """Go on at once to the next step, or to the end of the day after the last."""
        player = self._drill.player
        self._drill.clock.skip_to(player.day.ends if player.next_at is None else player.next_at)
        self._ticker.beat()

    def _forestalled(self, error: KnownError) -> None:
        self._messages.note(f"演练的一步没有记上：{error.message}", "你已先做了或改了安排，演练接着走")
