"""From rows to the sheets that papers are printed from. Nothing here prints or keeps anything."""

from __future__ import annotations

from decimal import Decimal

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.clocks import ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.explain import CLOCK_GUIDE, STATE_WORDS, allowed_text
from dispatch_app.contract.facts import Assigned, FactKind, Zone
from dispatch_app.contract.money import ZERO, price_in_words
from dispatch_app.contract.penalties import AT_THE_LINE, THIRD_PARTY
from dispatch_app.contract.readings import READING_GUIDE
from dispatch_app.models import Fault, FaultEngineer, StaffMember
from dispatch_app.operations.case import Case
from dispatch_app.operations.reading.doubtful_times import NEVER, doubtful_times, with_dues
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import SpecialReportRow
from dispatch_app.operations.settings import setting_value
from dispatch_app.operations.settlement_rows import PenaltyRow, TallyRow
from dispatch_app.operations.words import PRINTED_CLAUSES, ZONE_WORDS
from dispatch_app.reports.special_report import SpecialReportSheet
from dispatch_app.reports.tally_sheet import (
    AdjustmentLine,
    Counter,
    StandardLine,
    TallyLine,
    TallySheet,
    TerminationRight,
    ThirdPartyLine,
)
from dispatch_app.reports.work_order import DueClock, WorkOrderSheet

LATE_S = 60
"""Written down so much later than it was answered, a call prints with both moments."""


def special_report_sheet(
    view: View, row: SpecialReportRow, number: str, issued_at: int, *, draft: bool
) -> SpecialReportSheet:
    """The 专报 of a row. `issued_at`: epoch seconds; it decides the date under the signature."""
    fault = view.session.get_one(Fault, row.fault_id)
    contract = view.law.terms.contract
    return SpecialReportSheet(
        number=number,
        issuer=contract.contractor,
        letterhead=setting_value(view.session, "letterhead"),
        signer=row.signer,
        addressee=setting_value(view.session, "addressee"),
        title=f"关于{row.site_name}{row.device}故障的专报",
        fault_no=row.fault_number,
        site=row.site_name,
        reported_at=fault.cycle_reported_at,
        confirmed_at=row.confirmed_at,
        device=row.device,
        model=row.model,
        serial=row.serial,
        parameters=row.parameters,
        cause=row.cause,
        advice=row.advice,
        estimate=row.estimate,
        estimate_in_words="" if row.estimate is None else price_in_words(row.estimate),
        contact=f"{row.signer} {contract.service_lines[0]}".strip(),
        dated=date_of(issued_at),
        issued_at=issued_at,
        draft=draft,
        doubtful=tuple(sorted(doubtful_times(view, [row.fault_id]).get(row.fault_id, NEVER))),
    )


def work_order_sheet(
    view: View, fault_id: str, staff_id: str, number: str, dispatcher: str
) -> WorkOrderSheet:
    """The 派工单 of somebody named for a fault.

    Raises:
        KnownError: There is no such fault, or that person is not named for it.
    """
    fault = view.session.get(Fault, fault_id)
    person = view.session.get(StaffMember, staff_id)
    if fault is None or person is None:
        raise KnownError("没有这件故障或这个人", "请在队列里选中故障，再选工程师")
    if view.session.get(FaultEngineer, (fault_id, staff_id)) is None:
        raise KnownError(f"{fault.number} 没有派给 {person.name}", "请先派单，再打派工单")
    case = view.cases({fault_id: fault.version})[fault_id]
    contract = view.law.terms.contract
    named = [
        item.at
        for item in case.cycle.facts
        if isinstance(item.fact.detail, Assigned) and item.fact.detail.engineer == staff_id
    ]
    zone = Zone(fault.zone)
    running = view.assess(case).cycles[-1].clocks
    clocks = tuple(
        DueClock(
            name=f"{CLOCK_GUIDE[clock.clock].title}（{allowed_text(clock.clock, zone, view.law.terms)}）",
            clause=CLOCK_GUIDE[clock.clock].clause,
            due_at=clock.due_at,
            note="" if clock.state is ClockState.RUNNING else STATE_WORDS[clock.state],
        )
        for clock in running
    )
    return WorkOrderSheet(
        number=number,
        issuer=contract.contractor,
        fault_no=fault.number,
        site=fault.site_name,
        zone=ZONE_WORDS[zone],
        room=fault.room,
        device=fault.device,
        reported_at=fault.cycle_reported_at,
        entered_at=_entered_late(case),
        caller=fault.caller,
        unit=fault.unit,
        callback=fault.callback,
        symptom=fault.symptom,
        emergency=fault.emergency,
        engineer=person.name,
        engineer_phone=person.mobile or person.service_line,
        assigned_at=min(named, default=fault.cycle_reported_at),
        dispatcher=dispatcher,
        clocks=clocks,
        service_lines="、".join(contract.service_lines),
        issued_at=view.now,
        doubtful=with_dues(doubtful_times(view, [fault_id]).get(fault_id, NEVER), running),
    )


def _entered_late(case: Case) -> int:
    """When the report or reopening of the present cycle was written down, 0 if that was at once."""
    start = next(
        item
        for item in case.course.timeline
        if item.kind in (FactKind.REPORTED, FactKind.REOPENED)
        and item.at == case.cycle.start
        and not item.voided
    )
    entered_at = start.fact.recorded_at
    return entered_at if entered_at - start.at >= LATE_S else 0


def tally_sheet(view: View, row: TallyRow, number: str, *, draft: bool) -> TallySheet:
    """The 违约结算表 of a tally."""
    contract = view.law.terms.contract
    penalties = sum((one.counted for one in row.penalties if one.clause != THIRD_PARTY), ZERO)
    third_party = sum((one.counted for one in row.penalties if one.clause == THIRD_PARTY), ZERO)
    adjusted = sum((one.amount for one in row.adjustments), ZERO)
    total = penalties + third_party + adjusted
    doubtful = doubtful_times(view, [one.fault_id for one in row.penalties if one.fault_id])
    return TallySheet(
        number=number,
        client=contract.client,
        contractor=contract.contractor,
        period_start=row.start,
        period_end=row.end,
        as_of=row.as_of,
        lines=tuple(
            _line(one, doubtful.get(one.fault_id, NEVER))
            for one in row.penalties
            if one.clause != THIRD_PARTY
        ),
        third_party=tuple(_third_party(one) for one in row.penalties if one.third_party is not None),
        counters=(
            Counter(clause="九.1", name="联系不上", count=row.term_unreachable_count, limit=row.count_limit),
            Counter(
                clause="九.2", name="逾期未派人", count=row.term_nobody_sent_count, limit=row.count_limit
            ),
        ),
        standards=tuple(
            StandardLine(
                name=one.title,
                clause=one.clause,
                met=one.met,
                breached=one.breached,
                running=one.running,
                void=one.void,
                not_started=one.not_started,
            )
            for one in row.standards
        ),
        adjustments=tuple(
            AdjustmentLine(
                former_number=one.former_number,
                fault_no=one.fault_number,
                clause=PRINTED_CLAUSES[one.clause],
                reason=one.reason,
                amount=one.amount,
            )
            for one in row.adjustments
        ),
        terminations=tuple(
            TerminationRight(clause=one.clause, reason=one.reason, at=one.at) for one in row.rights
        ),
        price=row.price,
        paid=row.paid,
        penalties=penalties,
        third_party_total=third_party,
        claims=row.claims,
        client_owes=row.client_owes,
        counted_to_date=row.counted_to_date,
        adjustments_total=adjusted,
        total=total,
        payable=row.payable,
        owed=row.owed,
        total_in_words=_words(total),
        payable_in_words=row.payable_words,
        readings=_readings(view),
        basis="调度台逐条事实记录",
        issued_at=view.now,
        draft=draft,
    )


def _line(one: PenaltyRow, doubtful: frozenset[int]) -> TallyLine:
    """九.1 stands at the moment nobody answered, 九.2 at the moment it fell due. `doubtful`: of its fault."""
    due_at = one.at if one.due_at is None else one.due_at
    own = {at for at in (one.started_at, due_at, one.stopped_at) if at is not None and at in doubtful}
    if one.started_at in doubtful and due_at is not None:
        own.add(due_at)
    return TallyLine(
        fault_no=one.fault_number,
        site=one.site_name,
        clause=PRINTED_CLAUSES[one.clause],
        cycle=one.cycle,
        amount=one.amount,
        started_at=one.started_at,
        due_at=due_at,
        actual_at=one.stopped_at,
        overrun_s=one.late_s,
        dispute=one.dispute,
        waiver=one.waiver,
        note="、".join(part for part in (*one.flags, one.note) if part),
        doubtful=tuple(sorted(own)),
    )


def _third_party(one: PenaltyRow) -> ThirdPartyLine:
    made_of = one.third_party
    assert made_of is not None
    return ThirdPartyLine(
        fault_no=one.fault_number,
        site=one.site_name,
        cycle=one.cycle,
        cause=made_of.cause,
        labour=made_of.labour,
        parts=made_of.parts,
        parts_amount=made_of.parts_amount,
        amount=one.amount,
        flag_300=AT_THE_LINE in one.flags,
        dispute=one.dispute,
        waiver=one.waiver,
    )


def _readings(view: View) -> tuple[str, ...]:
    used = view.law.terms.readings.as_mapping()
    return tuple(
        f"{guide.question}：{dict(guide.options)[used[guide.key]]}（{guide.clause}）"
        for guide in READING_GUIDE
    )


def _words(amount: Decimal) -> str:
    """大写 of a sum that may be negative: more was settled before than is owed now."""
    return price_in_words(amount) if amount >= 0 else f"负{price_in_words(-amount)}"
