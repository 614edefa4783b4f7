"""Over the visits: who is in the rooms now, each a button that begins the leaving."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import date_of, moment_text
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_rows import InsideRow
from dispatch_app.operations.registers.visits import KEY
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.registers.strip import Strip
from dispatch_app.ui.widgets.flow import FlowLayout
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

NOBODY = "现在室内没有外来人员"


class InsideStrip(Strip):
    """How many there are, and a button for each visit."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.count = Text(NOBODY, Size.QUIET, Tone.QUIET)
        self._visitors = QWidget()
        self._flow = FlowLayout(6, self._visitors)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 0)
        column.setSpacing(6)
        column.addWidget(self.count)
        column.addWidget(self._visitors)
        self._visitors.hide()
        self._day = date_of(context.ticker.now)
        context.executor.applied.connect(self._applied)
        context.ticker.second.connect(self._tick)

    @property
    def visitors(self) -> list[QPushButton]:
        """A button for each visit that has not ended, the longest first."""
        items = (self._flow.itemAt(place) for place in range(self._flow.count()))
        return [one for item in items if item and isinstance(one := item.widget(), QPushButton)]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        if self.isVisible() and KEY in applied.changes.registers:
            self._read()

    def _read(self) -> None:
        self._day = date_of(self._context.ticker.now)
        self._context.executor.ask(_inside, self._show, self)

    def _show(self, rows: tuple[InsideRow, ...]) -> None:
        for former in self.visitors:
            self._flow.removeWidget(former)
            former.setParent(None)
            former.deleteLater()
        for row in rows:
            self._flow.addWidget(self._button(row))
        people = sum(row.people for row in rows)
        self.count.setText(f"现在在室内 {people} 人" if rows else NOBODY)
        self.count.set_tone(Tone.TEXT if rows else Tone.QUIET)
        self._visitors.setVisible(bool(rows))

    def _button(self, row: InsideRow) -> QPushButton:
        others = f" 等 {row.people} 人" if row.people > 1 else ""
        since = moment_text(row.came)[5:16] if row.overnight else moment_text(row.came)[11:16]
        late = "，隔天未离开" if row.overnight else ""
        made = QPushButton(f"{row.visitor}{others} · {row.room} · {since} 进入{late}")
        made.setAccessibleName(f"登记离开 {row.number} {row.visitor}")
        made.setToolTip(f"{row.number}　{row.unit}，{row.escort} 陪同；点一下登记离开")
        describe(made, visitor=True, pressing=row.overnight)
        made.clicked.connect(partial(self._leave, row.entry_id))
        return made

    def _leave(self, entry_id: str) -> None:
        self.acted.emit(entry_id, "leave")

    @Slot(object)
    def _tick(self, now: int) -> None:
        """At midnight whoever is still there has stayed overnight."""
        if self.isVisible() and date_of(now) != self._day:
            self._read()


def _inside(queries: Queries) -> tuple[InsideRow, ...]:
    return queries.visitors_inside()
