"""A page of registers: which of them at the left, the one in sight beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from dispatch_app.operations.history_rows import HistoryFilter
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_rows import RegisterCount, RegisterFilter, Relation
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.registers.register_list import RegisterList
from dispatch_app.ui.widgets.cards import Card
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

CHOOSER_WIDTH = 172


class RegistersPage(QWidget):
    """Signals:
    faults_wanted: `HistoryFilter` for the list of all faults.
    register_wanted: (register key, `RegisterFilter`, what it is called) on another page.
    """

    faults_wanted = Signal(object)
    register_wanted = Signal(object)

    def __init__(
        self, context: UiContext, name: str, keys: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """`name`: under which the register last in sight is remembered."""
        super().__init__(parent)
        self._context = context
        self.keys = tuple(keys)
        self._memory = LayoutMemory(context.data_folder)
        self._memory_key = f"registers/{name}/shown"
        self._lists: dict[str, RegisterList] = {}
        self._counting = self._count_again = False
        self.stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self.chooser = self._make_chooser()
        self.above = QVBoxLayout()
        """What a page has over its registers."""
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.chooser)
        row.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self.above)
        column.addLayout(row, 1)
        self.chooser.setVisible(len(self.keys) > 1)
        context.executor.applied.connect(self._applied)
        kept = self._memory.text(self._memory_key)
        self.show_register(kept if kept in self.keys else self.keys[0])

    def _make_chooser(self) -> Card:
        card = Card(flush=True)
        card.setFixedWidth(CHOOSER_WIDTH)
        column = QVBoxLayout()
        column.setContentsMargins(8, 10, 8, 10)
        column.setSpacing(2)
        for place, key in enumerate(self.keys):
            button = QPushButton(register_of(key).title)
            button.setCheckable(True)
            button.setToolTip(register_of(key).purpose)
            describe(button, chooser=True)
            self._group.addButton(button, place)
            column.addWidget(button)
        column.addStretch(1)
        self._column = column
        self.pressing = Text("", Size.SMALL, Tone.QUIET, wrap=True)
        column.addWidget(self.pressing)
        card.body.addLayout(column)
        self._group.idClicked.connect(self._choose)
        return card

    def add_first(self, button: QPushButton) -> None:
        """A view of the page that is no register, over all registers."""
        self._column.insertWidget(0, button)

    @property
    def shown(self) -> RegisterList:
        """The register in sight."""
        found = self.stack.currentWidget()
        assert isinstance(found, RegisterList)
        return found

    def list_of(self, key: str) -> RegisterList:
        """The list of one of the page's registers, made now if nobody has looked at it yet."""
        if key not in self._lists:
            made = self._lists[key] = RegisterList(self._context, key)
            made.related.connect(self._relate)
            made.counted.connect(self._show_counted)
            self.stack.addWidget(made)
        return self._lists[key]

    def show_register(
        self, key: str, wanted: RegisterFilter | None = None, said: str = "", entry_id: str = ""
    ) -> RegisterList:
        """Bring a register into sight, with a filter or an entry asked for elsewhere."""
        chosen = self.list_of(key)
        self.stack.setCurrentWidget(chosen)
        self._group.button(self.keys.index(key)).setChecked(True)
        self.setFocusProxy(chosen)
        self._memory.keep(self._memory_key, key)
        if wanted is not None:
            chosen.show_filter(wanted, said)
        if entry_id:
            chosen.show_entry(entry_id)
        return chosen

    @Slot(int)
    def _choose(self, place: int) -> None:
        self.show_register(self.keys[place])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_counts()

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        if self.isVisible() and not applied.changes.registers.isdisjoint(self.keys):
            self._read_counts()

    def _read_counts(self) -> None:
        # An import shows its rows in many small steps: one question at a time is enough.
        self._count_again = self._counting
        if not self._counting:
            self._counting = True
            self._context.executor.ask(partial(_counts, self.keys), self._show_counts, self)

    def _show_counts(self, counts: tuple[RegisterCount, ...]) -> None:
        self._counting = False
        if self._count_again:
            self._read_counts()
        for counted in counts:
            self._show_counted(counted)

    @Slot(object)
    def _show_counted(self, counted: RegisterCount) -> None:
        register = register_of(counted.register)
        said = f"{register.title}　{counted.standing:,}" if counted.standing else register.title
        button = self._group.button(self.keys.index(counted.register))
        # What is overdue comes before how many there are.
        button.setText(f"{register.title}　■ {counted.pressing:,}" if counted.pressing else said)
        describe(button, pressing=bool(counted.pressing))

    @Slot(object, str)
    def _relate(self, relation: Relation, called: str) -> None:
        wanted, called = relation.filter, relation.called or called
        if isinstance(wanted, HistoryFilter):
            self.faults_wanted.emit(wanted)
        elif relation.register in self.keys:
            self.show_register(relation.register, wanted, called)
        else:
            self.register_wanted.emit((relation.register, wanted, called))


def _counts(keys: tuple[str, ...], queries: Queries) -> tuple[RegisterCount, ...]:
    return queries.register_counts(keys)
