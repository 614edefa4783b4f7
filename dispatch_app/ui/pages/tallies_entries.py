"""Payments, claims, compensation, secrecy breaches, termination: what happened to the contract itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.settlement_rows import ContractEntryRow
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.tallies_entry_form import EntryForm, WithdrawForm
from dispatch_app.ui.pages.tallies_tables import Face, FacesModel, FaceTable, money
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import EmptyState

_WIDTHS = (0, 72, 156, 68, 116, 188)


class EntryModel(FacesModel):
    """The entries, the latest first."""

    headings = ("事项", "条款", "发生 / 记录人", "谁", "金额（元）", "文号 / 效力")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ContractEntryRow, ...] = ()

    def _is_right(self, section: int) -> bool:
        return self.headings[section].startswith("金额")

    def show_rows(self, rows: Sequence[ContractEntryRow]) -> None:
        self.rows = tuple(rows)
        self._show([_faces(row) for row in self.rows])


def _faces(row: ContractEntryRow) -> tuple[Face, ...]:
    counts = row.accepted and not row.withdrawn
    role = "text" if counts else "faint"
    unaccepted = "" if row.accepted else "对方未认可，不计"
    effect = f"已撤回：{row.withdrawn}" if row.withdrawn else unaccepted
    return (
        Face(row.title, row.note, role),
        Face(row.clause, "", "quiet"),
        Face(moment_text(row.at)[:16], row.operator, role),
        Face(row.party or "—", "", role),
        Face("—" if row.amount is None else money(row.amount), "", role, right=True),
        Face(row.document, effect, role),
    )


class EntriesPane(QWidget):
    """The list with what can be done with it. `add` and `withdraw` stand where the page puts them."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.add = Button("记一笔…", Kind.ACCENT)
        self.withdraw = Button("撤回这笔…", Kind.PLAIN)
        self.model = EntryModel(self)
        self.table = FaceTable(self.model, context.themes, "付款与索赔", 52, _WIDTHS)
        self.empty = EmptyState("还没有付款、索赔或其他记录", parent=self.table.viewport())
        self.empty.hint.setText("甲方付款、任何一方索赔、泄密或解除合同，凭文件点「记一笔」")
        self.empty.hint.setVisible(True)
        self.form = EntryForm(context.ticker)
        self.withdraw_form = WithdrawForm()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.form, self.withdraw_form):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self.add.clicked.connect(self._ask_entry)
        self.withdraw.clicked.connect(self._ask_withdrawal)
        self.form.given.connect(self._submit_entry)
        self.withdraw_form.given.connect(self._submit_withdrawal)
        for form in (self.form, self.withdraw_form):
            form.left.connect(self._back)
        self.table.selectionModel().selectionChanged.connect(self._show_choices)
        self.model.modelReset.connect(self._show_choices)
        context.executor.applied.connect(self._applied)
        self._show_choices()
        self.reload()

    def reload(self) -> None:
        self._context.executor.ask(lambda queries: queries.contract_entries(), self._take, self)

    def _take(self, rows: tuple[ContractEntryRow, ...]) -> None:
        self.model.show_rows(rows)
        self.empty.setVisible(not rows)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        if "contract" in applied.changes.settings and not self._context.executor.closed:
            self.reload()

    @property
    def chosen(self) -> ContractEntryRow | None:
        selected = self.table.selectionModel().selectedRows()
        return self.model.rows[selected[0].row()] if selected else None

    @Slot()
    def _show_choices(self, *_: Any) -> None:
        row = self.chosen
        self.withdraw.setEnabled(row is not None and not row.withdrawn)

    @Slot()
    def _ask_entry(self) -> None:
        self.withdraw_form.hide()
        self.form.open()

    @Slot()
    def _ask_withdrawal(self) -> None:
        row = self.chosen
        if row is not None:
            self.form.hide()
            self.withdraw_form.open(row)

    @Slot(object)
    def _submit_entry(self, command: object) -> None:
        self._context.executor.submit(command, self, self._done, self._entry_refused)

    @Slot(object)
    def _submit_withdrawal(self, command: object) -> None:
        self._context.executor.submit(command, self, self._done, self._withdrawal_refused)

    def _done(self, _changes: Changes) -> None:
        self._back()

    def _entry_refused(self, error: KnownError) -> None:
        self.form.show_refusal(error)

    def _withdrawal_refused(self, error: KnownError) -> None:
        self.withdraw_form.show_refusal(error)

    @Slot()
    def _back(self) -> None:
        self.form.hide()
        self.withdraw_form.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
