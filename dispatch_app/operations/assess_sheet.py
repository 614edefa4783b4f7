"""The settled log as a 违约结算表: a trial reckoning, without a number of its own."""

from __future__ import annotations

from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.explain import CLOCK_GUIDE
from dispatch_app.contract.money import price_in_words, to_yuan
from dispatch_app.contract.penalties import AT_THE_LINE, NOBODY_SENT, THIRD_PARTY, Penalty, third_party_cost
from dispatch_app.contract.readings import readings_in_words
from dispatch_app.contract.rules import Rules
from dispatch_app.contract.tally import Right
from dispatch_app.operations.assess_log import LogAssessment
from dispatch_app.operations.assess_rows import FIVE_HOURS, LogCall
from dispatch_app.operations.words import CAUSE_WORDS, PRINTED_CLAUSES, ZONE_WORDS
from dispatch_app.reports.tally_sheet import (
    Counter,
    StandardLine,
    TallyLine,
    TallySheet,
    TerminationRight,
    ThirdPartyLine,
)


def sheet_of(assessed: LogAssessment, log: str) -> TallySheet:
    """What is printed of a log: the sums that count, over the whole term.

    Args:
        log: Name of the log, printed as what the figures rest on.
    """
    contract, tally, rules = assessed.terms.contract, assessed.tally, assessed.terms.rules
    costs = [(one, call) for call in assessed.calls if call.in_term for one in call.penalties]
    costs.sort(key=lambda cost: (cost[0].order, cost[1].row))
    return TallySheet(
        number="",
        client=contract.client,
        contractor=contract.contractor,
        period_start=tally.period.start,
        period_end=tally.period.end,
        as_of=assessed.as_of,
        lines=tuple(_line(one, call) for one, call in costs if one.clause != THIRD_PARTY),
        third_party=tuple(_third_party(one, call, rules) for one, call in costs if one.clause == THIRD_PARTY),
        counters=(
            Counter(clause="九.1", name="联系不上", count=tally.counter_unreachable, limit=tally.count_limit),
            Counter(
                clause="九.2", name="逾期未派人", count=tally.counter_nobody_sent, limit=tally.count_limit
            ),
        ),
        standards=tuple(_standard(assessed, clock) for clock in ClockName),
        terminations=tuple(
            TerminationRight(
                clause=PRINTED_CLAUSES[right.clause],
                reason=f"超过 {tally.count_limit} 次" if right.reason is Right.COUNT else "超过两天未派人",
                at=right.at,
            )
            for right in tally.termination
        ),
        price=tally.price,
        paid=tally.paid,
        penalties=tally.unreachable.counted + tally.nobody_sent.counted,
        third_party_total=tally.third_party.counted,
        claims=tally.claims,
        counted_to_date=tally.counted_to_date,
        adjustments_total=to_yuan(0),
        total=tally.total,
        payable=tally.payable,
        owed=tally.owed,
        total_in_words=price_in_words(tally.total),
        payable_in_words=price_in_words(tally.payable),
        readings=readings_in_words(assessed.terms.readings),
        basis=f"接报记录 {log}，核算 {len(assessed.calls)} 行，未核算 {len(assessed.refused)} 行",
        # Nothing here knows what time it is: the reckoning is of the moment it was asked for.
        issued_at=assessed.as_of,
        draft=True,
    )


def _line(one: Penalty, call: LogCall) -> TallyLine:
    if one.clause == NOBODY_SENT:
        _, started, due, stopped, late = call.judged[FIVE_HOURS]
    else:
        started, due, stopped, late = None, one.at, None, 0
    return TallyLine(
        fault_no=call.call_no,
        site=_site(call),
        clause=PRINTED_CLAUSES[one.clause],
        cycle=one.cycle,
        amount=one.amount,
        started_at=started,
        due_at=due,
        actual_at=stopped,
        overrun_s=late,
    )


def _third_party(one: Penalty, call: LogCall, rules: Rules) -> ThirdPartyLine:
    work = call.work
    priced = [(price, quantity) for _, price, quantity in work.parts]
    cost = third_party_cost(work.cause, work.labour_fen, priced, rules)
    return ThirdPartyLine(
        fault_no=call.call_no,
        site=_site(call),
        cycle=one.cycle,
        cause=CAUSE_WORDS[work.cause],
        labour=to_yuan(work.labour_fen),
        parts="、".join(f"{name} {to_yuan(price):.2f}×{quantity}" for name, price, quantity in work.parts),
        parts_amount=to_yuan(cost.parts_fen),
        amount=one.amount,
        flag_300=AT_THE_LINE in one.flags,
    )


def _site(call: LogCall) -> str:
    return call.site or ZONE_WORDS[call.zone]


def _standard(assessed: LogAssessment, clock: ClockName) -> StandardLine:
    counted = assessed.standards[clock]
    return StandardLine(
        name=CLOCK_GUIDE[clock].title,
        clause=CLOCK_GUIDE[clock].clause,
        met=counted[ClockState.MET],
        breached=counted[ClockState.BREACHED],
        running=counted[ClockState.RUNNING],
        void=counted[ClockState.VOID],
        not_started=counted[ClockState.NOT_STARTED],
    )
