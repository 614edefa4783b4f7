"""Facts of a fault: what happened, when, and when it was written down.

A fact is never changed. A slip of the keyboard is mended by a further fact (`Corrected`,
`Amended`); both stay and both print. Times are whole seconds since the epoch, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Zone(StrEnum):
    URBAN = "urban"
    OUTLYING = "outlying"


class Source(StrEnum):
    CLIENT = "client"
    UNIT = "unit"
    PATROL = "patrol"
    MONITORING = "monitoring"


class Procedure(StrEnum):
    ROUTINE = "routine"
    REPAIR = "repair"
    SPECIAL_REPORT = "special_report"
    WARRANTY = "warranty"


class CancelKind(StrEnum):
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"
    FALSE_ALARM = "false_alarm"


class ThirdPartyCause(StrEnum):
    LATE = "late"
    UNABLE = "unable"
    OTHER = "other"


class FactKind(StrEnum):
    REPORTED = "reported"
    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    CONFIRMED = "confirmed"
    REPAIR_STARTED = "repair_started"
    SPECIAL_REPORT_SUBMITTED = "special_report_submitted"
    INSTRUCTION_RECEIVED = "instruction_received"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    UNREACHABLE = "unreachable"
    THIRD_PARTY = "third_party"
    GROUPED = "grouped"
    CORRECTED = "corrected"
    AMENDED = "amended"
    DISPUTED = "disputed"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Reported:
    """The call. `site` is a site id; `zone` is the site's zone when the call was saved.

    `cause`: code of what was found to be the cause, never known when the call comes in; an amendment says it.
    """

    zone: Zone
    source: Source = Source.CLIENT
    emergency: bool = False
    site: str = ""
    site_name: str = ""
    symptom: str = ""
    caller: str = ""
    unit: str = ""
    callback: str = ""
    line: str = ""
    room: str = ""
    device: str = ""
    hardware: bool = False
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    engineer: str
    engineer_name: str = ""


@dataclass(frozen=True, slots=True)
class ByEngineer:
    """Detail of acknowledged, departed, arrived and repair_started: who did it, when it is known."""

    engineer: str = ""
    engineer_name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """`procedure` is None where the log names none: then no two-hour clock starts."""

    procedure: Procedure | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """Detail of resolved, closed, reopened, special_report_submitted, instruction_received, unreachable."""

    note: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    kind: CancelKind
    of: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part a third party fitted. `unit_price` in yuan."""

    name: str
    unit_price: Decimal
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Work 甲方 gave to someone else (四.6). `labour` in yuan."""

    cause: ThirdPartyCause
    labour: Decimal = Decimal("0.00")
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouped:
    group: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """Mends the time of fact `of`, or voids it when `new_at` is None."""

    of: str
    new_at: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Amended:
    """Mends a field of the report (site, zone, emergency, caller …); values as text, zone and emergency
    by their code ("urban", "1"/"0")."""

    field: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class OnBreach:
    """Detail of disputed and waived: which breach (`clause` "9.1", "9.2", "4.6", its cycle, the moment it
    fell due where one cycle can hold several), and the document."""

    clause: str
    cycle: int
    at: int | None
    document: str
    note: str = ""


Detail = (
    Reported
    | Assigned
    | ByEngineer
    | Confirmed
    | Noted
    | Cancelled
    | ThirdParty
    | Grouped
    | Corrected
    | Amended
    | OnBreach
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened.

    Attributes:
        id: UUID as text; the last key of the order of facts.
        at: When it happened, epoch seconds UTC.
        recorded_at: When it was typed, epoch seconds UTC.
    """

    id: str
    kind: FactKind
    at: int
    recorded_at: int
    detail: Detail
