"""What can be done with a round or a backup beyond its entry: a fault of what was found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_rows import EntryDetail
from dispatch_app.operations.round_faults import RegisterRoundFault

if TYPE_CHECKING:
    from dispatch_app.ui.registers.tools import ToolPlace


def register_fault(place: ToolPlace) -> None:
    """Make a fault of what the selected round found.

    Raises:
        KnownError: No round is selected.
    """
    if not place.chosen:
        raise KnownError("没有选中巡检记录", "在列表里选一条有异常的，再登记故障")
    place.context.executor.ask(partial(_entry, place.chosen), partial(_submit, place), place.page)


def _submit(place: ToolPlace, detail: EntryDetail) -> None:
    row = detail.row
    place.context.executor.submit(RegisterRoundFault(row.entry_id, row.version), place.page)


def _entry(entry_id: str, queries: Queries) -> EntryDetail:
    return queries.register_entry(entry_id)
