"""选中: one fault with its time line, the step that comes next, and every clock with its reasons.

Knows no operation beyond the commands it asks for: whoever owns it hands them on, with the version shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.rows import FaultDetail, FaultRow, StaffRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.beijing import length_text
from dispatch_app.ui.desk.detail_clocks import HEIGHT, ClockList
from dispatch_app.ui.desk.detail_questions import Questions
from dispatch_app.ui.desk.detail_steps import StepBar
from dispatch_app.ui.desk.timeline_model import lines_of
from dispatch_app.ui.desk.timeline_view import TimelineView
from dispatch_app.ui.desk.urgency import Thresholds, binding_clock, is_breached, share
from dispatch_app.ui.desk.when import parse_when, part_when
from dispatch_app.ui.widgets.cards import Card
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's word for no limit; its Python name is missing."""
TIMELINE_SHARE = 0.38
LINE_IN_SIGHT = 52
"""One line of the time line and what shows that there are more. Logical pixels."""
ROOM_FOR_BOTH = 440
"""Least height at which a question with a refusal of two lines leaves a clock in sight. Logical pixels."""
TIMED = (ClockName.RESPONSE, ClockName.ARRIVAL, ClockName.REPAIR_START, ClockName.SPECIAL_REPORT)
"""Clocks whose name does not say how long they run."""


class DetailPanel(Card):
    """The selected fault.

    Signals:
        command_asked: a command on the fault, its `expected_version` still 0.
        assign_asked: the best person is to be sent.
        report_asked: the special report is to be written.
        work_order_asked: (fault id, staff id).
        left: a question was answered or left: the caret may go back to the queue.
    """

    command_asked = Signal(object)
    assign_asked = Signal()
    report_asked = Signal()
    work_order_asked = Signal(object)
    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("选中", parent=parent, flush=True)
        self.setAccessibleName("选中的故障")
        self._context = context
        self._detail: FaultDetail | None = None
        self._compact = False
        self._best: StaffRow | None = None
        self._others: tuple[FaultRow, ...] = ()
        self._once_shown: tuple[str, Callable[[DetailPanel], None]] | None = None
        self.timeline = TimelineView(context.themes)
        self.steps = StepBar()
        self.error = Text("", Size.SMALL, Tone.BREACHED, wrap=True)
        self.error.setContentsMargins(16, 0, 16, 4)
        self.error.hide()
        self.clocks = ClockList(context.themes)
        self.questions = Questions(context)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.tabs = QTabBar()
        self.tabs.addTab("时间线")
        self.tabs.addTab("站点图")
        self.tabs.setDrawBase(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setAccessibleName("时间线或站点图")
        self.tabs.hide()
        self._pages = QStackedLayout()
        self._left = QWidget()
        self._left.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.tabs)
        left.addLayout(self._pages, 1)
        # Only now: a stack without a parent shows its first page as a window of its own.
        self._pages.addWidget(self.timeline)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 4, 0, 4)
        right.setSpacing(0)
        right.addWidget(self.steps)
        right.addWidget(self.error)
        right.addWidget(self.questions)
        self._clocks_scroll = scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.clocks)
        # A question that opens takes its room from the clocks, so that nothing else on the desk moves.
        scroll.setMinimumHeight(HEIGHT)
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        for part in (scroll.viewport(), self.clocks):
            part.setAutoFillBackground(False)
        right.addWidget(scroll, 1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setContentsMargins(0, 0, 0, 4)
        self._halves.setSpacing(0)
        self._halves.addWidget(self._left)
        self._halves.addWidget(self._right, 1)
        self.body.addLayout(self._halves)

    def _connect(self) -> None:
        self.steps.next_asked.connect(self.take_next_step)
        self.steps.step_asked.connect(self.take_step)
        self.steps.correct_asked.connect(self.ask_correction)
        self.steps.amend_asked.connect(self.ask_amendment)
        self.steps.third_party_asked.connect(self.ask_third_party)
        self.steps.group_asked.connect(self.ask_group)
        self.steps.work_order_asked.connect(self.ask_work_order)
        self.steps.release_asked.connect(self.ask_release)
        self.steps.time.taken.connect(self.take_next_step)
        self.steps.time.left.connect(self._leave_time)
        self.steps.time.textEdited.connect(self.clear_error)
        self.questions.command_made.connect(self.command_asked)
        self.questions.refused.connect(self.show_error)
        self.questions.left.connect(self._leave_question)
        self.questions.asking.connect(self._make_room)
        self.timeline.fact_picked.connect(self.questions.correct.show_fact)
        self.timeline.typed.connect(self.questions.correct.type_time)
        self.timeline.left.connect(self.questions.leave)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)

    # ── what is shown ──

    @property
    def detail(self) -> FaultDetail | None:
        return self._detail

    def show_detail(
        self, detail: FaultDetail, now: int, thresholds: Thresholds, best: StaffRow | None
    ) -> None:
        """Show a fault. Another than before closes what was being asked and forgets the time typed.

        Args:
            best: Whom Enter would send.
        """
        other = self._detail is None or self._detail.row.id != detail.row.id
        if other:
            self.questions.stop()
            self.timeline.set_picking(False)
            self.steps.time.clear()
            self.clear_error()
        self._detail, self._best = detail, best
        self.timeline.lines.show(lines_of(detail, now))
        self.clocks.show_clocks(detail.row.id, detail.clocks, detail.row.cycle, now, thresholds)
        self.steps.show_steps(detail, best)
        self.tick(now)
        wanted, self._once_shown = self._once_shown, None
        if wanted is not None and wanted[0] == detail.row.id:
            wanted[1](self)
        elif not other:
            # The fault shown was only read again; the one asked about is still to come.
            self._once_shown = wanted

    def ask_once_shown(self, fault_id: str, question: Callable[[DetailPanel], None]) -> None:
        """Open a question about a fault when it is shown the next time, unless another is shown first."""
        self._once_shown = (fault_id, question)
        if self._detail is not None and self._detail.row.id == fault_id:
            self._once_shown = None
            question(self)

    def show_nothing(self) -> None:
        """No fault is selected."""
        self._detail = None
        self.questions.stop()
        self.timeline.set_picking(False)
        self.timeline.lines.show(())
        self.clocks.show_clocks("", (), 0, 0, {})
        self.steps.show_steps(None, None)
        self.clear_error()
        self.set_title("选中")

    def set_best(self, best: StaffRow | None) -> None:
        """Whom Enter would send."""
        self._best = best
        self.steps.show_steps(self._detail, best)

    def tick(self, now: int) -> None:
        """Time has passed: figures and bars only."""
        if self._detail is None:
            return
        self.set_title(f"{self._detail.row.number} {self._detail.row.site_name}", self._binding_words(now))
        self.clocks.tick(now)

    def _binding_words(self, now: int) -> str:
        assert self._detail is not None
        binding = binding_clock((clock.result for clock in self._detail.clocks if clock.live), now)
        if binding is None:
            return "无时限"
        explained = next(clock for clock in self._detail.clocks if clock.result is binding)
        words = f"{explained.clause} {explained.title}"
        if binding.clock in TIMED and binding.due_at is not None and binding.started_at is not None:
            words += f" {length_text(binding.due_at - binding.started_at)}"
        if is_breached(binding, now):
            assert binding.due_at is not None
            return f"{words}，已超 {length_text(now - binding.due_at)}"
        return f"{words}，已过 {int(share(binding, now) * 100)} %"

    def set_compact(self, compact: bool) -> None:
        """Time line and clocks side by side, the map a tab beside the time line: for a small screen."""
        direction = QBoxLayout.Direction
        self._compact = compact
        self._halves.setDirection(direction.LeftToRight if compact else direction.TopToBottom)
        self._halves.setStretch(0, 5 if compact else 0)
        self._halves.setStretch(1, 6 if compact else 1)
        self.tabs.setVisible(compact)
        self._limit_timeline()
        if not compact:
            self.tabs.setCurrentIndex(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit_timeline()

    def _limit_timeline(self) -> None:
        """Under one another, the clocks keep more than half of the height; the time line scrolls."""
        limit = QWIDGETSIZE_MAX if self._compact else max(72, int(self.height() * TIMELINE_SHARE))
        low = self.questions.open and self.height() < ROOM_FOR_BOTH
        if low and not self._compact and self.questions.asked is not self.questions.correct:
            limit = LINE_IN_SIGHT
        self._left.setMaximumHeight(limit)
        self._clocks_scroll.setVisible(not low)

    @Slot(bool)
    def _make_room(self, _asking: bool) -> None:
        """Where the height does not hold both, a question that is open stands in the place of the clocks
        and of most of the time line, unless it is about a line of it."""
        self._limit_timeline()

    def take_in_map(self, view: QWidget) -> None:
        """Show the map as the second tab."""
        self._pages.addWidget(view)

    def show_error(self, error: KnownError) -> None:
        """Say inline what was refused; what was typed stays."""
        text = f"{error.message}，{error.remedy}"
        if self.questions.open:
            self.questions.show_error(text)
            return
        self.error.setText(text)
        self.error.show()
        if self.steps.time.text():
            self.steps.time.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed_time(self, fault: FaultRow) -> int | None:
        """The moment in the time field for sending somebody to `fault`, epoch seconds UTC; None for now.

        Raises:
            KnownError: It is no time, still to come, or before the report; or a note stands behind it.
        """
        typed, note = part_when(self.steps.time.text())
        if note:
            raise KnownError("派单没有备注一栏", "请清去时间后面的备注，只留时间")
        return parse_when(typed, self._context.ticker.now, fault.reported_at) if typed else None

    @Slot()
    def clear_error(self) -> None:
        self.error.clear()
        self.error.hide()

    def time_used(self) -> None:
        """The time typed is on record; a question that is open stays."""
        typed_here = self.steps.time.hasFocus()
        self.steps.time.clear()
        self.clear_error()
        if typed_here:
            self.left.emit()

    def settled(self, at_rest: QWidget) -> None:
        """What was asked for is committed: forget the time typed, close the question, and ask what follows.

        `at_rest`: has the keyboard while nobody types; only from there a question takes it.
        """
        typed_here = self.questions.open or self.steps.time.hasFocus()
        self.steps.time.clear()
        self.clear_error()
        self.questions.stop()
        self.timeline.set_picking(False)
        if typed_here:
            self.left.emit()
        if self._detail is not None:
            self.questions.ask_cause(self._detail, focused=at_rest.hasFocus())

    # ── what a person asks for ──

    @Slot()
    def take_next_step(self) -> None:
        """What the large button says."""
        if self._detail is None or self._detail.row.next_move is None:
            return
        move = self._detail.row.next_move
        if move is FactKind.ASSIGNED:
            self.assign_asked.emit()
        elif move is FactKind.SPECIAL_REPORT_SUBMITTED and not self.steps.time.text().strip():
            self.report_asked.emit()
        else:
            self.take_step(move)

    @Slot(object)
    def take_step(self, kind: FactKind) -> None:
        """Record a step, or ask first what it needs."""
        if self._detail is None:
            return
        self.clear_error()
        self.questions.take(self._detail, kind, self.steps.time.text)

    @Slot()
    def type_time(self, first: str = "") -> None:
        """Put the caret into the time field, with what was already typed."""
        if self._detail is not None:
            self.steps.time.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.steps.time.setText(first)

    @Slot()
    def ask_correction(self) -> None:
        if self._detail is not None:
            self.tabs.setCurrentIndex(0)
            self.timeline.set_picking(True)
            self.questions.ask_correction(self._detail)
            self.timeline.pick_last()
            self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def ask_amendment(self) -> None:
        if self._detail is not None:
            self.questions.ask_amendment(self._detail)

    @Slot()
    def ask_third_party(self) -> None:
        if self._detail is not None:
            self.questions.ask_third_party(self._detail, self.steps.time.text)

    @Slot()
    def ask_group(self) -> None:
        if self._detail is not None:
            self.questions.ask_group(self._detail, self._others)

    def set_others(self, others: Iterable[FaultRow]) -> None:
        """The other faults in hand, for 多节并发."""
        self._others = tuple(others)

    @Slot(object)
    def ask_release(self, staff_id: str) -> None:
        if self._detail is not None:
            self.questions.ask_release(self._detail, staff_id)

    @Slot()
    def ask_work_order(self) -> None:
        if self._detail is not None and self._detail.row.engagements:
            row = self._detail.row
            self.work_order_asked.emit((row.id, row.engagements[0].staff_id))

    @Slot()
    def _leave_time(self) -> None:
        self.clear_error()
        self.left.emit()

    @Slot()
    def _leave_question(self) -> None:
        self.timeline.set_picking(False)
        self.left.emit()
