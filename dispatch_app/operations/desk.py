"""The desk without its screens: one door for commands, one for questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, select

from dispatch_app.models import Base, Fault
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.clock import Clock
from dispatch_app.operations.contract_files import load_roster, load_service_items, load_sites, load_terms
from dispatch_app.operations.deferred import Deferred
from dispatch_app.operations.import_record import waiting
from dispatch_app.operations.job import Job
from dispatch_app.operations.law import Law, law_in_force
from dispatch_app.operations.projection import list_again
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.registers.import_record import unshown
from dispatch_app.operations.seeding import lacks_service_items, seed
from dispatch_app.storage.database import Database
from dispatch_app.storage.unit_of_work import Stamp, UnitOfWork

Handler = Callable[[Job, Any], Changes]

HANDLERS: Mapping[str, str] = MappingProxyType(
    {
        "calls.KeepDraft": "calls.keep_draft",
        "calls.DropDraft": "calls.drop_draft",
        "call_records.RecordCall": "call_records.record_call",
        "call_records.WithdrawCall": "call_records.withdraw_call",
        "promises.KeepPromise": "promises.keep_promise",
        "promises.OweAgain": "promises.owe_again",
        "faults.RegisterFault": "fault_intake.register",
        "faults.AssignFault": "fault_moves.assign",
        "faults.ReleaseEngineer": "fault_moves.release",
        "faults.RecordMilestone": "fault_moves.milestone",
        "faults.CancelFault": "fault_moves.cancel",
        "faults.RecordThirdParty": "fault_moves.third_party",
        "faults.GroupFaults": "fault_moves.group",
        "faults.CorrectFact": "fault_mending.correct",
        "faults.AmendFault": "fault_mending.amend",
        "faults.UndoFacts": "fault_mending.undo",
        "staff.SetAvailability": "roster_changes.set_availability",
        "staff.ImportRoster": "roster_changes.import_roster",
        "sites.PlaceSite": "sites.place_site",
        "sites.AmendSite": "sites.amend_site",
        "sites.AddSite": "sites.add_site",
        "map_layer.ImportMapLayer": "map_layer.import_map_layer",
        "map_layer.RemoveMapLayer": "map_layer.remove_map_layer",
        "settings.ChangeSetting": "settings.change_setting",
        "settings.ChooseOperator": "settings.choose_operator",
        "settings.ChangeReading": "deciding.change_reading",
        "special_reports.DraftSpecialReport": "special_reports.draft",
        "special_reports.EditSpecialReport": "special_reports.edit",
        "special_reports.SubmitSpecialReport": "special_reports.submit",
        "special_reports.RecordInstruction": "special_reports.instruct",
        "documents.IssueWorkOrder": "documents.issue_work_order",
        "documents.IssueTally": "documents.issue_tally",
        "bulletins.IssueBulletin": "bulletins.issue_bulletin",
        "documents.RecordPrint": "documents.record_print",
        "night_calls.RegisterNightCall": "night_calls.register_night_call",
        "shift.HandOver": "shift.hand_over",
        "shift.CoverDesk": "shift.cover_desk",
        "shift.ReturnDesk": "shift.return_desk",
        "shift_papers.IssueOpenFaults": "shift_papers.issue_open_faults",
        "shift_papers.IssueBlankIntake": "shift_papers.issue_blank_intake",
        "device_papers.IssueDeviceLabels": "device_papers.issue_device_labels",
        "device_papers.IssueCalibration": "device_papers.issue_calibration",
        "device_papers.IssueServiceCards": "device_papers.issue_service_cards",
        "log_import.BeginImport": "log_import.begin",
        "log_import.WriteImported": "log_import.write",
        "log_import.FinishImport": "log_import.finish",
        "log_import.AbandonImport": "log_import.abandon",
        "log_import.ShowImported": "log_import.show",
        "log_exports.RecordExport": "log_exports.record_export",
        "contract_ledger.DisputeBreach": "contract_ledger.dispute",
        "contract_ledger.WaiveBreach": "contract_ledger.waive",
        "contract_ledger.RecordClaim": "contract_ledger.claim",
        "contract_ledger.RecordSecrecyBreach": "contract_ledger.secrecy_breach",
        "contract_ledger.RecordPayment": "contract_ledger.payment",
        "contract_ledger.RecordTermination": "contract_ledger.termination",
        "contract_ledger.RecordCompensation": "contract_ledger.compensation",
        "history.KeepFilter": "history.keep_filter",
        "history.DropFilter": "history.drop_filter",
        "history.RecordExport": "history.record_export",
        "history_paper.IssueFaultList": "history_paper.issue_fault_list",
        "contract_ledger.WithdrawContractFact": "contract_ledger.withdraw",
        "alarms.AnswerAlarm": "alarms.answer_alarm",
        "clock_steps.RecordClockStep": "clock_steps.record_step",
        "clock_steps.CheckClockAtStart": "clock_steps.check_at_start",
        "clock_steps.VerifyClock": "clock_steps.verify_clock",
        "room_papers.IssueRoomPaper": "room_papers.issue_room_paper",
        "registers.entries.AddEntry": "registers.entries.add",
        "registers.entries.AmendEntry": "registers.entries.amend",
        "registers.entries.ActOnEntry": "registers.entries.act",
        "registers.entries.WithdrawEntry": "registers.entries.withdraw",
        "registers.entries.RestoreEntry": "registers.entries.restore",
        "registers.entries.RevertEntry": "registers.entries.revert",
        "round_faults.RegisterRoundFault": "round_faults.register_round_fault",
        "round_papers.IssueBlankRound": "round_papers.issue_blank_round",
        "round_papers.IssueRounds": "round_papers.issue_rounds",
        "round_papers.IssueBackups": "round_papers.issue_backups",
        "staff_mobiles.RevealMobile": "staff_mobiles.reveal_mobile",
        "staff_letters.IssueStaffLetter": "staff_letters.issue_staff_letter",
        "renewals.IssueRenewal": "renewals.issue_renewal",
        "register_export.BeginRegisterExport": "register_export.begin",
        "register_export.RecordRegisterExport": "register_export.record",
        "register_paper.IssueRegisterList": "register_paper.issue_register_list",
        "register_import.BeginEntries": "register_import.begin",
        "register_import.WriteEntries": "register_import.write",
        "register_import.FinishEntries": "register_import.finish",
        "register_import.AbandonEntries": "register_import.abandon",
        "register_import.ShowEntries": "register_import.show",
    }
)
"""Command type → what carries it out, as `module.name` under `dispatch_app.operations`.

By name, because most of these modules are wanted by no start: each is imported with its first command.
"""

_HERE = "dispatch_app.operations."

_FAULTS = Base.metadata.tables[Fault.__tablename__].c
_ENDED = select(_FAULTS.id).where(_FAULTS.id.in_(bindparam("ids", expanding=True)), ~_FAULTS.open)

TOUCHED = (
    "faults", "staff", "sites", "reports", "documents", "settings", "drafts", "promises", "calls", "registers"
)  # fmt: skip
"""Fields of `Changes` that go into the change log."""


class Desk:
    """Commands in, `Changes` out; questions through `queries`.

    The first start on an empty database fills in the people and the sites of the annexes.

    Args:
        clock: Where every operation learns the time.
        resources: The folder of the shipped resources; the contract lies in `contract/`.
        desk_prefix: First part of the fault numbers given out here.

    Raises:
        KnownError: A file of the contract cannot be used, or the database refuses to be filled.
    """

    def __init__(self, database: Database, clock: Clock, resources: Path, desk_prefix: str = "A") -> None:
        self._database = database
        self._clock = clock
        self._resources = resources
        self._prefix = desk_prefix
        contract_folder = resources / "contract"
        self._shipped = load_terms(contract_folder)
        self._law: Law | None = None
        roster, places = load_roster(contract_folder), load_sites(contract_folder)
        items = load_service_items(contract_folder)
        with database.unit_of_work(Stamp("", "", desk_prefix, clock.now())) as work:
            seed(work, self._shipped.contract, roster, places)
            law = law_in_force(work.session, self._shipped)
            job = Job(work, law, resources)
            if lacks_service_items(work.session):
                from dispatch_app.operations.registers.service_items import seed_service_items

                seed_service_items(job, items)
            if waiting(work.session):
                from dispatch_app.operations.log_import import show_all_waiting

                show_all_waiting(job)
            if unshown(work.session):
                from dispatch_app.operations.register_import import show_every_entry

                show_every_entry(job)
            list_again(work.session, law)
        self.queries = Queries(database, clock, self._shipped, items, desk_prefix)
        self._operator = self.queries.operator()

    def perform(self, command: object) -> Changes:
        """Carry out one command in one transaction: its facts, its rows and its line in the change log stay
        together or not at all. To be called on one thread only. A `Deferred` is asked for its command first.

        Raises:
            KnownError: It is refused; nothing was changed.
            LookupError: No command of that type is known.
        """
        if isinstance(command, Deferred):
            command = command.resolve(self.queries)
        handler = handler_of(type(command))
        stamp = Stamp(self._operator.id, self._operator.name, self._prefix, self._clock.now())
        with self._database.unit_of_work(stamp) as work:
            self._law = law_in_force(work.session, self._shipped, self._law)
            job = Job(work, self._law, self._resources)
            changes = handler(job, command)
            work.session.flush()
            touched = {name: getattr(changes, name) for name in TOUCHED if getattr(changes, name)}
            if touched:
                work.log_change(type(command).__name__, touched)
            ended = _ended(work, changes.faults)
        self.queries.forget(changes.faults, ended)
        if "operator" in changes.settings or self._operator.id in changes.staff:
            self._operator = self.queries.operator()
        return changes


def handler_of(command: type) -> Handler:
    """What carries out a command of this type.

    Raises:
        LookupError: No such command is known.
    """
    name = HANDLERS.get(f"{command.__module__.removeprefix(_HERE)}.{command.__qualname__}")
    if name is None:
        raise LookupError(f"no handler for {command.__name__}")
    module, _, function = name.rpartition(".")
    handler: Handler = getattr(import_module(f"{_HERE}{module}"), function)
    return handler


def _ended(work: UnitOfWork, fault_ids: frozenset[str]) -> frozenset[str]:
    """Which of these faults have ended."""
    if not fault_ids:
        return fault_ids
    return frozenset(work.session.connection().execute(_ENDED, {"ids": list(fault_ids)}).scalars())
