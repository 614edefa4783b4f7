"""接报: from the ringing phone to a fault. The stamp decides every clock; nothing typed is lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from dispatch_app.contract.calls import CallKind
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.call_records import RecordCall
from dispatch_app.operations.call_rows import IntakeHelp
from dispatch_app.operations.calls import DropDraft, KeepDraft
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.operations.rows import DraftRow, SiteRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.beijing import moment_text
from dispatch_app.ui.desk.call_list import CallList
from dispatch_app.ui.desk.due import due_text, parse_due
from dispatch_app.ui.desk.intake_commands import call_command, fault_command
from dispatch_app.ui.desk.intake_form import IntakeForm
from dispatch_app.ui.desk.intake_no_fault import NoFaultMenu
from dispatch_app.ui.desk.intake_open_faults import SAME_KEY
from dispatch_app.ui.desk.intake_parked import ParkedCalls
from dispatch_app.ui.desk.intake_scroll import FormScroll
from dispatch_app.ui.desk.when import parse_when
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Card
from dispatch_app.ui.widgets.labels import KeyCap, Text
from dispatch_app.ui.widgets.polish import Size, Tone

PAUSE_MS = 600
"""So long after the last key what was typed is kept."""
NO_FAULT_KEY = "F4"
LEAST_WIDTH = 272
REGISTER = "登记"
REGISTERING = "登记中…"
CLOSED_HINT = "电话一响就按 F2：时限从接听那一刻起算，时刻随后可改。"
ESCAPE_HINT = "Esc 关闭：未填内容即丢弃，填过的转入等候来电，不会丢失"


class IntakeCard(Card):
    """The card and, under it, the calls put aside.

    Signals:
        opened: the form came up. closed: it went; whether the caret was in it.
        registered: id of the fault, once it is committed.
        fault_asked: id of a fault in hand at the site a person wants to look at.
        night_asked: the calls of the night are to be entered.
    """

    opened = Signal()
    closed = Signal(bool)
    registered = Signal(object)
    fault_asked = Signal(object)
    night_asked = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("接报", parent=parent)
        self.setAccessibleName("接报")
        self._context = context
        self._draft_id = ""
        self._stamp = 0
        self._stamp_text = ""
        self._loading = False
        self._registering = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.parked = ParkedCalls(context.themes)
        self.form = IntakeForm(context)
        self.start = Button("接报", Kind.PRIMARY, "F2")
        self.start.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hint = Text(CLOSED_HINT, Size.SMALL, Tone.QUIET, wrap=True)
        self.save = Button(REGISTER, Kind.PRIMARY, "Ctrl ⏎")
        self.cap = KeyCap("F2")
        self.cap.setToolTip(ESCAPE_HINT)
        self.header.addWidget(self.cap)
        self.no_fault = Button("非故障", Kind.PLAIN, NO_FAULT_KEY)
        self.no_fault.setToolTip("F4　误拨、咨询、催办、投诉、非服务对象：不立故障，不起算时限，留来电记录")
        self.menu = NoFaultMenu(self)
        self.today = Button("今日来电记录", Kind.BARE)
        self.today.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.today.setToolTip("今天没有另立故障的来电；接报时按 F4 再按 0 也能看")
        self.night = Button("夜间补录…", Kind.BARE)
        self.night.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.night.setToolTip("夜间手机接到的来电在一张表里补录；接报时按 F4 再按 9 也能去")
        self.calls = CallList(context, self)
        self.form_scroll = FormScroll(self.form)
        for part in (self.start, self.hint, self.today, self.night, self.form_scroll):
            self.body.addWidget(part)
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addWidget(self.save, 1)
        ends.addWidget(self.no_fault)
        self.body.addLayout(ends)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(PAUSE_MS)
        self._keeping.timeout.connect(self._keep)
        self.form.edited.connect(self._edited)
        self.form.answered.editingFinished.connect(self._settle_stamp)
        self.form.fault_asked.connect(self.fault_asked)
        self.form.promise.editingFinished.connect(self._settle_promise)
        self.form.same_asked.connect(self._same_fault)
        self.no_fault.clicked.connect(self.ask_no_fault)
        self.menu.chosen.connect(self._no_fault_chosen)
        self.menu.today_asked.connect(self.calls.show_today)
        self.today.clicked.connect(self.calls.show_today)
        self.night.clicked.connect(self.night_asked)
        self.menu.night_asked.connect(self.night_asked)
        self.start.clicked.connect(self.begin)
        self.save.clicked.connect(self.register)
        self.parked.resume_asked.connect(self.resume)
        self.parked.drop_asked.connect(self._drop_parked)
        for keys, act in (
            ("Ctrl+Return", self.register),
            ("Ctrl+Enter", self.register),
            (NO_FAULT_KEY, self.ask_no_fault),
            (SAME_KEY, self._same_as_first),
        ):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._show_open(False)

    # ── opening and closing ──

    @property
    def open(self) -> bool:
        """Whether a call is being taken."""
        return bool(self._draft_id)

    @property
    def answered_at(self) -> int:
        """When the call was answered as stamped, epoch seconds UTC; 0 with no call open."""
        return self._stamp

    @Slot()
    def begin(self) -> None:
        """A call was answered now. A call open already keeps its stamp and gets the caret back."""
        if not self.open:
            self._open(str(uuid.uuid4()), self._context.ticker.now)
        self.form.site.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def begin_another(self) -> None:
        """Put the call aside and open another with its own stamp."""
        if self.open:
            self.park()
        self.begin()

    @Slot()
    def park(self) -> None:
        """Put the call aside, even one in which nothing has been typed: it has a stamp."""
        if self.open and not self._registering:
            self.parked.add(self._write(parked=True))
            self._close()

    @Slot()
    def leave(self) -> None:
        """Close the card: what was typed waits among the calls put aside, an empty card goes."""
        if not self.open or self._registering:
            return
        if self.form.touched:
            self.park()
        else:
            self._context.executor.submit(DropDraft(self._draft_id), self)
            self._close()

    @Slot(object)
    def resume(self, draft_id: str) -> None:
        """Take a call put aside up again; one that is open is put aside in its place."""
        draft = self.parked.remove(draft_id)
        if draft is None:
            return
        self.park()
        self._take_up(draft)
        self.form.site.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self, drafts: Iterable[DraftRow]) -> None:
        """Bring back what a crash or the end of a shift left. The caret stays where it is."""
        waiting = sorted(drafts, key=lambda draft: (draft.parked, -draft.answered_at))
        if waiting and not waiting[0].parked and not self.open:
            self._take_up(waiting.pop(0))
        self.parked.show_drafts(waiting)

    def _take_up(self, draft: DraftRow) -> None:
        self._open(draft.id, draft.answered_at)
        name = draft.fields.get("site_text", "")
        if not name:
            self._show_values(draft, ())
            return
        self._context.executor.ask(
            lambda queries: queries.find_sites(name),
            lambda sites: self._show_values(draft, sites) if self._draft_id == draft.id else None,
            self,
        )

    def _show_values(self, draft: DraftRow, sites: Iterable[SiteRow]) -> None:
        self._loading = True
        self.form.show_values(draft.fields, sites)
        self.form.answered.setText(self._stamp_text)
        self._loading = False

    def _open(self, draft_id: str, answered_at: int) -> None:
        self._draft_id = draft_id
        self._loading = True
        self.form.empty()
        self._show_stamp(answered_at)
        self._loading = False
        self._show_open(True)
        self._context.executor.ask(lambda queries: queries.intake_help(), self._take_help, self)
        self._keep()
        self.opened.emit()

    def _take_help(self, found: IntakeHelp) -> None:
        self._loading = True
        self.form.set_help(found)
        self._loading = False

    def _close(self) -> None:
        focus = QApplication.focusWidget()
        typed_here = focus is not None and self.isAncestorOf(focus)
        self._keeping.stop()
        self._draft_id, self._stamp = "", 0
        self._loading = True
        self.form.empty()
        self._loading = False
        self._show_open(False)
        self.closed.emit(typed_here)

    def _show_open(self, is_open: bool) -> None:
        self.set_at_work(is_open)
        self.form_scroll.setVisible(is_open)
        self.save.setVisible(is_open)
        self.no_fault.setVisible(is_open)
        self.today.setVisible(not is_open)
        self.night.setVisible(not is_open)
        self.cap.setVisible(is_open)
        self.start.setVisible(not is_open)
        self.hint.setVisible(not is_open)

    # ── keeping ──

    @Slot()
    def _edited(self) -> None:
        if self.open and not self._loading:
            self.form.clear_errors()
            self._keeping.start()

    @Slot()
    def _keep(self) -> None:
        if self.open and not self._registering:
            self._write(parked=False)

    def _write(self, *, parked: bool) -> DraftRow:
        self._keeping.stop()
        try:
            answered_at = self._answered()
        except KnownError:
            # Half typed: the stamp as it last made sense is kept, the refusal comes when it is needed.
            answered_at = self._stamp
        fields = self.form.values | {"promise": self._promise_kept()}
        draft = DraftRow(self._draft_id, answered_at, parked, fields)
        self._context.executor.submit(
            KeepDraft(draft.id, draft.answered_at, draft.parked, draft.fields), self
        )
        return draft

    @Slot(object)
    def _drop_parked(self, draft_id: str) -> None:
        if self.parked.remove(draft_id) is not None:
            self._context.executor.submit(DropDraft(draft_id), self)

    # ── registering ──

    @Slot()
    def register(self) -> None:
        """Make the call a fault. 已登记 is said after the commit; a refusal leaves all that was typed."""
        if not self.open or self._registering:
            return
        self.form.clear_errors()
        try:
            command = self._command()
        except KnownError as error:
            self._refused(error)
            return
        self._hand_in(command, self._registered)

    def _hand_in(self, command: RegisterFault | RecordCall, done: Callable[[Changes], None]) -> None:
        self._keeping.stop()
        self._set_registering(True)
        self._context.executor.submit(command, self, done, self._refused)

    def _command(self) -> RegisterFault:
        if not self.form.values["site"]:
            self.form.site.settle()
        return fault_command(self.form.values, self._answered(), self._ring_back_at(), self._draft_id)

    def _ring_back_at(self) -> int | None:
        typed = self.form.promise.text().strip()
        return parse_due(typed, self._context.ticker.now, "promise") if typed else None

    def _answered(self) -> int:
        typed = self.form.answered.text().strip()
        if typed == self._stamp_text:
            # Unchanged: the very second of the stamp, whatever day it is by now.
            return self._stamp
        return parse_when(typed, self._context.ticker.now, field="answered_at")

    def _show_stamp(self, answered_at: int) -> None:
        self._stamp = answered_at
        self._stamp_text = moment_text(answered_at, self._context.ticker.now)
        self.form.answered.setText(self._stamp_text)

    @Slot()
    def _settle_stamp(self) -> None:
        """`-5` becomes the moment meant as soon as the field is left: a minute later it would be another."""
        if not self.open:
            return
        try:
            self._show_stamp(self._answered())
        except KnownError as error:
            self.form.show_error(error.field, f"{error.message}，{error.remedy}")

    def _promise_kept(self) -> str:
        """The promise as a draft keeps it: `+20` taken up an hour later must not mean another moment."""
        try:
            due_at = self._ring_back_at()
        except KnownError:
            return self.form.values["promise"]
        return "" if due_at is None else due_text(due_at, self._context.ticker.now)

    @Slot()
    def _settle_promise(self) -> None:
        """`+20` becomes the moment meant as soon as the field is left, as the stamp does."""
        try:
            due_at = self._ring_back_at()
        except KnownError as error:
            self.form.show_error(error.field, f"{error.message}，{error.remedy}")
        else:
            if due_at is not None:
                self.form.promise.setText(due_text(due_at, self._context.ticker.now))

    # ── no fault ──

    @Slot()
    def ask_no_fault(self) -> None:
        """Offer what a call can be instead of a fault; a digit chooses, Escape goes back to the form."""
        if self.open and not self._registering:
            self.menu.set_faults(self.form.open_faults.faults)
            self.menu.popup(self.no_fault.mapToGlobal(self.no_fault.rect().topLeft()))

    @Slot(object)
    def _no_fault_chosen(self, choice: tuple[CallKind, str]) -> None:
        self._record(*choice)

    @Slot(object)
    def _same_fault(self, fault_id: str) -> None:
        self._record(CallKind.SAME_FAULT, fault_id)

    @Slot()
    def _same_as_first(self) -> None:
        faults = self.form.open_faults.faults
        if faults:
            self._same_fault(faults[0][0])

    def _record(self, kind: CallKind, fault_id: str) -> None:
        """Keep the call as no fault of its own and close the card; a refusal leaves all that was typed."""
        if not self.open or self._registering:
            return
        self.form.clear_errors()
        try:
            command = call_command(
                self.form.values, (kind, fault_id), self._answered(), self._ring_back_at(), self._draft_id
            )
        except KnownError as error:
            self._refused(error)
        else:
            self._hand_in(command, self._recorded)

    def _recorded(self, changes: Changes) -> None:
        self._set_registering(False)
        self._close()

    def _registered(self, changes: Changes) -> None:
        self._set_registering(False)
        self._close()
        self.registered.emit(changes.created)

    def _refused(self, error: KnownError) -> None:
        self._set_registering(False)
        self.form.show_error(error.field, f"{error.message}，{error.remedy}")
        self.form.go_to(error.field)

    def _set_registering(self, registering: bool) -> None:
        self._registering = registering
        self.save.set_text(REGISTERING if registering else REGISTER)

    # ── Qt ──

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.open:
            super().keyPressEvent(event)
            return
        # Nothing pressed in the card may reach the desk, where digits send people and letters record.
        event.accept()
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        elif isinstance(focus, QPushButton) and not focus.isCheckable():
            focus.click()
        elif isinstance(focus, QAbstractButton | QComboBox):
            # Enter moves on; a line edit has done so already when it passes the key on.
            self.focusNextChild()

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())
