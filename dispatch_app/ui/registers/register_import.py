"""导入 of a register: a table looked at row by row, then taken in or left."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.list_files import SheetFile, list_file
from dispatch_app.operations.log_rows import RowFate
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_export import template
from dispatch_app.operations.register_import import (
    AbandonEntries,
    BeginEntries,
    FinishEntries,
    ShowEntries,
    WriteEntries,
)
from dispatch_app.operations.register_import_rows import RegisterPreview, RegisterPreviewRow
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.operations.registers.register import Register
from dispatch_app.operations.watching import Watch
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.lists.import_pane import FATE_ROLES, FATE_WORDS, ImportKind, ImportPane
from dispatch_app.ui.pages.call_logs_export import told
from dispatch_app.ui.pages.call_logs_table import Column
from dispatch_app.ui.registers.tools import ToolPlace
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.over_panel import OverPanel
from dispatch_app.ui.widgets.polish import Tone

FILES = "表格 (*.csv *.xlsx *.txt)"
_SHOWN_COLUMNS = 3
"""So many columns of the file stand in the preview: enough to know a row by."""
_FILTERS = (RowFate.READY, RowFate.KNOWN, RowFate.DIFFERS, RowFate.REFUSED)


class RegisterSteps:
    """The commands of one import into a register."""

    def __init__(self, preview: RegisterPreview) -> None:
        self._id = str(uuid4())
        self._preview = preview

    @property
    def total(self) -> int:
        return len(self._preview.entries)

    def begin(self) -> BeginEntries:
        seen = self._preview
        return BeginEntries(self._id, seen.register, seen.name, seen.digest, self.total, seen.seen)

    def write(self, start: int, size: int) -> WriteEntries:
        return WriteEntries(self._id, start, self._preview.entries[start : start + size])

    def finish(self) -> FinishEntries:
        return FinishEntries(self._id)

    def abandon(self) -> AbandonEntries:
        return AbandonEntries(self._id)

    def waiting(self, queries: Queries) -> tuple[str, ...]:
        return queries.waiting_entries(self._id)

    def show(self, some: tuple[str, ...], *, last: bool) -> ShowEntries:
        return ShowEntries(self._id, some, last)


def import_kind(register: Register) -> ImportKind:
    """How a pane imports into a register."""
    return ImportKind(
        what="表格",
        files=FILES,
        hint=f"选一份 CSV 或 .xlsx，第一行写{register.title}的列名，次序不限；先看每一行，再决定是否导入",
        columns=_columns(register),
        filters=tuple((fate.value, FATE_WORDS[fate]) for fate in _FILTERS),
        keeps={},
        counted=register.counted,
        look=partial(_look, register.key),
        ready=_ready,
        steps=RegisterSteps,
        done="再导入同一份不会重复",
        opens=_entry_of,
    )


class RegisterImportPanel(OverPanel):
    """Lies over the whole list."""

    def __init__(self, context: UiContext, register: Register, over: QWidget) -> None:
        super().__init__(context.themes, f"导入{register.title}", over, width=None, flush=False)
        self._context = context
        self._register = register
        self.pane = ImportPane(context, import_kind(register))
        self.template_button = Button("存模板…", Kind.PLAIN)
        self.template_button.setToolTip("存一份只有列名的表格，照着填；.xlsx 另有一张表说明每列怎么写")
        self.pane.head.insertWidget(1, self.template_button)
        self.body.addWidget(self.pane, 1)
        self.template_button.clicked.connect(self.ask_where)

    @Slot()
    def ask_where(self) -> None:
        """Ask where the template goes, beside the work."""
        dialog = QFileDialog(
            self, "存模板", f"{self._register.title}-模板.xlsx", "Excel (*.xlsx);;CSV (*.csv)"
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_template)
        dialog.open()

    @Slot(str)
    def save_template(self, path: str) -> None:
        """Write the template, away from the GUI thread."""
        asking = partial(_save_template, self._register, Path(path))
        self._context.executor.ask(partial(told, asking), self._say_saved, self)

    def _say_saved(self, saved: str | KnownError) -> None:
        if isinstance(saved, KnownError):
            self.pane.say(f"{saved.message}。{saved.remedy}", Tone.SOON)
        else:
            self.pane.say(f"模板已存成 {saved}；填好后用「选择」打开它")


def open_import(place: ToolPlace) -> None:
    """Bring up the panel, the one that is there already if there is one."""
    panel = place.page.findChild(RegisterImportPanel)
    if panel is None:
        panel = RegisterImportPanel(place.context, register_of(place.register), place.page)
    panel.come_up(panel.pane.choose)


def _columns(register: Register) -> tuple[Column[RegisterPreviewRow], ...]:
    shown = register.typed[:_SHOWN_COLUMNS]
    return (
        Column("行", 56, _row, _role),
        Column("结果", 92, _fate, _role),
        Column("编号", 100, _number, _role),
        *(Column(one.heading, one.width, partial(_cell, one.key), _role) for one in shown),
        Column("说明", 0, _reason, _role),
    )


def _row(row: RegisterPreviewRow) -> str:
    return str(row.row)


def _fate(row: RegisterPreviewRow) -> str:
    return FATE_WORDS[row.fate]


def _number(row: RegisterPreviewRow) -> str:
    return row.number


def _cell(column: str, row: RegisterPreviewRow) -> str:
    return " ".join(row.said.get(column, "").split())


def _reason(row: RegisterPreviewRow) -> str:
    return row.reason


def _role(row: RegisterPreviewRow) -> str:
    return FATE_ROLES[row.fate]


def _entry_of(row: RegisterPreviewRow) -> str:
    return row.entry_id


def _ready(preview: RegisterPreview) -> int:
    return len(preview.entries)


def _look(register: str, path: Path, queries: Queries, watch: Watch) -> RegisterPreview:
    return queries.preview_register_import(register, path, watch)


def _save_template(register: Register, path: Path, _queries: Queries) -> str:
    headings, explained = template(register)
    file = list_file(path, register.title)
    file.begin(headings)
    if isinstance(file, SheetFile):
        file.beside("填写说明", explained)
    file.finish()
    return path.name
