"""Brings rows to the desk: all of them once, afterwards only those a command touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.terms import Contract
from dispatch_app.operations.alarm_ladder import PROMISE, AlarmKey
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DraftRow, FaultRow, Selected, SiteRow, StaffRow, Suggestion
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.alarm_words import AlarmSettings
from dispatch_app.ui.desk.urgency import Threshold, Thresholds

MINUTE = 60
LAW = ("readings", "contract")
"""Names of settings after which every clock may stand differently."""


@dataclass(frozen=True, slots=True)
class Law:
    """What the clocks are held against, the sums a breach costs, and how alarms are made."""

    thresholds: Thresholds
    contract: Contract
    alarms: AlarmSettings


@dataclass(frozen=True, slots=True)
class Everything:
    """What the desk starts from."""

    law: Law
    queue: tuple[FaultRow, ...]
    staff: tuple[StaffRow, ...]
    sites: tuple[SiteRow, ...]
    drafts: tuple[DraftRow, ...]
    answered: frozenset[AlarmKey]


def read_thresholds(queries: Queries) -> Mapping[ClockName, Threshold]:
    """Soon and last call of each clock from the settings, which hold minutes."""
    return _thresholds(queries.chosen_settings())


def _thresholds(setting: Callable[[str], str]) -> Mapping[ClockName, Threshold]:
    return {clock: _threshold(setting, clock) for clock in ClockName}


def _threshold(setting: Callable[[str], str], name: str) -> Threshold:
    return Threshold(int(setting(f"soon_{name}")) * MINUTE, int(setting(f"last_call_{name}")) * MINUTE)


def _law(queries: Queries) -> Law:
    setting = queries.chosen_settings()
    alarms = AlarmSettings(
        setting("sound") == "1",
        setting("manager"),
        setting("manager_line"),
        int(setting("last_call_repeat")) * MINUTE,
        _threshold(setting, PROMISE),
    )
    return Law(_thresholds(setting), queries.contract(), alarms)


def _everything(queries: Queries) -> Everything:
    return Everything(
        _law(queries),
        queries.queue(),
        queries.staff(),
        queries.sites(),
        queries.drafts(),
        queries.alarm_answers(),
    )


class DeskFeed(QObject):
    """Asks in the reading thread, answers in the GUI thread.

    Signals:
        everything: `Everything`, once after `load`.
        applied: `Applied`, after every command of anybody.
        law_changed: `Law`, when a threshold or a reading was changed.
        queue_read: all open faults, after a reading was changed.
        answers_read: the alarms somebody has heard, after the clock was moved.
        selected: `Selected`, for the fault last asked for.
        suggested: (fault id, who suits it) of that fault, after somebody's state has changed.
    """

    everything = Signal(object)
    applied = Signal(object)
    law_changed = Signal(object)
    queue_read = Signal(object)
    answers_read = Signal(object)
    selected = Signal(object)
    suggested = Signal(object, object)

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = context.executor
        self._wanted = ""
        self._version = 0
        self._executor.applied.connect(self._take)

    def load(self) -> None:
        self._executor.ask(_everything, self.everything.emit, self)

    @Slot()
    def read_again(self) -> None:
        """Everything that hangs on the present moment, after the clock was moved."""
        self._executor.ask(lambda queries: queries.alarm_answers(), self.answers_read.emit, self)
        self._executor.ask(lambda queries: queries.queue(), self.queue_read.emit, self)
        self.select(self._wanted)

    def select(self, fault_id: str) -> None:
        """Read this fault whole; an answer for one asked for earlier is thrown away. Empty asks for none."""
        if fault_id != self._wanted:
            self._wanted, self._version = fault_id, 0
        self._executor.watch(fault_id)
        if fault_id:
            self._executor.ask(lambda queries: queries.selected(fault_id), self._deliver, self)

    def brought(self, applied: Applied) -> Selected | None:
        """The fault last asked for, if it came with the news of a command that touched it."""
        selected = applied.selected
        return selected if selected is not None and selected.detail.row.id == self._wanted else None

    def _deliver(self, selected: Selected) -> None:
        row = selected.detail.row
        # A command may have been quicker and have brought a later state of it along.
        if row.id == self._wanted and row.version >= self._version:
            self.selected.emit(selected)

    @Slot(object)
    def _take(self, applied: Applied) -> None:
        changes = applied.changes
        self.applied.emit(applied)
        if changes.settings:
            self._executor.ask(_law, self.law_changed.emit, self)
        if not changes.settings.isdisjoint(LAW):
            self._executor.ask(lambda queries: queries.queue(), self.queue_read.emit, self)
        if self._wanted in changes.faults:
            brought = self.brought(applied)
            if brought is not None:
                self._version = brought.detail.row.version
            else:
                # It was asked for while the news was being read.
                self.select(self._wanted)
        elif self._wanted and changes.staff:
            self._suggest(self._wanted)

    def _suggest(self, fault_id: str) -> None:
        """The fault stays as it is; who suits it best may be another."""

        def take(suggestions: tuple[Suggestion, ...]) -> None:
            if fault_id == self._wanted:
                self.suggested.emit(fault_id, suggestions)

        self._executor.ask(lambda queries: queries.suggestions(fault_id), take, self)
