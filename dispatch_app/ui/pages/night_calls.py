"""夜间补录: a grid for the calls of the night mobile, kept as typed until each of them is registered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.night_rows import COLUMN_WORDS, COLUMNS, NightBook, rows_from_text
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.night_calls_row import NightLine, lay_cells
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Card
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

DRAFT = "night_calls"
"""The setting that holds what was typed: a list of rows, each its id and its cells."""
PAUSE_MS = 600
"""So long after the last key what was typed is kept."""
MOST_ROWS = 200
HINT = (
    "Tab 或回车到下一格，最后一格回车另起一行；可从表格粘贴。时间属于本行日期，过了零点的写 +00:30。"
    "写好的行一次登记，有误的留下并注明原因。"
)


def read_night(queries: Queries) -> tuple[NightBook, str]:
    """Places and people, and what was left typed."""
    return queries.night_book(), queries.setting(DRAFT)


class NightCallsPage(QWidget):
    """Signals:
    left: back to the shift.
    """

    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._book: NightBook | None = None
        self._under_way: set[str] = set()
        self._registered = 0
        self._current: NightLine | None = None
        self.lines: list[NightLine] = []
        self.back = Button("返回交接班", Kind.PLAIN)
        self.register_button = Button("登记", Kind.PRIMARY, "Ctrl ⏎")
        self.remove_button = Button("删除这一行", Kind.PLAIN, "Ctrl Del")
        self.remove_button.setToolTip("删除光标所在的一行（Ctrl+Del）")
        self.count = Text("", Size.QUIET, Tone.QUIET)
        self._rows = QVBoxLayout()
        self._keeping = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._lay_out()
        self._keeping.timeout.connect(self._keep)
        self.back.clicked.connect(self._leave)
        self.register_button.clicked.connect(self.register)
        self.remove_button.clicked.connect(self.remove_current)
        acts = {"Ctrl+Return": self.register, "Ctrl+Enter": self.register, "Ctrl+Del": self.remove_current}
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        context.executor.applied.connect(self._applied)
        context.executor.ask(read_night, self._take, self)

    def _lay_out(self) -> None:
        card = Card("夜间补录")
        card.body.addWidget(Text(HINT, Size.SMALL, Tone.QUIET, wrap=True))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        lay_cells(head, [Text(COLUMN_WORDS[name], Size.SMALL, Tone.QUIET) for name in COLUMNS])
        column.addLayout(head)
        self._rows.setSpacing(6)
        column.addLayout(self._rows)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inner)
        # The card's own surface shows through.
        inner.setAutoFillBackground(False)
        card.body.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.register_button)
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.remove_button)
        foot.addWidget(self.back)
        card.body.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.addWidget(card)

    # ── rows ──

    def add_line(self, row_id: str = "") -> NightLine:
        """One more empty row at the end."""
        line = NightLine(self._context, row_id)
        self.lines.append(line)
        self._rows.addWidget(line)
        # A layout shows it only with the next event; until then Enter would pass it by.
        line.show()
        line.edited.connect(partial(self._edited, line))
        line.finished.connect(partial(self._finish, line))
        line.stepped.connect(partial(self._step, line))
        line.pasted.connect(partial(self._paste, line))
        line.name(len(self.lines))
        self.setFocusProxy(self.lines[0].cells[COLUMNS[0]])
        return line

    def remove_line(self, line: NightLine) -> None:
        """Take a row away; there is always one to type in."""
        place = self.lines.index(line)
        self.lines.remove(line)
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()
        if not self.lines:
            self.add_line()
        for number, following in enumerate(self.lines[place:], place + 1):
            following.name(number)
        self.setFocusProxy(self.lines[0].cells[COLUMNS[0]])
        self._keeping.start()
        self._count()

    @Slot()
    def remove_current(self) -> None:
        """Take the row away that the caret is or was last in."""
        line = self._current if self._current in self.lines else self.lines[-1]
        if line.row_id in self._under_way:
            return
        place = self.lines.index(line)
        self.remove_line(line)
        self._go(self.lines[min(place, len(self.lines) - 1)], COLUMNS[0])

    def _go(self, line: NightLine, column: str) -> None:
        line.cells[column].setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(line)

    def _finish(self, line: NightLine) -> None:
        place = self.lines.index(line) + 1
        following = self.lines[place] if place < len(self.lines) else self.add_line()
        self._go(following, COLUMNS[0])

    def _step(self, line: NightLine, column: str, by: int) -> None:
        place = self.lines.index(line) + by
        if 0 <= place < len(self.lines):
            self._go(self.lines[place], column)

    def _paste(self, line: NightLine, column: str, text: str) -> None:
        """A piece of a spreadsheet: its first row goes into this one, the others into those below."""
        pieces = rows_from_text(text)
        place = self.lines.index(line)
        room = MOST_ROWS - place
        for offset, cells in enumerate(pieces[:room]):
            if place + offset == len(self.lines):
                self.add_line()
            self.lines[place + offset].show_values(cells, column)
        if len(pieces) > room:
            self._context.messages.note(
                f"只贴入前 {room} 行，还有 {len(pieces) - room} 行没有贴", "登记这些之后再贴其余"
            )
        self._keeping.start()
        self._check_all()

    # ── checking and keeping ──

    def _take(self, found: tuple[NightBook, str]) -> None:
        self._book, kept = found
        for row_id, *cells in json.loads(kept or "[]"):
            self.add_line(row_id).show_values(cells)
        if not self.lines:
            self.add_line()
        self._keeping.stop()
        self._check_all()

    def _take_book(self, book: NightBook) -> None:
        self._book = book
        self._check_all()

    def _edited(self, line: NightLine) -> None:
        self._keeping.start()
        self._check([line])

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """A row that was left, or in which the caret moved on, has more to be looked at."""
        if self.isVisible():
            touched = [widget for widget in (old, new) if widget is not None]
            lines = [line for line in self.lines if any(map(line.isAncestorOf, touched))]
            self._current = next((line for line in lines if line.focused), self._current)
            self._check(lines)

    def _check_all(self) -> None:
        self._check(self.lines)

    def _check(self, lines: Sequence[NightLine]) -> None:
        """Look at these rows again."""
        if self._book is not None:
            for line in lines:
                line.check(self._book, self._context.ticker.now)
            self._count()

    def _count(self) -> None:
        good = sum(line.command is not None for line in self.lines)
        wrong = sum(line.written for line in self.lines) - good
        self.register_button.set_text(f"登记 {good} 行" if good else "登记")
        self.count.setText(f"{wrong} 行还不能登记" if wrong else "")

    @Slot()
    def _keep(self) -> None:
        self._keeping.stop()
        executor = self._context.executor
        if executor.closed:
            return
        rows = [
            [line.row_id, *(cell.text() for cell in line.cells.values())]
            for line in self.lines
            if line.written
        ]
        text = json.dumps(rows, ensure_ascii=False) if rows else ""
        executor.submit(ChangeSetting(DRAFT, text), self)

    # ── registering ──

    @Slot()
    def register(self) -> None:
        """Register every row that is right, each in a transaction of its own; the others stay."""
        if self._under_way:
            return
        self._check_all()
        good = [line for line in self.lines if line.command is not None]
        if not good:
            self._context.messages.refuse(KnownError("没有可以登记的行", "照各行下面的提示改好，再登记"))
            return
        self._registered = 0
        self._under_way = {line.row_id for line in good}
        for line in good:
            line.setEnabled(False)
            self._context.executor.submit(
                line.command, self, partial(self._row_done, line), partial(self._row_refused, line)
            )

    def _row_done(self, line: NightLine, _changes: Changes) -> None:
        self._registered += 1
        self.remove_line(line)
        self._settle(line)

    def _row_refused(self, line: NightLine, error: KnownError) -> None:
        line.setEnabled(True)
        line.refuse(error)
        self._settle(line)

    def _settle(self, line: NightLine) -> None:
        """One answer has come; after the last one say how it went, and keep what is left."""
        self._under_way.discard(line.row_id)
        if self._under_way:
            return
        self._keep()
        left = sum(one.written for one in self.lines)
        rest = f"，还有 {left} 行没有登记，原因写在行下" if left else ""
        self._context.messages.done(f"已登记 {self._registered} 件{rest}")
        if self.isVisible():
            self._go(self.lines[0], COLUMNS[0])

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        changes = applied.changes
        if changes.initiator is not self and (changes.sites or changes.staff):
            self._context.executor.ask(Queries.night_book, self._take_book, self)

    @Slot()
    def _leave(self) -> None:
        if self._keeping.isActive():
            self._keep()
        self.left.emit()
