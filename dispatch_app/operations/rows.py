"""What screens and papers read: frozen rows, never ORM objects. Times are epoch seconds UTC, money yuan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dispatch_app.contract.clocks import ClockResult
from dispatch_app.contract.facts import FactKind, Procedure, Source, Zone
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.call_rows import CallRow


class StaffState(StrEnum):
    """待命, 已派, 在途, 在场, 休息, 请假, 离职."""

    STANDBY = "standby"
    ASSIGNED = "assigned"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    RESTING = "resting"
    ON_LEAVE = "on_leave"
    LEFT = "left"


class SiteKind(StrEnum):
    ROOM = "room"
    STREET = "street"
    FIBRE = "fibre"
    BOX = "box"
    NODE = "node"
    SERVICE = "service"
    OFFICE = "office"


class DocumentKind(StrEnum):
    """What is issued: a kind for each form."""

    SPECIAL_REPORT = "special_report"
    WORK_ORDER = "work_order"
    TALLY = "tally"
    FAULT_LIST = "fault_list"
    HANDOVER = "handover"
    OPEN_FAULTS = "open_faults"
    BLANK_INTAKE = "blank_intake"
    DEVICE_LABELS = "device_labels"
    LABEL_CALIBRATION = "label_calibration"
    SERVICE_CARDS = "service_cards"
    ROUND_BLANK = "round_blank"
    ROUNDS = "rounds"
    BACKUPS = "backups"
    REGISTER_LIST = "register_list"
    BULLETIN = "bulletin"
    STAFF_LETTER = "staff_letter"
    RENEWAL = "renewal"
    VISIT_BOOK = "visit_book"
    DOCUMENT_BOOK = "document_book"
    SPARE_BOOK = "spare_book"
    DESTRUCTION_LIST = "destruction_list"
    CHANGE_FORM = "change_form"


@dataclass(frozen=True, slots=True)
class Engagement:
    """One engineer's part in one open fault."""

    staff_id: str
    name: str
    state: StaffState
    since: int


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One line of the queue. `clocks` are those of every cycle still running and of the present cycle.

    A running clock turns breached when now passes `due_at`: the view derives that itself with
    `contract.clocks.is_past_due`, so that no read is needed for time to pass.
    """

    id: str
    number: str
    version: int
    site_id: str
    site_name: str
    zone: Zone
    emergency: bool
    source: Source
    symptom: str
    stage: Stage
    procedure: Procedure | None
    cycle: int
    reported_at: int
    engagements: tuple[Engagement, ...]
    clocks: tuple[ClockResult, ...]
    next_move: FactKind | None
    group: str
    group_size: int
    penalty_ordinal: int
    """Which breach of 九.2 in the term this fault's would be or is (1 for the first), 0 if it has none."""
    open: bool


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One fact as the time line shows it.

    Attributes:
        title: What happened, in Chinese: the kind of fact, or 撤出 for an amendment that takes somebody off.
        at: The time that counts now (corrections applied); `original_at` as first typed.
        note: Chinese text of what the fact says beyond its kind.
        corrections: Chinese lines, one a correction, with reason and moment.
        doubtful: 待核: recorded after the machine's clock was moved and before anybody had verified it.
    """

    fact_id: str
    kind: FactKind
    title: str
    at: int
    original_at: int
    recorded_at: int
    operator: str
    note: str
    voided: bool
    corrections: tuple[str, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The machine's clock was put from `before` to `after`, and nobody has verified it since."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ClockExplained:
    """A clock with the clause and the sentences of 「为什么」.

    `live`: time still changes it. A breach that a false alarm ended has no stop, and stands all the same.
    """

    result: ClockResult
    title: str
    clause: str
    why: tuple[str, ...]
    live: bool


@dataclass(frozen=True, slots=True)
class FaultDetail:
    row: FaultRow
    caller: str
    unit: str
    callback: str
    line: str
    room: str
    device: str
    hardware: bool
    timeline: tuple[TimelineEntry, ...]
    clocks: tuple[ClockExplained, ...]
    allowed: tuple[FactKind, ...]
    """Milestones that may be recorded now, in their usual order."""
    same_site_30d: int
    """Other faults reported at the site in the 30 days before this one."""
    last_same_site: str
    """One line on the latest of them, or an empty string."""
    special_report_id: str
    calls: tuple[CallRow, ...] = ()
    """Calls about this fault that made no fault of their own, the earliest first."""
    cause: str = ""
    """Code of `words.FAULT_CAUSES`, or an empty string."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """How suitable one person is for the selected fault; `reasons` in Chinese, best first."""

    staff_id: str
    rank: int
    best: bool
    reasons: tuple[str, ...]
    travel_minutes: int | None
    """Estimate, minutes; None where the site has no position."""
    consequence: str
    """What sending a busy person would mean ("先离开 A-0006"), or an empty string."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    id: str
    digit: int
    """The key that assigns this person, 1–9; 0 for who is never sent: the call-taker, and who has left."""
    name: str
    post: str
    role: str
    technician: bool
    state: StaffState
    since: int
    engagements: tuple[tuple[str, str, StaffState], ...]
    """(fault number, site name, state) of every open fault in hand."""
    done_today: int
    mobile: str
    """Personal number if it was imported, else an empty string."""
    service_line: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    id: str
    name: str
    kind: SiteKind
    zone: Zone
    street: str
    longitude: float | None
    latitude: float | None
    approximate: bool
    initials: str
    """Pinyin initials of the name, lower case, one candidate per reading, separated by spaces."""
    pinyin: str
    open_faults: tuple[tuple[str, str, str], ...]
    """(fault id, number, symptom)."""


@dataclass(frozen=True, slots=True)
class RosterPreviewRow:
    """What an import would do with one row of the file. `mobile` is masked; `outcome` in Chinese."""

    row: int
    name: str
    mobile: str
    accepted: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class DaySummary:
    """The head of the window."""

    employed_technicians: int
    required_technicians: int
    sendable: int
    reported_today: int
    open_now: int
    breached_open: int
    unreachable_count: int
    nobody_sent_count: int
    count_limit: int
    term_last_day: str
    days_left: int
    term_disputed: bool
    """True while nobody has decided between the dates and 叁年."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A call being taken: kept at every pause so that a crash loses nothing."""

    id: str
    answered_at: int
    parked: bool
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """回电承诺 still owed. `fault_number` is empty where the call became no fault; `about` in Chinese."""

    id: str
    fault_id: str
    fault_number: str
    caller: str
    callback: str
    about: str
    due_at: int


@dataclass(frozen=True, slots=True)
class SpecialReportRow:
    """A 专报. `status`: draft 草稿, submitted 已上报, instructed 已批示. `due_at`: its two-hour clock."""

    id: str
    fault_id: str
    fault_number: str
    site_name: str
    number: str
    status: str
    version: int
    device: str
    model: str
    serial: str
    parameters: str
    estimate: Decimal | None
    cause: str
    advice: str
    signer: str
    instruction: str
    instruction_document: str
    confirmed_at: int
    due_at: int | None
    submitted_at: int | None
    instructed_at: int | None
    clock: ClockResult | None
    document_id: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Something issued: fixed number, time, copy and bytes."""

    id: str
    kind: str
    number: str
    title: str
    issued_at: int
    copies: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Selected:
    """The selected fault, and who suits it."""

    detail: FaultDetail
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What one command changed, as it is after it; empty where it touched nothing of the kind.

    `selected`: the fault that was asked for along with the news, None where the command left it alone.
    """

    faults: tuple[FaultRow, ...]
    staff: tuple[StaffRow, ...]
    sites: tuple[SiteRow, ...]
    summary: DaySummary
    selected: Selected | None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    key: str
    question: str
    clause: str
    used: str
    options: tuple[tuple[str, str], ...]
    """(value, meaning in Chinese), the shipped one first."""
    decided_by: str
    decided_at: int | None
    document: str


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as its page shows it. `kind`: whole, text, choice, switch or path; `unit` in Chinese."""

    name: str
    label: str
    kind: str
    group: str
    unit: str
    default: str
    value: str
    lowest: int
    highest: int
    choices: tuple[tuple[str, str], ...]
