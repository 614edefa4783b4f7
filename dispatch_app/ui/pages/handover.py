"""交接班: who has the desk, what is open, the sheet for it; and the papers for a power cut."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.operations.changes import Changes
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind, DocumentRow, FaultRow, StaffRow
from dispatch_app.operations.shift import CoverDesk, HandOver
from dispatch_app.operations.shift_papers import IssueBlankIntake, IssueOpenFaults
from dispatch_app.operations.shift_rows import DutyRow
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.handover_form import DutyCard, HandoverForm
from dispatch_app.ui.pages.handover_lists import LINE, FaceList, FaceModel, open_faces, paper_faces
from dispatch_app.ui.pages.night_calls import NightCallsPage
from dispatch_app.ui.printing.paper_bar import PaperBar
from dispatch_app.ui.printing.preview import PreviewPane
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Card, EmptyState
from dispatch_app.ui.widgets.polish import describe

KINDS = (DocumentKind.HANDOVER, DocumentKind.OPEN_FAULTS, DocumentKind.BLANK_INTAKE)
_MOST_PAPERS_IN_SIGHT = 4


@dataclass(frozen=True, slots=True)
class Shift:
    """What the page lives on, read in one go; `documents` the latest first."""

    duty: DutyRow
    staff: tuple[StaffRow, ...]
    queue: tuple[FaultRow, ...]
    documents: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Bytes for the preview; `document_id` empty for the sheet as it stands now."""

    document_id: str
    pdf: bytes


def read_shift(queries: Queries) -> Shift:
    documents = [one for kind in KINDS for one in queries.documents(kind)]
    documents.sort(key=lambda one: one.issued_at, reverse=True)
    return Shift(queries.duty(), queries.staff(), queries.queue(), tuple(documents))


def read_paper(document_id: str, incoming: str, note: str, queries: Queries) -> Paper:
    """What was issued, or the sheet as it would be."""
    if document_id:
        return Paper(document_id, queries.document_pdf(document_id))
    return Paper("", queries.preview_handover(incoming, note))


class HandoverPage(QWidget):
    """Signals:
    fault_requested: id of an open fault somebody wants to look at.
    """

    fault_requested = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = False
        self._to_choose = ""
        self._to_print = ""
        self.shift: Shift | None = None
        self.duty = DutyCard()
        self.form = HandoverForm()
        self.open = FaceModel(self)
        self.open_list = FaceList(self.open, context.themes, "在办故障")
        self.open_card = Card("在办", flush=True)
        self.empty = EmptyState("没有在办故障", parent=self.open_list.viewport())
        self.papers = FaceModel(self)
        self.paper_list = FaceList(self.papers, context.themes, "交接班表和停电用纸")
        self.list_button = Button("在办故障清单", Kind.PLAIN)
        self.list_button.setToolTip("编号并打印，停电时凭它接着办")
        self.blank_button = Button("空白接报单", Kind.PLAIN)
        self.blank_button.setToolTip("打印，停电时手写来电")
        self.night_button = Button("夜间补录…", Kind.PLAIN)
        self.night_button.setToolTip("把夜间手机接到的来电一次补录")
        self.night: NightCallsPage | None = None
        self.views = QStackedWidget()
        self.preview = PreviewPane(context)
        self.paper_bar = PaperBar(context)
        self._lay_out()
        self._connect()
        self.reload()

    # ── building ──

    def _lay_out(self) -> None:
        self.open_card.body.addWidget(self.open_list, 1)
        centred = QVBoxLayout(self.open_list.viewport())
        centred.addWidget(self.empty)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.night_button, self.list_button, self.blank_button):
            row.addWidget(button)
        row.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        describe(left, ground=True)
        column.addLayout(row)
        for card in (self.duty, self.form):
            column.addWidget(card)
        column.addWidget(self.open_card, 1)
        paper_card = Card("单据", flush=True)
        paper_card.body.addWidget(self.paper_list)
        paper_card.body.addSpacing(4)
        paper_card.body.addWidget(self.preview, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.addWidget(self.paper_bar)
        paper_card.body.addLayout(foot)
        paper_card.setMinimumWidth(320)
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setObjectName("handover_columns")
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(12)
        columns.addWidget(_scrolled(left))
        columns.addWidget(paper_card)
        columns.setStretchFactor(0, 45)
        columns.setStretchFactor(1, 55)
        columns.setSizes([560, 680])
        row_layout = QVBoxLayout(self)
        row_layout.setContentsMargins(0, 0, 0, 0)
        shift = QWidget()
        around = QVBoxLayout(shift)
        around.setContentsMargins(16, 16, 16, 16)
        around.addWidget(columns)
        self.views.addWidget(shift)
        row_layout.addWidget(self.views)
        self.setFocusProxy(self.form.person)

    def _connect(self) -> None:
        self.duty.asked.connect(self._hand_in)
        self.form.asked.connect(self._hand_in)
        self.form.cover.clicked.connect(self._cover)
        self.form.changed.connect(self._show_chosen)
        self.open_list.opened.connect(self._open_fault)
        self.paper_list.chosen.connect(self._show_chosen)
        self.list_button.clicked.connect(self._print_list)
        self.night_button.clicked.connect(self.open_night)
        self.blank_button.clicked.connect(self._print_blank)
        self._context.executor.applied.connect(self._applied)
        self._context.ticker.second.connect(self._pass_time)

    # ── reading ──

    def reload(self) -> None:
        """Read the shift again."""
        self._stale = False
        if not self._context.executor.closed:
            self._context.executor.ask(read_shift, self._take, self)

    def _take(self, shift: Shift) -> None:
        now = self._context.ticker.now
        chosen = self.document.id if self.document is not None else ""
        self.shift = shift
        self.duty.show_duty(shift.duty, now)
        self.form.show_people(shift.staff, shift.duty)
        self.open.show_faces(open_faces(shift.queue, now))
        self.open_card.set_title("在办", f"{len(shift.queue)} 件")
        self.empty.setVisible(not shift.queue)
        wanted = self._to_choose or chosen
        self._to_choose = ""
        self.paper_list.blockSignals(True)
        self.papers.show_faces(paper_faces(shift.documents))
        self.paper_list.choose(self._row_of(wanted))
        self.paper_list.blockSignals(False)
        self.paper_list.setFixedHeight(min(self.papers.rowCount(), _MOST_PAPERS_IN_SIGHT) * LINE)
        self._show_chosen()

    @property
    def document(self) -> DocumentRow | None:
        """The paper selected; None for the sheet as it stands now."""
        documents = () if self.shift is None else self.shift.documents
        row = self.paper_list.row
        return documents[row - 1] if 0 < row <= len(documents) else None

    def _row_of(self, document_id: str) -> int:
        documents = () if self.shift is None else self.shift.documents
        return next((row for row, one in enumerate(documents, 1) if one.id == document_id), 0)

    @Slot()
    def _show_chosen(self) -> None:
        document = self.document
        self.paper_bar.show_document(document)
        executor = self._context.executor
        if not executor.closed:
            document_id = document.id if document is not None else ""
            question = partial(read_paper, document_id, self.form.chosen, self.form.note.text())
            executor.ask(question, self._show_paper, self)

    def _show_paper(self, paper: Paper) -> None:
        chosen = self.document
        if paper.document_id != (chosen.id if chosen is not None else ""):
            return
        self.preview.show_pdf(paper.pdf)
        if paper.document_id and paper.document_id == self._to_print:
            self._to_print = ""
            self.paper_bar.print_now()

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        changes = applied.changes
        if not (changes.faults or changes.staff or changes.documents or "operator" in changes.settings):
            return
        if self.open_list.isVisible():
            self.reload()
        else:
            # Another page, or the grid for the night, which registers many calls at a time.
            self._stale = True

    @Slot()
    def _pass_time(self) -> None:
        if self.open_list.isVisible() and self.shift is not None:
            now = self._context.ticker.now
            self.duty.pass_time(now)
            self.open.show_faces(open_faces(self.shift.queue, now))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.views.currentIndex() == 0:
            self.reload()

    # ── what the person does ──

    @Slot(object)
    def _hand_in(self, command: object) -> None:
        done = self._handed_over if isinstance(command, HandOver) else None
        self._context.executor.submit(command, self, done, self.form.show_refusal)

    def _handed_over(self, changes: Changes) -> None:
        self.form.clear()
        self._to_choose = changes.created
        self.preview.first_page()

    @Slot()
    def _cover(self) -> None:
        command: CoverDesk = self.form.cover_command(self._context.ticker.now)
        self._hand_in(command)

    @Slot()
    def _print_list(self) -> None:
        self._context.executor.submit(IssueOpenFaults(), self, self._print_it)

    @Slot()
    def _print_blank(self) -> None:
        self._context.executor.submit(IssueBlankIntake(), self, self._print_it)

    def _print_it(self, changes: Changes) -> None:
        """Without ceremony: the paper comes into sight and goes to the printer at once."""
        self._to_choose = self._to_print = changes.created
        self.preview.first_page()

    @Slot()
    def open_night(self) -> None:
        """Show the grid for the calls of the night; what was typed there before is still there."""
        if self.night is None:
            self.night = NightCallsPage(self._context)
            self.night.left.connect(self._close_night)
            self.views.addWidget(self.night)
        self.views.setCurrentWidget(self.night)
        self.setFocusProxy(self.night)
        self.night.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _close_night(self) -> None:
        self.views.setCurrentIndex(0)
        if self._stale:
            self.reload()
        self.setFocusProxy(self.form.person)
        self.night_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _open_fault(self, row: int) -> None:
        if self.shift is not None:
            self.fault_requested.emit(self.shift.queue[row].id)


def _scrolled(column: QWidget) -> QScrollArea:
    """A column that scrolls where a low screen has no room for all of it."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setMinimumWidth(column.minimumSizeHint().width())
    scroll.setWidget(column)
    return scroll
