"""What importing a call log would write: every row read, judged and turned into facts, nothing stored.

A row is judged by the very reader of `assess`; here it is only turned into facts, so that the desk comes to
the same clocks. Times: epoch seconds UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from dispatch_app.contract.calendar_beijing import parse_moment
from dispatch_app.contract.facts import (
    Assigned,
    ByEngineer,
    Cancelled,
    Confirmed,
    Detail,
    FactKind,
    Grouped,
    Noted,
    Part,
    Procedure,
    Reported,
    ThirdParty,
    Zone,
)
from dispatch_app.contract.terms import Terms
from dispatch_app.operations.assess_rows import (
    CANCEL_KINDS,
    EMERGENCY,
    MILESTONES,
    PROCEDURES,
    SOURCES,
    LogCall,
    Places,
    RowJudge,
    RowRefusedError,
    folded,
    split_list,
)
from dispatch_app.operations.assess_table import CallTable
from dispatch_app.operations.log_rows import LogPreviewRow, LogRow, PlannedFact, PlannedFault, RowFate
from dispatch_app.operations.watching import Watch, unwatched, watched

KIND_OF: Mapping[str, FactKind] = {
    "assigned_at": FactKind.ASSIGNED,
    "acknowledged_at": FactKind.ACKNOWLEDGED,
    "departed_at": FactKind.DEPARTED,
    "arrived_at": FactKind.ARRIVED,
    "confirmed_at": FactKind.CONFIRMED,
    "repair_started_at": FactKind.REPAIR_STARTED,
    "special_report_at": FactKind.SPECIAL_REPORT_SUBMITTED,
    "resolved_at": FactKind.RESOLVED,
    "cancelled_at": FactKind.CANCELLED,
}
"""Column → kind of fact, in the columns' order."""
FILED = "随导入归档"


@dataclass(frozen=True, slots=True)
class KnownSite:
    id: str
    name: str
    zone: Zone
    plant: bool


@dataclass(frozen=True, slots=True)
class KnownCall:
    """A cycle of a fault that is on the desk already. `digest`: of the row it came from; empty for a call
    taken at the desk itself. `reported_at` None: not looked up."""

    fault_id: str
    number: str
    reported_at: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a log is read against.

    Attributes:
        sites: By every name, folded.
        staff: Name → staff id.
        calls: (call number, cycle) → what the desk has of it.
        next_numbers: The numbers new faults will get, in order.
        now: A report after it is refused, a milestone after it does not count.
    """

    terms: Terms
    sites: Mapping[str, KnownSite]
    staff: Mapping[str, str]
    calls: Mapping[tuple[str, int], KnownCall]
    next_number: int
    number_text: str
    now: int

    def number(self, ordinal: int) -> str:
        """Of the fault that comes `ordinal` after the next one."""
        return self.number_text.format(self.next_number + ordinal)


@dataclass(slots=True)
class _Taken:
    """A fault in the making."""

    call: LogCall
    said: Mapping[str, str]
    number: str
    last_counted: int
    rows: list[LogRow] = field(default_factory=list)
    facts: list[PlannedFact] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    rows: tuple[LogPreviewRow, ...]
    faults: tuple[PlannedFault, ...]


def plan_import(table: CallTable, around: Surroundings, watch: Watch = unwatched) -> Plan:
    """Every row with its fate, and the faults to be written, in the order of the log.

    `watch` is told of every few rows; what it raises ends the planning.
    """
    return _Planner(table, around).plan(watched(table.records, watch))


class _Planner:
    def __init__(self, table: CallTable, around: Surroundings) -> None:
        self._around = around
        places = Places({name: (site.zone, site.plant) for name, site in around.sites.items()})
        self._judge = RowJudge(around.terms, places, table.place, around.now)
        self._taken: dict[str, _Taken] = {}

    def plan(self, records: Iterable[tuple[int, list[str]]]) -> Plan:
        rows = tuple(self._row(row, cells) for row, cells in records)
        faults = (
            PlannedFault(call_no, tuple(taken.rows), (*taken.facts, *_filing(taken)))
            for call_no, taken in self._taken.items()
        )
        return Plan(rows, tuple(faults))

    def _row(self, row: int, cells: list[str]) -> LogPreviewRow:
        try:
            call = self._judge.judge(row, cells)
            said = self._judge.said(cells)
            known = self._around.calls.get((call.call_no, call.cycle))
            if known is not None:
                return self._already(call, said, known)
            return self._take(call, said)
        except RowRefusedError as error:
            return LogPreviewRow(row, self._judge.call_no(cells), RowFate.REFUSED, reason=str(error))

    def _already(self, call: LogCall, said: Mapping[str, str], known: KnownCall) -> LogPreviewRow:
        if known.digest:
            same = known.digest == digest_of(call, said)
        else:
            same = known.reported_at in (None, call.start)
        return self._shown(
            call,
            said,
            RowFate.KNOWN if same else RowFate.DIFFERS,
            known.number,
            fault_id=known.fault_id,
            reason="" if same else "内容与已有的不同，不覆盖；有误时请在调度台上更正",
        )

    def _take(self, call: LogCall, said: Mapping[str, str]) -> LogPreviewRow:
        facts, last_counted = _cycle_facts(call, said, self._reporting(call, said), self._around)
        if call.cycle == 1:
            taken = _Taken(call, said, self._around.number(len(self._taken)), last_counted)
            self._taken[call.call_no] = taken
        else:
            taken = self._continued(call, said)
            taken.call, taken.said, taken.last_counted = call, said, last_counted
        taken.facts += facts
        taken.rows.append(LogRow(call.row, call.cycle, digest_of(call, said)))
        return self._shown(call, said, RowFate.READY, taken.number)

    def _continued(self, call: LogCall, said: Mapping[str, str]) -> _Taken:
        """The fault a further cycle belongs to.

        Raises:
            RowRefusedError: On the desk this would not be what the row says.
        """
        taken = self._taken.get(call.call_no)
        if taken is None:
            raise RowRefusedError("cycle: 前一次已在调度台上，请在那件故障上重开")
        if taken.call.cycle != call.cycle - 1:
            raise RowRefusedError(f"cycle: 第 {call.cycle - 1} 次没有导入")
        if taken.last_counted >= call.start:
            raise RowRefusedError(f"reported_at: 第 {call.cycle - 1} 次还有晚于本次接报的时间")
        first, own = self._reporting(taken.call, taken.said), self._reporting(call, said)
        for column, before, after in (
            ("zone", first.zone, own.zone),
            ("source", first.source, own.source),
            ("emergency", first.emergency, own.emergency),
            ("site", first.site, own.site),
        ):
            if before != after:
                raise RowRefusedError(f"{column}: 与第 {call.cycle - 1} 次不同，一件故障只能有一个")
        return taken

    def _reporting(self, call: LogCall, said: Mapping[str, str]) -> Reported:
        site = self._around.sites.get(folded(said["site"]))
        return Reported(
            zone=call.zone,
            source=SOURCES[said["source"]],
            emergency=EMERGENCY[said["emergency"]],
            site=site.id if site else "",
            site_name=site.name if site else said["site"],
            symptom=f"导入，原单号 {call.call_no}",
        )

    def _shown(
        self,
        call: LogCall,
        said: Mapping[str, str],
        fate: RowFate,
        number: str,
        *,
        fault_id: str = "",
        reason: str = "",
    ) -> LogPreviewRow:
        site = self._around.sites.get(folded(said["site"]))
        return LogPreviewRow(
            row=call.row,
            call_no=call.call_no,
            fate=fate,
            cycle=call.cycle,
            number=number,
            fault_id=fault_id,
            site=site.name if site else said["site"],
            site_known=site is not None,
            reported_at=call.start,
            milestones=tuple(
                (KIND_OF[column], at) for column, at in _moments(said) if call.start <= at <= self._around.now
            ),
            anomalies=call.anomalies,
            reason=reason,
        )


def digest_of(call: LogCall, said: Mapping[str, str]) -> str:
    """Names what an accepted row says, however its times and words are spelled."""
    content = (
        call.start,
        call.zone.value,
        SOURCES[said["source"]].value,
        EMERGENCY[said["emergency"]],
        folded(said["site"]),
        folded(said["engineer"]),
        _moments(said),
        _procedure(said),
        CANCEL_KINDS[said["cancel_kind"]].value if said["cancelled_at"] else "",
        [parse_moment(text) for text in split_list(said["unreachable_at"])],
        said["group"],
        (call.work.cause.value, call.work.labour_fen, call.work.parts),
    )
    return sha256(repr(content).encode()).hexdigest()


def _moments(said: Mapping[str, str]) -> list[tuple[str, int]]:
    return [(column, parse_moment(said[column])) for column in MILESTONES if said[column]]


def _procedure(said: Mapping[str, str]) -> Procedure | None:
    return PROCEDURES[said["procedure"]]


def _cycle_facts(
    call: LogCall, said: Mapping[str, str], report: Reported, around: Surroundings
) -> tuple[list[PlannedFact], int]:
    """The facts of one row, the one that opens the cycle first; and the last moment that counts."""
    opening = (
        PlannedFact(FactKind.REPORTED, call.start, report)
        if call.cycle == 1
        else PlannedFact(FactKind.REOPENED, call.start, Noted(f"导入，第 {call.cycle} 次"))
    )
    facts = [opening]
    if said["group"]:
        facts.append(PlannedFact(FactKind.GROUPED, call.start, Grouped(said["group"])))
    for column, at in _moments(said):
        facts.append(PlannedFact(KIND_OF[column], at, _detail(column, said, around), _void(call, at, around)))
    for text in split_list(said["unreachable_at"]):
        at = parse_moment(text)
        if call.cycle > 1 and at < call.start:
            raise RowRefusedError(f"unreachable_at: {text} 早于本次接报，调度台会把它算进上一次")
        void = "导入：晚于导入时刻，不计" if at > around.now else ""
        facts.append(PlannedFact(FactKind.UNREACHABLE, at, Noted(), void))
    if said["third_party_cause"] or said["third_party_labor"] or said["third_party_parts"]:
        # The log does not say when; within the cycle is all that the sum needs.
        facts.append(PlannedFact(FactKind.THIRD_PARTY, call.start, _third_party(call)))
    counted = [fact.at for fact in facts if not fact.void]
    return facts, max(counted)


def _void(call: LogCall, at: int, around: Surroundings) -> str:
    if at < call.start:
        return "导入：早于接报，不计"
    return "导入：晚于导入时刻，不计" if at > around.now else ""


def _detail(column: str, said: Mapping[str, str], around: Surroundings) -> Detail:
    name = said["engineer"]
    staff_id = around.staff.get(name, "")
    match column:
        case "assigned_at":
            return Assigned(staff_id, name)
        case "confirmed_at":
            return Confirmed(_procedure(said))
        case "cancelled_at":
            return Cancelled(CANCEL_KINDS[said["cancel_kind"]])
        case "special_report_at" | "resolved_at":
            return Noted()
        case _:
            return ByEngineer(staff_id, name)


def _third_party(call: LogCall) -> ThirdParty:
    work = call.work
    return ThirdParty(
        work.cause,
        _yuan(work.labour_fen),
        tuple(Part(name, _yuan(price), quantity) for name, price, quantity in work.parts),
    )


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _filing(taken: _Taken) -> tuple[PlannedFact, ...]:
    """A resolved call of a log is filed as well: the log has no column for it, and nobody would file ten
    thousand by hand. One whose resolution does not count stays on the desk."""
    resolved = [
        fact.at
        for fact in taken.facts
        if fact.kind is FactKind.RESOLVED and not fact.void and fact.at >= taken.call.start
    ]
    return (PlannedFact(FactKind.CLOSED, resolved[-1], Noted(FILED)),) if resolved else ()
