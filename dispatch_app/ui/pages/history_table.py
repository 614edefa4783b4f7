"""The table of all faults."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dispatch_app.operations.history_rows import HistorySort
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.lists.paged_table import Order, PagedTable
from dispatch_app.ui.pages.history_model import HistoryModel
from dispatch_app.ui.theme.theme import Themes

_USUAL = HistorySort()


class HistoryTable(PagedTable):
    """All faults, the latest first until somebody sorts them otherwise."""

    def __init__(
        self, model: HistoryModel, themes: Themes, memory: LayoutMemory, parent: QWidget | None = None
    ) -> None:
        usual = Order(_USUAL.column, _USUAL.descending)
        super().__init__(model, themes, memory, "全部故障", "history/columns", usual, parent)

    @property
    def history_sort(self) -> HistorySort:
        """What the heading says the faults are sorted by."""
        return HistorySort(self.sort.column, self.sort.descending)
