"""The desk's faults as rows of a call log, one a cycle, and a note of all that such rows cannot say.

Every row is read back by `assess`'s own reader before it leaves: where that comes to other clocks or sums
than the desk, the note says so. Times: epoch seconds UTC.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.clocks import ClockName, ClockState, CycleAssessment, FaultAssessment
from dispatch_app.contract.explain import CLOCK_GUIDE
from dispatch_app.contract.facts import (
    Assigned,
    ByEngineer,
    Cancelled,
    Confirmed,
    FactKind,
    Grouped,
    ThirdParty,
)
from dispatch_app.contract.history import CycleFacts, EffectiveFact, cycle_of
from dispatch_app.contract.penalties import THIRD_PARTY, Penalty
from dispatch_app.contract.terms import Terms
from dispatch_app.operations.assess_rows import Places, RowJudge, RowRefusedError
from dispatch_app.operations.assess_table import COLUMNS, CallTable
from dispatch_app.operations.case import Case
from dispatch_app.operations.log_files import neutral
from dispatch_app.operations.log_plan import KIND_OF
from dispatch_app.operations.words import FACT_WORDS

Cells = dict[str, str]
"""English column name → cell; what is not in it is empty."""
WITHOUT_COLUMN = (
    FactKind.INSTRUCTION_RECEIVED,
    FactKind.CORRECTED,
    FactKind.AMENDED,
    FactKind.DISPUTED,
    FactKind.WAIVED,
)

ROW_DIFFERS = "按行核算"
"""In every note that says that a row does not come to what the desk says."""


@dataclass(frozen=True, slots=True)
class ExportedLog:
    """`cells`: one row a cycle; `notes`: what they cannot say, each beginning with the call number."""

    cells: tuple[Cells, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportedFault:
    """A fault to be written out, with what the contract says of it at the moment of the export."""

    call_no: str
    case: Case
    assessment: FaultAssessment


def export_log(faults: Iterable[ExportedFault], terms: Terms, places: Places, now: int) -> ExportedLog:
    """Rows in the order given, each held against the desk."""
    judge = RowJudge(terms, places, {name: place for place, name in enumerate(COLUMNS)}, now)
    rows: list[Cells] = []
    notes: list[str] = []
    for fault in faults:
        found: list[str] = []
        for cycle, assessed in zip(fault.case.course.cycles, fault.assessment.cycles, strict=True):
            cells = _cells(fault, cycle, assessed, found)
            rows.append(cells)
            found += _held_against(judge, len(rows) + 1, cells, fault.assessment, assessed)
        found += _beside(fault.case)
        notes += [f"{fault.call_no}：{text}" for text in found]
    return ExportedLog(tuple(rows), tuple(notes))


def as_table(rows: Iterable[Mapping[str, str]]) -> CallTable:
    """Rows as `assess` reads them from a file; the heading is row 1."""
    records = [(number, [row.get(name, "") for name in COLUMNS]) for number, row in enumerate(rows, start=2)]
    return CallTable({name: place for place, name in enumerate(COLUMNS)}, (), records)


def csv_bytes(rows: Iterable[Mapping[str, str]]) -> bytes:
    """UTF-8 with BOM under the Chinese headings: what every spreadsheet opens as it is."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS.values())
    for row in rows:
        writer.writerow([neutral(row.get(name, "")) for name in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def workbook_bytes(rows: Iterable[Mapping[str, str]], notes: Iterable[str]) -> bytes:
    """An .xlsx with the rows as text on its first sheet and the note on its second."""
    # Only .xlsx needs openpyxl, and it takes long to import.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("通话记录")
    sheet.append(list(COLUMNS.values()))
    for row in rows:
        sheet.append([neutral(row.get(name, "")) or None for name in COLUMNS])
    beside = book.create_sheet("说明")
    for note in notes:
        beside.append([neutral(note)])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _cells(fault: ExportedFault, cycle: CycleFacts, assessed: CycleAssessment, notes: list[str]) -> Cells:
    fields = fault.case.fields
    cells = {
        "call_no": fault.call_no,
        "reported_at": moment_text(cycle.start),
        "zone": fields["zone"],
        "site": fields["site_name"],
        "emergency": fields["emergency"],
        "source": fields["source"],
        "cycle": str(cycle.number),
    }
    first: dict[FactKind, EffectiveFact] = {}
    for item in cycle.facts:
        if item.kind in first and item.kind in KIND_OF.values():
            notes.append(f"第 {cycle.number} 次另有{FACT_WORDS[item.kind]} {moment_text(item.at)}")
        first.setdefault(item.kind, item)
    for column, kind in KIND_OF.items():
        if kind in first:
            cells[column] = moment_text(first[kind].at)
    confirmed = first[FactKind.CONFIRMED].fact.detail if FactKind.CONFIRMED in first else None
    if isinstance(confirmed, Confirmed) and confirmed.procedure:
        cells["procedure"] = confirmed.procedure.value
    cancelled = first[FactKind.CANCELLED].fact.detail if FactKind.CANCELLED in first else None
    if isinstance(cancelled, Cancelled):
        cells["cancel_kind"] = cancelled.kind.value
    cells |= _people(cycle, notes) | _group(cycle, assessed, notes) | _third_party(cycle, notes)
    unreachable = [
        moment_text(item.at)
        for item in fault.case.course.unreachables
        if cycle_of(fault.case.course.cycles, item.at) is cycle
    ]
    return cells | ({"unreachable_at": ";".join(unreachable)} if unreachable else {})


def _people(cycle: CycleFacts, notes: list[str]) -> Cells:
    details = [item.fact.detail for item in cycle.facts]
    named = [one.engineer_name for one in details if isinstance(one, Assigned | ByEngineer)]
    names = list(dict.fromkeys(name for name in named if name))
    if len(names) > 1:
        notes.append(f"第 {cycle.number} 次有几位工程师：{'、'.join(names)}")
    return {"engineer": names[0]} if names else {}


def _group(cycle: CycleFacts, assessed: CycleAssessment, notes: list[str]) -> Cells:
    """In a log a group counts from the report on; one joined when the day was decided changed nothing."""
    grouped = [item for item in cycle.facts if isinstance(item.fact.detail, Grouped)]
    if not grouped:
        return {}
    detail = grouped[0].fact.detail
    assert isinstance(detail, Grouped)
    if grouped[0].at > cycle.start:
        notes.append(f"第 {cycle.number} 次于 {moment_text(grouped[0].at)} 并入 {detail.group}")
    same_day = next(clock for clock in assessed.clocks if clock.clock is ClockName.SAME_DAY)
    return {"group": detail.group} if same_day.state is ClockState.VOID else {}


def _third_party(cycle: CycleFacts, notes: list[str]) -> Cells:
    details = [item.fact.detail for item in cycle.facts if isinstance(item.fact.detail, ThirdParty)]
    if not details:
        return {}
    same = [one for one in details if one.cause is details[0].cause]
    if len(details) > 1:
        kept = "合为一行" if len(same) == len(details) else "只列同一原因的"
        notes.append(f"第 {cycle.number} 次委托第三方 {len(details)} 笔，{kept}")
    return {
        "third_party_cause": details[0].cause.value,
        "third_party_labor": f"{sum((one.labour for one in same), Decimal(0)):.2f}",
        "third_party_parts": ";".join(
            f"{_part_name(part.name)}:{part.unit_price:.2f}×{part.quantity}"
            for one in same
            for part in one.parts
        ),
    }


def _part_name(name: str) -> str:
    """A name in which nothing separates parts."""
    return name.replace(";", "，").replace("；", "，")


def _beside(case: Case) -> list[str]:
    """What happened to a fault that no column holds."""
    timeline = case.course.timeline
    said = [
        f"{FACT_WORDS[item.kind]} {moment_text(item.at)}" for item in timeline if item.kind in WITHOUT_COLUMN
    ]
    said += [
        f"{FACT_WORDS[item.kind]} {moment_text(item.original_at)} 已作废"
        for item in timeline
        if item.voided and item.kind not in WITHOUT_COLUMN
    ]
    return said + [f"不计的记录 {anomaly}" for anomaly in case.course.anomalies]


def _held_against(
    judge: RowJudge, row: int, cells: Cells, fault: FaultAssessment, assessed: CycleAssessment
) -> list[str]:
    """In what a reader of the row would differ from the desk."""
    try:
        call = judge.judge(row, [cells.get(name, "") for name in COLUMNS])
    except RowRefusedError as error:
        return [f"第 {assessed.number} 次{ROW_DIFFERS}时不收：{error}"]
    differing = [
        CLOCK_GUIDE[clock.clock].title
        for clock, judged in zip(assessed.clocks, call.judged, strict=True)
        if (clock.state, clock.started_at, clock.due_at, clock.stopped_at, clock.late_s) != judged
    ]
    if _sums(call.penalties) != _sums(one for one in fault.penalties if one.cycle == assessed.number):
        differing.append("违约金")
    return [f"第 {assessed.number} 次{ROW_DIFFERS}与调度台不同：{'、'.join(differing)}"] if differing else []


def _sums(penalties: Iterable[Penalty]) -> list[tuple[str, int, Decimal]]:
    """(clause, moment, amount); third-party costs as one, a row cannot tell several apart."""
    costs = Decimal(0)
    found = []
    for one in penalties:
        if one.clause == THIRD_PARTY:
            costs += one.amount
        else:
            found.append((one.clause, one.at or 0, one.amount))
    return sorted(found) + ([(THIRD_PARTY, 0, costs)] if costs else [])
