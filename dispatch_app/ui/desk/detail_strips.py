"""Questions asked in place, under the buttons: they take no window, and Esc leaves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dispatch_app.contract.facts import CancelKind, FactKind, Procedure
from dispatch_app.operations.procedure import Proposal
from dispatch_app.operations.words import CANCEL_WORDS
from dispatch_app.ui.desk.words import PROCEDURES
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Strip(QFrame):
    """A question with its title, a line for what is wrong, and a row of things to fill in or choose.

    Signals:
        left: Esc or 不 was pressed: nothing happens.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        describe(self, banner="quiet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.title = Text("", Size.BODY, wrap=True)
        self.note = Text("", Size.SMALL, Tone.QUIET, wrap=True)
        self.error = Text("", Size.SMALL, Tone.BREACHED, wrap=True)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.leave = Button("不", Kind.PLAIN, "Esc")
        self.leave.clicked.connect(self.left)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 12, 10)
        self.column.setSpacing(6)
        self.column.addWidget(self.title)
        self.column.addWidget(self.note)
        self.column.addLayout(self.row)
        self.column.addWidget(self.error)
        self.note.hide()
        self.error.hide()

    def ask(self, title: str, note: str = "") -> None:
        """Say what is asked and wipe what was wrong last time."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        self.show_error("")

    def show_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def enter(self) -> None:
        """Enter was pressed, on no button. A line edit passes it on after it has read it."""

    def digit(self, digit: int) -> None:
        """A digit was pressed outside of any field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Nothing that is pressed here may reach the desk, where digits send people and letters record.
        event.accept()
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.isAutoRepeat():
            # A key held down asked the question; it must not answer it too.
            return
        elif event.key() in ENTER and isinstance(focus, QPushButton):
            focus.click()
        elif event.key() in ENTER:
            self.enter()
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self.digit(event.key() - Qt.Key.Key_0)


class ConfirmStrip(Strip):
    """Asks whether a step is meant, with a remark and, where one may be needed, a document number.

    Enter confirms, space does not: pressing the same key twice must not end a fault.

    Signals:
        confirmed: (`FactKind`, note, document).
    """

    confirmed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = FactKind.CLOSED
        self.remark = QLineEdit()
        self.remark.setAccessibleName("备注")
        self.document = QLineEdit()
        self.document.setPlaceholderText("文号")
        self.document.setAccessibleName("文号")
        self.yes = Button("", Kind.PRIMARY, "⏎")
        self.yes.clicked.connect(self._confirm)
        self.row.addWidget(self.remark, 2)
        self.row.addWidget(self.document, 1)
        self.row.addWidget(self.yes)
        self.row.addWidget(self.leave)

    def ask_about(
        self, kind: FactKind, words: str, title: str, note: str, remark: str = "备注（可不填）"
    ) -> None:
        """`words`: what the button says. `remark`: what the empty field says."""
        self._kind = kind
        self.ask(title, note)
        self.yes.set_text(words)
        self.remark.clear()
        self.remark.setPlaceholderText(remark)
        self.document.clear()
        self.document.setVisible(kind is FactKind.INSTRUCTION_RECEIVED)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        self._confirm()

    @Slot()
    def _confirm(self) -> None:
        self.confirmed.emit((self._kind, self.remark.text().strip(), self.document.text().strip()))


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    words: str


class ChoiceStrip(Strip):
    """One of a few, each with its digit; the proposed one is marked and Enter takes it.

    Signals:
        chosen: the value.
    """

    chosen = Signal(object)

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self._proposed = ""
        self.buttons: dict[str, Button] = {}
        for place, option in enumerate(self._options, start=1):
            button = Button(option.words, Kind.ACCENT, str(place))
            button.clicked.connect(self._clicked)
            self.buttons[option.value] = button
            self.row.addWidget(button)
        self.row.addStretch(1)
        self.row.addWidget(self.leave)

    def propose(self, value: str) -> None:
        """Mark one as the likely answer; an empty string marks none."""
        self._proposed = value
        for name, button in self.buttons.items():
            button.set_kind(Kind.PRIMARY if name == value else Kind.ACCENT)

    def digit(self, digit: int) -> None:
        if digit <= len(self._options):
            self.chosen.emit(self._options[digit - 1].value)

    def enter(self) -> None:
        if self._proposed:
            self.chosen.emit(self._proposed)

    @Slot()
    def _clicked(self) -> None:
        value = next(name for name, button in self.buttons.items() if button is self.sender())
        self.chosen.emit(value)


class ProcedureStrip(ChoiceStrip):
    """现场确认: which procedure the fault follows. The program proposes, the person decides.

    Signals:
        chosen: value of the `Procedure`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([Option(str(kind), PROCEDURES[kind]) for kind in Procedure], parent)

    def ask_procedure(self, number: str) -> None:
        self.ask(f"{number} 现场确认，按哪种程序处理？")
        self.propose("")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_proposal(self, proposal: Proposal) -> None:
        """Mark what the contract leads to, and say why."""
        self.propose(str(proposal.procedure))
        self.note.setText(f"建议 {PROCEDURES[proposal.procedure]}：{'；'.join(proposal.reasons)}")
        self.note.show()


class CancelStrip(ChoiceStrip):
    """销单: first the kind, then Enter. A duplicate names the fault it repeats.

    Signals:
        cancelled: (`CancelKind`, number of the fault repeated, note).
    """

    cancelled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([Option(str(kind), CANCEL_WORDS[kind]) for kind in CancelKind], parent)
        self._kind: CancelKind | None = None
        self._number = ""
        self.of = QLineEdit()
        self.of.setPlaceholderText("与哪件重复，如 A-0007")
        self.of.setAccessibleName("重复的单号")
        self.remark = QLineEdit()
        self.remark.setPlaceholderText("备注（可不填）")
        self.remark.setAccessibleName("备注")
        self.yes = Button("确认销单", Kind.PRIMARY, "⏎")
        second = QHBoxLayout()
        second.setSpacing(8)
        for part, share in ((self.of, 1), (self.remark, 1), (self.yes, 0)):
            second.addWidget(part, share)
        self.column.insertLayout(3, second)
        self.chosen.connect(self._choose)
        self.yes.clicked.connect(self._confirm)

    def ask_kind(self, number: str) -> None:
        self._number = number
        self._kind = None
        self.ask(f"销单 {number}：它属于哪一种？")
        self.propose("")
        self.of.clear()
        self.remark.clear()
        for part in (self.of, self.remark, self.yes):
            part.hide()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        self._confirm()

    @Slot(object)
    def _choose(self, value: str) -> None:
        self._kind = CancelKind(value)
        duplicate = self._kind is CancelKind.DUPLICATE
        # Marks the choice only: Enter is now answered by `_confirm`.
        self.propose(value)
        self.ask(f"销单 {self._number}：{CANCEL_WORDS[self._kind]}", "单号保留，事实仍可查。回车确认。")
        self.of.setVisible(duplicate)
        self.remark.show()
        self.yes.show()
        (self.of if duplicate else self).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _confirm(self) -> None:
        if self._kind is not None:
            self.cancelled.emit((self._kind, self.of.text().strip(), self.remark.text().strip()))
