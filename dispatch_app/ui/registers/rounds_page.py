"""巡检与备份: what is due over the registers of rounds and backups, the form of a round, the curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_pages import PAGES
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.registers.backups import BACKUPS
from dispatch_app.operations.registers.rounds import ROUNDS
from dispatch_app.operations.round_faults import RegisterRoundFault
from dispatch_app.operations.round_rows import DutyItem, DutyKind
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.beijing import day_of
from dispatch_app.ui.registers.duty_strip import DutyStrip
from dispatch_app.ui.registers.registers_page import RegistersPage
from dispatch_app.ui.registers.round_form import RoundPanel
from dispatch_app.ui.registers.round_papers import HEADING, PaperMenu, months_offered
from dispatch_app.ui.registers.round_trends import TrendPanel

if TYPE_CHECKING:
    from dispatch_app.ui.printing.paper_panel import Paper, PaperPanel

NAME = "rounds"


class RoundsPage(RegistersPage):
    """A page of registers with the duties over them."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, NAME, PAGES[NAME], parent)
        self.duties = DutyStrip(context)
        self.above.addWidget(self.duties)
        self.round_panel = RoundPanel(context, self)
        self.trends = TrendPanel(context, self)
        self.papers: PaperPanel | None = None
        self.menu: PaperMenu | None = None
        self.duties.asked.connect(self.do_duty)
        self.duties.fault_button.clicked.connect(self.register_fault)
        self.duties.trends_button.clicked.connect(self.show_trends)
        self.duties.print_button.clicked.connect(self.offer_papers)
        keys = QShortcut(QKeySequence("Ctrl+G"), self, self.register_fault)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for panel in (self.round_panel.registered, self.trends.opened):
            panel.connect(self._show_round)

    @Slot(object)
    def do_duty(self, item: DutyItem) -> None:
        """Open what a duty is done with: the form of a round, that of a backup, or the backups to check."""
        if item.kind is DutyKind.ROUND:
            self.round_panel.open_plan(item.entry_id)
        elif item.kind is DutyKind.RESTORE:
            self.show_register(BACKUPS.key, RegisterFilter(refers=("system", item.entry_id)), item.title)
        else:
            kind = "刷新介质" if item.kind is DutyKind.REFRESH else "全量"
            self.show_register(BACKUPS.key).begin_entry({"system": item.title, "kind": kind})

    @Slot()
    def register_fault(self) -> None:
        """登记故障 of what the round in sight found."""
        detail = self.shown.panel.detail
        if detail is None or detail.register != ROUNDS.key:
            self._context.messages.note("没有选中巡检记录", "在巡检记录里选一条有异常的，再登记故障")
            return
        self._context.executor.submit(RegisterRoundFault(detail.row.entry_id, detail.row.version), self)

    @Slot()
    def show_trends(self) -> None:
        """The curves of the rooms, over the page; of the room of the round in sight, if there is one."""
        detail = self.list_of(ROUNDS.key).panel.detail
        self.trends.open_for("" if detail is None else str(detail.values.get("site", "")))

    @Slot()
    def offer_papers(self) -> None:
        """The papers there can be, in a menu under the button."""
        self._context.executor.ask(_sites, self._show_menu, self)

    def _show_menu(self, sites: tuple[tuple[str, str], ...]) -> None:
        detail = self.shown.panel.detail
        at = None if detail is None else detail.values.get("at")
        months = months_offered(day_of(self._context.ticker.now), None if at is None else day_of(int(at)))
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = PaperMenu(months, sites, self.duties.book.items, self)
        self.menu.chosen.connect(self.show_paper)
        button = self.duties.print_button
        self.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    @Slot(object)
    def show_paper(self, paper: Paper) -> None:
        """A paper over the page, as it would print."""
        if self.papers is None:
            # The preview brings a PDF engine with it: nobody waits for that before it is wanted.
            from dispatch_app.ui.printing.paper_panel import PaperPanel

            self.papers = PaperPanel(self._context, HEADING, self)
        self.papers.open_paper(paper)

    @Slot(object)
    def _show_round(self, entry_id: str) -> None:
        self.show_register(ROUNDS.key, entry_id=entry_id)


def _sites(queries: Queries) -> tuple[tuple[str, str], ...]:
    return queries.round_sites()
