"""The 硬件工作状态通报 of a period, as the panel over the page shows and issues it."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.operations.bulletins import IssueBulletin
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.pages.tallies_period import Period

HEADING = "硬件工作状态通报"


@dataclass(frozen=True, slots=True)
class BulletinPaper:
    """See `ui.printing.paper_panel.Paper`."""

    period: Period
    kind: DocumentKind = DocumentKind.BULLETIN

    def title(self, _queries: Queries) -> str:
        first, last = self.period.days
        return f"{HEADING} {first} 至 {last}"

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_bulletin(self.period.start, self.period.end)

    def command(self) -> object:
        return IssueBulletin(self.period.start, self.period.end)
