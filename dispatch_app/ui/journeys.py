"""The ways from one page to another: from a fault to its special report, from a sum to its fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from dispatch_app.operations.history_rows import HistoryFilter
from dispatch_app.operations.register_pages import page_of
from dispatch_app.ui.context import UiContext

if TYPE_CHECKING:
    from dispatch_app.operations.register_rows import RegisterFilter
    from dispatch_app.ui.printing.work_orders import WorkOrderPanel

Page = TypeVar("Page", bound=QWidget)


class Journeys(QObject):
    """Handed to every page when it is made; it shows pages and tells them what was asked for.

    Args:
        go: Shows the page of a key, made now if need be, and answers with it.
    """

    def __init__(self, context: UiContext, go: Callable[[str], QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._orders: WorkOrderPanel | None = None
        self._go = go

    @Slot()
    def begin_call(self) -> None:
        """A call was answered while another page was in sight."""
        from dispatch_app.ui.desk.desk_page import DeskPage

        self._page("desk", DeskPage).begin_call()

    @Slot(object)
    def open_fault(self, fault_id: str) -> None:
        from dispatch_app.ui.desk.desk_page import DeskPage

        self._page("desk", DeskPage).select_fault(fault_id)

    @Slot()
    def enter_night_calls(self) -> None:
        """Show the grid for the calls the night mobile took."""
        from dispatch_app.ui.pages.handover import HandoverPage

        self._page("handover", HandoverPage).open_night()

    def correct_fault(self, fault_id: str) -> None:
        """Open the correction of a fault's last fact."""
        from dispatch_app.ui.desk.desk_page import DeskPage
        from dispatch_app.ui.desk.detail_panel import DetailPanel

        self._page("desk", DeskPage).ask_of(fault_id, DetailPanel.ask_correction)

    def call_third_party(self, fault_id: str) -> None:
        """Open 甲方委托第三方 of a fault."""
        from dispatch_app.ui.desk.desk_page import DeskPage
        from dispatch_app.ui.desk.detail_panel import DetailPanel

        self._page("desk", DeskPage).ask_of(fault_id, DetailPanel.ask_third_party)

    def open_filter(self, name: str) -> None:
        """Show the list of all faults under a filter kept by name."""
        from dispatch_app.ui.pages.history import FaultHistoryPage

        self._page("history", FaultHistoryPage).use_saved(name)

    @Slot(object)
    def open_site(self, site_id: str) -> None:
        from dispatch_app.ui.desk.desk_page import DeskPage

        self._page("desk", DeskPage).select_site(site_id)

    @Slot(object)
    def open_special_report(self, report_id: str) -> None:
        from dispatch_app.ui.pages.special_reports import SpecialReportsPage

        self._page("special_reports", SpecialReportsPage).open_report(report_id)

    @Slot(object)
    def find_faults(self, wanted: HistoryFilter) -> None:
        """Show the list of all faults with a filter."""
        from dispatch_app.ui.pages.history import FaultHistoryPage

        self._page("history", FaultHistoryPage).show_filter(wanted)

    @Slot(object)
    def open_register(self, wanted: tuple[str, RegisterFilter, str]) -> None:
        """Show a register with a filter; `wanted`: its key, the filter, what the filter is called."""
        from dispatch_app.ui.registers.registers_page import RegistersPage

        key, chosen, said = wanted
        self._page(page_of(key), RegistersPage).show_register(key, chosen, said)

    def open_entry(self, key: str, entry_id: str) -> None:
        """Show an entry of a register."""
        from dispatch_app.ui.registers.registers_page import RegistersPage

        self._page(page_of(key), RegistersPage).show_register(key, entry_id=entry_id)

    @Slot()
    def open_duties(self) -> None:
        """Show what is due of rounds and backups."""
        self._go("rounds")

    def begin_entry(self, key: str) -> None:
        """Show the form of a new entry of a register."""
        from dispatch_app.ui.registers.registers_page import RegistersPage

        self._page(page_of(key), RegistersPage).show_register(key).begin_entry()

    def use_tool(self, key: str, title: str) -> None:
        """Use one of a register's own tools, as its button does; `title`: of the tool."""
        from dispatch_app.ui.registers.registers_page import RegistersPage

        self._page(page_of(key), RegistersPage).show_register(key).use_tool(title)

    def offer_round_papers(self) -> None:
        """Offer the papers of rounds and backups."""
        from dispatch_app.ui.registers.rounds_page import RoundsPage

        self._page("rounds", RoundsPage).offer_papers()

    def open_bulletin(self) -> None:
        """Show the bulletin of the period that 统计 shows."""
        from dispatch_app.ui.statistics.statistics_page import StatisticsPage

        self._page("statistics", StatisticsPage).show_bulletin()

    @Slot(object)
    def open_work_order(self, wanted: tuple[str, str]) -> None:
        """Show the work order of a fault for an engineer beside the desk; `wanted`: their ids."""
        desk = self._go("desk")
        if self._orders is None:
            # The preview brings a PDF engine with it: nobody waits for that at the start.
            from dispatch_app.ui.printing.work_orders import WorkOrderPanel

            self._orders = WorkOrderPanel(self._context, desk)
        self._orders.open_asked(wanted)

    def _page(self, key: str, kind: type[Page]) -> Page:
        page = self._go(key)
        assert isinstance(page, kind), key
        return page
