"""导出: a period as a call log, or every fact there is, into a file; each recorded with who took it out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDate, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.log_exports import Exported, ExportKind, write_facts, write_log
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.tallies_period import Period, PeriodPicker
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Banner, Card
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

T = TypeVar("T")

_LOG_HINT = (
    "列与导入的相同，每一轮一行，按接报时刻取故障。一行里放不下的（更正、几位工程师、几次确认等）"
    "写在 .xlsx 的第二张表里，或 CSV 旁边的「说明」文件里；每一行都按合同重算过，与调度台不同的也写在那里。"
)
_FACTS_HINT = "全部事实按记入的先后，连同每条的校验值，写成一份 JSON。不分期间，什么也不漏。"


class ExportPane(QWidget):
    """Both exports, and what came of the last one."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.today = Button("当天", Kind.PLAIN)
        self.picker = PeriodPicker(context.ticker.now)
        self.sheet = Button("导出 .xlsx…", Kind.PRIMARY)
        self.csv = Button("导出 CSV…", Kind.PLAIN)
        self.facts = Button("导出全部事实…", Kind.PLAIN)
        self.result = Banner()
        self.result.hide()
        self._lay_out()
        self.today.clicked.connect(self._choose_today)
        self.sheet.clicked.connect(partial(self._ask_where, ExportKind.LOG_XLSX))
        self.csv.clicked.connect(partial(self._ask_where, ExportKind.LOG_CSV))
        self.facts.clicked.connect(partial(self._ask_where, ExportKind.FACTS))
        context.ticker.second.connect(self.picker.pass_time)
        context.executor.ask(_term, self.picker.set_term, self)

    def _lay_out(self) -> None:
        log, facts = Card("通话记录"), Card("全部事实")
        when = QHBoxLayout()
        when.setSpacing(8)
        when.addWidget(self.today)
        when.addWidget(self.picker)
        when.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.sheet)
        buttons.addWidget(self.csv)
        buttons.addStretch(1)
        log.body.addWidget(Text(_LOG_HINT, Size.QUIET, Tone.QUIET, wrap=True))
        log.body.addLayout(when)
        log.body.addSpacing(4)
        log.body.addLayout(buttons)
        facts.body.addWidget(Text(_FACTS_HINT, Size.QUIET, Tone.QUIET, wrap=True))
        row = QHBoxLayout()
        row.addWidget(self.facts)
        row.addStretch(1)
        facts.body.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.result, log, facts):
            column.addWidget(widget)
        column.addStretch(1)

    @Slot()
    def _choose_today(self) -> None:
        today = date_of(self._context.ticker.now)
        for edit in (self.picker.first, self.picker.last):
            edit.setDate(QDate(today.year, today.month, today.day))

    def _ask_where(self, kind: ExportKind) -> None:
        """Ask where to, beside the work, and write there."""
        ending = {ExportKind.LOG_XLSX: "xlsx", ExportKind.LOG_CSV: "csv", ExportKind.FACTS: "json"}[kind]
        dialog = QFileDialog(self, "导出到", self._file_name(kind, ending), f"{ending} (*.{ending})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_facts if kind is ExportKind.FACTS else self.save_log)
        dialog.open()

    def _file_name(self, kind: ExportKind, ending: str) -> str:
        if kind is ExportKind.FACTS:
            return f"全部事实-{date_of(self._context.ticker.now)}.{ending}"
        first, last = self.picker.period.days
        return f"通话记录-{first}.{ending}" if first == last else f"通话记录-{first}至{last}.{ending}"

    @Slot(str)
    def save_log(self, path: str) -> None:
        """Write the period as a call log; the file's ending says which kind."""
        period = self.picker.period
        self._write(partial(write_log, Path(path), period.start, period.end))

    @Slot(str)
    def save_facts(self, path: str) -> None:
        """Write every fact."""
        self._write(partial(write_facts, Path(path)))

    def _write(self, writing: Callable[[Queries], Exported]) -> None:
        self._set_busy(busy=True)
        self._say("正在导出 …")
        self._context.executor.ask(partial(told, writing), self._written, self)

    def _written(self, done: Exported | KnownError) -> None:
        self._set_busy(busy=False)
        if isinstance(done, KnownError):
            self._say(f"没有导出：{done.message}。{done.remedy}", Tone.SOON)
        else:
            self._context.executor.submit(done.record, self, partial(self._recorded, done))

    def _recorded(self, done: Exported, _changes: Changes) -> None:
        what = "条事实" if done.record.kind is ExportKind.FACTS else "行"
        beside = f"；另有 {done.notes} 条说明" if done.notes else ""
        where = f"，在 {done.beside}" if done.notes and done.beside else ""
        self._say(f"已导出 {done.record.rows} {what}到 {done.record.name}{beside}{where}。已记下是谁导出的")

    def _set_busy(self, *, busy: bool) -> None:
        for button in (self.sheet, self.csv, self.facts):
            button.setEnabled(not busy)

    def _say(self, words: str, tone: Tone = Tone.QUIET) -> None:
        self.result.set_text(words)
        self.result.set_tone(tone)
        self.result.show()


def _term(queries: Queries) -> Period:
    terms = queries.terms()
    return Period(terms.term_start, terms.term_end)


def told(asking: Callable[[Queries], T], queries: Queries) -> T | KnownError:
    """The answer, or why there is none: that stands on the page, where it was asked for."""
    try:
        return asking(queries)
    except KnownError as error:
        return error
