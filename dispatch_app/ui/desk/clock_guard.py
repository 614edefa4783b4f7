"""The machine's clock was moved: recorded, said until somebody has verified it; and its time zone, once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_app.operations.clock_steps import CheckClockAtStart, RecordClockStep, VerifyClock
from dispatch_app.operations.clock_watch import Step
from dispatch_app.operations.rows import ClockDoubt
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.beijing import OFFSET_S, clock_text, day_of, figure_text
from dispatch_app.ui.widgets.cards import Banner
from dispatch_app.ui.widgets.polish import Tone

KEY = "Ctrl+F8"


def step_words(doubt: ClockDoubt) -> str:
    """What the banner says of a step."""
    seconds = doubt.after - doubt.before
    sign = "+" if seconds > 0 else "−"
    size = abs(seconds)
    length = f"{size // 3600}:{size % 3600 // 60:02d}:{size % 60:02d}" if size >= 60 else f"{size} 秒"
    before, after = (f"{day_of(at):%m-%d} {clock_text(at)}" for at in (doubt.before, doubt.after))
    return (
        f"电脑时钟被拨动 {sign}{length}（{before} → {after}），其间记下的时刻待核。"
        "请对准电脑的时间，再按「已核对」"
    )


class ClockGuard(QObject):
    """Signals: stepped when everything must be computed and read anew."""

    stepped = Signal()

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.banner = Banner("", Tone.SOON, "已核对")
        self.holder = QWidget(parent)
        column = QVBoxLayout(self.holder)
        column.setContentsMargins(14, 10, 14, 0)
        column.addWidget(self.banner)
        self.banner.action.set_key(KEY)
        self.banner.action.setAccessibleName("已核对电脑时钟")
        self.banner.action.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.banner.action.setToolTip(f"电脑的时间已经对准，从现在起记下的时刻可信（{KEY}）")
        self.holder.hide()
        self.banner.acted.connect(self.verify)
        QShortcut(QKeySequence(KEY), parent, self.verify)
        context.ticker.stepped.connect(self._record)
        context.ticker.zone_changed.connect(self._hint)
        context.executor.applied.connect(self._take)

    def begin(self) -> None:
        """Look at the clock for the first time."""
        if self._context.ticker.real:
            self._context.executor.submit(CheckClockAtStart(), self)
        self._read()

    @Slot()
    def verify(self) -> None:
        """已核对."""
        if not self.holder.isHidden():
            self._context.executor.submit(VerifyClock(), self)

    @Slot(object)
    def _record(self, step: Step) -> None:
        self._context.executor.submit(RecordClockStep(step.before, step.after), self)
        self.stepped.emit()

    @Slot(object)
    def _hint(self, offset: int) -> None:
        if offset != OFFSET_S:
            sign = "+" if offset >= 0 else "−"
            self._context.messages.note(
                f"电脑的时区是 UTC{sign}{figure_text(abs(offset) // 60)}，调度台一律显示北京时间"
            )

    @Slot(object)
    def _take(self, applied: Applied) -> None:
        if "clock" in applied.changes.settings:
            self._read()

    def _read(self) -> None:
        self._context.executor.ask(lambda queries: queries.clock_doubt(), self._show, self)

    def _show(self, doubt: ClockDoubt | None) -> None:
        if doubt is not None:
            self.banner.set_text(step_words(doubt))
        self.holder.setVisible(doubt is not None)
