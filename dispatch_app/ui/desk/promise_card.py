"""回电: whom somebody promised to ring back, the one due first on top, and a button for having done so."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.operations.promises import KeepPromise
from dispatch_app.operations.rows import PromiseRow
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.beijing import figure_text, short_clock_text
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Card
from dispatch_app.ui.widgets.labels import ElidedLabel, Text
from dispatch_app.ui.widgets.polish import Size, Tone

FIGURE_WIDTH = 60


class PromiseLine(QWidget):
    """One promise: time left, whom to ring, why.

    Signals:
        kept: id of the promise.
    """

    kept = Signal(object)

    def __init__(self, row: PromiseRow, now: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        who = f"{row.caller} {row.callback}".strip()
        self.figure = Text("", Size.BODY)
        self.figure.setMinimumWidth(FIGURE_WIDTH)
        # The number first: it is what the hand dials, and it must never be cut.
        self.number = ElidedLabel(row.callback, Size.BODY)
        self.about = ElidedLabel(f"{row.caller}　{row.about}".strip(), Size.SMALL, Tone.QUIET)
        self.done = Button("已回电", Kind.PLAIN)
        self.done.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.done.setAccessibleName(f"已回电 {who}")
        self.done.setToolTip(f"F7 到这里，回车记下已回电 {who}（{short_clock_text(row.due_at)} 前）")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.number)
        words.addWidget(self.about)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.figure)
        line.addLayout(words, 1)
        line.addWidget(self.done)
        self.done.clicked.connect(self._done)
        self.tick(now)

    def tick(self, now: int) -> None:
        left = self.row.due_at - now
        self.figure.setText(figure_text(left) if left > 0 else f"超 {figure_text(-left)}")
        self.figure.set_tone(Tone.TEXT if left > 0 else Tone.BREACHED)

    @Slot()
    def _done(self) -> None:
        self.kept.emit(self.row.id)


class PromiseCard(Card):
    """All promises still owed; not there at all when there are none.

    Signals:
        changed: promises came or went.
    """

    changed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("回电", "F7", parent=parent)
        self.setAccessibleName("回电承诺")
        self._context = context
        self.lines: list[PromiseLine] = []
        self.hide()
        context.executor.applied.connect(self._take_applied)
        context.ticker.second.connect(self._tick)
        self._read()

    def go_to_first(self) -> None:
        """Put the focus on the button of the promise due first, if there is one."""
        if self.lines:
            self.lines[0].done.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _take_applied(self, applied: Applied) -> None:
        if applied.changes.promises:
            self._read()

    def _read(self) -> None:
        self._context.executor.ask(lambda queries: queries.promises(), self._show, self)

    def _show(self, rows: tuple[PromiseRow, ...]) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        for row in rows:
            line = PromiseLine(row, self._context.ticker.now)
            line.kept.connect(self._keep)
            self.lines.append(line)
            self.body.addWidget(line)
        self.set_title(f"回电 {len(rows)}", "F7")
        self.setVisible(bool(rows))
        self.changed.emit()

    @Slot(object)
    def _keep(self, promise_id: str) -> None:
        self._context.executor.submit(KeepPromise(promise_id), self)

    @Slot(object)
    def _tick(self, now: int) -> None:
        for line in self.lines:
            line.tick(now)
