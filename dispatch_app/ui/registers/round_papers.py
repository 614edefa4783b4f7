"""The papers of rounds and backups, and the menu that offers them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from dispatch_app.operations.queries import Queries
from dispatch_app.operations.round_papers import IssueBackups, IssueBlankRound, IssueRounds
from dispatch_app.operations.round_rows import DutyItem, DutyKind
from dispatch_app.operations.rows import DocumentKind

if TYPE_CHECKING:
    from dispatch_app.ui.printing.paper_panel import Paper

HEADING = "巡检与备份的单据"


@dataclass(frozen=True, slots=True)
class BlankRoundPaper:
    """空白巡检表 of a plan."""

    plan_id: str
    plan: str

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.ROUND_BLANK

    def title(self, _queries: Queries) -> str:
        return f"空白巡检表 {self.plan}"

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_blank_round(self.plan_id)

    def command(self) -> IssueBlankRound:
        return IssueBlankRound(self.plan_id)


@dataclass(frozen=True, slots=True)
class RoundsPaper:
    """巡检表 of a room and a month."""

    site_id: str
    site: str
    month: date

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.ROUNDS

    def title(self, _queries: Queries) -> str:
        return f"巡检表 {self.site} {month_words(self.month)}"

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_rounds(self.site_id, self.month)

    def command(self) -> IssueRounds:
        return IssueRounds(self.site_id, self.month)


@dataclass(frozen=True, slots=True)
class BackupsPaper:
    """备份记录 of a month."""

    month: date

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.BACKUPS

    def title(self, _queries: Queries) -> str:
        return f"备份记录 {month_words(self.month)}"

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_backups(self.month)

    def command(self) -> IssueBackups:
        return IssueBackups(self.month)


def month_words(month: date) -> str:
    return f"{month.year}年{month.month}月"


def months_offered(today: date, of_entry: date | None) -> tuple[date, ...]:
    """This month, the one before, and that of the entry in sight."""
    this = today.replace(day=1)
    offered = {this, (this - timedelta(days=1)).replace(day=1)}
    if of_entry is not None:
        offered.add(of_entry.replace(day=1))
    return tuple(sorted(offered, reverse=True))


class PaperMenu(QMenu):
    """Every paper there can be.

    Args:
        months: First days of the months that are offered. sites: (id, name) of the rooms.

    Attributes:
        offered: What leads to each paper, by its words from the top: `巡检表 2024年11月 市委大楼机房`.

    Signals:
        chosen: the `Paper` that was picked.
    """

    chosen = Signal(object)

    def __init__(
        self,
        months: Sequence[date],
        sites: Sequence[tuple[str, str]],
        duties: Iterable[DutyItem],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("巡检与备份的打印")
        self.offered: dict[str, QAction] = {}
        for month in months if sites else ():
            self._offer(
                f"巡检表 {month_words(month)}",
                [(name, RoundsPaper(site_id, name, month)) for site_id, name in sites],
            )
        plans = [one for one in duties if one.kind is DutyKind.ROUND]
        if plans:
            blanks = [(one.title, BlankRoundPaper(one.entry_id, one.title)) for one in plans]
            self._offer("空白巡检表", blanks)
        for month in months:
            self._add(self, f"备份记录 {month_words(month)}", "", BackupsPaper(month))

    def _offer(self, title: str, papers: Sequence[tuple[str, Paper]]) -> None:
        inner = self.addMenu(title)
        for words, paper in papers:
            self._add(inner, words, f"{title} ", paper)

    def _add(self, menu: QMenu, words: str, above: str, paper: Paper) -> None:
        action = menu.addAction(words)
        action.triggered.connect(partial(self._pick, paper))
        self.offered[f"{above}{words}"] = action

    def _pick(self, paper: Paper, _checked: bool = False) -> None:
        self.chosen.emit(paper)
