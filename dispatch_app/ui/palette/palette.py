"""查找与命令: reads what can be found, shows what is typed against it, carries out what is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QWidget

from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.faults import AssignFault, CancelFault, RecordMilestone
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.reading.foresight import Foresight
from dispatch_app.operations.rows import FaultRow
from dispatch_app.operations.words import PRINTED_CLAUSES
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.beijing import length_text
from dispatch_app.ui.desk.words import CLOCKS, SEPARATOR
from dispatch_app.ui.palette.drop import Drop
from dispatch_app.ui.palette.entries import Entry, Place
from dispatch_app.ui.palette.field import KeyThrough, PaletteField
from dispatch_app.ui.palette.finding import ended_wish, entries_wish, find
from dispatch_app.ui.palette.references import Asked
from dispatch_app.ui.palette.snapshot import (
    KnownEntry,
    KnownFault,
    PageLike,
    Snapshot,
    known_entry,
    known_fault,
    snapshot,
)

if TYPE_CHECKING:
    from dispatch_app.operations.register_rows import FoundEntry

NOTHING_FOUND = "没有找到。可写编号、站点、人员、页面，或命令，如「派 7 zym」"
LOADING = "正在读入…"
NOTHING = ("", "")
"""The wish that nothing be looked up."""


class Palette(QObject):
    """Joins the field in the head with the list under it.

    Args:
        pages: What the rail has.
        selected: The fault the desk shows; a command that names none means it.
        go: Leads to a place.
    """

    def __init__(
        self,
        context: UiContext,
        field: PaletteField,
        pages: Sequence[PageLike],
        selected: Callable[[], FaultRow | None],
        go: Callable[[Place], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._field = field
        self._pages = tuple(pages)
        self._selected = selected
        self._go = go
        self._known: Snapshot | None = None
        self._ended: tuple[KnownFault, ...] = ()
        self._entries_found: tuple[KnownEntry, ...] = ()
        self._asked = NOTHING
        self._answering = False
        self._before: QWidget | None = None
        self._performing = False
        self.drop = Drop(context.themes, parent)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._through = KeyThrough(app, self)
        field.entered.connect(self._open)
        field.left.connect(self._shut)
        field.typed.connect(self._show)
        field.stepped.connect(self.drop.step)
        field.taken.connect(self._take_marked)
        field.given_up.connect(self.close)
        self.drop.taken.connect(self._take)
        self.drop.marked_changed.connect(self._say)
        context.executor.applied.connect(self._take_applied)

    @property
    def is_open(self) -> bool:
        return self.drop.isVisible()

    @Slot()
    def toggle(self) -> None:
        """Ctrl+K: into the field, or, from there, back to where the caret was."""
        if self._field.hasFocus():
            self.close()
            return
        self._before = QApplication.focusWidget()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @Slot()
    def close(self) -> None:
        """Empty the field and give the focus back."""
        self._field.clear()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._field.clearFocus()
        self.drop.hide()

    # ── reading ──

    @Slot()
    def _open(self) -> None:
        self._read()
        self._show(self._field.text())

    @Slot()
    def _shut(self) -> None:
        self.drop.hide()

    def _read(self) -> None:
        pages = self._pages

        def everything(queries: Queries) -> Snapshot:
            return snapshot(
                queries.queue(),
                queries.sites(),
                queries.staff(),
                queries.settings(),
                pages,
                filters=queries.history_filters(),
            )

        self._context.executor.ask(everything, self._take_known, self)

    def _take_known(self, known: Snapshot) -> None:
        self._known = known
        self._show_again()

    @Slot(object)
    def _take_applied(self, _applied: Applied) -> None:
        if self.is_open:
            self._read()

    # ── showing ──

    @Slot(object)
    def _show(self, text: str) -> None:
        if not self._field.hasFocus():
            return
        self._ask_more(text)
        self.drop.offer(self._entries(text), self._field)

    def _show_again(self) -> None:
        """Rows have come: what is marked stays marked, wherever it stands now."""
        marked = self.drop.marked
        self._show(self._field.text())
        titles = [(entry.group, entry.title) for entry in self.drop.model.entries]
        if marked is not None and self.is_open and (marked.group, marked.title) in titles:
            self.drop.mark(titles.index((marked.group, marked.title)))

    def _entries(self, text: str) -> tuple[Entry, ...]:
        if self._known is None:
            return ()
        now = self._context.ticker.now
        return find(text, Asked(self._known, now, self._selected(), self._ended, self._entries_found))

    def _ask_more(self, text: str) -> None:
        """Have looked up what no snapshot holds: faults off the desk and entries of registers.

        One question at a time, the latest text wins.
        """
        wish = (ended_wish(text), entries_wish(text))
        if wish == self._asked or self._answering:
            return
        self._asked = wish
        if wish == NOTHING:
            self._ended, self._entries_found = (), ()
            return
        self._answering = True
        self._context.executor.ask(partial(_look_up, wish), self._take_more, self)

    def _take_more(self, found: tuple[tuple[FaultRow, ...], tuple[FoundEntry, ...]]) -> None:
        self._answering = False
        faults, entries = found
        self._ended = tuple(known_fault(row) for row in faults)
        self._entries_found = tuple(known_entry(one) for one in entries)
        self._show_again()

    @Slot()
    def _say(self) -> None:
        """What the marked entry does; what it costs follows as soon as the contract was asked."""
        entry = self.drop.marked
        if entry is None:
            self.drop.say(LOADING if self._known is None else NOTHING_FOUND, "", refused=False)
            return
        self.drop.say(entry.will, entry.remedy, refused=entry.refused)
        first = entry.commands[0] if entry.commands else None
        if isinstance(first, AssignFault | RecordMilestone | CancelFault):
            self._context.executor.ask(
                lambda queries: (entry, queries.foresee(first)), self._take_foresight, self
            )

    def _take_foresight(self, answer: tuple[Entry, Foresight]) -> None:
        entry, foresight = answer
        if entry is not self.drop.marked or not self.is_open:
            return
        if foresight.refusal is not None:
            self.drop.say(foresight.refusal.message, foresight.refusal.remedy, refused=True)
        else:
            self.drop.say(entry.will, consequence_words(foresight), refused=False)
        self.drop.fit(self._field)

    # ── doing ──

    @Slot()
    def _take_marked(self) -> None:
        # What was typed a moment ago decides, also while an answer is on its way.
        entry = self.drop.marked if self.is_open else None
        if entry is not None:
            self._take(entry)

    @Slot(object)
    def _take(self, entry: Entry) -> None:
        if entry.refused or self._performing:
            return
        if entry.fill:
            self._field.setText(entry.fill)
        elif entry.commands:
            self._performing = True
            self._perform(entry.commands)
        else:
            self.close()
            if entry.place is not None:
                self._go(entry.place)

    def _perform(self, commands: tuple[object, ...]) -> None:
        """Hand in the first; those after it once it was taken. Refused, the words stay to be mended."""
        first, rest = commands[0], commands[1:]

        def done(_changes: Changes) -> None:
            if rest:
                self._perform(rest)
            else:
                self._performing = False
                self.close()

        self._context.executor.submit(first, self, done, self._refused)

    def _refused(self, error: KnownError) -> None:
        self._performing = False
        if self.is_open:
            self.drop.say(error.message, error.remedy, refused=True)
            self.drop.fit(self._field)
        else:
            self._context.messages.refuse(error)


def _look_up(wish: tuple[str, str], queries: Queries) -> tuple[tuple[FaultRow, ...], tuple[FoundEntry, ...]]:
    ended, entries = wish
    return queries.find_ended(ended), queries.find_entries(entries)


def consequence_words(foresight: Foresight) -> str:
    """Clocks and sums as one line: `到场 按时（余 12 分）·违约金 2,000 元（九.1）`."""
    said = []
    for clock in foresight.stopped:
        assert clock.due_at is not None
        assert clock.stopped_at is not None
        if clock.clock is ClockName.DISPATCH_2D and clock.state is not ClockState.BREACHED:
            # It stops with the five hours, and then nobody asks how much of two days was left.
            continue
        if clock.state is ClockState.BREACHED:
            said.append(f"{CLOCKS[clock.clock]} 超时 {length_text(clock.late_s)}")
        else:
            said.append(f"{CLOCKS[clock.clock]} 按时（余 {length_text(clock.due_at - clock.stopped_at)}）")
    said += [f"违约金 {one.amount:,.0f} 元（{PRINTED_CLAUSES[one.clause]}）" for one in foresight.costs]
    said += [f"免去违约金 {one.amount:,.0f} 元（{PRINTED_CLAUSES[one.clause]}）" for one in foresight.spares]
    return SEPARATOR.join(said)
