"""比对: the other party's log held against the desk, difference by difference, both tallies side by side."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import date_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.log_comparison_lines import (
    HEADINGS,
    ComparedLogs,
    ComparisonLine,
    LineKind,
    TotalLine,
)
from dispatch_app.operations.log_exports import Exported, write_comparison
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.call_logs_export import told
from dispatch_app.ui.pages.call_logs_import import LOG_FILES
from dispatch_app.ui.pages.call_logs_table import ROW_HEIGHT, Column, RowsModel, RowsTable
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.cards import Banner, Card, EmptyState
from dispatch_app.ui.widgets.labels import ElidedLabel
from dispatch_app.ui.widgets.polish import Size, Tone

EVERY, DIFFERING, COSTLY, ALONE = "every", "differing", "costly", "alone"
FILTERS = ((DIFFERING, "不同"), (COSTLY, "影响金额"), (ALONE, "只有一方"), (EVERY, "全部"))
_KINDS = {
    DIFFERING: frozenset(LineKind) - {LineKind.SAME},
    ALONE: frozenset({LineKind.ALONE, LineKind.REFUSED}),
    EVERY: frozenset(LineKind),
}
_WIDTHS = (112, 112, 36, 150, 110, 170, 170, 90, 0)

_LINE, _TOTAL_LINES = 28, 6


def _text(place: int, line: ComparisonLine) -> str:
    return line.cells[place]


def _role(line: ComparisonLine) -> str:
    if line.kind in (LineKind.SAME, LineKind.REFUSED):
        return "faint"
    return "accent" if line.costly else "text"


COLUMNS: tuple[Column[ComparisonLine], ...] = tuple(
    Column(heading, width, partial(_text, place), _role)
    for place, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True))
)
TOTALS: tuple[Column[TotalLine], ...] = (
    Column("合计", 0, lambda one: one.item),
    Column("我方", 180, lambda one: one.ours),
    Column("对方", 180, lambda one: one.theirs),
    Column("相差", 180, lambda one: one.apart, lambda one: "accent" if one.apart else "text"),
)


class ComparePane(QWidget):
    """Signals:
    fault_requested: id of our fault of a line that was opened.
    """

    fault_requested = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.compared: ComparedLogs | None = None
        self.choose = Button("选择对方的记录…", Kind.PRIMARY)
        self.file = ElidedLabel("", Size.QUIET, Tone.QUIET, mode=Qt.TextElideMode.ElideMiddle)
        self.filter = Segments(FILTERS)
        self.save = Button("导出比对…", Kind.PLAIN)
        self.model = RowsModel(COLUMNS, context.themes, self)
        self.table = RowsTable(self.model, "比对结果")
        self.totals = RowsModel(TOTALS, context.themes, self)
        self.totals_table = RowsTable(self.totals, "两份合计")
        self.empty = EmptyState(
            "还没有选择对方的记录",
            "选一份列相同的 CSV 或 .xlsx，按单号（编号不同时按站点和接报时间）逐件比对",
            parent=self.table.viewport(),
        )
        self.result = Banner()
        self._lay_out()
        self.choose.clicked.connect(self.ask_for_file)
        self.filter.chosen.connect(self._filter)
        self.save.clicked.connect(self.ask_where)
        self.table.row_opened.connect(self._open)

    def _lay_out(self) -> None:
        self.filter.set_value(DIFFERING)
        self._filter(DIFFERING)
        self.save.setEnabled(False)
        self.result.hide()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.choose)
        head.addWidget(self.file, 1)
        head.addWidget(self.filter)
        head.addWidget(self.save)
        card, sums = Card(flush=True), Card(flush=True)
        for one, table in ((card, self.table), (sums, self.totals_table)):
            one.body.setContentsMargins(1, 8, 1, 8)
            one.body.addWidget(table)
        self.totals_table.verticalHeader().setDefaultSectionSize(_LINE)
        self.totals_table.setFixedHeight(ROW_HEIGHT + _TOTAL_LINES * _LINE + 8)
        over = QVBoxLayout(self.table.viewport())
        over.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.result)
        column.addWidget(card, 1)
        column.addWidget(sums)

    @Slot()
    def ask_for_file(self) -> None:
        """Ask which file, beside the work."""
        dialog = QFileDialog(self, "选择对方的记录", "", LOG_FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    @Slot(str)
    def read(self, path: str) -> None:
        """Compare a file with the desk; nothing is written."""
        self.file.setText(f"正在比对 {Path(path).name} …")
        self._say("")
        self._context.executor.ask(partial(told, partial(_compared, Path(path))), self._take, self)

    def _take(self, found: ComparedLogs | KnownError) -> None:
        if isinstance(found, KnownError):
            self.compared = None
            self.file.setText("")
            self._say(f"{found.message}。{found.remedy}", Tone.SOON)
        else:
            self.compared = found
            self.file.setText(summary(found))
            self._say("；".join(found.notes))
        self.model.set_rows(self.compared.lines if self.compared else ())
        self.totals.set_rows(self.compared.totals if self.compared else ())
        self.save.setEnabled(self.compared is not None)
        self.empty.setVisible(self.compared is None)

    @Slot(str)
    def _filter(self, value: str) -> None:
        if value == COSTLY:
            self.model.keep(lambda line: line.costly)
        else:
            self.model.keep(lambda line: line.kind in _KINDS[value])

    @Slot(object)
    def _open(self, line: ComparisonLine) -> None:
        if line.fault_id:
            self.fault_requested.emit(line.fault_id)

    @Slot()
    def ask_where(self) -> None:
        """Ask where the comparison goes, beside the work."""
        dialog = QFileDialog(self, "导出比对", "通话记录比对.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write)
        dialog.open()

    @Slot(str)
    def write(self, path: str) -> None:
        """Write the comparison as it stands."""
        if self.compared is not None:
            writing = partial(write_comparison, Path(path), self.compared)
            self._context.executor.ask(partial(told, writing), self._written, self)

    def _written(self, done: Exported | KnownError) -> None:
        if isinstance(done, KnownError):
            self._say(f"没有导出：{done.message}。{done.remedy}", Tone.SOON)
        else:
            self._context.executor.submit(done.record, self, partial(self._recorded, done))

    def _recorded(self, done: Exported, _changes: Changes) -> None:
        self._say(f"已导出 {done.record.rows} 行到 {done.record.name}。已记下是谁导出的")

    def _say(self, words: str, tone: Tone = Tone.QUIET) -> None:
        self.result.set_text(words)
        self.result.set_tone(tone)
        self.result.setVisible(bool(words))


def summary(compared: ComparedLogs) -> str:
    """`june.csv 2024-06-01 至 2024-06-30：相同 9 件，不同之处 3，影响金额 1`."""
    kinds = [line.kind for line in compared.lines]
    same = kinds.count(LineKind.SAME)
    costly = sum(line.costly for line in compared.lines)
    days = f"{date_text(compared.start)} 至 {date_text(compared.end - 1)}"
    return f"{compared.name} {days}：一致 {same} 件，不同之处 {len(kinds) - same}，影响金额 {costly}"


def _compared(path: Path, queries: Queries) -> ComparedLogs:
    return queries.compare_log(path)
