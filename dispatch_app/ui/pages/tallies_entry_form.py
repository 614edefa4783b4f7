"""One entry of the contract's ledger, asked in place; and taking one back."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.tally import GENERAL_BREACH, Party
from dispatch_app.operations.contract_ledger import (
    RecordClaim,
    RecordCompensation,
    RecordPayment,
    RecordSecrecyBreach,
    RecordTermination,
    WithdrawContractFact,
)
from dispatch_app.operations.settlement_rows import ContractEntryRow
from dispatch_app.ui.bridge.ticker import Ticker
from dispatch_app.ui.desk.when import FORMS, parse_when
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.cards import Banner
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone


class EntryKind(StrEnum):
    PAID = "paid"
    CLAIM = "claim"
    COMPENSATION = "compensation"
    SECRECY = "secrecy"
    TERMINATION = "termination"


_WHO = {
    EntryKind.CLAIM: ("甲方索赔", "乙方索赔"),
    EntryKind.COMPENSATION: ("甲方赔付", "乙方赔付"),
    EntryKind.TERMINATION: ("甲方解除", "乙方解除"),
}
_AMOUNT = {
    EntryKind.PAID: "金额（元）",
    EntryKind.CLAIM: "损失（元），空按 20% 计",
    EntryKind.COMPENSATION: "金额（元）",
}


class _Asking(QWidget):
    """Signals:
    given: the command. left: Esc or 取消.
    """

    given = Signal(object)
    left = Signal()

    def __init__(self, save: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.error = Text("", Size.SMALL, Tone.BREACHED, wrap=True)
        self.save = Button(save, Kind.PRIMARY, "⏎")
        self.cancel = Button("取消", Kind.BARE)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 0, 16, 8)
        self.column.setSpacing(6)
        self.save.clicked.connect(self.ask)
        self.cancel.clicked.connect(self.left)
        self.hide()

    def editor(self, name: str) -> QLineEdit:
        """A line that Enter hands in."""
        made = QLineEdit()
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.returnPressed.connect(self.ask)
        return made

    def show_refusal(self, error: KnownError) -> None:
        """Say what is wrong; what was typed stays."""
        self.error.setText(f"{error.message}。{error.remedy}")
        self.error.show()

    def clear_error(self) -> None:
        self.error.setText("")
        self.error.hide()

    @Slot()
    def ask(self) -> None:
        """Hand on what was typed, or say what is wrong."""
        try:
            command = self.command()
        except KnownError as error:
            self.show_refusal(error)
        else:
            self.clear_error()
            self.given.emit(command)

    def command(self) -> object:
        """What was typed, as a command. Raises KnownError for what cannot be read."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class EntryForm(_Asking):
    """A payment, a claim, compensation, a secrecy breach or a termination, resting on a document."""

    def __init__(self, ticker: Ticker, parent: QWidget | None = None) -> None:
        super().__init__("记下", parent)
        self._ticker = ticker
        self.kind = Segments(
            [
                (EntryKind.PAID, "甲方付款"),
                (EntryKind.CLAIM, "索赔 九.4"),
                (EntryKind.COMPENSATION, "赔偿"),
                (EntryKind.SECRECY, "泄密 九.3"),
                (EntryKind.TERMINATION, "解除合同"),
            ]
        )
        self.who = Segments([(Party.CLIENT.value, ""), (Party.CONTRACTOR.value, "")])
        self.amount = self.editor("金额（元）")
        self.document = self.editor("文号或凭证号")
        self.note = self.editor("经过")
        self.when = self.editor("现在")
        self.when.setAccessibleName("发生时间")
        self.when.setToolTip(FORMS)
        self.accepted = QCheckBox("对方已认可")
        self.accepted.setToolTip("对方没有认可的列出但不计入应付余额")
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(8)
        first.addWidget(self.kind)
        first.addWidget(self.who)
        first.addWidget(self.accepted)
        first.addStretch(1)
        second.addWidget(self.amount, 3)
        second.addWidget(self.note, 3)
        second.addWidget(self.document, 3)
        second.addWidget(self.when, 2)
        second.addWidget(self.save)
        second.addWidget(self.cancel)
        self.column.addLayout(first)
        self.column.addLayout(second)
        self.column.addWidget(self.error)
        self.kind.chosen.connect(self._fit)

    def open(self) -> None:
        """Empty, ready for a payment: the entry that comes most often."""
        for editor in (self.amount, self.document, self.note, self.when):
            editor.clear()
        self.accepted.setChecked(False)
        self.kind.set_value(EntryKind.PAID)
        self.who.set_value(Party.CLIENT.value)
        self.clear_error()
        self._fit(EntryKind.PAID)
        self.show()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _fit(self, value: str) -> None:
        """Show just the fields this kind of entry has."""
        kind = EntryKind(value)
        self.who.setVisible(kind in _WHO)
        for party, words in zip(Party, _WHO.get(kind, ("", "")), strict=True):
            self.who.button(party.value).setText(words)
        self.amount.setVisible(kind in _AMOUNT)
        self.amount.setPlaceholderText(_AMOUNT.get(kind, ""))
        self.amount.setAccessibleName(_AMOUNT.get(kind, "金额（元）"))
        self.note.setVisible(kind == EntryKind.SECRECY)
        self.accepted.setVisible(kind in (EntryKind.CLAIM, EntryKind.COMPENSATION))

    def command(self) -> object:
        at = parse_when(self.when.text(), self._ticker.now)
        document, amount = self.document.text().strip(), self.amount.text().strip()
        party = Party(self.who.value)
        accepted = self.accepted.isChecked()
        match self.kind.value:
            case EntryKind.PAID:
                return RecordPayment(amount, document, at)
            case EntryKind.CLAIM:
                return RecordClaim(GENERAL_BREACH, party, amount, document, accepted, at)
            case EntryKind.COMPENSATION:
                return RecordCompensation(party, amount, document, accepted, at)
            case EntryKind.SECRECY:
                return RecordSecrecyBreach(document, self.note.text().strip(), at)
            case _:
                return RecordTermination(party, document, at)


class WithdrawForm(_Asking):
    """Why an entry is taken back; both stay on record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("撤回", parent)
        self._entry: ContractEntryRow | None = None
        self.title = Banner("", Tone.QUIET)
        self.reason = self.editor("撤回的原因")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        self.column.addWidget(self.title)
        self.column.addLayout(row)
        self.column.addWidget(self.error)

    def open(self, entry: ContractEntryRow) -> None:
        self._entry = entry
        amount = "" if entry.amount is None else f" {entry.amount:,.2f} 元"
        self.title.set_text(f"撤回 {entry.title}{amount}　{entry.document}　两条记录都会保留")
        self.reason.clear()
        self.clear_error()
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def command(self) -> object:
        assert self._entry is not None
        return WithdrawContractFact(self._entry.id, self.reason.text())
