"""Everything screens and papers ask: frozen rows of one moment. Any thread may ask; nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.places import ServiceItem
from dispatch_app.contract.readings import READING_GUIDE
from dispatch_app.contract.terms import Contract, Terms
from dispatch_app.models import DecidedReading, Fault, IntakeDraft, Setting, StaffMember
from dispatch_app.operations.alarm_ladder import AlarmKey
from dispatch_app.operations.call_rows import CallerRow, CallRow, IntakeHelp, SiteHistory
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.history_rows import (
    PAGE,
    Cursor,
    HistoryFilter,
    HistoryPage,
    HistorySort,
    SavedFilter,
)
from dispatch_app.operations.later import Later
from dispatch_app.operations.paper_queries import PaperQueries
from dispatch_app.operations.people_queries import PeopleQueries
from dispatch_app.operations.promises import promise_rows
from dispatch_app.operations.reading import (
    alarms,
    calls,
    clock_doubts,
    day,
    faults,
    people,
    places,
)
from dispatch_app.operations.register_queries import RegisterQueries
from dispatch_app.operations.room_queries import RoomQueries
from dispatch_app.operations.roster_file import read_roster
from dispatch_app.operations.round_queries import RoundQueries
from dispatch_app.operations.rows import (
    ClockDoubt,
    DaySummary,
    DraftRow,
    FaultDetail,
    FaultRow,
    News,
    PromiseRow,
    ReadingRow,
    RosterPreviewRow,
    Selected,
    SettingRow,
    SiteRow,
    SpecialReportRow,
    StaffRow,
    Suggestion,
)
from dispatch_app.operations.setting_list import DEFINITIONS, definition
from dispatch_app.operations.settings import chosen_settings, setting_value
from dispatch_app.operations.staff import preview_rows
from dispatch_app.operations.statistics_queries import StatisticsQueries
from dispatch_app.operations.watching import Watch, unwatched
from dispatch_app.storage.chain import stored_chains

if TYPE_CHECKING:
    from dispatch_app.operations import history as filters
    from dispatch_app.operations import import_record, log_files, map_layer, night_rows, procedure
    from dispatch_app.operations.datum import Datum
    from dispatch_app.operations.import_record import ImportedFault
    from dispatch_app.operations.log_comparison_lines import ComparedLogs
    from dispatch_app.operations.log_export import ExportedLog
    from dispatch_app.operations.log_rows import ImportPreview
    from dispatch_app.operations.map_layer import MapLayerPreview, MapLayerRow
    from dispatch_app.operations.night_rows import NightBook
    from dispatch_app.operations.procedure import Proposal
    from dispatch_app.operations.reading import (
        contract_entries,
        devices,
        finding,
        foresight,
        history,
        logs,
        reports,
        settlement,
        shift,
    )
    from dispatch_app.operations.settlement_rows import ContractEntryRow, TallyRow
    from dispatch_app.operations.shift_rows import DutyRow
else:
    contract_entries, finding = Later("reading.contract_entries"), Later("reading.finding")
    foresight, history = Later("reading.foresight"), Later("reading.history")
    logs, reports = Later("reading.logs"), Later("reading.reports")
    settlement, shift = Later("reading.settlement"), Later("reading.shift")
    filters, import_record = Later("history"), Later("import_record")
    log_files, map_layer = Later("log_files"), Later("map_layer")
    night_rows, procedure = Later("night_rows"), Later("procedure")
    devices = Later("reading.devices")


class Queries(PaperQueries, RegisterQueries, StatisticsQueries, PeopleQueries, RoomQueries, RoundQueries):
    """Made by `Desk`. Every method opens a read-only session and sees one state of the database."""

    def queue(self) -> tuple[FaultRow, ...]:
        """The open faults: breaches still running first, by age, then by the next contractual moment."""
        with self._looking() as (view, ended):
            return faults.queue(view, ended)

    def fault_rows(self, ids: Iterable[str]) -> tuple[FaultRow, ...]:
        """These faults, open or not, by the moment of their report; ids nobody knows are left out."""
        wanted = list(ids)
        with self._looking() as (view, ended):
            return faults.rows_of(view, wanted, ended)

    def fault_detail(self, fault_id: str) -> FaultDetail:
        """One fault in full.

        Raises:
            KnownError: There is no such fault.
        """
        with self._looking() as (view, ended):
            return faults.detail(view, fault_id, ended)

    def history(
        self, wanted: HistoryFilter, sort: HistorySort, after: Cursor | None = None, size: int = PAGE
    ) -> HistoryPage:
        """A page of all faults. Raises KnownError for a column or days that are none."""
        with self._view() as view:
            return history.page(view, wanted, sort, after, size)

    def history_count(self, wanted: HistoryFilter) -> int:
        """How many faults a filter lets through. Raises KnownError for days that are none."""
        with self._view() as view:
            return history.count(view, wanted)

    def history_filters(self) -> tuple[SavedFilter, ...]:
        """The filters kept under a name."""
        with self._database.reader() as session:
            return filters.saved_filters(session)

    def find_ended(self, text: str) -> tuple[FaultRow, ...]:
        """At most twenty faults off the desk whose number or site holds `text`, the latest first."""
        with self._looking() as (view, ended):
            return finding.ended(view, text, ended)

    def foresee(self, command: foresight.Foreseeable) -> foresight.Foresight:
        """What a step would do if it were taken now; nothing is written."""
        with self._view() as view:
            return foresight.foresee(view, command)

    def staff(self) -> tuple[StaffRow, ...]:
        """The roster by digit, the call-taker last."""
        with self._view() as view:
            return people.staff_rows(view)

    def operator(self) -> StaffRow:
        """Who acts at the desk."""
        with self._view() as view:
            return people.operator_row(view)

    def suggestions(self, fault_id: str) -> tuple[Suggestion, ...]:
        """Who could be sent to a fault, best first. Raises KnownError if there is no such fault."""
        with self._view() as view:
            return people.suggestions(view, fault_id)

    def selected(self, fault_id: str) -> Selected:
        """`fault_detail` and `suggestions` of one state of the database."""
        with self._looking() as (view, ended):
            return Selected(faults.detail(view, fault_id, ended), people.suggestions(view, fault_id))

    def sites(self) -> tuple[SiteRow, ...]:
        """Every site with its open faults."""
        with self._view() as view:
            return places.site_rows(view)

    def find_sites(self, text: str, limit: int = 8) -> tuple[SiteRow, ...]:
        """Sites named by initials, pinyin or any fragment of the name, best first."""
        with self._view() as view:
            return places.find_sites(view, text, limit)

    def map_layer(self) -> MapLayerRow:
        """The customer's own lines and outline on the site map."""
        with self._database.reader() as session:
            return map_layer.map_layer(session)

    def preview_map_layer(self, path: Path, datum: Datum) -> MapLayerPreview:
        """What an import of a GeoJSON file would do. Raises KnownError if it cannot be used."""
        with self._database.reader() as session:
            return map_layer.preview_map_layer(session, path, datum)

    def day_summary(self) -> DaySummary:
        """The head of the window."""
        with self._looking() as (view, ended):
            return day.day_summary(view, ended)

    def news(self, changes: Changes, watched: str = "") -> News:
        """The rows every screen needs after a command, all of one state of the database.

        Args:
            watched: A fault that is wanted whole, as `selected` tells it, if the command touched it.
        """
        with self._looking() as (view, ended):
            return News(
                faults.rows_of(view, list(changes.faults), ended),
                people.staff_rows(view) if changes.faults or changes.staff else (),
                places.site_rows(view) if changes.faults or changes.sites else (),
                day.day_summary(view, ended),
                Selected(faults.detail(view, watched, ended), people.suggestions(view, watched))
                if watched in changes.faults
                else None,
            )

    def drafts(self) -> tuple[DraftRow, ...]:
        """Calls being taken, the oldest first."""
        with self._view() as view:
            rows = view.session.scalars(select(IntakeDraft).order_by(IntakeDraft.answered_at, IntakeDraft.id))
            return tuple(
                DraftRow(row.id, row.answered_at, row.parked, json.loads(row.fields)) for row in rows
            )

    def promises(self) -> tuple[PromiseRow, ...]:
        """Whom to ring back, the one due first in front; kept promises are left out."""
        with self._database.reader() as session:
            return promise_rows(session)

    def calls_today(self) -> tuple[CallRow, ...]:
        """Today's calls that became no fault of their own, the latest first."""
        with self._database.reader() as session:
            return calls.calls_of_day(session, self._clock.now())

    def intake_help(self) -> IntakeHelp:
        """What the intake card offers before anything is typed."""
        with self._database.reader() as session:
            return calls.intake_help(session)

    def site_history(self, site_id: str) -> SiteHistory:
        """How often a site was reported in the 30 days up to now."""
        with self._database.reader() as session:
            return calls.site_history(session, site_id, self._clock.now())

    def find_callers(self, text: str, site_id: str, limit: int = 6) -> tuple[CallerRow, ...]:
        """Who called before, those of this site first, then the latest; empty text: those of this site."""
        with self._database.reader() as session:
            return calls.find_callers(session, text, site_id, limit)

    def alarm_answers(self) -> frozenset[AlarmKey]:
        """The alarms somebody has heard: of faults in hand and of promises."""
        with self._view() as view:
            return alarms.alarm_answers(view)

    def clock_doubt(self) -> ClockDoubt | None:
        """The step of the machine's clock that nobody has verified yet, or None."""
        with self._database.reader() as session:
            return clock_doubts.clock_doubt(session)

    def tally(self, start: int, end: int) -> TallyRow:
        """The settlement of a half-open period, epoch seconds at Beijing midnights."""
        with self._looking() as (view, ended):
            return settlement.tally(view, ended, start, end)

    def contract_entries(self) -> tuple[ContractEntryRow, ...]:
        """Payments, claims, compensation, secrecy breaches and terminations, the latest first."""
        with self._view() as view:
            return contract_entries.contract_entries(view)

    def special_reports(self) -> tuple[SpecialReportRow, ...]:
        """Every 专报: drafts first, then by the moment of confirmation, the latest first."""
        with self._view() as view:
            return reports.report_rows(view)

    def special_report(self, report_id: str) -> SpecialReportRow:
        """One 专报. Raises KnownError if there is none of that id."""
        with self._view() as view:
            return reports.report_row(view, report_id)

    def night_book(self) -> NightBook:
        """What rows of 夜间补录 are read against."""
        with self._view() as view:
            return night_rows.NightBook(places.site_rows(view), people.staff_rows(view))

    def duty(self) -> DutyRow:
        """Who has the desk since when, and for whom."""
        with self._view() as view:
            return shift.duty(view)

    def propose_procedure(
        self, fault_id: str, warranty_until: date | None, estimate: Decimal | None, *, repairable: bool
    ) -> Proposal:
        """Which procedure the findings on the spot lead to, and why.

        Args:
            warranty_until: Last day under the maker's warranty; None for what the 设备台账 says of the
                device the fault names.
            estimate: Yuan; None for not yet known.

        Raises:
            KnownError: There is no such fault.
        """
        with self._view() as view:
            fault = view.session.get(Fault, fault_id)
            if fault is None:
                raise KnownError("没有这件故障", "请在队列里选中一件故障")
            found = procedure.Findings(
                fault.hardware, date_of(view.now), warranty_until, estimate, repairable
            )
            if warranty_until is None:
                found = devices.with_device(view, found, fault.device)
            return procedure.propose(found, view.law.terms)

    def preview_roster(self, path: Path) -> tuple[RosterPreviewRow, ...]:
        """What an import of the file would do. Raises KnownError if it cannot be read."""
        file = read_roster(path)
        with self._view() as view:
            known = view.session.scalars(select(StaffMember)).all()
            return preview_rows(file, {person.name: person for person in known})

    def preview_import(self, path: Path, watch: Watch = unwatched) -> ImportPreview:
        """What an import of a call log would do. Raises KnownError if the file cannot be read."""
        file = log_files.read_log(path, watch)
        with self._view() as view:
            return logs.preview(view, file, self._prefix, watch)

    def export_log(self, start: int, end: int) -> ExportedLog:
        """The faults reported in a half-open period (epoch seconds) as rows of a call log."""
        with self._view() as view:
            return logs.exported(view, start, end)

    def compare_log(self, path: Path) -> ComparedLogs:
        """The other party's log against the desk. Raises KnownError if the file cannot be read."""
        file = log_files.read_log(path)
        with self._view() as view:
            return logs.compared(view, file)

    @contextmanager
    def chains(self) -> Iterator[Iterator[tuple[str, Iterator[dict[str, object]]]]]:
        """Both chains of facts as stored, of one state of the database, a thousand rows in memory."""
        with self._database.reader() as session:
            yield stored_chains(session)

    def waiting_imports(self) -> tuple[ImportedFault, ...]:
        """The faults of finished imports that no screen shows yet."""
        with self._database.reader() as session:
            return tuple(import_record.waiting(session))

    def readings(self) -> tuple[ReadingRow, ...]:
        """The fifteen questions with the answer in force and who decided it."""
        with self._view() as view:
            decided = {row.key: row for row in view.session.scalars(select(DecidedReading))}
            used = view.law.terms.readings.as_mapping()
        return tuple(
            ReadingRow(
                key=guide.key,
                question=guide.question,
                clause=guide.clause,
                used=used[guide.key],
                options=guide.options,
                decided_by=decided[guide.key].decided_by if guide.key in decided else "",
                decided_at=decided[guide.key].decided_at if guide.key in decided else None,
                document=decided[guide.key].document if guide.key in decided else "",
            )
            for guide in READING_GUIDE
        )

    def terms(self) -> Terms:
        """The contract under the readings in force."""
        with self._view() as view:
            return view.law.terms

    def contract(self) -> Contract:
        """The contract's figures as shipped."""
        return self._shipped.contract

    def service_items(self) -> tuple[ServiceItem, ...]:
        """The fourteen items of 附一 under the contract's own numbers."""
        return self._items

    def setting(self, name: str) -> str:
        """The value in force. Raises KnownError if there is no such setting."""
        known = definition(name)
        with self._database.reader() as session:
            return setting_value(session, known.name)

    def chosen_settings(self) -> Callable[[str], str]:
        """`setting` for who needs several: all of one state of the database, in one statement."""
        with self._database.reader() as session:
            return chosen_settings(session)

    def settings(self) -> tuple[SettingRow, ...]:
        """Every setting a page shows, in the order of the list."""
        with self._database.reader() as session:
            chosen = {row.name: row.value for row in session.scalars(select(Setting))}
        return tuple(
            SettingRow(
                name=one.name,
                label=one.label,
                kind=one.kind.value,
                group=one.group,
                unit=one.unit,
                default=one.default,
                value=chosen.get(one.name, one.default),
                lowest=one.lowest,
                highest=one.highest,
                choices=one.choices,
            )
            for one in DEFINITIONS
            if one.group
        )
