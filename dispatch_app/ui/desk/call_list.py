"""今日来电记录: today's calls that became no fault of their own; the last one can be taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from dispatch_app.contract.calls import CALL_WORDS
from dispatch_app.operations.call_records import WithdrawCall
from dispatch_app.operations.call_rows import CallRow
from dispatch_app.operations.changes import Changes
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.beijing import short_clock_text
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

LATE_S = 60
"""Written down this much later than it was answered, both times are shown."""
NONE_YET = "今天还没有非故障来电。接报时按 F4 记下误拨、咨询、催办、投诉。"


def call_words(row: CallRow) -> str:
    """`14:20　催办 A-0006　张主任　网信办　6860 0001　宁湖大厦一机房　问何时恢复`."""
    late = row.recorded_at - row.answered_at >= LATE_S
    parts = (
        short_clock_text(row.answered_at),
        f"{CALL_WORDS[row.kind]} {row.fault_number}".rstrip(),
        row.caller,
        row.unit,
        row.callback,
        row.site_name,
        row.note,
        f"{short_clock_text(row.recorded_at)} 补记" if late else "",
    )
    return "　".join(part for part in parts if part)


class CallList(QDialog):
    """Read anew whenever it is opened."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("今日来电记录")
        self.resize(720, 420)
        self._context = context
        self._last: CallRow | None = None
        self.note = Text(NONE_YET, Size.QUIET, Tone.QUIET, wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName("今日来电记录")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.withdraw = Button("撤回最近一条", Kind.PLAIN, "Alt+Z")
        self.withdraw.setShortcut("Alt+Z")
        self.shut = Button("关闭", Kind.PLAIN, "Esc")
        self.shut.setToolTip("Esc")
        foot = QHBoxLayout()
        foot.addWidget(self.withdraw)
        foot.addStretch(1)
        foot.addWidget(self.shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.withdraw.clicked.connect(self._withdraw)
        self.shut.clicked.connect(self.reject)

    def show_today(self) -> None:
        """Open over the window and read."""
        self._read()
        self.open()

    def _read(self) -> None:
        self._context.executor.ask(lambda queries: queries.calls_today(), self._show, self)

    def _show(self, rows: tuple[CallRow, ...]) -> None:
        self.list.clear()
        self.list.addItems([call_words(row) for row in rows])
        self.note.setText(f"今天 {len(rows)} 通来电没有另立故障，不起算时限。" if rows else NONE_YET)
        self.withdraw.setEnabled(bool(rows))
        # The one recorded last, whenever it was answered: that is the slip just made.
        self._last = max(rows, key=lambda row: row.recorded_at, default=None)
        said = call_words(self._last) if self._last is not None else ""
        self.withdraw.setToolTip(f"Alt+Z　撤回：{said}")

    @Slot()
    def _withdraw(self) -> None:
        if self._last is not None:
            self._context.executor.submit(WithdrawCall(self._last.id), self, self._withdrawn)

    def _withdrawn(self, changes: Changes) -> None:
        self._read()
