"""What the lists of the core room print. The panel brings a PDF engine: it is loaded when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.room_sheets import RoomPaper
from dispatch_app.operations.rows import DocumentKind

if TYPE_CHECKING:
    from dispatch_app.ui.registers.tools import ToolPlace


def print_visits(place: ToolPlace) -> None:
    """机房出入登记 of a period and a room."""
    from dispatch_app.ui.registers.room_paper_panel import panel_over

    kind = DocumentKind.VISIT_BOOK
    panel_over(place.context, "机房出入登记", kind, place.page, periods=True, rooms=True).open_period()


def print_documents(place: ToolPlace) -> None:
    """资料出入登记 of a period."""
    _print_period(place, "资料出入登记", DocumentKind.DOCUMENT_BOOK)


def print_spares(place: ToolPlace) -> None:
    """备件使用清单 of a period."""
    _print_period(place, "备件使用清单", DocumentKind.SPARE_BOOK)


def print_destruction(place: ToolPlace) -> None:
    """介质销毁清单 of every medium that waits to be destroyed."""
    _print_one(place, "介质销毁清单", RoomPaper(DocumentKind.DESTRUCTION_LIST))


def print_change(place: ToolPlace) -> None:
    """变更审批单 of the change in sight. Raises KnownError if none is chosen."""
    if not place.chosen:
        raise KnownError("没有选中变更", "先在列表里选一项，再打印审批单")
    _print_one(place, "变更审批单", RoomPaper(DocumentKind.CHANGE_FORM, entry_id=place.chosen))


def _print_period(place: ToolPlace, heading: str, kind: DocumentKind) -> None:
    from dispatch_app.ui.registers.room_paper_panel import panel_over

    panel_over(place.context, heading, kind, place.page, periods=True).open_period()


def _print_one(place: ToolPlace, heading: str, paper: RoomPaper) -> None:
    from dispatch_app.ui.registers.room_paper_panel import panel_over

    panel_over(place.context, heading, paper.kind, place.page).open_one(paper)
