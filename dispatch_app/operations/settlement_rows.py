"""A settlement as screens and papers read it. Times are epoch seconds UTC, money yuan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dispatch_app.contract.clocks import ClockName


@dataclass(frozen=True, slots=True)
class ThirdPartyRow:
    """What a third-party cost is made of. `parts` in Chinese; sums in yuan."""

    cause: str
    labour: Decimal
    parts: str
    parts_amount: Decimal


@dataclass(frozen=True, slots=True)
class PenaltyRow:
    """One sum of the tally with what it rests on."""

    fault_id: str
    fault_number: str
    site_name: str
    clause: str
    cycle: int
    started_at: int | None
    due_at: int | None
    stopped_at: int | None
    late_s: int
    at: int | None
    amount: Decimal
    in_term: bool
    flags: tuple[str, ...]
    dispute: str
    waiver: str
    cycle_started_at: int = 0
    note: str = ""
    third_party: ThirdPartyRow | None = None

    @property
    def counted(self) -> Decimal:
        """What is deducted, yuan: nothing if it was waived."""
        return Decimal("0.00") if self.waiver else self.amount


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """调整: one sum that an issued tally counted otherwise. `amount` in yuan, negative where less is owed."""

    former_number: str
    fault_id: str
    fault_number: str
    clause: str
    cycle: int
    reason: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class RightRow:
    """A right of 甲方 to terminate: clause as printed, reason in Chinese, the moment it opened."""

    clause: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True)
class StandardRow:
    """How often one standard was met and missed in the period; it carries no sum of its own."""

    clock: ClockName
    title: str
    clause: str
    met: int
    breached: int
    running: int
    void: int
    not_started: int


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A period's settlement. `start`/`end`: half-open, epoch seconds at Beijing midnights."""

    start: int
    end: int
    faults: int
    penalties: tuple[PenaltyRow, ...]
    standards: tuple[StandardRow, ...]
    unreachable_count: int
    unreachable_amount: Decimal
    nobody_sent_count: int
    nobody_sent_amount: Decimal
    third_party_count: int
    third_party_amount: Decimal
    waived: Decimal
    total: Decimal
    price: Decimal
    paid: Decimal
    payable: Decimal
    owed: Decimal
    payable_words: str
    termination: tuple[str, ...]
    """Chinese lines, one a right to terminate that has opened, with its moment."""
    term_unreachable_count: int
    term_nobody_sent_count: int
    count_limit: int
    counted_to_date: Decimal = Decimal("0.00")
    """What was counted since the start of the term, this period included."""
    claims: Decimal = Decimal("0.00")
    """Accepted claims and compensation against 乙方 before the period's end."""
    client_owes: Decimal = Decimal("0.00")
    """The same against 甲方: they stand on the other side."""
    disputed: Decimal = Decimal("0.00")
    claim_rows: tuple[PenaltyRow, ...] = ()
    adjustments: tuple[AdjustmentRow, ...] = ()
    """What tallies already issued would count differently today."""
    rights: tuple[RightRow, ...] = ()
    """The same as `termination`, in parts."""
    as_of: int = 0


@dataclass(frozen=True, slots=True)
class ContractEntryRow:
    """One entry of the contract's own ledger: a payment, a claim, compensation, secrecy, termination.

    Attributes:
        party: Who claims, owes or terminates, in Chinese; empty where nobody does.
        amount: Yuan; None for what has no sum.
        accepted: Only accepted claims and compensation count.
        withdrawn: Why it was taken back; empty while it stands.
    """

    id: str
    title: str
    clause: str
    at: int
    party: str
    amount: Decimal | None
    document: str
    note: str
    accepted: bool
    withdrawn: str
    operator: str
