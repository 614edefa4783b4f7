"""The settlement: counters, sums, what is payable, which rights to terminate have opened (九, 四.6, 八)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dispatch_app.contract.calendar_beijing import month_bounds
from dispatch_app.contract.clocks import FaultAssessment
from dispatch_app.contract.money import ZERO
from dispatch_app.contract.penalties import NOBODY_SENT, THIRD_PARTY, UNREACHABLE, Penalty
from dispatch_app.contract.terms import Terms

SECRECY = "9.3"
GENERAL_BREACH = "9.4"


class Party(StrEnum):
    """甲方 and 乙方."""

    CLIENT = "client"
    CONTRACTOR = "contractor"


class Right(StrEnum):
    """Why 甲方 may terminate."""

    COUNT = "count"
    TWO_DAYS = "two_days"
    SECRECY = "secrecy"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim. Times epoch seconds, sums yuan.

    Attributes:
        by: Who claims.
        amount: The loss named, None for none.
        accepted: Only accepted claims count.
    """

    at: int
    clause: str
    by: Party
    amount: Decimal | None
    document: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class SecrecyBreach:
    """A breach of 附二 or 附四, recorded."""

    at: int
    document: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment by 甲方, yuan."""

    at: int
    amount: Decimal
    document: str


@dataclass(frozen=True, slots=True)
class Terminated:
    """The contract was terminated."""

    at: int
    by: Party
    document: str


@dataclass(frozen=True, slots=True)
class Compensation:
    """Compensation owed by `owed_by`, yuan; only accepted ones count."""

    at: int
    owed_by: Party
    amount: Decimal
    document: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What happened to the contract rather than to a fault."""

    claims: tuple[Claimed, ...] = ()
    secrecy_breaches: tuple[SecrecyBreach, ...] = ()
    payments: tuple[Paid, ...] = ()
    terminations: tuple[Terminated, ...] = ()
    compensations: tuple[Compensation, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open, epoch seconds; cut by the moment of the report."""

    start: int
    end: int

    def __contains__(self, moment: int) -> bool:
        return self.start <= moment < self.end

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A month by Beijing's midnights."""
        return cls(*month_bounds(year, month))

    @classmethod
    def term(cls, terms: Terms) -> Period:
        """The whole term under the reading used."""
        return cls(terms.term_start, terms.term_end)


@dataclass(frozen=True, slots=True)
class ClauseSum:
    """One clause's count and sums in yuan: `amount` holds all, `waived` and `disputed` are parts of it."""

    count: int
    amount: Decimal
    waived: Decimal
    disputed: Decimal

    @property
    def counted(self) -> Decimal:
        """What is deducted: disputed sums are, waived ones are not."""
        return self.amount - self.waived


@dataclass(frozen=True, slots=True)
class Termination:
    """A right of 甲方 to terminate and the moment it opened, epoch seconds."""

    clause: str
    reason: Right
    at: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A settlement of a period within the term. Sums in yuan.

    Attributes:
        listed: Every sum of the period within the term, in order.
        unreachable, nobody_sent, third_party: The period's 9.1, 9.2 and 4.6.
        total: What the period counts: the three without what was waived.
        counter_unreachable, counter_nobody_sent: Since the start of the term, up to the period's end.
        counted_to_date: As `total`, since the start of the term: what the price is reduced by.
        claims: Accepted claims and compensation against 乙方 (九.4) before the period's end.
        client_owes: Accepted claims and compensation against 甲方: they stand on the other side.
        paid: Before the period's end.
        payable: Price less paid, sums and claims, never below 0.
        owed: What goes beyond the price.
    """

    period: Period
    listed: tuple[Penalty, ...]
    unreachable: ClauseSum
    nobody_sent: ClauseSum
    third_party: ClauseSum
    total: Decimal
    counter_unreachable: int
    counter_nobody_sent: int
    count_limit: int
    counted_to_date: Decimal
    price: Decimal
    paid: Decimal
    claims: Decimal
    client_owes: Decimal
    payable: Decimal
    owed: Decimal
    termination: tuple[Termination, ...]

    @property
    def waived(self) -> Decimal:
        """All that was waived in the period."""
        return self.unreachable.waived + self.nobody_sent.waived + self.third_party.waived

    @property
    def disputed(self) -> Decimal:
        """All that is disputed in the period; it counts all the same."""
        return self.unreachable.disputed + self.nobody_sent.disputed + self.third_party.disputed


def settle_faults(
    terms: Terms,
    assessments: Iterable[FaultAssessment],
    facts: ContractFacts | None = None,
    period: Period | None = None,
) -> Tally:
    """`settle` over assessed faults."""
    known = list(assessments)
    return settle(
        terms,
        [penalty for fault in known for penalty in fault.penalties],
        [breach for fault in known for breach in fault.two_days_breaches],
        facts,
        period,
    )


def settle(
    terms: Terms,
    penalties: Iterable[Penalty],
    two_days: Iterable[tuple[int, int]],
    facts: ContractFacts | None = None,
    period: Period | None = None,
) -> Tally:
    """The tally of a period; the whole term if none is given.

    Args:
        penalties: Of every fault, in or out of term, in any order.
        two_days: (start of the cycle, due moment) of every breached `dispatch_2d`.
    """
    period = period or Period.term(terms)
    facts = facts or ContractFacts()
    to_date = sorted(
        (one for one in penalties if one.in_term and one.cycle_started_at < period.end),
        key=lambda one: (one.order, one.cycle_started_at),
    )
    listed = tuple(one for one in to_date if one.cycle_started_at in period)
    sums = {clause: _sum(listed, clause) for clause in (UNREACHABLE, NOBODY_SENT, THIRD_PARTY)}
    counted = _counted(to_date)
    claims, client_owes = _claims(terms, facts, period)
    paid = sum((one.amount for one in facts.payments if one.at < period.end), ZERO)
    balance = terms.contract.price - paid - counted - claims
    overdue = [due for start, due in two_days if terms.in_term(start) and start < period.end]
    return Tally(
        period=period,
        listed=listed,
        unreachable=sums[UNREACHABLE],
        nobody_sent=sums[NOBODY_SENT],
        third_party=sums[THIRD_PARTY],
        total=_counted(listed),
        counter_unreachable=sum(one.clause == UNREACHABLE for one in to_date),
        counter_nobody_sent=sum(one.clause == NOBODY_SENT for one in to_date),
        count_limit=terms.contract.count_limit,
        counted_to_date=counted,
        price=terms.contract.price,
        paid=paid,
        claims=claims,
        client_owes=client_owes,
        payable=max(balance, ZERO),
        owed=max(-balance, ZERO),
        termination=_termination(terms, to_date, overdue, facts, period),
    )


def _sum(penalties: Sequence[Penalty], clause: str) -> ClauseSum:
    own = [one for one in penalties if one.clause == clause]
    return ClauseSum(
        count=len(own),
        amount=sum((one.amount for one in own), ZERO),
        waived=sum((one.amount for one in own if one.waiver), ZERO),
        disputed=sum((one.amount for one in own if one.dispute and not one.waiver), ZERO),
    )


def _counted(penalties: Iterable[Penalty]) -> Decimal:
    return sum((one.amount for one in penalties if not one.waiver), ZERO)


def _claims(terms: Terms, facts: ContractFacts, period: Period) -> tuple[Decimal, Decimal]:
    """Accepted (against 乙方, against 甲方)."""
    against = {Party.CONTRACTOR: ZERO, Party.CLIENT: ZERO}
    for claim in facts.claims:
        if claim.accepted and claim.at < period.end:
            amount = claim.amount or ZERO
            if claim.clause == GENERAL_BREACH:
                amount = max(amount, terms.contract.general_breach_sum)
            against[Party.CLIENT if claim.by is Party.CONTRACTOR else Party.CONTRACTOR] += amount
    for one in facts.compensations:
        if one.accepted and one.at < period.end:
            against[one.owed_by] += one.amount
    return against[Party.CONTRACTOR], against[Party.CLIENT]


def _termination(
    terms: Terms, to_date: Sequence[Penalty], overdue: Sequence[int], facts: ContractFacts, period: Period
) -> tuple[Termination, ...]:
    rights = []
    for clause in (UNREACHABLE, NOBODY_SENT):
        moments = sorted(one.at for one in to_date if one.clause == clause and one.at is not None)
        if len(moments) > terms.contract.count_limit:
            rights.append(Termination(clause, Right.COUNT, moments[terms.contract.count_limit]))
    if overdue:
        rights.append(Termination(NOBODY_SENT, Right.TWO_DAYS, min(overdue)))
    secrets = [one.at for one in facts.secrecy_breaches if one.at < period.end]
    if secrets:
        rights.append(Termination(SECRECY, Right.SECRECY, min(secrets)))
    return tuple(rights)
