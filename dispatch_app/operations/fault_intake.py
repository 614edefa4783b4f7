"""接报: the whole call becomes one fact, and its draft goes."""

from __future__ import annotations

from uuid import uuid4

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Reported, Zone
from dispatch_app.contract.moves import check_move
from dispatch_app.models import Fault
from dispatch_app.operations.calls import discard
from dispatch_app.operations.changes import NOTHING, Changes
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.operations.job import Job
from dispatch_app.operations.numbers import next_number
from dispatch_app.operations.projection import append, fault_number
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
    if job.session.get(Fault, fault_id) is not None:
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
    append(job, fault_id, [(FactKind.REPORTED, command.answered_at, detail)], number)
    dropped = bool(command.draft_id) and discard(job, command.draft_id)
    return Changes(
        faults=frozenset({fault_id}),
        sites=frozenset({place.id}),
        drafts=frozenset({command.draft_id}) if dropped else NOTHING,
        message=f"{number} 已登记：{place.name}",
        created=fault_id,
    )
