"""Call logs read against what the desk knows."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from dispatch_app.contract.calendar_beijing import date_of, next_midnight, parse_moment, start_of
from dispatch_app.contract.facts import Zone
from dispatch_app.models import Fault, NumberSeries, Site, StaffMember
from dispatch_app.operations.assess_rows import Places, folded
from dispatch_app.operations.case import Case
from dispatch_app.operations.contract_files import load_sites
from dispatch_app.operations.import_record import imports
from dispatch_app.operations.log_comparison import compare
from dispatch_app.operations.log_comparison_lines import ComparedLogs, lines_of, totals_of
from dispatch_app.operations.log_export import ROW_DIFFERS, ExportedFault, ExportedLog, as_table, export_log
from dispatch_app.operations.log_files import LogFile
from dispatch_app.operations.log_import import number_text, series
from dispatch_app.operations.log_plan import KnownCall, KnownSite, Surroundings, plan_import
from dispatch_app.operations.log_rows import ImportPreview
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.settings import setting_value
from dispatch_app.operations.watching import Watch, unwatched

_AT_ONCE = 500


def preview(view: View, file: LogFile, desk: str, watch: Watch = unwatched) -> ImportPreview:
    """What an import of the file would do at this desk."""
    plan = plan_import(file.table, surroundings(view, desk), watch)
    return ImportPreview(file.name, file.digest, file.table.notes, plan.rows, plan.faults)


def exported(view: View, start: int, end: int) -> ExportedLog:
    """The faults reported in a half-open period, by the moment of their report."""
    return export_log(_faults(view, start, end), view.law.terms, _places(known_sites(view)), view.now)


def compared(view: View, file: LogFile) -> ComparedLogs:
    """The other party's log against the desk's faults of the days it covers."""
    sites = known_sites(view)
    start, end = _days_of(file, view)
    faults = list(_faults(view, start, end))
    ours = export_log(faults, view.law.terms, _places(sites), view.now)
    comparison = compare(
        as_table(ours.cells),
        file.table,
        view.law.terms,
        _places(sites),
        view.now,
        {name: site.id for name, site in sites.items()},
        int(setting_value(view.session, "compare_minutes")) * 60,
    )
    ids = {fault.call_no: fault.case.fault_id for fault in faults}
    notes = (*file.table.notes, *(note for note in ours.notes if ROW_DIFFERS in note))
    return ComparedLogs(file.name, start, end, lines_of(comparison, ids), totals_of(comparison), notes)


def _days_of(file: LogFile, view: View) -> tuple[int, int]:
    """From the first second of the day of the first report to the end of the day of the last; what cannot be
    read as a time says nothing."""
    place = file.table.place["reported_at"]
    said = [cells[place].strip() for _, cells in file.table.records if place < len(cells)]
    moments = [at for text in said if (at := _moment(text)) is not None] or [view.now]
    return start_of(date_of(min(moments))), next_midnight(max(moments))


def _moment(text: str) -> int | None:
    try:
        return parse_moment(text)
    except ValueError:
        return None


def _places(sites: dict[str, KnownSite]) -> Places:
    return Places({name: (site.zone, site.plant) for name, site in sites.items()})


def _faults(view: View, start: int, end: int) -> Iterator[ExportedFault]:
    origins = imports(view.session).finished
    chosen = (
        select(Fault.id, Fault.number, Fault.version)
        .where(Fault.reported_at >= start, Fault.reported_at < end)
        .order_by(Fault.reported_at, Fault.number)
    )
    rows = view.session.execute(chosen).all()
    for first in range(0, len(rows), _AT_ONCE):
        some = rows[first : first + _AT_ONCE]
        cases = view.cases({row.id: row.version for row in some})
        for row in some:
            call_no = origins[row.id].call_no if row.id in origins else row.number
            yield _exported(view, cases[row.id], call_no)


def _exported(view: View, case: Case, call_no: str) -> ExportedFault:
    return ExportedFault(call_no, Case(case.fault_id, case.facts, view.now), view.assess(case))


def surroundings(view: View, desk: str) -> Surroundings:
    """What a log is read against at this moment."""
    last = view.session.get(NumberSeries, series(desk))
    return Surroundings(
        terms=view.law.terms,
        sites=known_sites(view),
        staff={row.name: row.id for row in view.session.execute(select(StaffMember.name, StaffMember.id))},
        calls=_known_calls(view),
        next_number=last.last + 1 if last else 1,
        number_text=number_text(desk),
        now=view.now,
    )


def known_sites(view: View) -> dict[str, KnownSite]:
    """The desk's sites by every folded name: id, name as it is now, and what the annexes call them."""
    shipped = {entry.id: (entry.name, *entry.aliases) for entry in load_sites()}
    rows = view.session.scalars(select(Site)).all()
    sites = [(row, KnownSite(row.id, row.name, Zone(row.zone), row.id in view.plants)) for row in rows]
    found = {folded(name): known for row, known in sites for name in shipped.get(row.id, ())}
    # What the desk calls them now has the last word.
    return found | {folded(name): known for row, known in sites for name in (row.id, row.name)}


def _known_calls(view: View) -> dict[tuple[str, int], KnownCall]:
    """(call number, cycle) → the fault: what was imported, and what was taken here under its own number."""
    imported = imports(view.session).finished
    found = {}
    rows = view.session.execute(
        select(Fault.id, Fault.number, Fault.reported_at, Fault.cycle, Fault.cycle_reported_at)
    )
    for row in rows:
        origin = imported.get(row.id)
        if origin is None:
            starts = {1: row.reported_at, row.cycle: row.cycle_reported_at}
            for cycle in range(1, row.cycle + 1):
                found[row.number, cycle] = KnownCall(row.id, row.number, starts.get(cycle), "")
        else:
            for cycle, digest in origin.cycles:
                found[origin.call_no, cycle] = KnownCall(row.id, row.number, row.reported_at, digest)
    return found
