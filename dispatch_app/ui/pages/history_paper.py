"""故障清单: the list of all faults as it stands in the table, on paper."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.operations.history_paper import IssueFaultList
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.lists.paged_model import Wish

HEADING = "故障清单"


@dataclass(frozen=True, slots=True)
class FaultListPaper:
    """The paper of a filter in an order."""

    wish: Wish

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.FAULT_LIST

    def title(self, queries: Queries) -> str:
        return HEADING

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_history(self.wish.filter, self.wish.sort)

    def command(self) -> IssueFaultList:
        return IssueFaultList(self.wish.filter, self.wish.sort)
