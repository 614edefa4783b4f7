"""Rows that stand for the desk's own facts (calls, promises, alarms heard), made anew from these facts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from dispatch_app.models import AlarmAnswer, CallbackPromise, CallRecord, DeskEvent
from dispatch_app.models.base import Base
from dispatch_app.operations import alarms, call_records, promises

Rows = dict[tuple[object, ...], Base]
"""What stands after the facts read so far, by table and key."""
Replay = Callable[[Rows, DeskEvent, dict[str, Any]], None]

TABLES: tuple[type[Base], ...] = (CallRecord, CallbackPromise, AlarmAnswer)


def rebuild_desk_projections(session: Session) -> None:
    """Make these rows anew from the facts alone."""
    for table in TABLES:
        session.execute(delete(table))
    session.expire_all()
    standing: Rows = {}
    facts = (
        select(DeskEvent)
        .where(tuple_(DeskEvent.subject, DeskEvent.kind).in_(list(REPLAYS)))
        .order_by(DeskEvent.seq)
    )
    for event in session.scalars(facts):
        REPLAYS[event.subject, event.kind](standing, event, json.loads(event.payload))
    session.add_all(standing.values())


def _answered(standing: Rows, event: DeskEvent, said: dict[str, Any]) -> None:
    standing[CallRecord, event.subject_id] = CallRecord(
        id=event.subject_id,
        answered_at=event.at,
        recorded_at=event.recorded_at,
        operator_name=event.operator_name,
        **said,
    )


def _call_withdrawn(standing: Rows, event: DeskEvent, _said: dict[str, Any]) -> None:
    del standing[CallRecord, event.subject_id]


def _promised(standing: Rows, event: DeskEvent, said: dict[str, Any]) -> None:
    standing[CallbackPromise, event.subject_id] = CallbackPromise(
        id=event.subject_id,
        fault_id=said["fault"],
        call_id=said["call"],
        caller=said["caller"],
        callback=said["callback"],
        about=said["about"],
        promised_at=event.recorded_at,
        due_at=said["due_at"],
        kept_at=None,
    )


def _kept(standing: Rows, event: DeskEvent, _said: dict[str, Any]) -> None:
    _promise(standing, event).kept_at = event.at


def _owed(standing: Rows, event: DeskEvent, _said: dict[str, Any]) -> None:
    _promise(standing, event).kept_at = None


def _promise(standing: Rows, event: DeskEvent) -> CallbackPromise:
    row = standing[CallbackPromise, event.subject_id]
    assert isinstance(row, CallbackPromise)
    return row


def _promise_withdrawn(standing: Rows, event: DeskEvent, _said: dict[str, Any]) -> None:
    del standing[CallbackPromise, event.subject_id]


def _heard(standing: Rows, event: DeskEvent, said: dict[str, Any]) -> None:
    key = (event.subject_id, said["cycle"], said["clock"], said["threshold"], said["due"])
    standing[AlarmAnswer, *key] = AlarmAnswer(
        subject_id=event.subject_id,
        cycle=said["cycle"],
        clock=said["clock"],
        threshold=said["threshold"],
        due_at=said["due"],
        answered_at=event.at,
        operator_name=event.operator_name,
    )


REPLAYS: Mapping[tuple[str, str], Replay] = MappingProxyType(
    {
        (call_records.SUBJECT, "answered"): _answered,
        (call_records.SUBJECT, "withdrawn"): _call_withdrawn,
        (promises.SUBJECT, "made"): _promised,
        (promises.SUBJECT, "kept"): _kept,
        (promises.SUBJECT, "owed"): _owed,
        (promises.SUBJECT, "withdrawn"): _promise_withdrawn,
        (alarms.SUBJECT, "answered"): _heard,
    }
)
"""Subject and kind of a fact → what it does to the rows."""
