"""违约结算: a period's sums, the counters against the five, and the sheet that is issued from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.contract_ledger import DisputeBreach, WaiveBreach
from dispatch_app.operations.documents import IssueTally
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind, DocumentRow
from dispatch_app.operations.settlement_rows import TallyRow
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.tallies_entries import EntriesPane
from dispatch_app.ui.pages.tallies_issued import IssuedList, IssuedModel
from dispatch_app.ui.pages.tallies_objection import DISPUTE, WAIVE, ObjectionForm
from dispatch_app.ui.pages.tallies_period import Period, PeriodPicker
from dispatch_app.ui.pages.tallies_summary import SummaryCard
from dispatch_app.ui.pages.tallies_tables import FaceTable, StandardModel, SumLine, SumModel, sum_lines
from dispatch_app.ui.printing.paper_bar import PaperBar
from dispatch_app.ui.printing.preview import PreviewPane
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.cards import Banner, Card, EmptyState
from dispatch_app.ui.widgets.polish import Tone

SUMS, STANDARDS, ENTRIES = "sums", "standards", "entries"
_SURE = "出具后编号固定、不能再改；以后的变化列入下一份的「调整」。"
_SUM_WIDTHS = (0, 72, 144, 120, 108, 124)
_STANDARD_WIDTHS = (0, 88, 76, 76, 76, 76, 76)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the page lives on, read in one go."""

    period: Period
    term: Period
    row: TallyRow
    documents: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Bytes for the preview; `document_id` empty for the trial of `period`."""

    period: Period
    document_id: str
    pdf: bytes


def read_settlement(period: Period, queries: Queries) -> Settlement:
    terms = queries.terms()
    return Settlement(
        period,
        Period(terms.term_start, terms.term_end),
        queries.tally(period.start, period.end),
        queries.documents(DocumentKind.TALLY),
    )


def read_paper(period: Period, document_id: str, queries: Queries) -> Paper:
    """The sheet that was issued, or a trial without a number."""
    if document_id:
        return Paper(period, document_id, queries.document_pdf(document_id))
    return Paper(period, "", queries.preview_tally(period.start, period.end))


class TalliesPage(QWidget):
    """Signals:
    fault_requested: id of the fault behind a sum that was clicked.
    """

    fault_requested = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = False
        self._to_choose: str | None = None
        self.settlement: Settlement | None = None
        self.picker = PeriodPicker(context.ticker.now)
        self.issue_button = Button("出具", Kind.PRIMARY)
        self.sure = Banner(_SURE, Tone.QUIET, "确认出具")
        self.not_yet = Button("取消", Kind.BARE)
        self.rights = Banner("", Tone.BREACHED)
        self.summary = SummaryCard(context.themes)
        self.sums = SumModel(self)
        self.standards = StandardModel(self)
        self.sum_table = FaceTable(self.sums, context.themes, "违约明细", 52, _SUM_WIDTHS)
        self.standard_table = FaceTable(self.standards, context.themes, "时限达标", 36, _STANDARD_WIDTHS)
        self.empty = EmptyState("本期无违约", parent=self.sum_table.viewport())
        self.which = Segments([(SUMS, "违约明细"), (STANDARDS, "时限达标"), (ENTRIES, "付款与索赔")])
        self.entries = EntriesPane(context)
        self.see = Button("看故障", Kind.PLAIN, "⏎")
        self.dispute = Button("申辩…", Kind.PLAIN)
        self.waive = Button("豁免…", Kind.PLAIN)
        self.objection = ObjectionForm()
        self.issued = IssuedModel(self)
        self.issued_list = IssuedList(self.issued, context.themes)
        self.preview = PreviewPane(context)
        self.paper_bar = PaperBar(context)
        self._tables = QStackedWidget()
        self._lay_out()
        self._connect()
        self.issued_list.choose("")
        self._show_choices()
        self.reload()

    # ── building ──

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.picker)
        head.addStretch(1)
        head.addWidget(self.issue_button)
        self.sure.row.addWidget(self.not_yet)
        self.sure.hide()
        self.rights.hide()
        table_card = Card(flush=True)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 12, 16, 8)
        tabs.setSpacing(8)
        tabs.addWidget(self.which)
        tabs.addStretch(1)
        for button in (self.see, self.dispute, self.waive, self.entries.add, self.entries.withdraw):
            tabs.addWidget(button)
        table_card.body.addLayout(tabs)
        table_card.body.addWidget(self.objection)
        table_card.body.addWidget(self._tables, 1)
        table_card.body.setContentsMargins(1, 0, 1, 10)
        for table in (self.sum_table, self.standard_table, self.entries):
            self._tables.addWidget(table)
        self.sum_table.setSortingEnabled(False)
        self.which.set_value(SUMS)
        self._show_table(SUMS)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        for widget in (self.sure, self.rights, self.summary):
            column.addWidget(widget)
        column.addWidget(table_card, 1)
        paper_card = Card("结算表", flush=True)
        paper_card.body.addWidget(self.issued_list)
        paper_card.body.addSpacing(4)
        paper_card.body.addWidget(self.preview, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.addWidget(self.paper_bar)
        paper_card.body.addLayout(foot)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setObjectName("tallies_columns")
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(12)
        columns.addWidget(left)
        columns.addWidget(paper_card)
        columns.setStretchFactor(0, 60)
        columns.setStretchFactor(1, 40)
        columns.setSizes([760, 480])
        paper_card.setMinimumWidth(320)
        row = QVBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.addWidget(columns)
        self.setFocusProxy(self.sum_table)

    def _connect(self) -> None:
        self.picker.picked.connect(self._picked)
        self.issue_button.clicked.connect(self._ask_whether)
        self.sure.acted.connect(self.issue)
        self.not_yet.clicked.connect(self.sure.hide)
        self.which.chosen.connect(self._show_table)
        self.sum_table.row_opened.connect(self._open_fault)
        self.sum_table.selectionModel().selectionChanged.connect(self._show_choices)
        self.sums.modelReset.connect(self._show_choices)
        self.see.clicked.connect(self._see_fault)
        self.dispute.clicked.connect(partial(self._ask_objection, DISPUTE))
        self.waive.clicked.connect(partial(self._ask_objection, WAIVE))
        self.objection.objected.connect(self._object)
        self.objection.left.connect(self._end_objection)
        self.sum_table.horizontalHeader().sectionClicked.connect(self._sort)
        self.issued_list.chosen.connect(self._chosen)
        self._context.executor.applied.connect(self._applied)
        self._context.ticker.second.connect(self.picker.pass_time)

    # ── reading ──

    def reload(self) -> None:
        """Reckon the period again; out of sight only remember that it must be done."""
        self._stale = False
        executor = self._context.executor
        if not executor.closed:
            executor.ask(partial(read_settlement, self.picker.period), self._take, self)

    def _take(self, settlement: Settlement) -> None:
        if settlement.period != self.picker.period:
            return
        self.settlement = settlement
        row = settlement.row
        self.picker.set_term(settlement.term)
        self.summary.show_tally(row)
        lines = sum_lines(row)
        self.sums.show_lines(lines)
        self.standards.show_rows(row.standards)
        self.empty.setVisible(not lines)
        self.empty.hint.setText(f"{row.faults} 件故障，没有违约金、第三方费用或索赔")
        self.empty.hint.setVisible(True)
        self.rights.set_text("甲方已有权解除合同：" + "；".join(row.termination))
        self.rights.setVisible(bool(row.termination))
        wanted = self._to_choose
        if wanted is None:
            wanted = self.issued_list.document.id if self.issued_list.document is not None else ""
        self._to_choose = None
        self.issued_list.blockSignals(True)
        self.issued.show_documents(settlement.documents)
        self.issued_list.choose(wanted)
        self.issued_list.blockSignals(False)
        self._chosen(self.issued_list.document)

    @Slot(object)
    def _chosen(self, document: DocumentRow | None) -> None:
        self.paper_bar.show_document(document)
        document_id = document.id if document is not None else ""
        executor = self._context.executor
        if not executor.closed:
            executor.ask(partial(read_paper, self.picker.period, document_id), self._show_paper, self)

    def _show_paper(self, paper: Paper) -> None:
        chosen = self.issued_list.document
        wanted = chosen.id if chosen is not None else ""
        # An answer for a period or a sheet that is not looked at any more.
        if paper.document_id == wanted and (wanted or paper.period == self.picker.period):
            self.preview.show_pdf(paper.pdf)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        changes = applied.changes
        if not (changes.faults or changes.settings or changes.documents):
            return
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()

    # ── what the person does ──

    @Slot(object)
    def _picked(self, _period: Period) -> None:
        self.sure.hide()
        self._to_choose = ""
        self.reload()

    @Slot()
    def _ask_whether(self) -> None:
        """A number, once given, stays: ask beside the work, not in its way."""
        self.sure.show()
        self.sure.action.setFocus()

    @Slot()
    def issue(self) -> None:
        """出具: number and keep the sheet as it stands now."""
        self.sure.hide()
        period = self.picker.period
        self._context.executor.submit(IssueTally(period.start, period.end), self, self._was_issued)

    def _was_issued(self, changes: Changes) -> None:
        self._to_choose = changes.created
        self.preview.first_page()

    @Slot(str)
    def _show_table(self, which: str) -> None:
        self._tables.setCurrentIndex((SUMS, STANDARDS, ENTRIES).index(which))
        for button in (self.see, self.dispute, self.waive):
            button.setVisible(which == SUMS)
        for button in (self.entries.add, self.entries.withdraw):
            button.setVisible(which == ENTRIES)

    @property
    def _chosen_sum(self) -> SumLine | None:
        selected = self.sum_table.selectionModel().selectedRows()
        return self.sums.lines[selected[0].row()] if selected else None

    @Slot()
    def _show_choices(self) -> None:
        """What may be done with the sum that is selected."""
        line = self._chosen_sum
        self.see.setEnabled(line is not None and bool(line.fault_id))
        for button in (self.dispute, self.waive):
            button.setEnabled(line is not None and line.penalty is not None)

    @Slot()
    def _see_fault(self) -> None:
        line = self._chosen_sum
        if line is not None:
            self.fault_requested.emit(line.fault_id)

    def _ask_objection(self, kind: str) -> None:
        line = self._chosen_sum
        if line is not None and line.penalty is not None:
            self.objection.ask_about(line.penalty, kind)

    @Slot(object)
    def _object(self, command: DisputeBreach | WaiveBreach) -> None:
        self._context.executor.submit(command, self, self._objected, self._objection_refused)

    def _objected(self, _changes: Changes) -> None:
        self._end_objection()

    def _objection_refused(self, error: KnownError) -> None:
        self.objection.show_error(f"{error.message}。{error.remedy}")

    @Slot()
    def _end_objection(self) -> None:
        self.objection.hide()
        self.sum_table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _open_fault(self, row: int) -> None:
        fault_id = self.sums.lines[row].fault_id
        if fault_id:
            self.fault_requested.emit(fault_id)

    @Slot(int)
    def _sort(self, column: int) -> None:
        header = self.sum_table.horizontalHeader()
        up = Qt.SortOrder.AscendingOrder
        same = header.sortIndicatorSection() == column and header.isSortIndicatorShown()
        order = Qt.SortOrder.DescendingOrder if same and header.sortIndicatorOrder() == up else up
        header.setSortIndicatorShown(True)
        header.setSortIndicator(column, order)
        self.sums.sort(column, order)
