"""派工单: a panel beside the work. It opens without taking the keyboard from a half-typed call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import IssueWorkOrder
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind, DocumentRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing.paper_bar import PaperBar
from dispatch_app.ui.printing.preview import PreviewPane
from dispatch_app.ui.widgets.buttons import Button, IconButton, Kind
from dispatch_app.ui.widgets.cards import Card

WIDTH = 560
MARGIN = 16


@dataclass(frozen=True, slots=True)
class Order:
    """An order for somebody: its bytes or why there are none, and the document once it has its number."""

    fault_id: str
    staff_id: str
    title: str
    pdf: bytes
    error: KnownError | None
    document: DocumentRow | None


def read_preview(fault_id: str, staff_id: str, queries: Queries) -> Order:
    """The order as it would print."""
    rows = queries.fault_rows([fault_id])
    person = next((one.name for one in queries.staff() if one.id == staff_id), "")
    title = f"派工单 {rows[0].number} {person}" if rows else "派工单"
    try:
        pdf = queries.preview_work_order(fault_id, staff_id)
    except KnownError as error:
        return Order(fault_id, staff_id, title, b"", error, None)
    return Order(fault_id, staff_id, title, pdf, None, None)


def read_issued(fault_id: str, staff_id: str, document_id: str, queries: Queries) -> Order:
    """The order as it was issued."""
    orders = queries.documents(DocumentKind.WORK_ORDER)
    document = next(one for one in orders if one.id == document_id)
    pdf = queries.document_pdf(document_id)
    return Order(fault_id, staff_id, document.title, pdf, None, document)


class WorkOrderPanel(Card):
    """Lies over the right side of the widget it is given; Esc or the cross closes it.

    Signals:
        closed: The panel was closed by the person.
    """

    closed = Signal()

    def __init__(self, context: UiContext, over: QWidget) -> None:
        super().__init__("派工单", parent=over, flush=True)
        self._context = context
        self._over = over
        self._wanted = ("", "")
        self._print_when_issued = False
        self.preview = PreviewPane(context)
        self.paper_bar = PaperBar(context)
        self.issue_button = Button("出具并打印", Kind.PRIMARY)
        self.only_issue_button = Button("只出具")
        self.close_button = IconButton(context.themes, "close", "关闭派工单（Esc）")
        self._choices = QWidget()
        self._lay_out()
        self.issue_button.clicked.connect(self.issue_and_print)
        self.only_issue_button.clicked.connect(self.issue)
        self.close_button.clicked.connect(self.dismiss)
        over.installEventFilter(self)
        self.hide()

    def open_for(self, fault_id: str, staff_id: str) -> None:
        """Show the order of an engineer for a fault; the focus stays where it is."""
        self._wanted = (fault_id, staff_id)
        self._print_when_issued = False
        self.preview.show_nothing("正在排版")
        self._show_document(None)
        self._place()
        self.show()
        self.raise_()
        self._context.executor.ask(partial(read_preview, fault_id, staff_id), self._take, self)

    @Slot(object)
    def open_asked(self, wanted: tuple[str, str]) -> None:
        """The same for a signal that carries (fault id, staff id)."""
        self.open_for(*wanted)

    @Slot()
    def issue(self) -> None:
        """出具: give the order its number; the one the engineer already has is taken again."""
        self._issue(then_print=False)

    @Slot()
    def issue_and_print(self) -> None:
        """出具, and send it to the printer as soon as it has its number."""
        self._issue(then_print=True)

    @Slot()
    def dismiss(self) -> None:
        self._wanted = ("", "")
        self.hide()
        self.closed.emit()

    def _lay_out(self) -> None:
        self.header.addWidget(self.close_button)
        row = QHBoxLayout(self._choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.issue_button)
        row.addWidget(self.only_issue_button)
        row.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self._choices)
        foot.addWidget(self.paper_bar)
        self.body.addWidget(self.preview, 1)
        self.body.addLayout(foot)
        for button in (self.issue_button, self.only_issue_button, self.close_button):
            # A click here must leave the caret where it was: in a half-typed call.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _issue(self, *, then_print: bool) -> None:
        fault_id, staff_id = self._wanted
        self._print_when_issued = then_print
        command = IssueWorkOrder(fault_id, staff_id)
        self._context.executor.submit(command, self, partial(self._was_issued, fault_id, staff_id))

    def _was_issued(self, fault_id: str, staff_id: str, changes: Changes) -> None:
        question = partial(read_issued, fault_id, staff_id, changes.created)
        self._context.executor.ask(question, self._take, self)

    def _take(self, order: Order) -> None:
        if (order.fault_id, order.staff_id) != self._wanted:
            return
        self.set_title(order.title)
        if order.error is not None:
            self.preview.show_nothing(order.error.message, order.error.remedy)
            self._choices.setEnabled(False)
            return
        self._choices.setEnabled(True)
        self.preview.show_pdf(order.pdf)
        self._show_document(order.document)
        if order.document is not None and self._print_when_issued:
            self._print_when_issued = False
            self.paper_bar.print_now()

    def _show_document(self, document: DocumentRow | None) -> None:
        self._choices.setVisible(document is None)
        self.paper_bar.show_document(document)

    def _place(self) -> None:
        room = self._over.rect()
        width = min(WIDTH, room.width() - 2 * MARGIN)
        self.setGeometry(QRect(room.width() - width - MARGIN, MARGIN, width, room.height() - 2 * MARGIN))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and isinstance(event, QResizeEvent) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)
