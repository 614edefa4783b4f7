"""What is looked at on a round, line by line: all is normal until somebody says what is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from dispatch_app.operations.registers.checks import ABNORMAL, NORMAL, Checked, checks_text
from dispatch_app.ui.widgets.labels import ElidedLabel, Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe


class CheckRow(QWidget):
    """One thing to look at: a tick for 正常; without it a field for what is wrong.

    Signals: changed: the tick was set or taken away.
    """

    changed = Signal()

    def __init__(self, name: str, what: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.tick = QCheckBox(name)
        self.tick.setChecked(True)
        self.tick.setAccessibleName(f"{name} 正常")
        self.tick.setToolTip("打勾为正常；空格切换")
        self.words = QLineEdit()
        self.words.setAccessibleName(f"{name} 的异常现象")
        self.words.setPlaceholderText("什么异常")
        self.words.hide()
        self.state = Text(NORMAL, Size.SMALL, Tone.FAINT)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(10)
        grid.addWidget(self.tick, 0, 0)
        grid.addWidget(ElidedLabel(what, Size.SMALL, Tone.QUIET), 0, 1)
        grid.addWidget(self.state, 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.words, 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        self.tick.toggled.connect(self._switch)

    @property
    def checked(self) -> Checked:
        return Checked(self.name, self.tick.isChecked(), self.words.text().strip())

    @Slot(bool)
    def _switch(self, normal: bool) -> None:
        self.words.setVisible(not normal)
        self.state.setText(NORMAL if normal else ABNORMAL)
        self.state.set_tone(Tone.FAINT if normal else Tone.BREACHED)
        if normal:
            self.words.clear()
        else:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class CheckList(QWidget):
    """A titled list of `CheckRow`. Signals: changed: a tick was set or taken away."""

    changed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.rows: list[CheckRow] = []
        self.head = Text(title, Size.QUIET, Tone.QUIET)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)

    def show_rows(self, lines: Sequence[tuple[str, str]]) -> None:
        """`lines`: (name, what it is) of each."""
        for row in self.rows:
            row.setParent(None)
            row.deleteLater()
        self.rows = [CheckRow(name, what) for name, what in lines]
        for row in self.rows:
            row.changed.connect(self._tell)
            self._column.addWidget(row)
        self.setVisible(bool(self.rows))
        self._count()

    @property
    def text(self) -> str:
        """As the register keeps it."""
        return checks_text(row.checked for row in self.rows)

    @property
    def abnormal(self) -> int:
        return sum(not row.checked.normal for row in self.rows)

    def set_error(self, text: str) -> None:
        """What the desk refused, over the list; an empty text brings the title back."""
        self.head.setText(text or self._counted)
        self.head.set_tone(Tone.BREACHED if text else Tone.QUIET)
        missing = next((row for row in self.rows if not row.checked.normal and not row.checked.words), None)
        for row in self.rows:
            describe(row.words, wrong=bool(text) and row is missing)
        if text and missing is not None:
            missing.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _counted(self) -> str:
        wrong = f"，异常 {self.abnormal}" if self.abnormal else ""
        return f"{self._title}　{len(self.rows)} 项{wrong}"

    def _count(self) -> None:
        self.head.setText(self._counted)
        self.head.set_tone(Tone.QUIET)

    @Slot()
    def _tell(self) -> None:
        self._count()
        self.changed.emit()
