"""A whole call log judged: calls, tally, standards, refused rows. Times: epoch seconds UTC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dispatch_app.contract.clocks import BREACHED, ClockName, ClockState
from dispatch_app.contract.penalties import UNREACHABLE, Penalty
from dispatch_app.contract.tally import Tally, settle
from dispatch_app.contract.terms import Terms
from dispatch_app.operations.assess_rows import LogCall, Places, RowJudge, RowRefusedError
from dispatch_app.operations.assess_table import CallTable

STATES = (
    ClockState.MET,
    ClockState.BREACHED,
    ClockState.RUNNING,
    ClockState.VOID,
    ClockState.NOT_STARTED,
)
"""In the order in which they are counted out."""

_TWO_DAYS = list(ClockName).index(ClockName.DISPATCH_2D)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not assessed; `reason` begins with the English column name."""

    row: int
    call_no: str
    reason: str


@dataclass(frozen=True, slots=True)
class LogAssessment:
    """What the contract says about a log as of a moment.

    Attributes:
        calls: Accepted rows, in their order.
        standards: Clock → state → how often, over rows reported within the term.
    """

    as_of: int
    terms: Terms
    notes: tuple[str, ...]
    calls: tuple[LogCall, ...]
    tally: Tally
    standards: dict[ClockName, dict[ClockState, int]]
    refused: tuple[RefusedRow, ...]


def assess_log(table: CallTable, terms: Terms, places: Places, as_of: int) -> LogAssessment:
    """Judge every row of a log as of a moment (epoch seconds)."""
    judge = RowJudge(terms, places, table.place, as_of)
    calls: list[LogCall] = []
    refused = []
    for row, cells in table.records:
        try:
            calls.append(judge.judge(row, cells))
        except RowRefusedError as error:
            refused.append(RefusedRow(row, judge.call_no(cells), str(error)))
    if terms.rules.redials_once:
        calls = _once_a_fault(calls)
    two_days = [
        (call.start, due)
        for call in calls
        if call.judged[_TWO_DAYS][0] is BREACHED and (due := call.judged[_TWO_DAYS][2]) is not None
    ]
    tally = settle(terms, [penalty for call in calls for penalty in call.penalties], two_days)
    return LogAssessment(as_of, terms, table.notes, tuple(calls), tally, _standards(calls), tuple(refused))


def _once_a_fault(calls: Sequence[LogCall]) -> list[LogCall]:
    """Reading `redials` once: of all unreachables of a call number, its reopenings included, the first."""
    first: dict[str, Penalty] = {}
    for call in calls:
        for penalty in call.penalties:
            if penalty.clause == UNREACHABLE:
                known = first.setdefault(call.call_no, penalty)
                if penalty.order < known.order:
                    first[call.call_no] = penalty
    return [
        call._replace(
            penalties=tuple(
                penalty
                for penalty in call.penalties
                if penalty.clause != UNREACHABLE or penalty is first[call.call_no]
            ),
        )
        for call in calls
    ]


def _standards(calls: Sequence[LogCall]) -> dict[ClockName, dict[ClockState, int]]:
    within = [call.judged for call in calls if call.in_term]
    return {
        clock: dict.fromkeys(STATES, 0) | Counter([judged[place][0] for judged in within])
        for place, clock in enumerate(ClockName)
    }
