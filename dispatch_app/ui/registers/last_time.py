"""In the form of a visit: what the same visitor's last one was like, taken over with one key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from dispatch_app.operations.queries import Queries
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

KEY = "Alt+L"
_SHOWN = ("unit", "purpose", "site")


class LastTime(QWidget):
    """Hidden until a name is typed that was here before.

    Args:
        form: Where Alt+L is pressed.

    Signals:
        taken: column key → text of the last visit.
    """

    taken = Signal(object)

    def __init__(self, context: UiContext, form: QWidget) -> None:
        super().__init__(form)
        self._context = context
        self._typed: Mapping[str, str] = {}
        self._name: QLineEdit | None = None
        self._looked = ""
        self.words = Text("", Size.SMALL, Tone.QUIET, wrap=True)
        self.take_button = Button("照上次填", Kind.ACCENT, KEY)
        self.take_button.setToolTip(f"单位、事由、机房等照上次填；批准文号另填（{KEY}）")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.take_button)
        self.take_button.clicked.connect(self.take)
        self._shortcut = QShortcut(QKeySequence(KEY), self, self.take)
        self._shortcut.setEnabled(False)
        self.hide()

    def follow(self, name: QLineEdit | None) -> None:
        """Watch the field of the visitor's name; None: this form is of something else."""
        self._name = name
        self._looked = ""
        self._offer({})
        if name is not None:
            name.editingFinished.connect(self._look)

    @Slot()
    def take(self) -> None:
        """Take the last visit over."""
        typed = self._typed
        self._offer({})
        if typed:
            self.taken.emit(typed)

    @Slot()
    def _look(self) -> None:
        typed = "" if self._name is None else self._name.text()
        if typed.strip() and typed != self._looked:
            self._looked = typed
            self._context.executor.ask(partial(_last, typed), partial(self._found, typed), self)

    def _found(self, name: str, typed: Mapping[str, str]) -> None:
        if self._name is not None and self._name.text() == name:
            self._offer(typed)

    def _offer(self, typed: Mapping[str, str]) -> None:
        self._typed = typed
        self.words.setText("上次：" + " · ".join(typed[key] for key in _SHOWN if key in typed))
        self.setVisible(bool(typed))
        self._shortcut.setEnabled(bool(typed))


def _last(visitor: str, queries: Queries) -> Mapping[str, str]:
    return queries.last_visit(visitor)
