"""续签申请: a panel with a new application, or with one that was issued."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from dispatch_app.operations.queries import Queries
from dispatch_app.operations.renewals import IssueRenewal
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing.paper_panel import PaperPanel

HEADING = "续签申请"
WIDTH = 720


@dataclass(frozen=True, slots=True)
class RenewalPaper:
    """The application as it would be issued today; refused outside its window, with the days."""

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.RENEWAL

    def title(self, queries: Queries) -> str:
        return HEADING

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_renewal()

    def command(self) -> IssueRenewal:
        return IssueRenewal()


class RenewalPanel(PaperPanel):
    """Lies over the right side of what it is given."""

    def __init__(self, context: UiContext, over: QWidget) -> None:
        super().__init__(context, HEADING, over, width=WIDTH)

    def draft(self) -> None:
        """The application as it would be issued today, or why it cannot be."""
        self.open_paper(RenewalPaper())

    def show_issued(self, entry_id: str) -> None:
        """The application an entry stands for; of one that was written elsewhere there is no paper here."""
        self._context.executor.ask(partial(_document, entry_id), self._show, self)

    def _show(self, document_id: str) -> None:
        if document_id:
            self.open_issued(RenewalPaper(), document_id)
        else:
            self._context.messages.note("这份申请不是在这里出的", "程序里没有它的纸面，请看存档的原件")


def renewal_panel(context: UiContext, over: QWidget) -> RenewalPanel:
    """The one panel over a widget, made when it is first wanted."""
    return over.findChild(RenewalPanel) or RenewalPanel(context, over)


def _document(entry_id: str, queries: Queries) -> str:
    number = queries.register_entry(entry_id).typed["letter"]
    issued = queries.documents(DocumentKind.RENEWAL)
    return next((one.id for one in issued if one.number == number), "")
