"""From rows to the papers of the shift. Nothing here prints or keeps anything."""

from __future__ import annotations

from collections.abc import Iterator

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.clocks import ClockName, ClockResult, ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.explain import CLOCK_GUIDE, allowed_text
from dispatch_app.contract.facts import FactKind, Zone
from dispatch_app.contract.moves import OPEN_STAGES
from dispatch_app.contract.terms import Terms
from dispatch_app.models import Fault, StaffMember
from dispatch_app.operations.case import Case
from dispatch_app.operations.duty_words import duty_title, duty_when
from dispatch_app.operations.reading import shift
from dispatch_app.operations.reading.doubtful_times import NEVER, doubtful_times
from dispatch_app.operations.reading.duties import duty_book
from dispatch_app.operations.reading.faults import queue
from dispatch_app.operations.reading.people import operator_row, staff_rows
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.registers.duties import DutyState
from dispatch_app.operations.rows import FaultRow, StaffRow
from dispatch_app.operations.words import STAGE_WORDS, STATE_WORDS, ZONE_WORDS
from dispatch_app.reports.blank_intake import BlankIntakeSheet
from dispatch_app.reports.handover import DutyLine, HandoverSheet, OpenLine, StaffLine
from dispatch_app.reports.moments import duration_text
from dispatch_app.reports.open_faults import DueLine, OpenFaultsSheet, PaperFault

_STEPS = (
    FactKind.ACKNOWLEDGED,
    FactKind.DEPARTED,
    FactKind.ARRIVED,
    FactKind.CONFIRMED,
    FactKind.REPAIR_STARTED,
    FactKind.RESOLVED,
)
"""What stands in the columns of `reports.open_faults.STEPS`."""


def handover_sheet(view: View, incoming: str, note: str, number: str) -> HandoverSheet:
    """The 交接班表 at this moment. `incoming`: staff id of who takes over; empty while nobody is named.

    Raises:
        KnownError: Nobody has that id.
    """
    person = view.session.get(StaffMember, incoming) if incoming else None
    if incoming and person is None:
        raise KnownError("名单上没有这个人", "请从名单里选择接班人", "incoming")
    duty = shift.duty(view)
    # What ended faults have cost numbers the breaches on screen; the sheet says nothing of it.
    rows = queue(view, ())
    owed = shift.promises(view)
    since = shift.calls_since(view)
    doubtful = doubtful_times(view, [row.id for row in rows])
    return HandoverSheet(
        number=number,
        issuer=view.law.terms.contract.contractor,
        outgoing=duty.operator_name,
        incoming="" if person is None else person.name,
        since=duty.since,
        calls_since=since,
        faults=tuple(_open_line(row, view.now, doubtful.get(row.id, NEVER)) for row in rows),
        promises=shift.promise_lines(view, owed),
        alarms=shift.alarm_lines(view, rows, owed),
        calls=shift.call_lines(view, since),
        duties=tuple(_duty_lines(view)),
        staff=tuple(_staff_line(row) for row in staff_rows(view)),
        note=note.strip(),
        issued_at=view.now,
    )


def open_faults_sheet(view: View, number: str) -> OpenFaultsSheet:
    """The 在办故障清单 at this moment: every fault that is not yet resolved."""
    contract = view.law.terms.contract
    rows = [row for row in queue(view, ()) if row.stage in OPEN_STAGES]
    cases = view.cases({row.id: row.version for row in rows})
    phones = {row.id: row.mobile or row.service_line for row in staff_rows(view)}
    return OpenFaultsSheet(
        number=number,
        issuer=contract.contractor,
        operator=operator_row(view).name,
        faults=tuple(
            _paper_fault(view.session.get_one(Fault, row.id), row, cases[row.id], phones) for row in rows
        ),
        limits=limits_text(view.law.terms),
        service_lines="　".join(contract.service_lines),
        issued_at=view.now,
    )


def blank_intake_sheet(view: View, number: str) -> BlankIntakeSheet:
    """The blank 接报单 with the limits as they are read today."""
    contract = view.law.terms.contract
    return BlankIntakeSheet(
        number=number,
        issuer=contract.contractor,
        limits=limits_text(view.law.terms),
        service_lines="　".join(contract.service_lines),
        issued_at=view.now,
    )


def limits_text(terms: Terms) -> str:
    """The contract's limits in one line, under the readings in force."""

    def allowed(clock: ClockName, zone: Zone = Zone.URBAN) -> str:
        return allowed_text(clock, zone, terms)

    arrival = "、".join(f"{ZONE_WORDS[zone]} {allowed(ClockName.ARRIVAL, zone)}" for zone in Zone)
    return "；".join(
        (
            f"响应 {allowed(ClockName.RESPONSE)}，到场 {arrival}（二.3）",
            f"派人 {allowed(ClockName.DISPATCH_5H)}（九.2）",
            f"确认后开修、专报 {allowed(ClockName.REPAIR_START)}，"
            f"常规 {allowed(ClockName.SAME_DAY)}解决（二.4）",
        )
    )


def _open_line(row: FaultRow, now: int, doubtful: frozenset[int]) -> OpenLine:
    clock = shift.next_clock(row)
    return OpenLine(
        number=row.number,
        site=row.site_name,
        symptom=row.symptom,
        stage=STAGE_WORDS[row.stage],
        emergency=row.emergency,
        engineers="\n".join(f"{one.name} {STATE_WORDS[one.state]}" for one in row.engagements),
        clock="" if clock is None else _named(clock),
        due_at=None if clock is None else shift.due_of(clock),
        figure="" if clock is None else _figure(clock, now),
        doubtful=clock is not None and clock.started_at in doubtful,
    )


def _named(clock: ClockResult) -> str:
    guide = CLOCK_GUIDE[clock.clock]
    return f"{guide.title}（{guide.clause}）"


def _figure(clock: ClockResult, now: int) -> str:
    left = shift.due_of(clock) - now
    over = clock.state is ClockState.BREACHED
    return f"已超 {duration_text(-left)}" if over else f"剩 {duration_text(left)}"


def _duty_lines(view: View) -> Iterator[DutyLine]:
    """What of rounds and backups is overdue or falls due now: it goes over to whoever takes the desk."""
    today = date_of(view.now)
    for item in duty_book(view.session, view.now).items:
        if item.due.state is not DutyState.AHEAD:
            yield DutyLine(
                what=duty_title(item), place=item.place, standing=duty_when(item.due, today), who=item.who
            )


def _staff_line(row: StaffRow) -> StaffLine:
    return StaffLine(
        name=row.name,
        role=row.role,
        state=STATE_WORDS[row.state],
        in_hand="\n".join(f"{number} {site} {STATE_WORDS[state]}" for number, site, state in row.engagements),
        phone=row.mobile or row.service_line,
    )


def _paper_fault(fault: Fault, row: FaultRow, case: Case, phones: dict[str, str]) -> PaperFault:
    first: dict[FactKind, int] = {}
    for item in case.cycle.facts:
        first.setdefault(item.kind, item.at)
    return PaperFault(
        number=row.number,
        site=row.site_name,
        zone=ZONE_WORDS[row.zone],
        reported_at=fault.cycle_reported_at,
        symptom=row.symptom,
        stage=STAGE_WORDS[row.stage],
        steps=tuple(first.get(kind) for kind in _STEPS),
        dues=tuple(
            DueLine(
                name=CLOCK_GUIDE[clock.clock].title,
                due_at=shift.due_of(clock),
                breached=clock.state is ClockState.BREACHED,
            )
            for clock in sorted(shift.live_clocks(row), key=shift.due_of)
        ),
        emergency=row.emergency,
        room=fault.room,
        device=fault.device,
        caller=fault.caller,
        unit=fault.unit,
        callback=fault.callback,
        engineers="\n".join(f"{one.name} {phones.get(one.staff_id, '')}".rstrip() for one in row.engagements),
    )
