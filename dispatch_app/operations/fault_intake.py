"""接报: the whole call becomes one fact, and its draft goes."""

from __future__ import annotations

from uuid import uuid4

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Reported, Zone
from dispatch_app.contract.moves import check_move
from dispatch_app.models import Fault
from dispatch_app.operations.calls import discard
from dispatch_app.operations.case import Case
from dispatch_app.operations.changes import NOTHING, Changes
from dispatch_app.operations.fault_checks import fault_and_case
from dispatch_app.operations.fault_moves import group
from dispatch_app.operations.faults import GroupFaults, RegisterFault
from dispatch_app.operations.job import Job
from dispatch_app.operations.numbers import next_number
from dispatch_app.operations.projection import append, fault_number
from dispatch_app.operations.promises import Promised, promise
from dispatch_app.operations.sites import site
from dispatch_app.operations.typed_text import clean


def register(job: Job, command: RegisterFault) -> Changes:
    """Give the call its number and its clocks; they run from the moment it was answered.

    Raises:
        KnownError: No site, no symptom, or a call from the future; `field` says where.
    """
    place = site(job, command.site_id)
    if not clean(command.symptom):
        raise KnownError("没有写故障现象", "请写一句现象，或点一条常用语", "symptom")
    check_move(FactKind.REPORTED, command.answered_at, (), job.now)
    fault_id = command.fault_id or str(uuid4())
    if command.fault_id and job.session.get(Fault, fault_id) is not None:
        raise KnownError("这次来电已经登记", "请在队列里查看，不必重复登记")
    detail = Reported(
        zone=Zone(place.zone),
        source=command.source,
        emergency=command.emergency,
        site=place.id,
        site_name=place.name,
        symptom=clean(command.symptom),
        caller=clean(command.caller),
        unit=clean(command.unit),
        callback=clean(command.callback),
        line=clean(command.line),
        room=clean(command.room),
        device=clean(command.device),
        hardware=command.hardware,
    )
    desk = job.work.stamp.desk
    number = fault_number(desk, next_number(job.session, f"fault:{desk}"))
    append(
        job,
        fault_id,
        [(FactKind.REPORTED, command.answered_at, detail)],
        number,
        before=Case(fault_id, ()),
    )
    joined = _join(job, command.group_with, fault_id)
    dropped = bool(command.draft_id) and discard(job, command.draft_id)
    return Changes(
        faults=frozenset({fault_id}) | joined.faults,
        sites=frozenset({place.id}),
        drafts=frozenset({command.draft_id}) if dropped else NOTHING,
        promises=_promise(job, command, fault_id, f"{number} {place.name} {detail.symptom}"),
        message=f"{number} 已登记：{place.name}" + (f"；{joined.message}" if joined.message else ""),
        created=fault_id,
    )


def _join(job: Job, parent: str, fault_id: str) -> Changes:
    """Several sites, one cause: the new fault joins the group of `parent` and keeps its own clocks."""
    if not parent:
        return Changes()
    row, _ = fault_and_case(job, parent)
    if not row.open:
        raise KnownError(f"{row.number} 已经结束，不能再并入", "请另选一件在办故障，或不并入")
    return group(job, GroupFaults((parent, fault_id)))


def _promise(job: Job, command: RegisterFault, fault_id: str, about: str) -> frozenset[str]:
    if command.ring_back_at is None:
        return NOTHING
    what = Promised(fault_id, "", command.caller.strip(), command.callback.strip(), about)
    return frozenset({promise(job, command.ring_back_at, what)})
