"""调度台: one screen for the whole day. Joins the parts; holds no rule of the contract and no transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.faults import (
    AmendFault,
    AssignFault,
    CancelFault,
    CorrectFact,
    GroupFaults,
    RecordMilestone,
    RecordThirdParty,
    ReleaseEngineer,
)
from dispatch_app.operations.rows import FaultRow, Selected, SiteRow, StaffRow, Suggestion
from dispatch_app.operations.special_reports import DraftSpecialReport
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.alarm_desk import AlarmDesk
from dispatch_app.ui.desk.alarm_strip import ROOMY
from dispatch_app.ui.desk.clock_guard import ClockGuard
from dispatch_app.ui.desk.desk_errands import DeskErrands
from dispatch_app.ui.desk.desk_feed import DeskFeed, Everything, Law
from dispatch_app.ui.desk.desk_keys import Act, Wish, is_typed_into, take_wish, wish_of
from dispatch_app.ui.desk.desk_layout import DeskLayout
from dispatch_app.ui.desk.desk_map import DeskMap, MapFactory, site_map
from dispatch_app.ui.desk.detail_panel import DetailPanel
from dispatch_app.ui.desk.queue_model import QueueModel
from dispatch_app.ui.desk.urgency import NO_THRESHOLDS, Thresholds

FaultCommand = (
    RecordMilestone
    | CancelFault
    | CorrectFact
    | AmendFault
    | RecordThirdParty
    | ReleaseEngineer
    | GroupFaults
)
MAP_AFTER_MS = 200


class DeskPage(QWidget):
    """The dispatch screen.

    Signals:
        work_order_wanted: (fault id, staff id): whoever prints shows it.
        special_report_opened: id of a special report that is to be written now.
        duties_asked: what is due of rounds and backups is to be shown.
    """

    work_order_wanted = Signal(object)
    special_report_opened = Signal(object)
    duties_asked = Signal()

    def __init__(
        self, context: UiContext, parent: QWidget | None = None, map_factory: MapFactory = site_map
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._thresholds: Thresholds = NO_THRESHOLDS
        self._sites: tuple[SiteRow, ...] = ()
        self._staff: tuple[StaffRow, ...] = ()
        self._to_select = ""
        self._sum = Decimal(0)
        self._begun = self._painted = False
        self.queue = QueueModel(NO_THRESHOLDS, Decimal(0), context.ticker.now, self)
        self.parts = DeskLayout(context, self.queue)
        self.feed = DeskFeed(context, self)
        self.map = DeskMap(context, map_factory, self)
        self.alarms = AlarmDesk(context, self)
        self.guard = ClockGuard(context, self)
        self.errands = DeskErrands(context, self.parts.staff, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.guard.holder)
        self.parts.queue_card.body.insertWidget(0, self.alarms.strip)
        column.addWidget(self.parts, 1)
        self.setFocusProxy(self.parts.queue)
        self._connect()
        self.feed.load()
        self.guard.begin()

    def _connect(self) -> None:
        parts, feed, intake = self.parts, self.feed, self.parts.intake.card
        feed.everything.connect(self._start)
        feed.applied.connect(self._take_applied)
        feed.law_changed.connect(self._take_law)
        feed.queue_read.connect(self._take_queue)
        feed.selected.connect(self._show_selected)
        feed.suggested.connect(self._suggest)
        feed.answers_read.connect(self.alarms.set_answered)
        self.alarms.fault_asked.connect(self.select_fault)
        self.alarms.left.connect(self._back_to_queue)
        self.guard.stepped.connect(self.feed.read_again)
        parts.queue.fault_chosen.connect(self._choose)
        parts.staff.assign_asked.connect(self._assign)
        parts.detail.command_asked.connect(self._command)
        parts.detail.assign_asked.connect(self._assign_best)
        parts.detail.report_asked.connect(self._write_report)
        parts.detail.work_order_asked.connect(self.work_order_wanted)
        parts.detail.left.connect(self._back_to_queue)
        parts.fold.clicked.connect(self.begin_call)
        parts.duties.clicked.connect(self.duties_asked)
        intake.opened.connect(self._intake_opened)
        intake.closed.connect(self._intake_closed)
        intake.registered.connect(self._registered)
        intake.fault_asked.connect(self.select_fault)
        intake.parked.resume_asked.connect(parts.show_intake)
        parts.intake.promises.changed.connect(self._watch_promises)
        self.map.site_clicked.connect(self._site_clicked)
        self._context.ticker.second.connect(self._tick)
        QShortcut(QKeySequence("F2"), self, self.begin_call)
        QShortcut(QKeySequence("Shift+F2"), self, intake.begin_another)
        QShortcut(QKeySequence("F7"), self, parts.look_at_promises)

    # ── what the window asks ──

    @Slot()
    def begin_call(self) -> None:
        """A call was answered: open the card with the present moment as its stamp."""
        self.parts.intake.card.begin()

    @Slot(object)
    def select_fault(self, fault_id: str) -> None:
        """Select a fault; one that has left the queue is shown beside it."""
        if not self.parts.queue.choose(fault_id):
            self.parts.queue.setCurrentIndex(QModelIndex())
            self._choose(fault_id)

    def ask_of(self, fault_id: str, question: Callable[[DetailPanel], None]) -> None:
        """Select a fault and open a question about it, as soon as it is there."""
        self.parts.detail.ask_once_shown(fault_id, question)
        self.select_fault(fault_id)

    @property
    def selected_fault(self) -> FaultRow | None:
        """The fault in the detail panel, also one that has left the queue."""
        return self._selected

    def select_site(self, site_id: str) -> None:
        """Show a site on the map and select the most pressing fault in hand there."""
        self._site_clicked(site_id)
        self.map.select_site(site_id)

    # ── rows arriving ──

    @Slot(object)
    def _start(self, everything: Everything) -> None:
        self._take_law(everything.law)
        self._sites, self._staff = everything.sites, everything.staff
        self.alarms.set_answered(everything.answered)
        self.queue.reset(everything.queue)
        self.parts.staff.set_staff(everything.staff)
        self.parts.intake.card.form.set_lines(everything.law.contract.service_lines)
        self.parts.intake.card.restore(everything.drafts)
        self.parts.show_intake()
        self._after_rows()
        if not self.parts.queue.chosen and self.queue.faults:
            self.parts.queue.choose(self.queue.faults[0].id)
        self._begun = True
        self._bring_map_when_due()

    @Slot(object)
    def _take_law(self, law: Law) -> None:
        self._thresholds = law.thresholds
        self.queue.set_terms(law.thresholds, law.contract.nobody_sent_sum)
        self.parts.detail.questions.set_unreachable_sum(law.contract.unreachable_sum)
        self.map.set_thresholds(law.thresholds)
        self.parts.staff.set_floor(law.contract.minimum_technicians)
        self.alarms.set_settings(law.alarms)
        self._sum = law.contract.nobody_sent_sum
        self._watch()

    @Slot(object)
    def _take_applied(self, applied: Applied) -> None:
        with self.parts.staff.at_once():
            self._take_rows(applied)
            selected = self.feed.brought(applied)
            if selected is not None:
                self._show_selected(selected)

    def _take_rows(self, applied: Applied) -> None:
        if applied.faults:
            chosen = self.parts.queue.chosen
            self.queue.apply(applied.faults)
            # Now and not with a timer of Qt's: what was clicked is painted with the rest of the news.
            self.parts.queue.executeDelayedItemsLayout()
            if chosen and self.queue.row_of(chosen) is None and self.queue.faults:
                # The selected fault has left: what comes next is what presses most, wherever it stood.
                self.parts.queue.choose(self.queue.faults[0].id)
        if applied.staff:
            self._staff = applied.staff
            self.parts.staff.set_staff(applied.staff)
        self._select_what_came()
        self._count()
        self._watch()
        self._sites = applied.sites or self._sites
        if applied.faults or applied.staff or applied.sites:
            self._show_on_map()

    def _select_what_came(self) -> None:
        """Select a call just registered, the fault beside the queue when it was opened again, or, where
        nothing was selected, what presses most."""
        detail = self.parts.detail.detail
        wanted = self._to_select
        if not wanted and not self.parts.queue.chosen:
            first = self.queue.faults[0].id if self.queue.faults else ""
            wanted = detail.row.id if detail is not None else first
        if wanted and self.parts.queue.choose(wanted):
            self._to_select = ""

    @Slot(object)
    def _take_queue(self, rows: tuple[FaultRow, ...]) -> None:
        chosen = self.parts.queue.chosen
        self.queue.reset(rows)
        self._after_rows()
        if chosen:
            self.parts.queue.choose(chosen)

    def _after_rows(self) -> None:
        self._count()
        self._show_on_map()
        self._watch()

    def _watch(self) -> None:
        self.alarms.watch_faults(self.queue.faults, self._thresholds, self._sum)

    @Slot()
    def _watch_promises(self) -> None:
        self.alarms.watch_promises(line.row for line in self.parts.intake.promises.lines)

    def _count(self) -> None:
        count = self.queue.rowCount()
        self.parts.queue_card.set_title(f"在办故障 {count}" if count else "在办故障", "最近的时限在前")

    # ── selection ──

    @Slot(object)
    def _choose(self, fault_id: str) -> None:
        row = self.queue.fault(fault_id)
        self.parts.staff.set_target(row)
        self.feed.select(fault_id)
        self.map.select_site(row.site_id if row is not None else "")
        if not fault_id:
            self.parts.detail.show_nothing()

    @Slot(object)
    def _show_selected(self, selected: Selected) -> None:
        row = selected.detail.row
        parts = self.parts
        parts.staff.set_target(row if row.open else None)
        best = self._mark_best(row.id, selected.suggestions)
        parts.detail.show_detail(selected.detail, self._context.ticker.now, self._thresholds, best)
        parts.detail.set_others(other for other in self.queue.faults if other.id != row.id)

    @Slot(object, object)
    def _suggest(self, fault_id: str, suggestions: tuple[Suggestion, ...]) -> None:
        self.parts.detail.set_best(self._mark_best(fault_id, suggestions))

    def _mark_best(self, fault_id: str, suggestions: tuple[Suggestion, ...]) -> StaffRow | None:
        """Show who suits the fault, among the people and in its row; answers with the best."""
        self.parts.staff.set_suggestions(fault_id, suggestions)
        best = self.parts.staff.best
        self.queue.set_suggested(fault_id, best.name if best is not None else "")
        return best

    @Slot(object)
    def _tick(self, now: int) -> None:
        self.queue.tick(now)
        self.alarms.tick(now)
        if self.isVisible():
            self.parts.detail.tick(now)
        self.map.set_now(now)

    # ── calls ──

    @Slot()
    def _intake_opened(self) -> None:
        self.parts.show_intake()
        self.setFocusProxy(self.parts.intake.card.form.site)

    @Slot(bool)
    def _intake_closed(self, typed_here: bool) -> None:
        self.parts.show_intake()
        self.setFocusProxy(self.parts.queue)
        if typed_here:
            self._back_to_queue()

    @Slot(object)
    def _registered(self, fault_id: str) -> None:
        # The row arrives with the news of the commit, a moment later.
        self._to_select = fault_id

    @Slot()
    def _back_to_queue(self) -> None:
        self.parts.queue.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── commands ──

    @property
    def _selected(self) -> FaultRow | None:
        detail = self.parts.detail.detail
        chosen = self.queue.fault(self.parts.queue.chosen)
        return chosen or (detail.row if detail is not None else None)

    @Slot(object)
    def _assign(self, staff_id: str) -> None:
        fault = self._selected
        if fault is None:
            self._context.messages.note("还没有选中故障", "用 ↑ ↓ 选一行，再派人")
            return
        try:
            at = self.parts.detail.typed_time(fault)
        except KnownError as error:
            self.parts.detail.show_error(error)
        else:
            command = AssignFault(fault.id, staff_id, fault.version, at)
            self._context.executor.submit(command, self, self._assigned, self._refused)

    @Slot()
    def _assign_best(self) -> None:
        """Enter sends the best person, once: for a second one a digit says who is meant."""
        best, fault = self.parts.staff.best, self._selected
        if fault is not None and fault.engagements:
            named = "、".join(part.name for part in fault.engagements)
            self._context.messages.note(f"{fault.number} 已派 {named}", "再派一人请按那人的数字键")
        elif best is not None:
            self._assign(best.id)

    @Slot(object)
    def _command(self, command: FaultCommand) -> None:
        """Hand on a step or a correction, with the version of the fault the screen shows."""
        if not isinstance(command, GroupFaults):
            command = replace(command, expected_version=self._version_of(command.fault_id))
        self._context.executor.submit(command, self, self._settled, self._refused)

    def _version_of(self, fault_id: str) -> int:
        row, detail = self.queue.fault(fault_id), self.parts.detail.detail
        if row is None and detail is not None and detail.row.id == fault_id:
            row = detail.row
        return row.version if row is not None else 0

    def _assigned(self, changes: Changes) -> None:
        self.parts.detail.time_used()

    def _settled(self, changes: Changes) -> None:
        self.parts.detail.settled(self.parts.queue)

    def _refused(self, error: KnownError) -> None:
        self.parts.detail.show_error(error)
        fault = self._selected
        if fault is not None:
            # Somebody else may have been quicker: look again.
            self.feed.select(fault.id)

    @Slot()
    def _write_report(self) -> None:
        fault = self._selected
        if fault is not None:
            self._context.executor.submit(
                DraftSpecialReport(fault.id),
                self,
                lambda changes: self.special_report_opened.emit(changes.created),
            )

    # ── keys ──

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        wish = None if is_typed_into(focus) else wish_of(event)
        if wish is None:
            super().keyPressEvent(event)
        elif wish.act is Act.ASSIGN_BEST and isinstance(focus, QAbstractButton):
            # Enter on a button means that button, whoever would suit best.
            focus.click()
        else:
            self._grant(wish)

    def _grant(self, wish: Wish) -> None:
        if wish.act is Act.ASSIGN_BEST:
            self._assign_best()
        elif wish.act is not Act.ASSIGN_DIGIT:
            take_wish(wish, self.parts.detail)
        elif (person := self.parts.staff.by_digit(wish.digit)) is not None:
            self._assign(person.id)
        else:
            self._context.messages.note(f"数字 {wish.digit} 不属于任何人", "人员卡左边的数字是各人的键")

    # ── Qt ──

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The selected fault stood still while another page was in sight.
        self.parts.detail.tick(self._context.ticker.now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.parts.fit(self.width(), self.height())
        self.alarms.strip.set_compact(self.height() < ROOMY, self._context.ticker.now)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self._bring_map_when_due()

    def _bring_map_when_due(self) -> None:
        # The map costs a quarter of a second. The rows come before it, and whoever has waited for F2.
        if self._begun and self._painted:
            QTimer.singleShot(MAP_AFTER_MS, self, self._bring_map)

    @Slot()
    def _bring_map(self) -> None:
        self.parts.take_in_map(self.map.bring())
        # Last of all: what it asks is answered from registers, which are imported for it.
        self.parts.duties.read()

    def _show_on_map(self) -> None:
        self.map.set_rows(self._sites, self.queue.faults, self._staff)

    @Slot(object)
    def _site_clicked(self, site_id: str) -> None:
        """The most pressing fault at the site becomes the selected one."""
        for fault in self.queue.faults:
            if fault.site_id == site_id:
                self.parts.queue.choose(fault.id)
                return
