"""导出 of a register: which columns, why, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_export import (
    BeginRegisterExport,
    RecordRegisterExport,
    cells,
    every_column,
    file_name,
)
from dispatch_app.operations.register_rows import WITHDRAWN_VIEW, RegisterFilter, RegisterSort
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.operations.registers.register import Register
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.lists.list_export import ListExport, Rows
from dispatch_app.ui.lists.paged_model import Wish
from dispatch_app.ui.registers.tools import ToolPlace
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.cards import Banner
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.over_panel import OverPanel
from dispatch_app.ui.widgets.polish import Size, Tone

WIDTH = 420
SHOWN, EVERY = "shown", "every"
SHEET, CSV = ".xlsx", ".csv"
_FILES = {SHEET: "Excel (*.xlsx)", CSV: "CSV (*.csv)"}
_GONE = RegisterFilter(view=WITHDRAWN_VIEW)


@dataclass(frozen=True, slots=True)
class RegisterExport:
    """A register's list on its way into a file. `number`: of the export."""

    register: str
    wish: Wish
    columns: tuple[str, ...]
    withdrawn: bool
    number: str

    @property
    def title(self) -> str:
        return register_of(self.register).title

    def head(self, queries: Queries) -> Iterable[Sequence[str]]:
        return queries.register_export_head(self.register, self.columns, self.withdrawn, self.number)

    def rows(self, queries: Queries, after: Any, size: int) -> Rows:
        """What stands, and after it what was withdrawn. `after`: (whether that has come, cursor)."""
        gone, cursor = after or (False, None)
        wanted = _GONE if gone else self.wish.filter
        sort = RegisterSort(self.wish.sort.column, self.wish.sort.descending)
        page = queries.register_page(self.register, wanted, sort, cursor, size)
        next_one: Any = (gone, page.after) if page.after is not None else None
        if next_one is None and self.withdrawn and wanted.view != WITHDRAWN_VIEW:
            next_one = (True, None)
        register = register_of(self.register)
        return Rows([cells(register, row, self.columns, self.withdrawn) for row in page.rows], next_one)

    def record(self, name: str, rows: int) -> RecordRegisterExport:
        return RecordRegisterExport(self.number, self.register, name, rows)


class RegisterExportPanel(OverPanel):
    """At the right of the list."""

    def __init__(self, context: UiContext, register: Register, over: QWidget) -> None:
        super().__init__(context.themes, f"导出{register.title}", over, width=WIDTH, flush=False)
        self._context = context
        self._register = register
        self._wish: Wish | None = None
        self._shown: tuple[str, ...] = ()
        self._path = Path()
        self.export = ListExport(context.executor, self)
        self.columns = Segments([(SHOWN, "列表里的列"), (EVERY, "全部列")])
        self.withdrawn = QCheckBox("已作废的也导出，另加一列说明")
        self.reason = FormField("导出原因", QLineEdit(), "给谁、做什么用；文件第一行和文件名标明内部资料")
        self.sheet_button = Button("导出 .xlsx…", Kind.PRIMARY)
        self.csv_button = Button("导出 CSV…", Kind.PLAIN)
        self.progress = Banner("", Tone.QUIET, "取消导出")
        self._lay_out()
        self.sheet_button.clicked.connect(self._ask_sheet)
        self.csv_button.clicked.connect(self._ask_text)
        self.progress.acted.connect(self.export.cancel)
        self.export.progressed.connect(self._show_progress)
        self.export.ended.connect(self._ended)

    def _lay_out(self) -> None:
        self.columns.set_value(SHOWN)
        self.body.setSpacing(14)
        self.body.addWidget(Text("按现在的筛选和次序", Size.QUIET, Tone.QUIET))
        self.body.addWidget(self.columns)
        self.body.addWidget(self.withdrawn)
        self.body.addWidget(self.reason)
        self.reason.setVisible(self._register.confidential)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.sheet_button)
        buttons.addWidget(self.csv_button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.progress.hide()

    def open_for(self, wish: Wish, shown: tuple[str, ...]) -> None:
        """Come up for a list as it is set now."""
        self._wish, self._shown = wish, shown
        self.come_up(self.reason.editor if self._register.confidential else self.sheet_button)

    @Slot()
    def _ask_sheet(self) -> None:
        self._ask_where(SHEET)

    @Slot()
    def _ask_text(self) -> None:
        self._ask_where(CSV)

    def _ask_where(self, ending: str) -> None:
        if self._register.confidential and not self._reason:
            self.reason.set_error("请写明给谁、做什么用，会和导出一起记下")
            self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.reason.set_error("")
        name = file_name(self._register, self._context.ticker.now, ending)
        dialog = QFileDialog(self, f"导出{self._register.title}", name, _FILES[ending])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.write)
        dialog.open()

    @property
    def _reason(self) -> str:
        editor = self.reason.editor
        assert isinstance(editor, QLineEdit)
        return editor.text().strip()

    @Slot(str)
    def write(self, path: str) -> None:
        """Number the export, then write the file."""
        wish = self._wish
        assert wish is not None
        self._path = Path(path)
        self._set_busy(True)
        everything = self.columns.value == EVERY
        export = RegisterExport(
            self._register.key,
            wish,
            every_column(self._register) if everything else self._shown,
            self.withdrawn.isChecked(),
            "",
        )
        begin = BeginRegisterExport(
            export.register, wish.filter, export.columns, export.withdrawn, self._path.name, self._reason
        )
        self._context.executor.submit(begin, self, partial(self._begin, export), self._ended)

    def _begin(self, export: RegisterExport, changes: Changes) -> None:
        self.export.begin(self._path, replace(export, number=changes.created))

    @Slot(object)
    def _show_progress(self, written: int) -> None:
        self.progress.set_text(f"正在导出，已写 {written:,} {self._register.counted}")
        self.progress.show()

    @Slot(object)
    def _ended(self, error: KnownError | None) -> None:
        self.progress.hide()
        self._set_busy(False)
        if error is not None:
            self._context.messages.refuse(error)

    def _set_busy(self, busy: bool) -> None:
        for button in (self.sheet_button, self.csv_button):
            button.setEnabled(not busy)


def open_export(place: ToolPlace) -> None:
    """Bring up the panel, the one that is there already if there is one."""
    panel = place.page.findChild(RegisterExportPanel)
    if panel is None:
        panel = RegisterExportPanel(place.context, register_of(place.register), place.page)
    panel.open_for(place.wish, place.columns)
