"""One register: its list with filter and tools at the left, the entry or the form at the right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_rows import EntryDetail, RegisterCount, RegisterFilter
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.lists.paged_model import PagedModel, Wish
from dispatch_app.ui.lists.paged_table import Order, PagedTable
from dispatch_app.ui.registers.entry_form import EntryForm
from dispatch_app.ui.registers.entry_panel import EntryPanel
from dispatch_app.ui.registers.register_filters import RegisterFilters
from dispatch_app.ui.registers.register_source import source_of
from dispatch_app.ui.registers.tools import COMMON, STRIPS, TOOLS, RegisterTool, ToolPlace
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Card, EmptyState
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

PANEL_WIDTH = 360
DAY_S = 86_400


class RegisterList(QWidget):
    """Signals:
    related: `Relation` a person wants to see, and what the entry is called.
    counted: `RegisterCount` of this register.
    """

    related = Signal(object, str)
    counted = Signal(object)

    def __init__(self, context: UiContext, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.register = register_of(key)
        self._stale = True
        self._counting = self._count_again = False
        self._wanted = ""
        self._step = ("", "")
        usual = Order(self.register.sort, self.register.descending)
        self.model = PagedModel(
            context.executor, source_of(self.register), Wish(RegisterFilter(), usual), self
        )
        memory = LayoutMemory(context.data_folder)
        self.table = PagedTable(
            self.model,
            context.themes,
            memory,
            self.register.title,
            f"registers/{key}",
            usual,
            several=True,
        )
        self.filters = RegisterFilters(self.register)
        self.count = Text("", Size.QUIET, Tone.QUIET)
        self.add_button = Button("登记", Kind.PRIMARY, "Ctrl+N")
        self.columns_button = Button("列", Kind.PLAIN)
        self.columns_button.setToolTip("选择显示的列；拖动表头可改次序")
        self.panel = EntryPanel(context)
        self.form = EntryForm(context)
        self.side = QStackedWidget()
        self.empty = EmptyState(f"{self.register.title}还是空的", self.register.purpose, "登记第一条")
        self.empty.setParent(self.table.viewport())
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for tool in TOOLS.get(self.register.key, ()):
            self.filters.add_tool(self._tool_button(tool, Kind.PLAIN))
        self.filters.add_tool(self.columns_button)
        self.filters.add_tool(self.add_button)
        left = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 12)
        head.addWidget(self.filters)
        strip = STRIPS.get(self.register.key)
        if strip is not None:
            over_list = strip(self._context)
            over_list.acted.connect(self.begin_step)
            left.body.addWidget(over_list)
        left.body.addLayout(head)
        left.body.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 6, 16, 8)
        foot.addWidget(self.count)
        foot.addStretch(1)
        # What every register can do stands under the list: over it a small screen needs the room.
        for tool in COMMON:
            foot.addWidget(self._tool_button(tool, Kind.BARE))
        foot.addWidget(Text(self.register.clause, Size.SMALL, Tone.FAINT))
        left.body.addLayout(foot)
        right = Card(flush=True)
        self.side.addWidget(self.panel)
        self.side.addWidget(self.form)
        right.body.addWidget(self.side)
        over = QVBoxLayout(self.table.viewport())
        over.addWidget(self.empty)
        self.empty.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName(f"register-{self.register.key}")
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 1)
        split.setSizes([2 * PANEL_WIDTH, PANEL_WIDTH])
        right.setMinimumWidth(PANEL_WIDTH - 60)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        self.setFocusProxy(self.filters.search)

    def _tool_button(self, tool: RegisterTool, kind: Kind) -> Button:
        button = Button(tool.title, kind)
        button.setToolTip(tool.tip)
        button.clicked.connect(partial(self._use, tool))
        return button

    def _connect(self) -> None:
        self.filters.changed.connect(self._show_wish)
        self.filters.search.to_list.connect(self.table.choose_first)
        self.table.sorted_by.connect(self._show_wish)
        self.table.typed.connect(self._type_on)
        self.table.chosen_changed.connect(self._read_chosen)
        self.table.opened.connect(self._open_chosen)
        self.model.counted.connect(self._show_count)
        self.model.refused.connect(self._context.messages.refuse)
        self.columns_button.clicked.connect(self._show_columns)
        self.add_button.clicked.connect(self.begin_entry)
        self.empty.acted.connect(self._act_on_empty)
        self.panel.corrected.connect(self.correct)
        self.panel.acted.connect(self._act)
        self.panel.related.connect(self._relate)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self.leave_form)
        self._context.executor.applied.connect(self._applied)
        for keys, act in (("Ctrl+N", self.begin_entry), ("Ctrl+E", self.correct), ("Ctrl+F", self._find)):
            QShortcut(QKeySequence(keys), self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ── reading ──

    @property
    def wish(self) -> Wish:
        """What is set: the filter and the order."""
        return Wish(self.filters.filter, self.table.sort)

    def show_filter(self, wanted: RegisterFilter, said: str = "") -> None:
        """A filter asked for elsewhere. `said`: what the entry referred to is called."""
        self.filters.show_filter(wanted, said)

    def show_entry(self, entry_id: str) -> None:
        """Open an entry, whether or not the filter lets it through."""
        self._wanted = entry_id
        self.table.choose(entry_id)
        self._read_entry(entry_id)

    @Slot()
    def _show_wish(self) -> None:
        self.model.show(self.wish)
        self.table.scrollToTop()

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        changes = applied.changes
        if self.register.key in changes.registers:
            self._renew()
        elif changes.registers or changes.staff or changes.sites:
            # Names of places and people, and what points here, may read differently now.
            self._stale = True

    def _renew(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self.model.reload()
        self._read_counts()
        shown = self._wanted or self.table.chosen
        if shown:
            self._read_entry(shown)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.model.show(self.wish)
            self._read_counts()

    def _read_counts(self) -> None:
        # An import shows its rows in many small steps: one question at a time is enough.
        self._count_again = self._counting
        if not self._counting:
            self._counting = True
            keys = (self.register.key,)
            self._context.executor.ask(partial(_counts, keys), self._take_counts, self)

    def _take_counts(self, found: tuple[RegisterCount, ...]) -> None:
        self._counting = False
        if self._count_again:
            self._read_counts()
        (counted,) = found
        self.filters.show_counts(counted)
        self.counted.emit(counted)

    @Slot(object)
    def _show_count(self, count: int) -> None:
        self.count.setText(f"共 {count:,} {self.register.counted}")
        filtered = self.filters.filter != RegisterFilter()
        self.empty.title.setText("没有符合的记录" if filtered else f"{self.register.title}还是空的")
        self.empty.hint.setText("少打几个字，或看全部" if filtered else self.register.purpose)
        self.empty.action.set_text("看全部" if filtered else "登记第一条")
        self.empty.setVisible(not count)
        if self._wanted:
            self.table.choose(self._wanted)
        elif count and not self.table.chosen:
            self.table.choose(self.model.opens(0))
        elif not count:
            self.panel.show_detail(None)

    @Slot(object)
    def _read_chosen(self, entry_id: str) -> None:
        if entry_id and entry_id != self._wanted:
            self._wanted = ""
            self._read_entry(entry_id)

    def _read_entry(self, entry_id: str) -> None:
        self._context.executor.ask(partial(_entry, entry_id), partial(self._take_entry, entry_id), self)

    def _take_entry(self, entry_id: str, detail: EntryDetail) -> None:
        if entry_id == (self._wanted or self.table.chosen):
            self.panel.show_detail(detail)
            (of, step), self._step = self._step, ("", "")
            if of == entry_id and step not in detail.refused:
                self._act(step)

    # ── what the person does ──

    @Slot()
    def begin_entry(self, typed: Mapping[str, str] | None = None) -> None:
        """登记: a form at the right, empty or begun with `typed`, unless one is half typed already."""
        if self.side.currentWidget() is self.form and self.form.touched:
            self._context.messages.note("表单里还有没保存的内容", "先登记或取消，再登下一条")
            return
        self.form.open_new(self.register, typed)
        self.side.setCurrentWidget(self.form)
        self._focus_form()

    @Slot()
    def correct(self) -> None:
        """更正 of the entry in sight."""
        detail = self.panel.detail
        if detail is None or not detail.row.standing or self._half_typed():
            return
        self.form.open_correction(detail)
        self.side.setCurrentWidget(self.form)
        self._focus_form()

    @Slot(object, str)
    def begin_step(self, entry_id: str, action: str) -> None:
        """Show an entry, and the form of one of its steps as soon as it is read."""
        if self._half_typed():
            return
        self._step = (entry_id, action)
        self.show_entry(entry_id)

    @Slot(object)
    def _act(self, action: str) -> None:
        detail = self.panel.detail
        if detail is None or self._half_typed():
            return
        self.form.open_action(detail, action)
        if not self.form.fields:
            # Nothing is asked for: the click was the step.
            self.form.save()
            return
        self.side.setCurrentWidget(self.form)
        self._focus_form()

    def _focus_form(self) -> None:
        first = next(iter(self.form.fields.values()))
        first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _half_typed(self) -> bool:
        if self.side.currentWidget() is not self.form or not self.form.touched:
            return False
        self._context.messages.note("表单里还有没保存的内容", "先保存或取消")
        return True

    @Slot(object)
    def _saved(self, entry_id: str) -> None:
        self._wanted = entry_id
        self.leave_form()
        self._read_entry(entry_id)

    @Slot()
    def leave_form(self) -> None:
        self.side.setCurrentWidget(self.panel)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _relate(self, relation: object) -> None:
        detail = self.panel.detail
        if detail is not None:
            self.related.emit(relation, detail.typed.get(self.register.naming) or detail.row.number)

    def use_tool(self, title: str) -> None:
        """As a click on the tool's button."""
        self._use(next(tool for tool in (*TOOLS.get(self.register.key, ()), *COMMON) if tool.title == title))

    @Slot(object)
    def _use(self, tool: RegisterTool) -> None:
        header = self.table.horizontalHeader()
        places = [header.logicalIndex(place) for place in range(header.count())]
        shown = tuple(self.model.columns[one].key for one in places if not header.isSectionHidden(one))
        try:
            tool.open(
                ToolPlace(
                    self._context,
                    self,
                    self.register.key,
                    self.wish,
                    self.table.chosen,
                    self.table.selected,
                    shown,
                )
            )
        except KnownError as error:
            self._context.messages.refuse(error)

    @Slot()
    def _act_on_empty(self) -> None:
        if self.filters.filter != RegisterFilter():
            self.filters.show_filter(RegisterFilter())
        else:
            self.begin_entry()

    @Slot()
    def _show_columns(self) -> None:
        button = self.columns_button
        self.table.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    @Slot()
    def _find(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    @Slot(str)
    def _type_on(self, text: str) -> None:
        self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filters.search.insert(text)

    @Slot(object)
    def _open_chosen(self, _entry_id: str) -> None:
        """Enter leads to what the entry says; from there Tab reaches its steps."""
        self.panel.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        self.panel.focusNextChild()


def _counts(keys: tuple[str, ...], queries: Queries) -> tuple[RegisterCount, ...]:
    return queries.register_counts(keys)


def _entry(entry_id: str, queries: Queries) -> EntryDetail:
    return queries.register_entry(entry_id)
