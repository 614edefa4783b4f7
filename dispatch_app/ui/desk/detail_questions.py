"""From a step a person wants to the command for it, asking in place what the step still needs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import CancelKind, FactKind, Procedure
from dispatch_app.operations.faults import (
    AmendFault,
    CancelFault,
    CorrectFact,
    GroupFaults,
    RecordMilestone,
    RecordThirdParty,
    ReleaseEngineer,
)
from dispatch_app.operations.procedure import Proposal
from dispatch_app.operations.rows import FaultDetail, FaultRow
from dispatch_app.operations.words import FACT_WORDS
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.detail_cause import CauseStrip
from dispatch_app.ui.desk.detail_mend import AmendStrip, CorrectStrip
from dispatch_app.ui.desk.detail_moves import PLAIN
from dispatch_app.ui.desk.detail_others import GroupStrip, Part, ReasonStrip, ThirdPartyStrip
from dispatch_app.ui.desk.detail_strips import CancelStrip, ConfirmStrip, ProcedureStrip, Strip
from dispatch_app.ui.desk.when import parse_when, part_when

TypedTime = Callable[[], str]
"""What stands in the time field when the step is taken, not when it was asked for."""

FaultCommand = (
    RecordMilestone
    | CancelFault
    | CorrectFact
    | AmendFault
    | RecordThirdParty
    | ReleaseEngineer
    | GroupFaults
)
"""What the panel makes of an answer."""


class Questions(QWidget):
    """One strip at a time, or none.

    Signals:
        command_made: a command on the fault, its `expected_version` still 0.
        refused: the `KnownError` of a time that cannot be; nothing was made.
        left: a question was left without an answer.
        asking: whether something is being asked has changed.
    """

    command_made = Signal(object)
    refused = Signal(object)
    left = Signal()
    asking = Signal(bool)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: FaultDetail | None = None
        self._typed: TypedTime = str
        self._strip: Strip | None = None
        self._unreachable_sum = Decimal(0)
        self._resolving = ""
        self.confirm = ConfirmStrip()
        self.procedure = ProcedureStrip()
        self.cancel = CancelStrip()
        self.correct = CorrectStrip()
        self.amend = AmendStrip(context)
        self.third_party = ThirdPartyStrip()
        self.release = ReasonStrip()
        self.cause = CauseStrip()
        self.group = GroupStrip()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 8)
        for strip in self._strips:
            strip.hide()
            strip.left.connect(self.leave)
            self._column.addWidget(strip)
        self.confirm.confirmed.connect(self._confirmed)
        self.procedure.chosen.connect(self._procedure_chosen)
        self.cancel.cancelled.connect(self._cancelled)
        self.correct.corrected.connect(self._corrected)
        self.amend.amended.connect(self._amended)
        self.third_party.recorded.connect(self._third_party)
        self.release.given.connect(self._released)
        self.cause.chosen.connect(self._cause_said)
        self.command_made.connect(self._remember)
        self.group.chosen.connect(self._grouped)
        self.hide()

    @property
    def _strips(self) -> tuple[Strip, ...]:
        return (
            self.confirm,
            self.procedure,
            self.cancel,
            self.correct,
            self.amend,
            self.third_party,
            self.release,
            self.group,
            self.cause,
        )

    # ── one at a time ──

    @property
    def open(self) -> bool:
        """Whether something is being asked."""
        return self._strip is not None

    @property
    def asked(self) -> Strip | None:
        """The strip in sight, or None."""
        return self._strip

    def stop(self) -> None:
        """Stop asking, without a word."""
        if self._strip is not None:
            self._strip.hide()
        self._strip = None
        self.hide()
        self.asking.emit(False)

    def set_unreachable_sum(self, amount: Decimal) -> None:
        """What one case under 九.1 costs, yuan."""
        self._unreachable_sum = amount

    def show_error(self, text: str) -> None:
        if self._strip is not None:
            self._strip.show_error(text)

    def _open(self, strip: Strip, detail: FaultDetail, typed: TypedTime = str) -> None:
        self.stop()
        self._detail, self._typed, self._strip = detail, typed, strip
        self.show()
        strip.show()
        self.asking.emit(True)

    @Slot()
    def leave(self) -> None:
        """Stop asking and say so."""
        self.stop()
        self.left.emit()

    # ── steps ──

    def take(self, detail: FaultDetail, kind: FactKind, typed: TypedTime) -> None:
        """Make the command of a step at once, or ask what it needs."""
        self.stop()
        self._detail, self._typed = detail, typed
        if kind in PLAIN:
            self._milestone(kind)
        elif kind is FactKind.CONFIRMED:
            self._ask_procedure(detail, typed)
        elif kind is FactKind.CANCELLED:
            self._open(self.cancel, detail, typed)
            self.cancel.ask_kind(detail.row.number)
        else:
            self._open(self.confirm, detail, typed)
            self._ask_whether_meant(detail, kind)

    def _ask_procedure(self, detail: FaultDetail, typed: TypedTime) -> None:
        self._open(self.procedure, detail, typed)
        self.procedure.ask_procedure(detail.row.number)
        fault_id = detail.row.id

        def proposed(proposal: Proposal) -> None:
            if self._strip is self.procedure and self._detail is not None and self._detail.row.id == fault_id:
                self.procedure.show_proposal(proposal)

        self._context.executor.ask(
            lambda queries: queries.propose_procedure(fault_id, None, None, repairable=True),
            proposed,
            self,
        )

    def _ask_whether_meant(self, detail: FaultDetail, kind: FactKind) -> None:
        number, words = detail.row.number, FACT_WORDS[kind]
        notes = {
            FactKind.CLOSED: "归档后离开队列，仍可查、可重开。回车确认。",
            FactKind.REOPENED: "从这一刻起另计一轮，所有时限重新起算。回车确认。",
            FactKind.INSTRUCTION_RECEIVED: "甲方的批示与文号。回车确认。",
            FactKind.UNREACHABLE: (
                f"本故障标为紧急：九.1 计 {self._unreachable_sum:,.2f} 元。回车确认。"
                if detail.row.emergency
                else "本故障不是紧急：记录在案，不计违约金。回车确认。"
            ),
        }
        remarks = {FactKind.INSTRUCTION_RECEIVED: "批示内容", FactKind.UNREACHABLE: "谁、拨的哪个号码"}
        title = "甲方联系不上服务人员" if kind is FactKind.UNREACHABLE else f"{words} {number}？"
        self.confirm.ask_about(kind, words, title, notes[kind], remarks.get(kind, "备注（可不填）"))

    def _milestone(
        self, kind: FactKind, *, procedure: Procedure | None = None, note: str = "", document: str = ""
    ) -> None:
        assert self._detail is not None
        self._make(
            lambda fault_id, at, typed_note: RecordMilestone(
                fault_id, kind, 0, at, procedure=procedure, note=note or typed_note, document=document
            ),
            # Someone may try to reach the staff before a call is on record.
            bounded=kind is not FactKind.UNREACHABLE,
        )

    def _make(self, build: Callable[[str, int | None, str], object], *, bounded: bool = True) -> None:
        """`build` gets the fault's id, the time typed (None for now) and the note typed behind it."""
        assert self._detail is not None
        row = self._detail.row
        typed, note = part_when(self._typed())
        try:
            at = self._at(typed, row.reported_at if bounded else None) if typed else None
        except KnownError as error:
            self.refused.emit(error)
            return
        self.command_made.emit(build(row.id, at, note))

    def _at(self, typed: str, not_before: int | None) -> int:
        return parse_when(typed, self._context.ticker.now, not_before)

    @Slot(object)
    def _confirmed(self, answer: tuple[FactKind, str, str]) -> None:
        kind, note, document = answer
        self._milestone(kind, note=note, document=document)

    @Slot(object)
    def _procedure_chosen(self, value: str) -> None:
        self._milestone(FactKind.CONFIRMED, procedure=Procedure(value))

    @Slot(object)
    def _cancelled(self, answer: tuple[CancelKind, str, str]) -> None:
        kind, of, note = answer
        self._make(lambda fault_id, at, typed: CancelFault(fault_id, kind, 0, of, note or typed, at))

    # ── mending ──

    def ask_correction(self, detail: FaultDetail) -> None:
        self._open(self.correct, detail)
        self.correct.ask_fact()

    @Slot(object)
    def _corrected(self, answer: tuple[str, str | None, str]) -> None:
        assert self._detail is not None
        fact_id, typed, reason = answer
        try:
            new_at = None if typed is None else self._at(typed, None)
        except KnownError as error:
            self.refused.emit(error)
            self.correct.time.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.command_made.emit(CorrectFact(self._detail.row.id, fact_id, new_at, reason, 0))

    def ask_amendment(self, detail: FaultDetail) -> None:
        self._open(self.amend, detail)
        self.amend.ask_field(detail)

    @Slot(object)
    def _amended(self, answer: tuple[str, str, str]) -> None:
        assert self._detail is not None
        field, after, reason = answer
        self.command_made.emit(AmendFault(self._detail.row.id, field, after, reason, 0))

    # ── the cause, when all is done ──

    @Slot(object)
    def _remember(self, command: object) -> None:
        self._resolving = ""
        if isinstance(command, RecordMilestone) and command.kind is FactKind.RESOLVED:
            self._resolving = command.fault_id

    def ask_cause(self, detail: FaultDetail, *, focused: bool) -> None:
        """Offer the causes if the step committed last resolved this fault and nobody has said its cause yet.

        `focused`: the keyboard may answer; else only a click does.
        """
        resolved, self._resolving = self._resolving, ""
        if resolved != detail.row.id or detail.cause or self.open:
            return
        self._open(self.cause, detail)
        self.cause.ask_cause(detail.row.number)
        if focused:
            self.cause.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _cause_said(self, code: str) -> None:
        assert self._detail is not None
        self.command_made.emit(AmendFault(self._detail.row.id, "cause", code, "", 0))

    # ── what happens seldom ──

    def ask_third_party(self, detail: FaultDetail, typed: TypedTime) -> None:
        self._open(self.third_party, detail, typed)
        self.third_party.ask_costs(detail.row.number)

    @Slot(object)
    def _third_party(self, answer: tuple[str, str, tuple[Part, ...]]) -> None:
        cause, labour, parts = answer
        if part_when(self._typed())[1]:
            self.refused.emit(KnownError("委托第三方没有备注一栏", "请清去时间后面的备注，只留时间"))
            return
        self._make(lambda fault_id, at, _: RecordThirdParty(fault_id, cause, labour, parts, 0, at))

    def ask_release(self, detail: FaultDetail, staff_id: str) -> None:
        name = next((p.name for p in detail.row.engagements if p.staff_id == staff_id), "")
        self._open(self.release, detail)
        self.release.ask_reason(detail.row.number, staff_id, name)

    @Slot(object)
    def _released(self, answer: tuple[str, str]) -> None:
        assert self._detail is not None
        staff_id, reason = answer
        self.command_made.emit(ReleaseEngineer(self._detail.row.id, staff_id, reason, 0))

    def ask_group(self, detail: FaultDetail, others: tuple[FaultRow, ...]) -> None:
        self._open(self.group, detail)
        self.group.ask_other(detail.row, others)

    @Slot(object)
    def _grouped(self, other: str) -> None:
        assert self._detail is not None
        self.command_made.emit(GroupFaults((self._detail.row.id, other)))
