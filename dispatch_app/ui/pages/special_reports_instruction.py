"""批示: what the bureau answered, entered once, then only read."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.rows import SpecialReportRow
from dispatch_app.operations.special_reports import RecordInstruction
from dispatch_app.ui.desk.beijing import moment_text
from dispatch_app.ui.desk.when import FORMS, parse_when
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone


class InstructionForm(QWidget):
    """Signals:
    instruction_asked: `RecordInstruction`, checked as far as a form can.
    """

    instruction_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: SpecialReportRow | None = None
        self._now = 0
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(3 * self.words.fontMetrics().lineSpacing() + 20)
        self.document = QLineEdit()
        self.at = QLineEdit()
        self.at.setPlaceholderText("现在")
        self.at.setToolTip(FORMS)
        self.fields = {
            "instruction": FormField("批示内容", self.words),
            "document": FormField("批示文号", self.document),
            "at": FormField("收到时间", self.at),
        }
        self.button = Button("登记批示", Kind.PRIMARY)
        self._given = Text("", Size.SMALL, Tone.QUIET, wrap=True)
        small = QHBoxLayout()
        small.setSpacing(16)
        small.addWidget(self.fields["document"], 2)
        small.addWidget(self.fields["at"], 1)
        foot = QHBoxLayout()
        foot.addWidget(self._given, 1)
        foot.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.fields["instruction"])
        column.addLayout(small)
        column.addLayout(foot)
        self.button.clicked.connect(self.ask)

    def show_report(self, row: SpecialReportRow, now: int) -> None:
        """`row`: a submitted report, or one already answered, which is only shown. `now`: epoch seconds."""
        same = self._row is not None and self._row.id == row.id and self._row.status == row.status
        self._row, self._now = row, now
        answered = row.status == "instructed"
        for editor in (self.words, self.document, self.at):
            editor.setReadOnly(answered)
        self.fields["at"].setVisible(not answered)
        self.button.setVisible(not answered)
        if same and not answered:
            # The list was read again while somebody types: what is typed stays.
            return
        self.words.setPlainText(row.instruction)
        self.document.setText(row.instruction_document)
        self.at.clear()
        for field in self.fields.values():
            field.set_error("")
        at = row.instructed_at
        self._given.setText("" if at is None else f"{moment_text(at, now)} 收到批示")

    def pass_time(self, now: int) -> None:
        self._now = now

    @Slot()
    def ask(self) -> None:
        """Check and hand on what was typed."""
        row = self._row
        assert row is not None
        for field in self.fields.values():
            field.set_error("")
        if not self.words.toPlainText().strip():
            self._refuse("instruction", "请照批示原文填写")
            return
        try:
            at = parse_when(self.at.text(), self._now, row.submitted_at) if self.at.text().strip() else None
        except KnownError as error:
            self._refuse("at", f"{error.message}。{error.remedy}")
            return
        words, document = self.words.toPlainText().strip(), self.document.text().strip()
        self.instruction_asked.emit(RecordInstruction(row.id, row.version, words, document, at))

    def _refuse(self, field: str, text: str) -> None:
        self.fields[field].set_error(text)
        self.fields[field].editor.setFocus()
