"""What the pages about people and about the contract's papers read: frozen rows. Times: epoch seconds UTC."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dispatch_app.operations.register_words import Tone
from dispatch_app.operations.rows import StaffState


@dataclass(frozen=True, slots=True)
class Said:
    """A short text and how urgent it is; empty for nothing to say."""

    text: str = ""
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of the roster with everything the registers say of them.

    Attributes:
        digit: The key of the desk; 0 for who is never sent.
        mobile: Masked; empty if it was never imported.
        in_hand: Numbers of the open faults.
        certificates, changes, absence: 资质, the change under way, the leave that is or comes next.
        trained: When they were last trained, `2024-11-20`; empty for never.
    """

    id: str
    digit: int
    name: str
    post: str
    role: str
    technician: bool
    state: StaffState
    in_hand: tuple[str, ...]
    done_today: int
    service_line: str
    mobile: str
    certificates: Said
    changes: Said
    absence: Said
    trained: str


@dataclass(frozen=True, slots=True)
class PeopleOverview:
    """`untold`: how many changes 甲方 has not been told of."""

    people: tuple[PersonRow, ...]
    employed: int
    required: int
    untold: int


@dataclass(frozen=True, slots=True)
class UntoldChange:
    """A change that waits for its 函告."""

    entry_id: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class ContractPapers:
    """How payment, invoice and renewal stand.

    Attributes:
        invoiced, paid: Yuan, of what stands.
        invoices: How many.
        uncovered: Days of payments before which no invoice had been made (八.3).
        renewal: The latest application; empty text for none.
        window: Whether an application may be made today, in words.
        open_now: Whether it may.
    """

    invoices: int
    invoiced: Decimal
    paid: Decimal
    uncovered: tuple[str, ...]
    renewal: Said
    window: str
    open_now: bool
