"""Fields: a label over an editor, a hint under it, and the error where the hint stood."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe


class FormField(QWidget):
    """Names its editor for the eye, the keyboard (the label is its buddy) and the screen reader."""

    def __init__(self, label: str, editor: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self.label = Text(label, Size.SMALL, Tone.QUIET)
        self.label.setBuddy(editor)
        self.note = Text(hint, Size.SMALL, Tone.FAINT, wrap=True)
        if not hint:
            self.note.hide()
        editor.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(editor)
        column.addWidget(self.note)

    @property
    def error(self) -> str:
        """The error shown, or an empty string."""
        return self.note.text() if self.note.property("tone") == str(Tone.BREACHED) else ""

    def set_error(self, text: str) -> None:
        """Show an error in place of the hint; an empty text brings the hint back."""
        self.note.setText(text or self._hint)
        self.note.set_tone(Tone.BREACHED if text else Tone.FAINT)
        self.note.setVisible(bool(text or self._hint))
        self.editor.setAccessibleDescription(text or self._hint)
        describe(self.editor, wrong=bool(text))
