"""Under the queue: what of rounds and backups is overdue or due today; a click leads to their page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_pages import DUTIES_OF
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.beijing import day_of
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

if TYPE_CHECKING:
    from dispatch_app.operations.round_rows import DutyBook

HEIGHT = 32


class DutyLine(QPushButton):
    """Hidden while nothing is due; never takes the focus from somebody typing."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._day = day_of(context.ticker.now)
        describe(self, figures=True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("看巡检与备份")
        self.overdue = Text("", Size.SMALL, Tone.BREACHED)
        self.due = Text("", Size.SMALL, Tone.QUIET)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        for part in (self.overdue, self.due):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        row.addStretch(1)
        self.hide()
        context.executor.applied.connect(self._applied)
        context.ticker.second.connect(self._tick)

    def read(self) -> None:
        """Have what is due read again."""
        self._context.executor.ask(_book, self.show_book, self)

    def show_book(self, book: DutyBook) -> None:
        # With the first answer and not with the desk: the registers behind it are long to import.
        from dispatch_app.operations.duty_words import due_words, overdue_words

        overdue, due = overdue_words(book), due_words(book)
        self.overdue.setText(overdue)
        self.overdue.setVisible(bool(overdue))
        self.due.setText(due)
        self.due.setVisible(bool(due))
        self.setAccessibleName(" · ".join(part for part in (overdue, due) if part))
        self.setVisible(bool(overdue or due))

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        if not DUTIES_OF.isdisjoint(applied.changes.registers):
            self.read()

    @Slot(object)
    def _tick(self, now: int) -> None:
        if day_of(now) != self._day:
            self._day = day_of(now)
            self.read()

    def sizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _book(queries: Queries) -> DutyBook:
    return queries.duty_book()
