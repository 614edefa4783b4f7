"""The queue and one fault in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.clocks import (
    ClockName,
    ClockResult,
    ClockState,
    FaultAssessment,
    is_past_due,
)
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.explain import explain
from dispatch_app.contract.facts import (
    Amended,
    Assigned,
    ByEngineer,
    Cancelled,
    Confirmed,
    Corrected,
    Detail,
    FactKind,
    Grouped,
    Noted,
    OnBreach,
    Procedure,
    Reported,
    Source,
    ThirdParty,
    Zone,
)
from dispatch_app.contract.history import EffectiveFact
from dispatch_app.contract.moves import Stage, allowed_moves, next_move_of
from dispatch_app.contract.penalties import NOBODY_SENT
from dispatch_app.models import Base, Fault, SpecialReport
from dispatch_app.operations.case import Case
from dispatch_app.operations.engagements import RELEASED
from dispatch_app.operations.reading.calls import calls_about, repeated
from dispatch_app.operations.reading.clock_doubts import Doubts, doubtful_facts
from dispatch_app.operations.reading.ledger import CostlyFault
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import (
    ClockExplained,
    FaultDetail,
    FaultRow,
    TimelineEntry,
)
from dispatch_app.operations.words import (
    CANCEL_WORDS,
    CAUSE_WORDS,
    FACT_WORDS,
    FAULT_CAUSES,
    FIELD_WORDS,
    PROCEDURE_WORDS,
    SOURCE_WORDS,
    ZONE_WORDS,
)
from dispatch_app.storage.facts import StoredFact, load_facts

NEVER = 1 << 62
_REPORTS = Base.metadata.tables[SpecialReport.__tablename__].c
_REPORT = select(_REPORTS.id).where(_REPORTS.fault_id == bindparam("of")).order_by(_REPORTS.started_at.desc())


@dataclass(frozen=True, slots=True)
class Breaches:
    """The breaches of 九.2 in the term, (moment, fault id, cycle) in order."""

    ordered: tuple[tuple[int, str, int], ...]

    def ordinal(self, fault_id: str, assessment: FaultAssessment) -> int:
        """Which one the fault's latest is, or would be if it came next; 0 if it has none to come."""
        own = [number for number, (_, owner, _) in enumerate(self.ordered, start=1) if owner == fault_id]
        last = assessment.cycles[-1]
        clock = next(clock for clock in last.clocks if clock.clock is ClockName.DISPATCH_5H)
        if clock.state is ClockState.RUNNING and last.in_term:
            return len(self.ordered) + 1
        return own[-1] if own else 0


def breaches(assessed: Iterable[tuple[str, FaultAssessment]]) -> Breaches:
    """Every breach of 九.2 in the term among these faults."""
    return Breaches(
        tuple(
            sorted(
                (penalty.at or 0, fault_id, penalty.cycle)
                for fault_id, assessment in assessed
                for penalty in assessment.penalties
                if penalty.clause == NOBODY_SENT and penalty.in_term
            )
        )
    )


def queue(view: View, ended: Sequence[CostlyFault]) -> tuple[FaultRow, ...]:
    """The open faults: breaches still running first, by age, then by the next contractual moment."""
    rows = fault_rows(view, [one.fault for one in view.board.faults.values()], ended)
    return tuple(sorted(rows, key=lambda row: _urgency(row, view.now)))


def fault_rows(view: View, faults: Sequence[Fault], ended: Sequence[CostlyFault]) -> tuple[FaultRow, ...]:
    """These faults as rows, in the order given; the number of statements does not grow with them."""
    if not faults:
        return ()
    open_now = view.board.faults
    cases = {row.id: open_now[row.id].case for row in faults if row.id in open_now}
    cases |= view.cases({row.id: row.version for row in faults if row.id not in open_now})
    counted = breaches(
        [
            *view.standings.costly,
            *((one.fault_id, one.assessment) for one in ended),
        ]
    )
    sizes = _group_sizes(view, {row.group for row in faults if row.group})
    found = []
    for row in faults:
        assessment = view.assess(cases[row.id])
        ordinal = counted.ordinal(row.id, assessment)
        found.append(_row(row, cases[row.id], assessment, sizes.get(row.group, 0), ordinal))
    return tuple(found)


def rows_of(view: View, ids: Sequence[str], ended: Sequence[CostlyFault]) -> tuple[FaultRow, ...]:
    """Faults by their ids, by the moment of their report; what is on the desk is not read again."""
    found = [
        one.fault for fault_id in dict.fromkeys(ids) if (one := view.board.faults.get(fault_id)) is not None
    ]
    others = set(ids) - {fault.id for fault in found}
    if others:
        found += view.session.scalars(select(Fault).where(Fault.id.in_(others)))
    return fault_rows(view, sorted(found, key=lambda fault: (fault.reported_at, fault.number)), ended)


def detail(view: View, fault_id: str, ended: Sequence[CostlyFault]) -> FaultDetail:
    """One fault with its time line and every clock explained.

    Raises:
        KnownError: There is no such fault.
    """
    open_now = view.board.faults.get(fault_id)
    fault = view.session.get(Fault, fault_id) if open_now is None else open_now.fault
    if fault is None:
        raise KnownError("没有这件故障", "请在队列里选中一件故障")
    row = fault_rows(view, [fault], ended)[0]
    stored = load_facts(view.session, [fault_id])[fault_id]
    facts = [item.fact for item in stored]
    # As `View.assess`: a clock set back may stand before the report.
    now = max(view.now, row.reported_at)
    explained = explain(facts, view.law.terms, now, plant=fault.site_id in view.plants)
    case = Case(fault_id, tuple(facts), now)
    live = frozenset(view.assess(case).live_clocks)
    same_site, last = repeated(view.session, fault.site_id, fault.reported_at, fault.id)
    report = view.session.connection().execute(_REPORT, {"of": fault_id}).scalar()
    return FaultDetail(
        row=row,
        caller=fault.caller,
        unit=fault.unit,
        callback=fault.callback,
        line=fault.line,
        room=fault.room,
        device=fault.device,
        hardware=fault.hardware,
        timeline=timeline(case, stored, doubtful_facts(view.session)),
        clocks=tuple(
            ClockExplained(one.result, one.title, one.clause, one.why, one.result in live)
            for one in explained
        ),
        allowed=allowed_moves(facts, now),
        same_site_30d=same_site,
        last_same_site=last,
        special_report_id=report or "",
        calls=calls_about(view.session, fault_id),
        cause=case.fields["cause"],
    )


def timeline(case: Case, stored: Sequence[StoredFact], doubts: Doubts) -> tuple[TimelineEntry, ...]:
    """Every fact but the corrections, which stand under what they correct; in the order of what counts."""
    by_id = {item.fact.id: item for item in stored}
    corrections: dict[str, list[StoredFact]] = {}
    for item in stored:
        if isinstance(item.fact.detail, Corrected):
            corrections.setdefault(item.fact.detail.of, []).append(item)
    return tuple(
        _entry(item, by_id[item.fact.id], corrections.get(item.fact.id, []), doubts)
        for item in case.course.timeline
        if item.kind is not FactKind.CORRECTED
    )


def _entry(
    item: EffectiveFact, stored: StoredFact, corrections: Sequence[StoredFact], doubts: Doubts
) -> TimelineEntry:
    return TimelineEntry(
        fact_id=item.fact.id,
        kind=item.kind,
        title=_title(item),
        at=item.at,
        original_at=item.original_at,
        recorded_at=item.fact.recorded_at,
        operator=stored.operator_name,
        note=said(item.fact.detail),
        voided=item.voided,
        corrections=tuple(map(_correction_line, corrections)),
        # Corrected under a clock that is beyond doubt: somebody has looked at the time.
        doubtful=stored.seq in doubts and all(one.seq in doubts for one in corrections),
    )


def _title(item: EffectiveFact) -> str:
    detail = item.fact.detail
    return "撤出" if isinstance(detail, Amended) and detail.field == RELEASED else FACT_WORDS[item.kind]


def _correction_line(item: StoredFact) -> str:
    return f"{moment_text(item.fact.recorded_at)} {item.operator_name} {said(item.fact.detail)}"


def said(detail: Detail) -> str:
    """What a fact says beyond its kind, in Chinese."""
    match detail:
        case Reported():
            source = SOURCE_WORDS[detail.source]
            parts = [detail.site_name, detail.symptom, source, "紧急" if detail.emergency else ""]
            return " · ".join(part for part in parts if part)
        case Assigned():
            return detail.engineer_name
        case ByEngineer():
            return " · ".join(part for part in (detail.engineer_name, detail.note) if part)
        case Confirmed():
            procedure = PROCEDURE_WORDS[detail.procedure] if detail.procedure else ""
            return " · ".join(part for part in (procedure, detail.note) if part)
        case Noted():
            return " · ".join(part for part in (detail.note, detail.document) if part)
        case Cancelled():
            of = f"（同 {detail.of}）" if detail.of else ""
            return " · ".join(part for part in (CANCEL_WORDS[detail.kind] + of, detail.note) if part)
        case ThirdParty():
            parts = [f"{part.name} {part.unit_price:.2f}×{part.quantity}" for part in detail.parts]
            return " · ".join([CAUSE_WORDS[detail.cause], f"人工费 {detail.labour:.2f} 元", *parts])
        case Grouped():
            return f"并发组 {detail.group}"
        case OnBreach():
            return " · ".join(part for part in (detail.clause, detail.document, detail.note) if part)
        case Corrected():
            what = "作废" if detail.new_at is None else f"改为 {moment_text(detail.new_at)}"
            return f"{what}：{detail.reason}"
        case _:
            return _amendment(detail)


def _amendment(detail: Amended) -> str:
    label = FIELD_WORDS[detail.field]
    if detail.field == RELEASED:
        return detail.reason
    before, after = (_value(detail.field, value) for value in (detail.before, detail.after))
    return f"{label}：{before or '空'} 改为 {after or '空'}：{detail.reason}"


def _value(field: str, value: str) -> str:
    if field == "zone":
        return ZONE_WORDS[Zone(value)]
    if field == "source":
        return SOURCE_WORDS[Source(value)]
    if field in ("emergency", "hardware"):
        return "是" if value == "1" else "否"
    return FAULT_CAUSES.get(value, "") if field == "cause" else value


def _row(
    fault: Fault,
    case: Case,
    assessment: FaultAssessment,
    group_size: int,
    ordinal: int,
) -> FaultRow:
    return FaultRow(
        id=fault.id,
        number=fault.number,
        version=fault.version,
        site_id=fault.site_id,
        site_name=fault.site_name,
        zone=Zone(fault.zone),
        emergency=fault.emergency,
        source=Source(fault.source),
        symptom=fault.symptom,
        stage=Stage(fault.stage),
        procedure=Procedure(fault.procedure) if fault.procedure else None,
        cycle=fault.cycle,
        reported_at=fault.reported_at,
        engagements=case.engagements,
        clocks=_shown(assessment),
        next_move=next_move_of(case.course),
        group=fault.group,
        group_size=group_size,
        penalty_ordinal=ordinal,
        open=fault.open,
    )


def _shown(assessment: FaultAssessment) -> tuple[ClockResult, ...]:
    present, live = assessment.cycles[-1].number, frozenset(assessment.live_clocks)
    return tuple(clock for clock in assessment.clocks if clock.cycle == present or clock in live)


def _urgency(row: FaultRow, now: int) -> tuple[int, int, int]:
    """Breaches still running first, the oldest first; then the next due moment; then what has none."""
    unstopped = [
        clock
        for clock in row.clocks
        if clock.stopped_at is None and clock.state in (ClockState.RUNNING, ClockState.BREACHED)
    ]
    due = [clock.due_at for clock in unstopped if clock.due_at is not None]
    late = [
        clock.due_at
        for clock in unstopped
        if clock.due_at is not None and is_past_due(clock.clock, clock.due_at, now)
    ]
    if late:
        return (0, min(late), row.reported_at)
    return (1, min(due, default=NEVER), row.reported_at)


def _group_sizes(view: View, groups: set[str]) -> dict[str, int]:
    if not groups:
        return {}
    counted = select(Fault.group, func.count()).where(Fault.group.in_(groups)).group_by(Fault.group)
    return dict(view.session.execute(counted).all())
