"""Which period is settled: this month, the last, the term, or from one day to another. Beijing days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import date_of, month_bounds, start_of
from dispatch_app.ui.widgets.buttons import Segments
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

THIS_MONTH, LAST_MONTH, TERM, CUSTOM = "this", "last", "term", "custom"
_CHOICES = ((THIS_MONTH, "本月"), (LAST_MONTH, "上月"), (TERM, "本合同期"), (CUSTOM, "自定"))


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open, epoch seconds at Beijing midnights."""

    start: int
    end: int

    @property
    def days(self) -> tuple[date, date]:
        """First and last day, both within."""
        return date_of(self.start), date_of(self.end - 1)


def this_month(now: int) -> Period:
    """The Beijing month in which `now` (epoch seconds) lies."""
    today = date_of(now)
    return Period(*month_bounds(today.year, today.month))


def last_month(now: int) -> Period:
    """The one before it."""
    before = date_of(this_month(now).start) - timedelta(days=1)
    return Period(*month_bounds(before.year, before.month))


def whole_days(first: date, last: date) -> Period:
    """From the first to the last day, both within."""
    return Period(start_of(first), start_of(last + timedelta(days=1)))


class PeriodPicker(QWidget):
    """Signals:
    picked: `Period`, when another one was chosen.
    """

    picked = Signal(object)

    def __init__(self, now: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._term = this_month(now)
        self._period = this_month(now)
        self.choices = Segments(_CHOICES)
        self.first, self.last = QDateEdit(), QDateEdit()
        for edit, name in ((self.first, "起始日"), (self.last, "截止日")):
            edit.setDisplayFormat("yyyy-MM-dd")
            edit.setAccessibleName(name)
            edit.setMinimumWidth(128)
            # The arrows of the box are no use for dates and its wheel moves them by accident.
            edit.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
            edit.dateChanged.connect(self._dates_changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choices)
        row.addWidget(self.first)
        row.addWidget(Text("至", Size.QUIET, Tone.QUIET))
        row.addWidget(self.last)
        self.choices.chosen.connect(self._chosen)
        self.choices.set_value(THIS_MONTH)
        self._show_dates()

    @property
    def period(self) -> Period:
        return self._period

    def set_term(self, term: Period) -> None:
        """The contract's term, as the reading in force has it."""
        self._term = term
        if self.choices.value == TERM:
            self._pick(term)

    def pass_time(self, now: int) -> None:
        """At midnight of the first a month becomes the last one."""
        self._now = now

    @Slot(str)
    def _chosen(self, choice: str) -> None:
        if choice != CUSTOM:
            found = {THIS_MONTH: this_month, LAST_MONTH: last_month}.get(choice)
            self._pick(found(self._now) if found is not None else self._term)
        else:
            self._show_dates()
            self.first.setFocus()

    @Slot()
    def _dates_changed(self) -> None:
        first, last = _python(self.first.date()), _python(self.last.date())
        self.choices.set_value(CUSTOM)
        if first > last:
            # The day just typed holds; the other follows it.
            first = last = first if self.sender() is self.first else last
        self._pick(whole_days(first, last))

    def _pick(self, period: Period) -> None:
        changed = period != self._period
        self._period = period
        self._show_dates()
        if changed:
            self.picked.emit(period)

    def _show_dates(self) -> None:
        for edit, day in zip((self.first, self.last), self._period.days, strict=True):
            edit.blockSignals(True)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.blockSignals(False)


def _python(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
