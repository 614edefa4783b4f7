"""申辩 and 豁免 of a sum, asked in place: what rests on paper is recorded with the paper's number."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dispatch_app.operations.contract_ledger import DisputeBreach, WaiveBreach
from dispatch_app.operations.settlement_rows import PenaltyRow
from dispatch_app.operations.words import PRINTED_CLAUSES
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Banner
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

DISPUTE = "申辩"
WAIVE = "豁免"
_MEANS = {
    DISPUTE: "乙方有异议：照常计入，并列明依据。",
    WAIVE: "甲方书面豁免：列出但不计入。",
}


class ObjectionForm(QWidget):
    """Signals:
    objected: `DisputeBreach` or `WaiveBreach`. left: Esc or 取消.
    """

    objected = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sum: PenaltyRow | None = None
        self._kind = DISPUTE
        self.title = Banner("", Tone.QUIET)
        self.document = QLineEdit()
        self.document.setPlaceholderText("依据的文号")
        self.document.setAccessibleName("依据的文号")
        self.note = QLineEdit()
        self.note.setPlaceholderText("事由（可不填）")
        self.note.setAccessibleName("事由")
        self.error = Text("", Size.SMALL, Tone.BREACHED, wrap=True)
        self.save = Button("", Kind.PRIMARY, "⏎")
        self.cancel = Button("取消", Kind.BARE)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.document, 2)
        row.addWidget(self.note, 3)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 8)
        column.setSpacing(6)
        for part in (self.title, self.error):
            column.addWidget(part)
        column.insertLayout(1, row)
        self.document.returnPressed.connect(self.note.setFocus)
        self.note.returnPressed.connect(self.ask)
        self.save.clicked.connect(self.ask)
        self.cancel.clicked.connect(self.left)
        self.hide()

    def ask_about(self, one: PenaltyRow, kind: str) -> None:
        """Open for a sum. `kind`: `DISPUTE` or `WAIVE`."""
        self._sum, self._kind = one, kind
        clause = PRINTED_CLAUSES.get(one.clause, one.clause)
        self.title.set_text(f"{kind} {one.fault_number} {clause} {one.amount:,.2f} 元　{_MEANS[kind]}")
        self.save.set_text(f"记{kind}")
        for editor in (self.document, self.note):
            editor.clear()
        self.show_error("")
        self.show()
        self.document.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, text: str) -> None:
        """Say what is wrong; what was typed stays."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    @Slot()
    def ask(self) -> None:
        """Hand on what was typed, or say what is missing."""
        one, document = self._sum, self.document.text().strip()
        assert one is not None
        if not document:
            self.show_error(f"还没有文号，{self._kind}须有书面依据（十一.4）")
            self.document.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        make = DisputeBreach if self._kind == DISPUTE else WaiveBreach
        # One cycle has one 九.2, whose moment moves with corrections; of the others there may be several.
        at = None if one.clause == "9.2" else one.at
        self.objected.emit(
            make(one.fault_id, one.clause, one.cycle, document, at=at, note=self.note.text().strip())
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
