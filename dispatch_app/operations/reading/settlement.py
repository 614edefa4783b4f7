"""The tally of a period: sums with what they rest on, standards, counters, what is payable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import load_only

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.clocks import ClockName, ClockResult, ClockState, FaultAssessment
from dispatch_app.contract.explain import CLOCK_GUIDE
from dispatch_app.contract.facts import Noted, OnBreach, ThirdParty
from dispatch_app.contract.money import ZERO, price_in_words, to_yuan
from dispatch_app.contract.penalties import NOBODY_SENT, Penalty, detail_cost
from dispatch_app.contract.rules import Rules
from dispatch_app.contract.tally import (
    GENERAL_BREACH,
    ContractFacts,
    Party,
    Period,
    Right,
    Termination,
    settle_faults,
)
from dispatch_app.models import Fault, IssuedDocument
from dispatch_app.operations.adjustments import IssuedTally, adjustments, issued_tally
from dispatch_app.operations.case import Case
from dispatch_app.operations.contract_ledger import contract_facts
from dispatch_app.operations.reading.ledger import CostlyFault
from dispatch_app.operations.reading.standards import Standards, kept_standards
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.settlement_rows import PenaltyRow, RightRow, StandardRow, TallyRow, ThirdPartyRow
from dispatch_app.operations.words import CAUSE_WORDS, PRINTED_CLAUSES


def tally(view: View, ended: Sequence[CostlyFault], start: int, end: int) -> TallyRow:
    """The settlement of what was reported in a half-open period, as of the view's moment."""
    assessed = assess_all(view, ended)
    facts = contract_facts(view.session)
    settled = settle_faults(view.law.terms, assessed.values(), facts, Period(start, end))
    rows = _penalty_rows(view, assessed)
    rights = tuple(_right(right, settled.count_limit) for right in settled.termination)
    listed = tuple(row for row in rows if start <= row.cycle_started_at < end)
    moving = [
        assessed[fault_id] for fault_id in assessed.keys() - {one.fault_id for one in ended if one.settled}
    ]
    within = Period(max(start, view.law.terms.term_start), min(end, view.law.terms.term_end))
    return TallyRow(
        start=start,
        end=end,
        faults=_reported(view, within),
        penalties=listed,
        standards=_standard_rows(_standards(view, moving, within)),
        unreachable_count=settled.unreachable.count,
        unreachable_amount=settled.unreachable.amount,
        nobody_sent_count=settled.nobody_sent.count,
        nobody_sent_amount=settled.nobody_sent.amount,
        third_party_count=settled.third_party.count,
        third_party_amount=settled.third_party.amount,
        waived=settled.waived,
        total=settled.total,
        price=settled.price,
        paid=settled.paid,
        payable=settled.payable,
        owed=settled.owed,
        payable_words=price_in_words(settled.payable),
        termination=tuple(
            f"{right.clause} {right.reason}，甲方自 {moment_text(right.at)} 起可解除合同" for right in rights
        ),
        rights=rights,
        term_unreachable_count=settled.counter_unreachable,
        term_nobody_sent_count=settled.counter_nobody_sent,
        count_limit=settled.count_limit,
        counted_to_date=settled.counted_to_date,
        claims=settled.claims,
        client_owes=settled.client_owes,
        disputed=settled.disputed,
        claim_rows=_claim_rows(view, facts, start, end),
        adjustments=adjustments(_issued(view), rows, start, end),
        as_of=view.now,
    )


def assess_all(view: View, ended: Sequence[CostlyFault]) -> dict[str, FaultAssessment]:
    """Every fault that costs something or still may: those on the desk and the costly ended ones."""
    found = {fault_id: view.assess(case) for fault_id, case in view.cases(view.on_desk).items()}
    return {one.fault_id: one.assessment for one in ended} | found


def _right(right: Termination, limit: int) -> RightRow:
    reason = {
        Right.COUNT: f"超过 {limit} 次",
        Right.TWO_DAYS: "超过两天未派人",
        Right.SECRECY: "违反保密条款",
    }[right.reason]
    return RightRow(PRINTED_CLAUSES[right.clause], reason, right.at)


def on_breach_text(said: OnBreach | None) -> str:
    """A dispute or waiver as the tally prints it; empty for none."""
    return "" if said is None else " ".join(part for part in (said.document, said.note) if part)


def _penalty_rows(view: View, assessed: Mapping[str, FaultAssessment]) -> tuple[PenaltyRow, ...]:
    """Every sum of the term as it counts now, in order."""
    found = [
        (one, fault_id)
        for fault_id, assessment in assessed.items()
        for one in assessment.penalties
        if one.in_term
    ]
    owners = view.session.scalars(
        select(Fault).where(Fault.id.in_({fault_id for _, fault_id in found}))
    ).all()
    faults = {row.id: row for row in owners}
    cases = view.cases({row.id: row.version for row in owners})
    found.sort(key=lambda entry: (entry[0].order, faults[entry[1]].number))
    return tuple(
        _penalty_row(one, faults[fault_id], cases[fault_id], assessed[fault_id], view.law.terms.rules)
        for one, fault_id in found
    )


def _penalty_row(
    one: Penalty, fault: Fault, case: Case, assessment: FaultAssessment, rules: Rules
) -> PenaltyRow:
    clock = _dispatch_clock(assessment, one.cycle) if one.clause == NOBODY_SENT else None
    detail = next((fact.detail for fact in case.facts if fact.id == one.fact_id), None)
    return PenaltyRow(
        fault_id=fault.id,
        fault_number=fault.number,
        site_name=fault.site_name,
        clause=one.clause,
        cycle=one.cycle,
        started_at=clock.started_at if clock else None,
        due_at=clock.due_at if clock else None,
        stopped_at=clock.stopped_at if clock else None,
        late_s=clock.late_s if clock else 0,
        at=one.at,
        amount=one.amount,
        in_term=one.in_term,
        flags=one.flags,
        dispute=on_breach_text(one.dispute),
        waiver=on_breach_text(one.waiver),
        cycle_started_at=one.cycle_started_at,
        note=detail.note if isinstance(detail, Noted) else "",
        third_party=_third_party(detail, rules) if isinstance(detail, ThirdParty) else None,
    )


def _third_party(detail: ThirdParty, rules: Rules) -> ThirdPartyRow:
    return ThirdPartyRow(
        cause=CAUSE_WORDS[detail.cause],
        labour=detail.labour,
        parts="、".join(f"{part.name} {part.unit_price:.2f}×{part.quantity}" for part in detail.parts),
        parts_amount=to_yuan(detail_cost(detail, rules).parts_fen),
    )


def _dispatch_clock(assessment: FaultAssessment, cycle: int) -> ClockResult:
    return next(
        clock for clock in assessment.clocks if clock.cycle == cycle and clock.clock is ClockName.DISPATCH_5H
    )


def _claim_rows(view: View, facts: ContractFacts, start: int, end: int) -> tuple[PenaltyRow, ...]:
    """Accepted claims of 甲方 made within the period."""
    rows = []
    for claim in facts.claims:
        if claim.accepted and claim.by is Party.CLIENT and start <= claim.at < end:
            least = view.law.terms.contract.general_breach_sum if claim.clause == GENERAL_BREACH else ZERO
            rows.append(
                PenaltyRow(
                    fault_id="",
                    fault_number="",
                    site_name="",
                    clause=claim.clause,
                    cycle=1,
                    started_at=None,
                    due_at=None,
                    stopped_at=None,
                    late_s=0,
                    at=claim.at,
                    amount=max(claim.amount or ZERO, least),
                    in_term=view.law.terms.in_term(claim.at),
                    flags=(claim.document,),
                    dispute="",
                    waiver="",
                )
            )
    return tuple(rows)


def _issued(view: View) -> list[IssuedTally]:
    """Tallies issued so far, in order of issue."""
    documents = view.session.scalars(
        select(IssuedDocument)
        .where(IssuedDocument.kind == DocumentKind.TALLY.value)
        .options(load_only(IssuedDocument.number, IssuedDocument.sheet))
        .order_by(IssuedDocument.issued_at, IssuedDocument.number)
    )
    return [issued_tally(document) for document in documents]


def _reported(view: View, within: Period) -> int:
    counted = select(func.count()).where(Fault.reported_at >= within.start, Fault.reported_at < within.end)
    return view.session.scalar(counted) or 0


def _standards(view: View, moving: Iterable[FaultAssessment], within: Period) -> Standards:
    """How often each clock stands how, over the cycles begun in the period."""
    counted = kept_standards(view.session, view.law.version, within.start, within.end)
    for assessment in moving:
        for cycle in assessment.cycles:
            if cycle.started_at in within:
                counted.update((clock.clock, clock.state) for clock in cycle.clocks)
    return counted


def _standard_rows(counted: Standards) -> tuple[StandardRow, ...]:
    return tuple(
        StandardRow(
            clock=clock,
            title=CLOCK_GUIDE[clock].title,
            clause=CLOCK_GUIDE[clock].clause,
            met=counted[clock, ClockState.MET],
            breached=counted[clock, ClockState.BREACHED],
            running=counted[clock, ClockState.RUNNING],
            void=counted[clock, ClockState.VOID],
            not_started=counted[clock, ClockState.NOT_STARTED],
        )
        for clock in ClockName
    )
