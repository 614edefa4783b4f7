"""Call logs read against what the desk knows."""

from __future__ import annotations

from sqlalchemy import select

from dispatch_app.contract.facts import Zone
from dispatch_app.models import Fault, NumberSeries, Site, StaffMember
from dispatch_app.operations.assess_rows import Places, folded
from dispatch_app.operations.case import Case
from dispatch_app.operations.contract_files import load_sites
from dispatch_app.operations.import_record import imports
from dispatch_app.operations.log_export import ExportedFault, ExportedLog, export_log
from dispatch_app.operations.log_files import LogFile
from dispatch_app.operations.log_import import number_text, series
from dispatch_app.operations.log_plan import KnownCall, KnownSite, Surroundings, plan_import
from dispatch_app.operations.log_rows import ImportPreview
from dispatch_app.operations.reading.view import View

_AT_ONCE = 500


def preview(view: View, file: LogFile, desk: str) -> ImportPreview:
    """What an import of the file would do at this desk."""
    plan = plan_import(file.table, surroundings(view, desk))
    return ImportPreview(file.name, file.digest, file.table.notes, plan.rows, plan.faults)


def exported(view: View, start: int, end: int) -> ExportedLog:
    """The faults reported in a half-open period, by the moment of their report."""
    origins = imports(view.session).finished
    chosen = (
        select(Fault.id, Fault.number, Fault.version)
        .where(Fault.reported_at >= start, Fault.reported_at < end)
        .order_by(Fault.reported_at, Fault.number)
    )
    rows = view.session.execute(chosen).all()
    places = Places({name: (site.zone, site.plant) for name, site in known_sites(view).items()})
    return export_log(
        (
            _exported(view, case, origins[row.id].call_no if row.id in origins else row.number)
            for some in (rows[first : first + _AT_ONCE] for first in range(0, len(rows), _AT_ONCE))
            for row, case in zip(
                some, view.cases({row.id: row.version for row in some}).values(), strict=True
            )
        ),
        view.law.terms,
        places,
        view.now,
    )


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
