"""派工单: a panel beside the work. It opens without taking the keyboard from a half-typed call."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from dispatch_app.operations.documents import IssueWorkOrder
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing.paper_panel import PaperPanel

WIDTH = 560


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """The order of an engineer for a fault; the one the engineer already has is taken again."""

    fault_id: str
    staff_id: str

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.WORK_ORDER

    def title(self, queries: Queries) -> str:
        rows = queries.fault_rows([self.fault_id])
        person = next((one.name for one in queries.staff() if one.id == self.staff_id), "")
        return f"派工单 {rows[0].number} {person}" if rows else "派工单"

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_work_order(self.fault_id, self.staff_id)

    def command(self) -> IssueWorkOrder:
        return IssueWorkOrder(self.fault_id, self.staff_id)


class WorkOrderPanel(PaperPanel):
    """Lies over the right side of the desk."""

    def __init__(self, context: UiContext, over: QWidget) -> None:
        super().__init__(context, "派工单", over, width=WIDTH, beside_typing=True)

    def open_for(self, fault_id: str, staff_id: str) -> None:
        """Show the order of an engineer for a fault; the focus stays where it is."""
        self.open_paper(WorkOrder(fault_id, staff_id))

    @Slot(object)
    def open_asked(self, wanted: tuple[str, str]) -> None:
        """The same for a signal that carries (fault id, staff id)."""
        self.open_for(*wanted)
