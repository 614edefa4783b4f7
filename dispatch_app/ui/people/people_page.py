"""人员: the roster first, and beside it the registers of the people."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from dispatch_app.operations.people_rows import PersonRow
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.people.roster_line import CHANGES, TRAININGS
from dispatch_app.ui.people.roster_view import RosterView
from dispatch_app.ui.people.staff_letter_panel import letter_panel
from dispatch_app.ui.registers.registers_page import RegistersPage
from dispatch_app.ui.widgets.polish import describe

ROSTER = 1000
"""Id of the roster's button among those of the registers."""


class PeoplePage(RegistersPage):
    """A page of registers whose first view is the roster."""

    def __init__(self, context: UiContext, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(context, "people", keys, parent)
        self.roster = RosterView(context)
        self.stack.addWidget(self.roster)
        self.roster_button = button = QPushButton("名单")
        button.setCheckable(True)
        button.setToolTip("在职的人：状态、手上的故障、电话、证书和变动")
        describe(button, chooser=True)
        self._group.addButton(button, ROSTER)
        self.add_first(button)
        self.roster.register_asked.connect(self._show_register_of)
        self.roster.change_asked.connect(self._begin_change)
        self.roster.fault_asked.connect(self.faults_wanted)
        self.roster.letter_asked.connect(self.open_letter)
        new = QShortcut(QKeySequence("Ctrl+N"), self.roster, self.roster.ask_join)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.show_roster()

    def show_roster(self) -> None:
        """Bring the roster into sight."""
        self.stack.setCurrentWidget(self.roster)
        self.roster_button.setChecked(True)
        self.setFocusProxy(self.roster)

    @Slot(int)
    def _choose(self, place: int) -> None:
        if place == ROSTER:
            self.show_roster()
        else:
            super()._choose(place)

    @Slot(object)
    def _show_register_of(self, asked: tuple[str, PersonRow]) -> None:
        key, row = asked
        # A training names several people in one cell: they are found by the name.
        wanted = RegisterFilter(row.name) if key == TRAININGS else RegisterFilter(refers=("person", row.id))
        self.show_register(key, wanted, row.name)

    @Slot(object)
    def _begin_change(self, row: PersonRow | None) -> None:
        chosen = self.show_register(CHANGES)
        chosen.begin_entry({"kind": "入职"} if row is None else {"person": row.name})

    @Slot()
    def open_letter(self) -> None:
        """函告 of every change that waits for one."""
        letter_panel(self._context, self.roster).open_for()
