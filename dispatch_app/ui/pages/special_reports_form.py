"""The form of a 专报: everything the bureau wants to know, the sum in words, the clock large beside it."""

from __future__ import annotations

import re
from dataclasses import fields
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.money import price_in_words
from dispatch_app.operations.rows import SpecialReportRow
from dispatch_app.ui.pages.special_reports_keeper import KeepState, Written
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

_LABELS = {
    "device": "设备",
    "model": "型号",
    "serial": "序列号（没有可空）",
    "estimate": "预估价格（元）",
    "parameters": "技术参数",
    "cause": "故障原因",
    "advice": "处理建议",
    "signer": "签发人",
}
_PLACES = {
    "device": (0, 0, 1),
    "model": (0, 1, 1),
    "serial": (1, 0, 1),
    "estimate": (1, 1, 1),
    "parameters": (2, 0, 2),
    "cause": (3, 0, 2),
    "advice": (4, 0, 2),
    "signer": (5, 0, 1),
}
_LONG = {"parameters": 3, "cause": 4, "advice": 4}
"""Fields of several lines, and how many of them are in sight."""
_OPTIONAL = ("serial",)
_MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?")
_NO_SUM = "写成 12800 或 12800.50，至多两位小数"
_STATES = {
    KeepState.SAVED: ("已保存", Tone.QUIET),
    KeepState.WAITING: ("正在保存", Tone.FAINT),
    KeepState.REFUSED: ("没有保存", Tone.TEXT),
}

Editor = QLineEdit | QPlainTextEdit


def sum_typed(text: str) -> Decimal | None:
    """The sum meant by a text, None for an empty one.

    Raises:
        ValueError: It is no sum in yuan.
    """
    typed = text.strip().replace(",", "").replace("，", "")
    if not typed:
        return None
    if not _MONEY.fullmatch(typed):
        raise ValueError(text)
    return Decimal(typed)


class ReportForm(QWidget):
    """Signals:
    edited: `Written`, after every stroke.
    submit_asked: 上报. save_asked: save now.
    """

    edited = Signal(object)
    submit_asked = Signal()
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, FormField] = {}
        self._filling = False
        self._last_sum = ""
        self.state = Text("", Size.SMALL, Tone.QUIET)
        self.save_button = Button("保存", key="Ctrl+S")
        self.submit_button = Button("上报", Kind.PRIMARY, "Ctrl+⏎")
        self._foot = QWidget()
        self._lay_out()
        self.save_button.clicked.connect(self.save_asked)
        self.submit_button.clicked.connect(self.submit_asked)

    # ── what is shown ──

    def show_report(self, row: SpecialReportRow) -> None:
        """Fill in a report; a submitted one can only be read."""
        self._filling = True
        for name in self.fields:
            value = getattr(row, name)
            self._set(name, f"{value:.2f}" if isinstance(value, Decimal) else value or "")
            self.fields[name].set_error("")
        self._last_sum = self.text("estimate")
        self._filling = False
        self._say_sum()
        self.set_read_only(row.status != "draft")
        self.show_state(KeepState.SAVED)

    def set_read_only(self, read_only: bool) -> None:
        for name in self.fields:
            self.editor(name).setReadOnly(read_only)
        self._foot.setVisible(not read_only)

    def show_state(self, state: KeepState) -> None:
        words, tone = _STATES[state]
        if self._wrong_sum:
            words = f"{words}，预估价格除外"
        self.state.setText(words)
        self.state.set_tone(tone)

    def show_refusal(self, error: KnownError) -> None:
        """Put a refusal where it belongs; elsewhere it is said by the message bar."""
        if error.field in self.fields:
            self.fields[error.field].set_error(f"{error.message}。{error.remedy}")
            self.editor(error.field).setFocus()

    def mark_missing(self) -> tuple[str, ...]:
        """Mark every mandatory field that is empty or wrong; answers with their Chinese names."""
        missing = [name for name in self.fields if name not in _OPTIONAL and not self.text(name).strip()]
        for name in missing:
            self.fields[name].set_error("上报前必须填写")
        wrong = [*missing, *(("estimate",) if self._wrong_sum else ())]
        if wrong:
            self.editor(min(wrong, key=list(_LABELS).index)).setFocus()
        return tuple(_LABELS[name].partition("（")[0] for name in wrong)

    # ── what was typed ──

    @property
    def written(self) -> Written:
        """The fields as typed; in place of a sum that is none, the last one that was."""
        values = {field.name: self.text(field.name) for field in fields(Written)}
        if self._wrong_sum:
            values["estimate"] = self._last_sum
        return Written(**values)

    def editor(self, name: str) -> Editor:
        editor = self.fields[name].editor
        assert isinstance(editor, Editor)
        return editor

    def text(self, name: str) -> str:
        editor = self.editor(name)
        return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()

    @property
    def _wrong_sum(self) -> bool:
        try:
            sum_typed(self.text("estimate"))
        except ValueError:
            return True
        return False

    def _set(self, name: str, text: str) -> None:
        editor = self.editor(name)
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
        else:
            editor.setText(text)
            editor.setCursorPosition(0)

    # ── building ──

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for name, label in _LABELS.items():
            self.fields[name] = FormField(label, self._make_editor(name))
            line, place, span = _PLACES[name]
            grid.addWidget(self.fields[name], line, place, 1, span, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 4, 16, 12)
        column.addLayout(grid)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The card's own surface shows through.
        inner.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.state)
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        foot.addWidget(self.submit_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addWidget(self._foot)

    def _make_editor(self, name: str) -> Editor:
        if name in _LONG:
            area = QPlainTextEdit()
            area.setTabChangesFocus(True)
            area.setFixedHeight(_LONG[name] * area.fontMetrics().lineSpacing() + 20)
            area.textChanged.connect(self._typed)
            return area
        line = QLineEdit()
        if name == "estimate":
            line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        line.textEdited.connect(self._typed)
        return line

    @Slot()
    def _typed(self) -> None:
        if self._filling:
            return
        for name, field in self.fields.items():
            if name != "estimate" and field.error and self.text(name).strip():
                field.set_error("")
        self._say_sum()
        self.edited.emit(self.written)

    def _say_sum(self) -> None:
        """The sum in words under its field, or what is wrong with it."""
        field = self.fields["estimate"]
        try:
            amount = sum_typed(self.text("estimate"))
        except ValueError:
            field.set_error(_NO_SUM)
            return
        field.set_error("")
        self._last_sum = self.text("estimate")
        field.note.setText("" if amount is None else price_in_words(amount))
        field.note.setVisible(amount is not None)
