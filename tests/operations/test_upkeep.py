"""Rebuilding the projections and going over the chains of a whole database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Executable, delete, text, update

from dispatch_app.contract.calls import CallKind
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.models import AlarmAnswer, CallbackPromise, CallRecord, Fault
from dispatch_app.operations.alarm_ladder import AlarmKey, Rung
from dispatch_app.operations.alarms import AnswerAlarm
from dispatch_app.operations.call_records import RecordCall
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AssignFault, RecordMilestone, RegisterFault
from dispatch_app.operations.promises import KeepPromise
from dispatch_app.operations.upkeep import rebuild, verify
from dispatch_app.storage.database import Database
from dispatch_app.storage.triggers import trigger_statements
from dispatch_app.storage.unit_of_work import Stamp

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NINE = 1_732_237_200
STAMP = Stamp("", "test", "A", NINE + 3600)


class Clock:
    def now(self) -> int:
        return NINE + 3600


@pytest.fixture
def database() -> Iterator[Database]:
    """With one fault under way and one resolved."""
    with Database.scratch() as made:
        desk = Desk(made, Clock(), RESOURCES)
        site = desk.queries.sites()[0].id
        person = desk.queries.staff()[0].id
        under_way = desk.perform(RegisterFault(NINE, site, "断网")).created
        desk.perform(AssignFault(under_way, person, 1))
        ended = desk.perform(RegisterFault(NINE, site, "误触")).created
        desk.perform(RecordMilestone(ended, FactKind.RESOLVED, 1))
        yield made


def test_rebuilding_from_the_facts_changes_nothing(database: Database) -> None:
    done = rebuild(database, load_terms(), STAMP)
    assert (done.faults, done.differing) == (2, ())


def test_a_row_that_strayed_from_the_facts_is_put_right_and_counted(database: Database) -> None:
    with database.unit_of_work(STAMP) as work:
        work.session.execute(update(Fault).where(Fault.symptom == "断网").values(symptom="别的"))
    # The wrong row and the right one that was missing.
    assert rebuild(database, load_terms(), STAMP).differing == (("故障", 2),)
    assert rebuild(database, load_terms(), STAMP).differing == ()


def answered(call: str) -> AnswerAlarm:
    return AnswerAlarm(AlarmKey(call, 1, "response", Rung.BREACHED, NINE + 1200))


@pytest.fixture
def lively(database: Database) -> Database:
    """With calls on record and withdrawn, promises kept, owed, owed again and withdrawn, alarms heard."""
    desk = Desk(database, Clock(), RESOURCES)
    later = NINE + 7200
    desk.perform(RecordCall(CallKind.ENQUIRY, NINE, caller="周秘书", callback="1", ring_back_at=later))
    desk.perform(RecordCall(CallKind.CHASE, NINE, caller="段主任"))
    for _time in range(2):
        slip = desk.perform(RecordCall(CallKind.ENQUIRY, NINE, callback="2", ring_back_at=later, note="误记"))
        assert slip.undo is not None
        desk.perform(slip.undo.command)
    site = desk.queries.sites()[0].id
    for callback in ("3", "4"):
        desk.perform(RegisterFault(NINE, site, "慢", callback=callback, ring_back_at=later))
    promise = {row.callback: row.id for row in desk.queries.promises()}
    desk.perform(KeepPromise(promise["3"]))
    kept = desk.perform(KeepPromise(promise["4"])).undo
    assert kept is not None
    desk.perform(kept.command)
    desk.perform(answered("f1"))
    desk.perform(answered("f2"))
    return database


def test_calls_promises_and_alarms_heard_are_what_their_facts_say(lively: Database) -> None:
    assert rebuild(lively, load_terms(), STAMP).differing == ()


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        (update(CallRecord).where(CallRecord.caller == "周秘书").values(note="问价钱"), ("来电记录", 2)),
        (delete(CallRecord).where(CallRecord.caller == "段主任"), ("来电记录", 1)),
        (
            update(CallbackPromise).where(CallbackPromise.callback == "3").values(kept_at=None),
            ("回电承诺", 2),
        ),
        (delete(CallbackPromise), ("回电承诺", 3)),
        (update(AlarmAnswer).values(answered_at=1), ("警报应答", 4)),
        (delete(AlarmAnswer).where(AlarmAnswer.subject_id == "f2"), ("警报应答", 1)),
    ],
)
def test_a_call_a_promise_or_an_alarm_that_strayed_is_put_right_and_named(
    lively: Database, planted: Executable, found: tuple[str, int]
) -> None:
    with lively.unit_of_work(STAMP) as work:
        work.session.execute(planted)
    assert rebuild(lively, load_terms(), STAMP).differing == (found,)
    assert rebuild(lively, load_terms(), STAMP).differing == ()


def test_whole_chains_are_counted(database: Database) -> None:
    # Two reports, an assignment, a resolution; the seeding, and the fourteen 服务项目.
    assert verify(database) == 5 + 14


def test_a_changed_fact_is_refused_by_its_place(database: Database) -> None:
    with database.unit_of_work(STAMP) as work:
        for name in trigger_statements("fault_events"):
            work.session.execute(text(f"DROP TRIGGER {name}"))
        work.session.execute(text("UPDATE fault_events SET at = at - 60 WHERE seq = 2"))
    with pytest.raises(KnownError, match="fault_events 第 2 条"):
        verify(database)
