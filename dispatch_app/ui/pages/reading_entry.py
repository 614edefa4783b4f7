"""One question the contract leaves open: both meanings, the one in force, and how it came to be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.rows import ReadingRow
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Badge, Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe


class ReadingEntry(QWidget):
    """Shows a reading; 裁定 opens two radio buttons and asks for the document the decision rests on.

    Signals: decided carries key, value and document number.
    """

    decided = Signal(str, str, str)

    def __init__(self, row: ReadingRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self.question = Text(row.question, Size.BODY, wrap=True)
        self.used = Text("", Size.QUIET, wrap=True)
        self.other = Text("", Size.QUIET, Tone.FAINT, wrap=True)
        self.origin = Text("", Size.SMALL, Tone.QUIET, wrap=True)
        self.open_button = Button("裁定…", Kind.BARE)
        self.open_button.setAccessibleName(f"裁定：{row.question}")
        self.form = self._make_form()
        self.form.hide()
        self._lay_out(Badge(row.clause))
        self.open_button.clicked.connect(self.open_form)
        self.show_row(row)

    def _lay_out(self, clause: Badge) -> None:
        asked, answered = QVBoxLayout(), QVBoxLayout()
        for part, labels in ((asked, (self.question, self.origin)), (answered, (self.used, self.other))):
            part.setSpacing(2)
            for label in labels:
                part.addWidget(label)
            part.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(asked, 5)
        row.addLayout(answered, 5)
        row.addWidget(clause)
        row.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.form)

    def _make_form(self) -> QFrame:
        form = QFrame()
        describe(form, banner=str(Tone.QUIET))
        self._choices = QButtonGroup(form)
        column = QVBoxLayout(form)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for place, (_, meaning) in enumerate(self._row.options):
            choice = QRadioButton(meaning)
            self._choices.addButton(choice, place)
            column.addWidget(choice)
        self.document = QLineEdit()
        self.document.setPlaceholderText("双方书面文件的文号或会议纪要编号")
        self.document_field = FormField("依据文件", self.document)
        column.addWidget(self.document_field)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        self.cancel = Button("取消", key="Esc")
        self.record = Button("记录裁定", Kind.PRIMARY, "Enter")
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.record)
        column.addLayout(buttons)
        self.cancel.clicked.connect(self.close_form)
        self.record.clicked.connect(self._record)
        self.document.returnPressed.connect(self._record)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), form, self.close_form)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return form

    @property
    def key(self) -> str:
        return self._row.key

    def choice(self, value: str) -> QRadioButton:
        """The radio button of a value."""
        button = self._choices.button([option for option, _ in self._row.options].index(value))
        assert isinstance(button, QRadioButton)
        return button

    def show_row(self, row: ReadingRow) -> None:
        """Show what is in force now."""
        self._row = row
        meanings = dict(row.options)
        others = [meaning for value, meaning in row.options if value != row.used]
        self.used.setText(f"采用：{meanings[row.used]}")
        self.other.setText(f"另一种：{'；'.join(others)}")
        if row.decided_at is None:
            self.origin.setText("未经裁定，用随程序附带的读法")
            self.origin.set_tone(Tone.FAINT)
        else:
            when = moment_text(row.decided_at)[:16]
            self.origin.setText(f"{row.decided_by} {when} 依 {row.document} 裁定")
            self.origin.set_tone(Tone.QUIET)

    @Slot()
    def open_form(self) -> None:
        self.choice(self._row.used).setChecked(True)
        self.document.clear()
        self.document_field.set_error("")
        self.form.show()
        self.open_button.setEnabled(False)
        self.document.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def close_form(self) -> None:
        self.form.hide()
        self.open_button.setEnabled(True)

    def show_refusal(self, error: KnownError) -> None:
        self.document_field.set_error(f"{error.message}。{error.remedy}")

    @Slot()
    def _record(self) -> None:
        document = self.document.text().strip()
        if not document:
            self.document_field.set_error("没有依据文件不能改读法：请填文号")
            self.document.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        value = self._row.options[self._choices.checkedId()][0]
        self.decided.emit(self._row.key, value, document)
