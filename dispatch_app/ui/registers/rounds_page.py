"""巡检与备份: what is due over the registers of rounds and backups, the form of a round, the curves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dispatch_app.operations.register_pages import PAGES
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.registers.backups import BACKUPS
from dispatch_app.operations.registers.rounds import ROUNDS
from dispatch_app.operations.round_faults import RegisterRoundFault
from dispatch_app.operations.round_rows import DutyItem, DutyKind
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.registers.duty_strip import DutyStrip
from dispatch_app.ui.registers.registers_page import RegistersPage
from dispatch_app.ui.registers.round_form import RoundPanel
from dispatch_app.ui.registers.round_trends import TrendPanel

NAME = "rounds"


class RoundsPage(RegistersPage):
    """A page of registers with the duties over them."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, NAME, PAGES[NAME], parent)
        self.duties = DutyStrip(context)
        self.above.addWidget(self.duties)
        self.round_panel = RoundPanel(context, self)
        self.trends = TrendPanel(context, self)
        self.duties.asked.connect(self.do_duty)
        self.duties.fault_button.clicked.connect(self.register_fault)
        self.duties.trends_button.clicked.connect(self.show_trends)
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

    @Slot(object)
    def _show_round(self, entry_id: str) -> None:
        self.show_register(ROUNDS.key, entry_id=entry_id)
