"""历史: every fault there ever was, found by a few letters, sorted by any column."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import date_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.history import SETTING, DropFilter, KeepFilter
from dispatch_app.operations.history_rows import HistoryFilter, SavedFilter
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.lists.list_export import ListExport
from dispatch_app.ui.lists.paged_model import Wish
from dispatch_app.ui.lists.paged_table import Order
from dispatch_app.ui.pages.history_export import HistoryExport
from dispatch_app.ui.pages.history_filters import HistoryFilters
from dispatch_app.ui.pages.history_model import HistoryModel
from dispatch_app.ui.pages.history_paper import HEADING, FaultListPaper
from dispatch_app.ui.pages.history_table import HistoryTable
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Banner, Card, EmptyState
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

if TYPE_CHECKING:
    from dispatch_app.ui.printing.paper_panel import PaperPanel

MINUTE = 60


class FaultHistoryPage(QWidget):
    """Signals:
    fault_requested: Id of a fault to be shown on the desk.
    """

    fault_requested = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self._count = 0
        self.model = HistoryModel(context.executor, self)
        self.table = HistoryTable(self.model, context.themes, LayoutMemory(context.data_folder))
        self.filters = HistoryFilters(context.ticker.now)
        self.count = Text("", Size.QUIET, Tone.QUIET)
        self.export_button = Button("导出 CSV", Kind.PLAIN)
        self.export_button.setToolTip("把筛选出的全部故障存成表格文件")
        self.print_button = Button("打印清单", Kind.PLAIN)
        self.print_button.setToolTip("把筛选出的故障排成清单，先预览再打印")
        self.export = ListExport(context.executor, self)
        self.progress = Banner("", Tone.QUIET, "取消导出")
        self._dialog: QFileDialog | None = None
        self._paper: PaperPanel | None = None
        self.columns_button = Button("列", Kind.PLAIN)
        self.columns_button.setToolTip("选择显示的列；拖动表头可改次序")
        self.empty = EmptyState("没有故障", "", "清除筛选", self.table.viewport())
        self._lay_out()
        self._connect()
        self._read_saved()

    def _lay_out(self) -> None:
        for button in (self.columns_button, self.export_button, self.print_button):
            self.filters.top.addWidget(button)
        self.filters.top.addWidget(self.count)
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 12)
        head.addWidget(self.filters)
        card.body.addLayout(head)
        card.body.addWidget(self.progress)
        card.body.addWidget(self.table, 1)
        self.progress.hide()
        self.empty.hide()
        over = QVBoxLayout(self.table.viewport())
        over.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(card)
        self.setFocusProxy(self.filters.search)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.filters.kept.connect(self._keep_filter)
        self.filters.dropped.connect(self._drop_filter)
        self.filters.search.to_list.connect(self.table.choose_first)
        self.table.opened.connect(self.fault_requested)
        self.table.sorted_by.connect(self._sort)
        self.table.typed.connect(self._type_on)
        self.model.counted.connect(self._counted)
        self.model.refused.connect(self._refused)
        self.columns_button.clicked.connect(self._show_columns)
        self.empty.acted.connect(self._clear)
        self.export_button.clicked.connect(self.choose_file)
        self.print_button.clicked.connect(self.show_paper)
        self.progress.acted.connect(self.export.cancel)
        self.export.progressed.connect(self._show_progress)
        self.export.ended.connect(self._export_ended)
        self._context.executor.applied.connect(self._applied)
        self._context.ticker.second.connect(self._pass_time)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._find)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ── reading ──

    @property
    def wish(self) -> Wish:
        """What is set: the filter and the order."""
        return Wish(self.filters.filter, self.table.history_sort)

    @Slot(object)
    def _filter(self, _wanted: HistoryFilter) -> None:
        self.model.show(self.wish)

    @Slot(object)
    def _sort(self, _order: Order) -> None:
        self.model.show(self.wish)
        self.table.scrollToTop()

    @Slot(object)
    def _counted(self, count: int) -> None:
        self._count = count
        self.count.setText(f"共 {count:,} 件")
        if not count:
            filtered = self.filters.filter != HistoryFilter()
            self.empty.title.setText("没有符合的故障" if filtered else "还没有故障")
            self.empty.hint.setText(
                "少打几个字，或清除筛选再找" if filtered else "在调度台按 F2 登记第一个电话，之后这里都能查到"
            )
            self.empty.hint.show()
            self.empty.action.setVisible(filtered)
        self.empty.setVisible(not count)

    @Slot(object)
    def _refused(self, error: KnownError) -> None:
        self._context.messages.refuse(error)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        changes = applied.changes
        if SETTING in changes.settings:
            self._read_saved()
        if changes.faults or "readings" in changes.settings:
            self._renew()

    @Slot(object)
    def _pass_time(self, now: int) -> None:
        if now % MINUTE == 0 and self.isVisible() and self.model.moving:
            self.model.reload()

    def _renew(self) -> None:
        if self.isVisible():
            self.model.reload()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.model.show(self.wish)

    def show_filter(self, wanted: HistoryFilter) -> None:
        """A filter asked for elsewhere, whatever was set before."""
        self.filters.show_filter(wanted)

    # ── what the person does ──

    @Slot()
    def _find(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    @Slot(str)
    def _type_on(self, text: str) -> None:
        self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filters.search.insert(text)

    @Slot()
    def _clear(self) -> None:
        self.filters.show_filter(HistoryFilter())
        self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_columns(self) -> None:
        button = self.columns_button
        self.table.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    # ── out of the program ──

    @Slot()
    def choose_file(self) -> None:
        """Ask where to, beside the work, and write every row of the filter there."""
        dialog = QFileDialog(
            self, "导出 CSV", f"故障 {date_text(self._context.ticker.now)}.csv", "CSV (*.csv)"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._file_chosen)
        self._dialog = dialog
        dialog.open()

    @Slot(str)
    def _file_chosen(self, path: str) -> None:
        self.export_button.setEnabled(False)
        self.export.begin(Path(path), HistoryExport(self.wish))

    @Slot(object)
    def _show_progress(self, written: int) -> None:
        self.progress.set_text(f"正在导出，已写 {written:,} 件，共 {self._count:,} 件")
        self.progress.show()

    @Slot(object)
    def _export_ended(self, error: KnownError | None) -> None:
        self.progress.hide()
        self.export_button.setEnabled(True)
        if error is not None:
            self._context.messages.refuse(error)

    @Slot()
    def show_paper(self) -> None:
        """The list as it would print, in a panel over the table."""
        if self._paper is None:
            # The preview brings a PDF engine with it: nobody waits for that who only looks something up.
            from dispatch_app.ui.printing.paper_panel import PaperPanel

            self._paper = PaperPanel(self._context, HEADING, self)
        self._paper.open_paper(FaultListPaper(self.wish))

    # ── filters under a name ──

    def _read_saved(self) -> None:
        self._context.executor.ask(Queries.history_filters, self.filters.show_saved, self)

    def use_saved(self, name: str) -> None:
        """Show the faults of a filter kept under a name."""
        self._context.executor.ask(Queries.history_filters, partial(self._use, name), self)

    def _use(self, name: str, saved: tuple[SavedFilter, ...]) -> None:
        self.filters.show_saved(saved)
        for one in saved:
            if one.name == name:
                self.filters.show_filter(one.filter)

    @Slot(object)
    def _keep_filter(self, wanted: tuple[str, HistoryFilter]) -> None:
        self._context.executor.submit(KeepFilter(*wanted), self, self._filter_kept)

    def _filter_kept(self, _changes: Changes) -> None:
        self.filters.end_naming()

    @Slot(object)
    def _drop_filter(self, name: str) -> None:
        self._context.executor.submit(DropFilter(name), self)
