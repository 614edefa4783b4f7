"""The strip that never leaves while a drill runs, with its speed, its pause and its end."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.ui.widgets.buttons import Button, Segments
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, describe

SPEEDS = (1, 5, 15, 60)
WORDS = "演练　全在临时数据库里，关掉窗口即弃，不碰真实数据"


class DrillBanner(QFrame):
    """Signals: skip_asked to go on to the next step at once, ended when 结束演练 is pressed."""

    skip_asked = Signal()
    ended = Signal()

    def __init__(self, clock: DrillClock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        describe(self, drillbanner=True)
        self.setAccessibleName(WORDS)
        self.words = Text(WORDS, Size.QUIET, wrap=True)
        self.speeds = Segments([(str(speed), f"{speed}×") for speed in SPEEDS])
        self.speeds.set_value(str(clock.speed))
        self.progress = Text("", Size.QUIET)
        self.skip = Button("跳到下一步")
        self.pause = Button("")
        self.end = Button("结束演练")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for widget in (self.progress, self.speeds, self.skip, self.pause, self.end):
            row.addWidget(widget)
        self.speeds.chosen.connect(self._set_speed)
        self.pause.clicked.connect(self._toggle_pause)
        self.skip.clicked.connect(self.skip_asked)
        self.end.clicked.connect(self.ended)
        self.show_pause()

    @Slot(object)
    def show_progress(self, progress: tuple[int, int]) -> None:
        """`progress`: steps done and steps in all."""
        done, total = progress
        self.progress.setText(f"第 {done} 步，共 {total} 步")

    @Slot()
    def show_pause(self) -> None:
        """Say what the button would do now; the clock may have been stopped by the day's end."""
        self.pause.set_text("继续" if self._clock.paused else "暂停")

    @Slot(str)
    def _set_speed(self, speed: str) -> None:
        self._clock.run_at(int(speed))

    @Slot()
    def _toggle_pause(self) -> None:
        if self._clock.paused:
            self._clock.resume()
        else:
            self._clock.pause()
        self.show_pause()
