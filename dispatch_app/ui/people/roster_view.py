"""名单: everybody employed, how many technicians the contract asks for, and the ways into the registers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.operations.changes import Changes
from dispatch_app.operations.people_rows import PeopleOverview, PersonRow
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.staff_mobiles import RevealMobile
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.people.roster_line import RosterLine
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Card, ScrollPage
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

REGISTERS = frozenset({"staff_changes", "qualifications", "trainings", "leaves"})
"""What is said of a person comes from these."""


class RosterView(QWidget):
    """Signals:
    register_asked: (key of a register, `PersonRow`). change_asked: `PersonRow`, or None for somebody new.
    letter_asked: 出函告. fault_asked: number of a fault.
    """

    register_asked = Signal(object)
    change_asked = Signal(object)
    letter_asked = Signal()
    fault_asked = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self.lines: dict[str, RosterLine] = {}
        self.headcount = Text("", Size.SITE)
        self.letter_button = Button("出函告", Kind.PLAIN)
        self.letter_button.setToolTip("把还没有告知甲方的变动出成一份函告（九.1）")
        self.join_button = Button("登记入职", Kind.PRIMARY, "Ctrl+N")
        self.sheet = ScrollPage(2400, on_card=True)
        self._lay_out()
        self.letter_button.clicked.connect(self.letter_asked)
        self.join_button.clicked.connect(self.ask_join)
        context.executor.applied.connect(self._applied)

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 16, 12)
        head.setSpacing(8)
        head.addWidget(self.headcount, 1)
        head.addWidget(self.letter_button)
        head.addWidget(self.join_button)
        card.body.addLayout(head)
        card.body.addWidget(self.sheet, 1)
        self.sheet.column.setContentsMargins(0, 0, 0, 8)
        self.sheet.column.setSpacing(0)
        self._people = QWidget()
        self.sheet.column.addWidget(self._people)
        self.sheet.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self.join_button)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        # A number that was looked at does not stay for whoever comes next.
        self._stale = True
        super().hideEvent(event)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        changes = applied.changes
        if not (changes.staff or changes.faults or not changes.registers.isdisjoint(REGISTERS)):
            return
        if self.isVisible():
            self._read()
        else:
            self._stale = True

    def _read(self) -> None:
        self._stale = False
        self._context.executor.ask(_overview, self._take, self)

    def _take(self, found: PeopleOverview) -> None:
        short = found.employed < found.required
        said = f"在职技术人员 {found.employed} 人，合同不少于 {found.required} 人（二.2）"
        self.headcount.setText(f"{said}，缺 {found.required - found.employed} 人" if short else said)
        self.headcount.set_tone(Tone.BREACHED if short else Tone.TEXT)
        self.letter_button.set_text(f"出函告 {found.untold}" if found.untold else "出函告")
        self.letter_button.setEnabled(bool(found.untold))
        with self.sheet.at_once():
            self._show_people(found.people)

    def _show_people(self, people: tuple[PersonRow, ...]) -> None:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.lines = {}
        for row in people:
            rule = QFrame()
            describe(rule, rule=True)
            line = RosterLine(self._context, row)
            line.register_asked.connect(self.register_asked)
            line.change_asked.connect(self.change_asked)
            line.reveal_asked.connect(self._reveal)
            line.fault_asked.connect(self.fault_asked)
            self.lines[row.id] = line
            column.addWidget(rule)
            column.addWidget(line)
        self.sheet.column.replaceWidget(self._people, made)
        self._people.deleteLater()
        self._people = made

    @Slot()
    def ask_join(self) -> None:
        """登记入职: a change of people for somebody new."""
        self.change_asked.emit(None)

    @Slot(object)
    def _reveal(self, row: PersonRow) -> None:
        self._context.executor.submit(RevealMobile(row.id), self, partial(self._was_recorded, row.id))

    def _was_recorded(self, staff_id: str, _changes: Changes) -> None:
        self._context.executor.ask(partial(_mobile, staff_id), partial(self._show_mobile, staff_id), self)

    def _show_mobile(self, staff_id: str, mobile: str) -> None:
        line = self.lines.get(staff_id)
        if line is not None:
            line.show_number(mobile)


def _overview(queries: Queries) -> PeopleOverview:
    return queries.people_overview()


def _mobile(staff_id: str, queries: Queries) -> str:
    return queries.mobile_of(staff_id)
