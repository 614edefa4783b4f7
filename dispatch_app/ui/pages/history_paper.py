"""故障清单: a panel over the list of all faults, with the paper as it would print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.history_paper import IssueFaultList
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind, DocumentRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.history_model import Wish
from dispatch_app.ui.printing.paper_bar import PaperBar
from dispatch_app.ui.printing.preview import PreviewPane
from dispatch_app.ui.widgets.buttons import Button, IconButton, Kind
from dispatch_app.ui.widgets.cards import Card

WIDTH = 900
MARGIN = 16


@dataclass(frozen=True, slots=True)
class ListPaper:
    """The bytes, or why there are none; the document once it has its number."""

    wish: Wish
    pdf: bytes
    error: KnownError | None = None
    document: DocumentRow | None = None


def read_preview(wish: Wish, queries: Queries) -> ListPaper:
    """The list as it would print."""
    try:
        return ListPaper(wish, queries.preview_history(wish.filter, wish.sort))
    except KnownError as error:
        return ListPaper(wish, b"", error)


def read_issued(wish: Wish, document_id: str, queries: Queries) -> ListPaper:
    """The list as it was issued."""
    document = next(one for one in queries.documents(DocumentKind.FAULT_LIST) if one.id == document_id)
    return ListPaper(wish, queries.document_pdf(document_id), None, document)


class HistoryPaperPanel(Card):
    """Lies over the right side of the page; Esc or the cross closes it."""

    def __init__(self, context: UiContext, over: QWidget) -> None:
        super().__init__("故障清单", parent=over, flush=True)
        self._context = context
        self._over = over
        self._wish: Wish | None = None
        self.preview = PreviewPane(context)
        self.paper_bar = PaperBar(context)
        self.issue_button = Button("出具并打印清单", Kind.PRIMARY)
        self.close_button = IconButton(context.themes, "close", "关闭清单（Esc）")
        self.header.addWidget(self.close_button)
        row = QHBoxLayout()
        row.addWidget(self.issue_button)
        row.addStretch(1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        foot.addLayout(row)
        foot.addWidget(self.paper_bar)
        self.body.addWidget(self.preview, 1)
        self.body.addLayout(foot)
        self.issue_button.clicked.connect(self.issue)
        self.close_button.clicked.connect(self.dismiss)
        over.installEventFilter(self)
        self.hide()

    def open_for(self, wish: Wish) -> None:
        """Show the paper of a filter in an order."""
        self._wish = wish
        self.preview.show_nothing("正在排版")
        self.issue_button.setEnabled(False)
        self._show_document(None)
        self._place()
        self.show()
        self.raise_()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.executor.ask(partial(read_preview, wish), self._take, self)

    @Slot()
    def issue(self) -> None:
        """出具: give the list its number, and print it as soon as it has it."""
        wish = self._wish
        if wish is not None:
            self.issue_button.setEnabled(False)
            command = IssueFaultList(wish.filter, wish.sort)
            self._context.executor.submit(command, self, partial(self._was_issued, wish))

    @Slot()
    def dismiss(self) -> None:
        self._wish = None
        self.hide()
        self._over.setFocus(Qt.FocusReason.OtherFocusReason)

    def _was_issued(self, wish: Wish, changes: Changes) -> None:
        self._context.executor.ask(partial(read_issued, wish, changes.created), self._take, self)

    def _take(self, paper: ListPaper) -> None:
        if paper.wish != self._wish:
            return
        if paper.error is not None:
            self.preview.show_nothing(paper.error.message, paper.error.remedy)
            return
        self.preview.show_pdf(paper.pdf)
        self.issue_button.setEnabled(True)
        self._show_document(paper.document)
        if paper.document is not None:
            self.paper_bar.print_now()

    def _show_document(self, document: DocumentRow | None) -> None:
        self.issue_button.setVisible(document is None)
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
