"""One row of 夜间补录: a cell a column, and under them what is wrong with the row."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.night_calls import RegisterNightCall
from dispatch_app.operations.night_rows import (
    COLUMN_WORDS,
    COLUMNS,
    NightBook,
    NightRow,
    read_night_row,
    settled_date,
)
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.intake_site import SiteField
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

WIDTHS = {
    "date": 72, "time": 62, "site": 172, "symptom": 130, "caller": 80, "callback": 126, "emergency": 46,
    "engineer": 76, "assigned": 68, "acknowledged": 68, "departed": 68, "arrived": 68, "resolved": 68,
}  # fmt: skip
"""Least width of each column, logical pixels."""
_STRETCH = {"site": 2, "symptom": 3}
_HINTS = {"date": "11-22", "time": "23:50", "emergency": "是"}
_LAST = COLUMNS[-1]
_LIST_WIDTH = 320


def lay_cells(row: QHBoxLayout, cells: Sequence[QWidget]) -> None:
    """Put widgets, one a column, into a row so that rows and heading stand under one another."""
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for name, cell in zip(COLUMNS, cells, strict=True):
        if name in _STRETCH:
            cell.setMinimumWidth(WIDTHS[name])
        else:
            cell.setFixedWidth(WIDTHS[name])
        row.addWidget(cell, _STRETCH.get(name, 0))


class NightLine(QWidget):
    """Signals:
    edited: something was typed.
    finished: Enter in the last cell.
    stepped: (column, −1 or +1): to the same cell of the row above or below.
    pasted: (column, text) of a piece of a spreadsheet.
    """

    edited = Signal()
    finished = Signal()
    stepped = Signal(str, int)
    pasted = Signal(str, str)

    def __init__(self, context: UiContext, row_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.row_id = row_id or str(uuid4())
        self.site = SiteField(context)
        self.site.list.least_width = _LIST_WIDTH
        self.cells: dict[str, QLineEdit] = {
            name: self.site if name == "site" else QLineEdit() for name in COLUMNS
        }
        self.error = Text("", Size.SMALL, Tone.BREACHED, wrap=True)
        self.error.hide()
        self.command: RegisterNightCall | None = None
        self.written = False
        self._refusal = ""
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        lay_cells(row, list(self.cells.values()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.error)
        for name, cell in self.cells.items():
            cell.setPlaceholderText(_HINTS.get(name, ""))
            cell.installEventFilter(self)
            cell.textChanged.connect(self._typed)
        self.site.site_chosen.connect(self._typed)
        self.cells["date"].editingFinished.connect(self._settle_date)

    # ── what stands in it ──

    @property
    def values(self) -> NightRow:
        return NightRow(**{name: cell.text() for name, cell in self.cells.items()})

    def show_values(self, values: Sequence[str], first: str = COLUMNS[0]) -> None:
        """Fill in cells from the column `first` on, to be checked by whoever fills; the rest is left out."""
        for name, value in zip(COLUMNS[COLUMNS.index(first) :], values, strict=False):
            cell = self.cells[name]
            cell.blockSignals(True)
            if name == "site":
                self.site.empty()
            cell.setText(settled_date(value, self._context.ticker.now) if name == "date" else value)
            cell.setCursorPosition(0)
            cell.blockSignals(False)

    def name(self, number: int) -> None:
        """Say which row this is, for the screen reader."""
        for column, cell in self.cells.items():
            cell.setAccessibleName(f"第 {number} 行{COLUMN_WORDS[column]}")

    @property
    def focused(self) -> str:
        """The column the caret is in, empty for none."""
        return next((name for name, cell in self.cells.items() if cell.hasFocus()), "")

    # ── checking ──

    def check(self, book: NightBook, now: int) -> None:
        """Find the command the row stands for; say what is wrong with what was passed already.

        While somebody is still typing in the row, what comes after the caret is not yet missing.
        """
        self.command, wrong = None, None
        self.written = not self.values.empty
        if self.written:
            try:
                self.command = read_night_row(self._spelled_out(book), self.row_id, book, now)
            except KnownError as error:
                wrong = error
        caret = self.focused
        if wrong is not None and caret and COLUMNS.index(wrong.field) >= COLUMNS.index(caret):
            wrong = None
        self._say(wrong)

    def refuse(self, error: KnownError) -> None:
        """The desk did not take the row: it stays, with the reason, until something in it is changed."""
        self._refusal = f"{error.message}。{error.remedy}"
        self._say(None)

    def _spelled_out(self, book: NightBook) -> NightRow:
        """The row, with its site's whole name in the cell once nobody types there and one alone is meant."""
        typed = self.site.text()
        if typed.strip() and self.site.site is None and not self.site.hasFocus():
            meant = book.sites_named(typed)
            if len(meant) == 1:
                # Nothing was typed: whoever listens for that need not look again.
                self.site.blockSignals(True)
                self.site.take(meant[0])
                self.site.setCursorPosition(0)
                self.site.blockSignals(False)
        return self.values

    def _say(self, wrong: KnownError | None) -> None:
        said = f"{wrong.message}。{wrong.remedy}" if wrong is not None else self._refusal
        self.error.setText(said)
        self.error.setVisible(bool(said))
        for name, cell in self.cells.items():
            here = wrong is not None and name == wrong.field
            describe(cell, wrong=here)
            cell.setAccessibleDescription(said if here else "")

    @Slot()
    def _typed(self) -> None:
        self._refusal = ""
        self.edited.emit()

    @Slot()
    def _settle_date(self) -> None:
        cell = self.cells["date"]
        cell.setText(settled_date(cell.text(), self._context.ticker.now))

    # ── keys ──

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            name = next((name for name, cell in self.cells.items() if cell is watched), "")
            if name and self._pressed(name, event):
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, name: str, event: QKeyEvent) -> bool:
        """Whether the key was one of the grid's; the others belong to the cell."""
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if "\t" in text or "\n" in text.strip():
                self.pasted.emit(name, text)
                return True
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and name != "site":
            if name == _LAST:
                self.finished.emit()
            else:
                self.focusNextChild()
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and name != "site":
            self.stepped.emit(name, 1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        return False
