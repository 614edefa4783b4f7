"""The buttons under the time line: the next step large, the others beside it, each with its key."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.rows import FaultDetail, StaffRow
from dispatch_app.operations.words import FACT_WORDS
from dispatch_app.ui.desk.detail_moves import KEYS, next_words, other_moves
from dispatch_app.ui.desk.when import FORMS
from dispatch_app.ui.widgets.buttons import Button, Kind

NEXT_WIDTH = 150
ROOMY = 353
"""Width from which the large button is larger than its words need. Logical pixels."""
TIME_WIDTH = 100
TIME_WIDEST = 280
SPACING = 6


class TimeField(QLineEdit):
    """When the step happened, empty for now, and behind it a note. Enter takes the next step, Esc forgets.

    Signals:
        taken: Enter was pressed. left: Esc was pressed.
    """

    taken = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("现在　备注")
        self.setAccessibleName("发生时间与备注")
        self.setToolTip(f"空着就是现在。{FORMS}；后面空一格可写备注。按 - 直接输入，回车记下一步")
        self.setMinimumWidth(TIME_WIDTH)
        self.setMaximumWidth(TIME_WIDEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class StepBar(QWidget):
    """Knows which steps there are and how many of their buttons fit; the rest stand in 更多.

    Signals:
        next_asked: the large button. step_asked: `FactKind`. correct_asked, amend_asked,
        third_party_asked, group_asked, work_order_asked: nothing. release_asked: staff id.
    """

    next_asked = Signal()
    step_asked = Signal(object)
    correct_asked = Signal()
    amend_asked = Signal()
    third_party_asked = Signal()
    group_asked = Signal()
    work_order_asked = Signal()
    release_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: FaultDetail | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.next = Button("", Kind.PRIMARY, "空格")
        self.time = TimeField()
        self.correct = Button("更正", Kind.PLAIN, "E")
        self.more = Button("更多", Kind.PLAIN)
        self.more.setToolTip("其余各步与更正（M）")
        self.menu = QMenu(self)
        self.steps: dict[FactKind, Button] = {}
        self._kept: dict[FactKind, Button] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 16, 8)
        self._row.setSpacing(SPACING)
        for part in (self.next, self.time, self.correct, self.more):
            self._row.addWidget(part)
        # What room the buttons leave goes to the note behind the time.
        self._row.setStretchFactor(self.time, 1)
        self._row.addStretch(0)
        for button in (self.next, self.correct, self.more):
            # Reached by Tab, not by a click: a click must leave the caret in a half-typed call.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.next.clicked.connect(self.next_asked)
        self.correct.clicked.connect(self.correct_asked)
        self.more.clicked.connect(self.open_menu)
        self.hide()

    def show_steps(self, detail: FaultDetail | None, best: StaffRow | None) -> None:
        """Show what may be done with a fault; None hides everything."""
        self._detail = detail
        self.setVisible(detail is not None)
        if detail is None:
            return
        words = next_words(detail.row, best)
        assigning = detail.row.next_move is FactKind.ASSIGNED
        self.next.set_text(words)
        self.next.set_key("⏎" if assigning and best is not None else "" if assigning else "空格")
        self.next.setVisible(bool(words))
        self.next.setEnabled(not assigning or best is not None)
        wanted = other_moves(detail)
        if tuple(self.steps) != wanted:
            self._make_buttons(wanted)
        self._fit()

    def _make_buttons(self, wanted: tuple[FactKind, ...]) -> None:
        """Put these in the row; a button is made once and kept, for the next fault wants the same ones."""
        for button in self.steps.values():
            self._row.removeWidget(button)
            button.hide()
        place = self._row.indexOf(self.correct)
        self.steps = {kind: self._kept.get(kind) or self._make_button(kind) for kind in wanted}
        for offset, button in enumerate(self.steps.values()):
            self._row.insertWidget(place + offset, button)
        for before, after in pairwise((self.more, *self.steps.values())):
            QWidget.setTabOrder(before, after)

    def _make_button(self, kind: FactKind) -> Button:
        button = self._kept[kind] = Button(FACT_WORDS[kind], Kind.PLAIN, KEYS[kind], self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self.step_asked.emit, kind))
        return button

    def _fit(self) -> None:
        """Show as many buttons as there is room for, in their order."""
        margins = self._row.contentsMargins()
        self.next.setMinimumWidth(NEXT_WIDTH if self.width() >= ROOMY else 0)
        fixed = [TIME_WIDTH, self.more.sizeHint().width()]
        if not self.next.isHidden():
            fixed.append(max(self.next.minimumWidth(), self.next.sizeHint().width()))
        room = self.width() - margins.left() - margins.right() - sum(fixed) - SPACING * len(fixed)
        for button in (*self.steps.values(), self.correct):
            room -= button.sizeHint().width() + SPACING
            button.setVisible(room >= 0)

    def hidden_steps(self) -> tuple[FactKind, ...]:
        """The steps whose buttons do not fit."""
        return tuple(kind for kind, button in self.steps.items() if button.isHidden())

    @Slot()
    def open_menu(self) -> None:
        """Everything that has no button, under the 更多 button."""
        if self._detail is None:
            return
        self.fill_menu()
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def fill_menu(self) -> None:
        """Make the entries of 更多 for the fault as it is now."""
        assert self._detail is not None
        self.menu.clear()
        for kind in self.hidden_steps():
            self._entry(f"{FACT_WORDS[kind]}\t{KEYS[kind]}", partial(self.step_asked.emit, kind))
        unreachable = FactKind.UNREACHABLE
        self._entry(
            f"{FACT_WORDS[unreachable]}\t{KEYS[unreachable]}", partial(self.step_asked.emit, unreachable)
        )
        self.menu.addSeparator()
        if self.correct.isHidden():
            self._entry("更正时间\tE", self.correct_asked.emit)
        self._entry("改登记信息…\tI", self.amend_asked.emit)
        self._entry("甲方委托第三方…\tT", self.third_party_asked.emit)
        self._entry("并入多节并发…\tB", self.group_asked.emit)
        for part in self._detail.row.engagements:
            self._entry(f"{part.name} 撤出…", partial(self.release_asked.emit, part.staff_id))
        self.menu.addSeparator()
        self._entry("打印派工单…\tL", self.work_order_asked.emit).setEnabled(
            bool(self._detail.row.engagements)
        )

    def _entry(self, words: str, act: object) -> QAction:
        action = self.menu.addAction(words)
        action.triggered.connect(act)
        return action

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._detail is not None:
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(NEXT_WIDTH + TIME_WIDTH + 96, super().minimumSizeHint().height())
