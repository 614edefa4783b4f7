"""专报: what is still to be written at the left, the form, and the paper itself at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind, DocumentRow, SpecialReportRow
from dispatch_app.operations.special_reports import (
    DraftSpecialReport,
    RecordInstruction,
    SubmitSpecialReport,
)
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.desk_feed import read_thresholds
from dispatch_app.ui.desk.urgency import Thresholds
from dispatch_app.ui.pages.special_reports_clock import ReportClock
from dispatch_app.ui.pages.special_reports_form import ReportForm
from dispatch_app.ui.pages.special_reports_instruction import InstructionForm
from dispatch_app.ui.pages.special_reports_keeper import DraftKeeper, KeepState, Written
from dispatch_app.ui.pages.special_reports_list import (
    MISSING,
    ReportItem,
    ReportList,
    ReportListModel,
    report_items,
)
from dispatch_app.ui.printing.paper_bar import PaperBar
from dispatch_app.ui.printing.preview import PreviewPane
from dispatch_app.ui.widgets.cards import Card, EmptyState
from dispatch_app.ui.widgets.polish import describe

NOTHING_CHOSEN, NOT_BEGUN, WRITING = range(3)
"""What the middle of the page shows."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the page lives on, read in one go."""

    items: tuple[ReportItem, ...]
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of one report: its bytes or why there are none, and the document once it is issued."""

    report_id: str
    pdf: bytes
    error: KnownError | None
    document: DocumentRow | None


def read_known(queries: Queries) -> Known:
    return Known(report_items(queries.special_reports(), queries.queue()), read_thresholds(queries))


def read_paper(row: SpecialReportRow, queries: Queries) -> Paper:
    """The paper as it would print, or as it was issued."""
    try:
        pdf = queries.preview_special_report(row.id)
    except KnownError as error:
        return Paper(row.id, b"", error, None)
    issued = queries.documents(DocumentKind.SPECIAL_REPORT) if row.document_id else ()
    document = next((one for one in issued if one.id == row.document_id), None)
    return Paper(row.id, pdf, None, document)


class SpecialReportsPage(QWidget):
    """Writes, submits, prints and answers special reports."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._thresholds: Thresholds = {}
        self._item: ReportItem | None = None
        self._wanted = ""
        self._stale = False
        self.model = ReportListModel(context.ticker.now, self)
        self.list = ReportList(self.model, context.themes)
        self.keeper = DraftKeeper(context, self)
        self.clock = ReportClock(context.themes)
        self.form = ReportForm()
        self.instruction = InstructionForm()
        self.preview = PreviewPane(context)
        self.paper_bar = PaperBar(context)
        self._empty_list = EmptyState(
            "没有专报", "现场确认选「专报程序」后，故障会出现在这里", parent=self.list.viewport()
        )
        self._nothing = EmptyState("还没有选专报", "在左边的列表里选一件")
        self.begin = EmptyState("还没有起草", "现场确认走专报程序，两小时内要上报", "起草专报")
        self._middle = QStackedWidget()
        self._list_card = Card("专报", flush=True)
        self._lay_out()
        self._connect()
        self.reload()

    # ── what others ask ──

    @Slot(object)
    def open_for_fault(self, fault_id: str) -> None:
        """Show the fault's report, begun now if there is none yet."""
        self._context.executor.submit(DraftSpecialReport(fault_id), self, self._begun)

    @Slot(object)
    def open_report(self, report_id: str) -> None:
        """Show a report and put the keyboard into it."""
        self._wanted = report_id
        self.reload()

    def reload(self) -> None:
        """Read the list again; not any more when the program is ending."""
        self._stale = False
        if not self._context.executor.closed:
            self._context.executor.ask(read_known, self._take_known, self)

    @property
    def item(self) -> ReportItem | None:
        """What is shown, or None."""
        return self._item

    # ── building ──

    def _lay_out(self) -> None:
        self._list_card.body.addWidget(self.list)
        # Room for the round corners under a list that is square.
        self._list_card.body.setContentsMargins(1, 0, 1, 10)
        writing = QWidget()
        column = QVBoxLayout(writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rule = QFrame()
        describe(rule, rule=True)
        self._instruction_rule = QFrame()
        describe(self._instruction_rule, rule=True)
        column.addWidget(self.clock)
        column.addWidget(rule)
        column.addWidget(self.form, 1)
        column.addWidget(self._instruction_rule)
        column.addWidget(self.instruction)
        for widget in (self._nothing, self.begin, writing):
            self._middle.addWidget(widget)
        form_card = Card(flush=True)
        form_card.body.setContentsMargins(1, 1, 1, 1)
        form_card.body.addWidget(self._middle)
        paper_card = Card("预览", "与打印、保存的是同一份", flush=True)
        paper_card.body.addWidget(self.preview, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.addWidget(self.paper_bar)
        paper_card.body.addLayout(foot)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setObjectName("special_reports_columns")
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(12)
        for widget, stretch in ((self._list_card, 22), (form_card, 40), (paper_card, 38)):
            columns.addWidget(widget)
            columns.setStretchFactor(columns.count() - 1, stretch)
        columns.setSizes([260, 480, 460])
        self._list_card.setMinimumWidth(220)
        form_card.setMinimumWidth(380)
        paper_card.setMinimumWidth(320)
        row = QVBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.addWidget(columns)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.item_chosen.connect(self._choose)
        self.form.edited.connect(self._edited)
        self.form.save_asked.connect(self.keeper.flush)
        self.form.submit_asked.connect(self.submit)
        self.begin.acted.connect(self._begin)
        self.instruction.instruction_asked.connect(self._record_instruction)
        self.keeper.state_changed.connect(self._keep_state)
        self.keeper.saved.connect(self._kept)
        self.keeper.refused.connect(self._refused)
        self._context.executor.applied.connect(self._applied)
        self._context.ticker.second.connect(self._tick)
        for keys, act in (
            ("Ctrl+S", self.keeper.flush),
            ("Ctrl+Return", self.submit),
            ("Ctrl+Enter", self.submit),
        ):
            QShortcut(QKeySequence(keys), self, act)

    # ── rows arriving ──

    def _take_known(self, known: Known) -> None:
        self._thresholds = known.thresholds
        key = self._wanted or (self._item.key if self._item is not None else "")
        self.list.blockSignals(True)
        self.model.show_items(known.items, known.thresholds)
        found = self.list.choose(key) if key else False
        if not found and known.items:
            self.list.choose(known.items[0].key)
        self.list.blockSignals(False)
        waiting = sum(item.status in (MISSING, "draft") for item in known.items)
        self._list_card.set_title("专报", f"待上报 {waiting}" if waiting else "")
        self._empty_list.setVisible(not known.items)
        asked, self._wanted = self._wanted, ""
        self._choose(self._chosen(known.items))
        if asked and found:
            self._put_the_keyboard_in()

    def _chosen(self, items: Sequence[ReportItem]) -> ReportItem | None:
        row = self.list.currentIndex().row()
        return items[row] if 0 <= row < len(items) else None

    @Slot(object)
    def _choose(self, item: ReportItem | None) -> None:
        """Show an item; the one already shown keeps what is being typed into it."""
        before, self._item = self._item, item
        if item is None:
            self.keeper.hold(None)
            self._middle.setCurrentIndex(NOTHING_CHOSEN)
            self.preview.show_nothing("没有可预览的单据")
            self.paper_bar.show_document(None)
            return
        self.clock.show_item(item, self._context.ticker.now, self._thresholds)
        row = item.report
        if row is None:
            self.keeper.hold(None)
            self.begin.title.setText(f"{item.fault_number} {item.site_name} 还没有起草专报")
            self._middle.setCurrentIndex(NOT_BEGUN)
            self.preview.show_nothing("还没有起草", "起草后在这里看到纸面")
            self.paper_bar.show_document(None)
            return
        self._middle.setCurrentIndex(WRITING)
        same = before is not None and before.key == item.key and before.status == item.status
        if not same:
            self.keeper.hold(row if row.status == "draft" else None)
            self.form.show_report(row)
            if before is None or before.key != item.key:
                self.preview.first_page()
        self._show_instruction(row)
        if not same or before is None or before.report != row:
            self._read_paper(row)

    def _show_instruction(self, row: SpecialReportRow) -> None:
        for widget in (self._instruction_rule, self.instruction):
            widget.setVisible(row.status != "draft")
        if row.status != "draft":
            self.instruction.show_report(row, self._context.ticker.now)

    def _read_paper(self, row: SpecialReportRow) -> None:
        # The last save of a window that is closing comes back when nobody can be asked any more.
        if not self._context.executor.closed:
            self._context.executor.ask(partial(read_paper, row), self._take_paper, self)

    def _take_paper(self, paper: Paper) -> None:
        if self._item is None or paper.report_id != self._item.key:
            return
        if paper.error is None:
            self.preview.show_pdf(paper.pdf)
        else:
            self.preview.show_nothing(paper.error.message, paper.error.remedy)
            self.form.show_refusal(paper.error)
        self.paper_bar.show_document(paper.document)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        changes = applied.changes
        if changes.initiator is self.keeper:
            # A save of our own: the keeper reads the row again, nothing else can have changed.
            return
        if not (changes.reports or changes.faults or changes.settings):
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    @Slot(object)
    def _tick(self, now: int) -> None:
        self.instruction.pass_time(now)
        if self.isVisible():
            self.model.tick(now)
            if self._item is not None:
                self.clock.show_item(self._item, now, self._thresholds)

    # ── writing ──

    @Slot()
    def _begin(self) -> None:
        if self._item is not None:
            self.open_for_fault(self._item.fault_id)

    def _begun(self, changes: Changes) -> None:
        self.open_report(changes.created)

    def _put_the_keyboard_in(self) -> None:
        if self._item is None or self._item.report is None or self._item.status != "draft":
            return
        empty = next((name for name in self.form.fields if not self.form.text(name).strip()), "device")
        self.form.editor(empty).setFocus()

    @Slot(object)
    def _edited(self, written: Written) -> None:
        self.keeper.write(written)

    @Slot(object)
    def _keep_state(self, state: KeepState) -> None:
        self.form.show_state(state)

    @Slot(object)
    def _kept(self, row: SpecialReportRow) -> None:
        if self._item is not None and row.id == self._item.key:
            self._read_paper(row)

    @Slot(object)
    def _refused(self, error: KnownError) -> None:
        self.form.show_refusal(error)
        self._context.messages.refuse(error)

    @Slot()
    def submit(self) -> None:
        """上报: refused by name while something is missing; else saved first, then numbered for good."""
        item = self._item
        if item is None or item.report is None or item.status != "draft":
            return
        missing = self.form.mark_missing()
        if missing:
            names = "、".join(missing)
            self._context.messages.refuse(KnownError(f"专报还缺：{names}", "补齐后再上报"))
            return
        self.keeper.when_saved(partial(self._submit, item.key))

    def _submit(self, report_id: str, version: int) -> None:
        self._context.executor.submit(SubmitSpecialReport(report_id, version), self, refused=self._refused)

    @Slot(object)
    def _record_instruction(self, command: RecordInstruction) -> None:
        self._context.executor.submit(command, self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keeper.flush()
