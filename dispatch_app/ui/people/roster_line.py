"""One person of the roster: two lines in every column, each number leading to what is behind it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.operations.people_rows import PersonRow, Said
from dispatch_app.operations.registers.register import Tone as CellTone
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.words import STATE_WORDS
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.widgets.buttons import Button, IconButton, Kind
from dispatch_app.ui.widgets.labels import Badge, ElidedLabel, KeyCap, Text
from dispatch_app.ui.widgets.polish import Size, Tone

TONES = {CellTone.QUIET: Tone.QUIET, CellTone.SOON: Tone.SOON, CellTone.BREACHED: Tone.BREACHED}
CERTIFICATES, CHANGES, LEAVES, TRAININGS = "qualifications", "staff_changes", "leaves", "trainings"
FAULTS = "faults"
_STRETCHES = (26, 24, 16, 24, 34)
_WAY = {CERTIFICATES: "资质证书", CHANGES: "人员变动", LEAVES: "请假", TRAININGS: "安全培训"}


class RosterLine(QWidget):
    """Signals:
    register_asked: (key of a register, `PersonRow`). change_asked: `PersonRow`. reveal_asked: `PersonRow`.
    fault_asked: number of a fault.
    """

    register_asked = Signal(object)
    change_asked = Signal(object)
    reveal_asked = Signal(object)
    fault_asked = Signal(object)

    def __init__(self, context: UiContext, row: PersonRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.row = row
        self.setAccessibleName(row.name)
        self.mobile = Text(row.mobile or "手机未登记", Size.QUIET, Tone.QUIET if row.mobile else Tone.FAINT)
        self.reveal = Button("显示", Kind.BARE)
        self.reveal.setAccessibleName(f"显示 {row.name} 的手机号码")
        self.reveal.setToolTip("查看全号，谁在什么时候看过会记下来")
        self.reveal.setVisible(bool(row.mobile))
        self.reveal.clicked.connect(self._ask_reveal)
        self.change = Button("登记变动", Kind.PLAIN)
        self.change.setAccessibleName(f"登记 {row.name} 的变动")
        self.change.setToolTip(f"离职、换电话或甲方遣返：在人员变动里登记，人员已填好 {row.name}")
        self.change.clicked.connect(self._ask_change)
        self.ways: dict[str, IconButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setHorizontalSpacing(20)
        parts = (self._who(), self._phones(), self._load(), self._papers(), self._plans())
        for place, (part, stretch) in enumerate(zip(parts, _STRETCHES, strict=True)):
            grid.addWidget(part, 0, place)
            grid.setColumnStretch(place, stretch)
        grid.addWidget(self.change, 0, 5, Qt.AlignmentFlag.AlignVCenter)

    def show_number(self, mobile: str) -> None:
        """The whole number, until the line is made again."""
        self.mobile.setText(mobile)
        self.reveal.hide()

    def _who(self) -> QWidget:
        row = self.row
        head = QHBoxLayout()
        head.setSpacing(8)
        if row.digit:
            cap = KeyCap(str(row.digit))
            cap.setToolTip(f"调度台上按 {row.digit} 派给 {row.name}")
            head.addWidget(cap)
        head.addWidget(Text(row.name, Size.BODY))
        away = row.state in (StaffState.ON_LEAVE, StaffState.RESTING)
        head.addWidget(Badge(STATE_WORDS[row.state], Tone.QUIET if away else Tone.ACCENT))
        head.addStretch(1)
        below = " · ".join(part for part in (row.post, row.role) if part)
        return _two(head, below if row.technician else f"{below}（不计入）")

    def _phones(self) -> QWidget:
        low = QHBoxLayout()
        low.setSpacing(4)
        low.addWidget(self.mobile)
        low.addWidget(self.reveal)
        low.addStretch(1)
        made, column = _column()
        column.addWidget(Text(self.row.service_line, Size.QUIET, selectable=True))
        column.addLayout(low)
        return made

    def _load(self) -> QWidget:
        hands = "、".join(self.row.in_hand) or "手上没有故障"
        made, column = _column()
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(_elided(hands, Tone.TEXT if self.row.in_hand else Tone.QUIET), 1)
        if self.row.in_hand:
            way = IconButton(self._context.themes, "chevron-right", f"看 {self.row.name} 手上的 {hands}")
            way.clicked.connect(self._ask_fault)
            line.addWidget(way)
            self.ways[FAULTS] = way
        column.addLayout(line)
        column.addWidget(Text(f"今日已办 {self.row.done_today}", Size.QUIET, Tone.QUIET))
        return made

    def _papers(self) -> QWidget:
        trained = Said(f"培训 {self.row.trained}" if self.row.trained else "没有培训记录")
        certificates = Said(f"证书 {self.row.certificates.text}", self.row.certificates.tone)
        return self._led(((CERTIFICATES, certificates), (TRAININGS, trained)))

    def _plans(self) -> QWidget:
        changes = self.row.changes if self.row.changes.text else Said("没有变动")
        absence = self.row.absence if self.row.absence.text else Said("没有假条")
        return self._led(((CHANGES, changes), (LEAVES, absence)))

    def _led(self, lines: tuple[tuple[str, Said], ...]) -> QWidget:
        """Lines with a button each that leads to what is behind them."""
        made, column = _column()
        for key, said in lines:
            line = QHBoxLayout()
            line.setSpacing(2)
            line.addWidget(_elided(said.text, TONES[said.tone]), 1)
            way = IconButton(self._context.themes, "chevron-right", f"看 {self.row.name} 的{_WAY[key]}")
            way.clicked.connect(partial(self._ask_register, key))
            line.addWidget(way)
            self.ways[key] = way
            column.addLayout(line)
        return made

    def _ask_register(self, key: str) -> None:
        self.register_asked.emit((key, self.row))

    @Slot()
    def _ask_fault(self) -> None:
        self.fault_asked.emit(self.row.in_hand[0])

    @Slot()
    def _ask_change(self) -> None:
        self.change_asked.emit(self.row)

    @Slot()
    def _ask_reveal(self) -> None:
        self.reveal_asked.emit(self.row)


def _column() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    return made, column


def _two(head: QHBoxLayout, below: str) -> QWidget:
    made, column = _column()
    column.addLayout(head)
    column.addWidget(_elided(below, Tone.QUIET))
    return made


def _elided(text: str, tone: Tone) -> ElidedLabel:
    label = ElidedLabel(text, Size.QUIET, tone)
    label.setToolTip(text)
    return label
