"""The strip that never leaves while a drill runs, with its speed, its pause and its end."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.ui.widgets.buttons import Button, Segments
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, describe

SPEEDS = (1, 5, 15, 60)
WORDS = "演练　一切都在临时数据库里，关掉窗口即弃；不会改动真实数据，也不发出任何文件"


class DrillBanner(QFrame):
    """Signals: ended when 结束演练 is pressed."""

    ended = Signal()

    def __init__(self, clock: DrillClock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        describe(self, drillbanner=True)
        self.setAccessibleName(WORDS)
        self.words = Text(WORDS, Size.QUIET, wrap=True)
        self.speeds = Segments([(str(speed), f"{speed}×") for speed in SPEEDS])
        self.speeds.set_value(str(clock.speed))
        self.pause = Button("")
        self.end = Button("结束演练")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.speeds)
        row.addWidget(self.pause)
        row.addWidget(self.end)
        self.speeds.chosen.connect(self._set_speed)
        self.pause.clicked.connect(self._toggle_pause)
        self.end.clicked.connect(self.ended)
        self._show_pause()

    @Slot(str)
    def _set_speed(self, speed: str) -> None:
        self._clock.run_at(int(speed))

    @Slot()
    def _toggle_pause(self) -> None:
        if self._clock.paused:
            self._clock.resume()
        else:
            self._clock.pause()
        self._show_pause()

    def _show_pause(self) -> None:
        self.pause.set_text("继续" if self._clock.paused else "暂停")
