"""占用: how full each network is, what is free in it, and its table on paper."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QHBoxLayout

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.network_rows import NetworkUse
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_paper import IssueRegisterList
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.operations.registers.networks import ADDRESSES, KEY
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.pages.call_logs_export import told
from dispatch_app.ui.pages.call_logs_table import Column, RowsModel, RowsTable
from dispatch_app.ui.registers.register_list import RegisterList
from dispatch_app.ui.registers.tools import ToolPlace
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import EmptyState
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.over_panel import OverPanel
from dispatch_app.ui.widgets.polish import Size, Tone

HEADING = "网段占用"
_WIDE = 10**9
"""More free addresses than this are not worth counting out."""


def _name(row: NetworkUse) -> str:
    return row.name


def _network(row: NetworkUse) -> str:
    return row.network


def _kind(row: NetworkUse) -> str:
    return row.kind


def _used(row: NetworkUse) -> str:
    return f"{row.used:,}"


def _free(row: NetworkUse) -> str:
    return f"{row.free:,}" if row.free < _WIDE else "很多"


def _share(row: NetworkUse) -> str:
    return row.share


def _role(row: NetworkUse) -> str:
    return "text" if row.free else "soon_text"


COLUMNS = (
    Column("名称", 180, _name, _role),
    Column("网段", 200, _network, _role),
    Column("网络", 72, _kind, _role),
    Column("已用（含网关）", 120, _used, _role),
    Column("空闲", 110, _free, _role),
    Column("占用", 0, _share, _role),
)


class NetworkUsePanel(OverPanel):
    """Lies over the list of networks; renews itself when an address is given out."""

    def __init__(self, place: ToolPlace) -> None:
        super().__init__(place.context.themes, HEADING, place.page, width=None, flush=False)
        self._context, self._place_of = place.context, place
        self.model: RowsModel[NetworkUse] = RowsModel(COLUMNS, place.context.themes, self)
        self.table = RowsTable(self.model, HEADING)
        self.empty = EmptyState(
            "还没有网段", "先登记网段，这里就有它的占用和空闲地址", parent=self.table.viewport()
        )
        self.free = Text("", Size.QUIET, Tone.QUIET, wrap=True)
        self.show_button = Button("看这个网段", Kind.PLAIN)
        self.print_button = Button("打印分配表", Kind.PRIMARY)
        self.print_button.setToolTip("这个网段的 IP 地址分配表，标明内部资料，编号留底")
        self._chosen: NetworkUse | None = None
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.table.row_opened.connect(self._open)
        self.show_button.clicked.connect(self._open_chosen)
        self.print_button.clicked.connect(self.print_chosen)
        place.context.executor.applied.connect(self._applied)

    def _lay_out(self) -> None:
        self.body.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.free, 1)
        foot.addWidget(self.show_button)
        foot.addWidget(self.print_button)
        self.body.addLayout(foot)
        self._show_chosen(None)

    def read(self) -> None:
        """Ask how full they are now."""
        self._context.executor.ask(Queries.network_uses, self._take, self)

    def _take(self, rows: tuple[NetworkUse, ...]) -> None:
        self.empty.setVisible(not rows)
        self.model.set_rows(rows)
        if rows:
            self.table.selectRow(0)
        else:
            self._show_chosen(None)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        if self.isVisible() and not applied.changes.registers.isdisjoint({KEY, ADDRESSES}):
            self.read()

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_chosen(self.model.row(current.row()) if current.isValid() else None)

    def _show_chosen(self, chosen: NetworkUse | None) -> None:
        self._chosen = chosen
        self.free.setText("")
        for button in (self.show_button, self.print_button):
            button.setEnabled(chosen is not None)
        if chosen is not None:
            asking = partial(_free_of, chosen.entry_id)
            self._context.executor.ask(partial(told, asking), partial(self._show_free, chosen.entry_id), self)

    def _show_free(self, entry_id: str, found: tuple[str, ...] | KnownError) -> None:
        if self._chosen is None or self._chosen.entry_id != entry_id:
            return
        if isinstance(found, KnownError):
            self.free.setText(f"{found.message}。{found.remedy}")
        else:
            self.free.setText(f"空闲：{'、'.join(found)}" if found else "没有空闲地址")

    @Slot()
    def _open_chosen(self) -> None:
        if self._chosen is not None:
            self._open(self._chosen)

    @Slot(object)
    def _open(self, row: NetworkUse) -> None:
        """To the network's own entry, where its addresses are counted and listed."""
        self.dismiss()
        page = self._place_of.page
        assert isinstance(page, RegisterList)
        page.show_entry(row.entry_id)

    @Slot()
    def print_chosen(self) -> None:
        """The table of one network, as it would print."""
        # The preview brings a PDF engine with it.
        from dispatch_app.ui.registers.register_paper import show_paper

        assert self._chosen is not None
        columns = tuple(one.key for one in register_of(ADDRESSES).columns if one.shown)
        show_paper(
            self._place_of,
            IssueRegisterList(
                ADDRESSES,
                RegisterFilter(refers=("network", self._chosen.entry_id)),
                RegisterSort("address"),
                tuple(key for key in columns if key != "network"),
            ),
        )


def open_use(place: ToolPlace) -> None:
    """Bring up the panel, the one that is there already if there is one."""
    panel = place.page.findChild(NetworkUsePanel) or NetworkUsePanel(place)
    panel.come_up(panel.table)
    panel.read()


def _free_of(entry_id: str, queries: Queries) -> tuple[str, ...]:
    return queries.free_addresses(entry_id)
