"""故障原因, offered when 解决 was recorded: one key or a click says it, and nobody has to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from dispatch_app.operations.words import FAULT_CAUSES
from dispatch_app.ui.desk.desk_keys import wish_of
from dispatch_app.ui.desk.detail_strips import ENTER, Strip
from dispatch_app.ui.widgets.flow import FlowLayout
from dispatch_app.ui.widgets.polish import describe

CAUSE_KEYS: Mapping[str, str] = MappingProxyType(dict(zip("1234567890Q", FAULT_CAUSES, strict=True)))
"""Key → code of the cause it says."""
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down)


class CauseStrip(Strip):
    """Never in the way: Enter or Esc passes it by, and so does every key that means something at the desk,
    which is then done.

    Signals:
        chosen: Code of the cause.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        choices = QWidget()
        flow = FlowLayout(4, choices)
        for key, code in CAUSE_KEYS.items():
            button = self.buttons[code] = _answer(FAULT_CAUSES[code], key)
            button.setToolTip(f"故障原因：{FAULT_CAUSES[code]}（{key}）")
            button.clicked.connect(partial(self.chosen.emit, code))
            flow.addWidget(button)
        # Not the strip's own: eleven answers and this one shall stand in few lines.
        self.later = _answer("先不说", "⏎")
        self.later.setToolTip("以后可用「改登记信息」（I）补上故障原因（⏎ 或 Esc）")
        self.later.clicked.connect(self.left)
        flow.addWidget(self.later)
        self.leave.hide()
        self.column.setContentsMargins(12, 6, 12, 6)
        self.column.setSpacing(4)
        self.column.insertWidget(2, choices)
        # Where there is more room than it takes, the answers stay under the question.
        self.column.addStretch(1)

    def ask_cause(self, number: str) -> None:
        """Ask; whether the keyboard is free for an answer is known to whoever asks."""
        self.ask(f"{number} 已解决，故障原因是？")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        key, focus = event.key(), QApplication.focusWidget()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        code = CAUSE_KEYS.get(chr(key)) if plain and key < 128 else None
        if event.isAutoRepeat():
            # A key held down recorded the step; it must not answer this too.
            return
        if code is not None:
            self.chosen.emit(code)
        elif key in ENTER and isinstance(focus, QPushButton):
            focus.click()
        elif key in ENTER or key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _MOVES or wish_of(event) is not None:
            self._pass_on(event)

    def _pass_on(self, event: QKeyEvent) -> None:
        """The question is left, and the key goes to whoever has the keyboard then."""
        self.left.emit()
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            passed = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            QApplication.sendEvent(focus, passed)


def _answer(words: str, key: str) -> QPushButton:
    """A low button: a question of twelve answers must leave the desk beside it as it was."""
    button = QPushButton(f"{key} {words}")
    button.setAccessibleName(words)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    describe(button, answer=True)
    return button
