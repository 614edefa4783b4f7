"""A panel over a page with a paper in it: seen as it would print, given its number, printed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind, DocumentRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing.paper_bar import PaperBar
from dispatch_app.ui.printing.preview import PreviewPane
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.over_panel import WIDTH, OverPanel


class Paper(Protocol):
    """A paper that can be shown and issued: a frozen dataclass, equal to another that asks for the same."""

    @property
    def kind(self) -> DocumentKind: ...

    def title(self, queries: Queries) -> str:
        """What the panel is headed until the paper has its number."""

    def preview(self, queries: Queries) -> bytes:
        """The PDF as it would print. Raises KnownError if there can be none."""

    def command(self) -> object:
        """What issues it; `Changes.created` is the id of the document."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A paper read: its bytes or why there are none, and the document once it has its number."""

    paper: Paper
    title: str
    pdf: bytes
    error: KnownError | None = None
    document: DocumentRow | None = None


def read_preview(paper: Paper, queries: Queries) -> Seen:
    """The paper as it would print."""
    title = paper.title(queries)
    try:
        return Seen(paper, title, paper.preview(queries))
    except KnownError as error:
        return Seen(paper, title, b"", error)


def read_issued(paper: Paper, document_id: str, queries: Queries) -> Seen:
    """The paper as it was issued."""
    document = next(one for one in queries.documents(paper.kind) if one.id == document_id)
    return Seen(paper, document.title, queries.document_pdf(document_id), None, document)


class PaperPanel(OverPanel):
    """Lies over the right side of the widget it is given; Esc or the cross closes it.

    Args:
        heading: What kind of paper it holds, for its title and its buttons ("派工单").
        beside_typing: It neither takes the keyboard when it opens nor when it is clicked: for a page on
            which a call may be half typed.
    """

    def __init__(
        self,
        context: UiContext,
        heading: str,
        over: QWidget,
        *,
        width: int = WIDTH,
        beside_typing: bool = False,
    ) -> None:
        super().__init__(context.themes, heading, over, width=width, beside_typing=beside_typing)
        self._context = context
        self._heading = heading
        self._wanted: Paper | None = None
        self._print_when_issued = False
        self.preview = PreviewPane(context)
        self.paper_bar = PaperBar(context)
        self.issue_button = Button("出具并打印", Kind.PRIMARY)
        self.only_issue_button = Button("只出具")
        self._choices = QWidget()
        self._lay_out()
        self.issue_button.clicked.connect(self.issue_and_print)
        self.only_issue_button.clicked.connect(self.issue)

    def open_paper(self, paper: Paper) -> None:
        """Show a paper as it would print."""
        self._open(paper)
        self._context.executor.ask(partial(read_preview, paper), self._take, self)

    def open_issued(self, paper: Paper, document_id: str) -> None:
        """Show a paper that was issued, to be printed again."""
        self._open(paper)
        self._context.executor.ask(partial(read_issued, paper, document_id), self._take, self)

    def _open(self, paper: Paper) -> None:
        self._wanted = paper
        self._print_when_issued = False
        self.set_title(self._heading)
        self.preview.show_nothing("正在排版")
        self._choices.setEnabled(False)
        self._show_document(None)
        self.come_up()
        focus = QApplication.focusWidget()
        # Who chooses in the panel what is to be seen goes on choosing.
        if not self._beside_typing and (focus is None or not self.isAncestorOf(focus)):
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def issue(self) -> None:
        """出具: give the paper its number."""
        self._issue(then_print=False)

    @Slot()
    def issue_and_print(self) -> None:
        """出具, and send it to the printer as soon as it has its number."""
        self._issue(then_print=True)

    @Slot()
    def dismiss(self) -> None:
        self._wanted = None
        super().dismiss()

    def _lay_out(self) -> None:
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
        if self._beside_typing:
            for button in (self.issue_button, self.only_issue_button, self.close_button):
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _issue(self, *, then_print: bool) -> None:
        paper = self._wanted
        if paper is None:
            return
        self._print_when_issued = then_print
        # Not twice: every issue takes a number that is never given out again.
        self._choices.setEnabled(False)
        self._context.executor.submit(
            paper.command(), self, partial(self._was_issued, paper), partial(self._was_refused, paper)
        )

    def _was_issued(self, paper: Paper, changes: Changes) -> None:
        self._context.executor.ask(partial(read_issued, paper, changes.created), self._take, self)

    def _was_refused(self, paper: Paper, error: KnownError) -> None:
        self._context.messages.refuse(error)
        if paper == self._wanted:
            self._choices.setEnabled(True)

    def _take(self, seen: Seen) -> None:
        if seen.paper != self._wanted:
            return
        self.set_title(seen.title)
        if seen.error is not None:
            self.preview.show_nothing(seen.error.message, seen.error.remedy)
            return
        self._choices.setEnabled(True)
        self.preview.show_pdf(seen.pdf)
        self._show_document(seen.document)
        if seen.document is not None and self._print_when_issued:
            self._print_when_issued = False
            self.paper_bar.print_now()

    def _show_document(self, document: DocumentRow | None) -> None:
        self._choices.setVisible(document is None)
        self.paper_bar.show_document(document)
