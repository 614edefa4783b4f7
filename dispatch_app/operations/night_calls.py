"""夜间补录: calls that came to the night mobile, typed in the morning, each with its milestones at once."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.contract.facts import FactKind, Source
from dispatch_app.models import Fault
from dispatch_app.operations.changes import NOTHING, Changes
from dispatch_app.operations.fault_intake import register
from dispatch_app.operations.fault_moves import assign, milestone
from dispatch_app.operations.faults import AssignFault, RecordMilestone, RegisterFault
from dispatch_app.operations.job import Job

NIGHT_LINE = "夜间手机"
"""The line such a call came in on."""
STEPS = (FactKind.ACKNOWLEDGED, FactKind.DEPARTED, FactKind.ARRIVED, FactKind.RESOLVED)
"""The milestones a row of the night may carry, in their usual order."""


@dataclass(frozen=True, slots=True)
class RegisterNightCall:
    """One call of the night. Times: epoch seconds UTC, when it happened; entry time is when this is done.

    Attributes:
        fault_id: The row's own id: a row handed in twice is refused the second time.
        assigned: (staff id, when they were named), or None.
        steps: (kind, when) of those of `STEPS` that happened.
    """

    fault_id: str
    answered_at: int
    site_id: str
    symptom: str
    caller: str = ""
    callback: str = ""
    emergency: bool = False
    assigned: tuple[str, int] | None = None
    steps: tuple[tuple[FactKind, int], ...] = ()


def register_night_call(job: Job, command: RegisterNightCall) -> Changes:
    """Register the call with everything known of it, or nothing of it.

    Raises:
        KnownError: The call or one of its steps cannot have been so.
    """
    done = register(
        job,
        RegisterFault(
            command.answered_at,
            command.site_id,
            command.symptom,
            emergency=command.emergency,
            source=Source.CLIENT,
            caller=command.caller,
            callback=command.callback,
            line=NIGHT_LINE,
            fault_id=command.fault_id,
        ),
    )
    staff = NOTHING
    if command.assigned is not None:
        staff_id, at = command.assigned
        version = _version(job, command.fault_id)
        staff = assign(job, AssignFault(command.fault_id, staff_id, version, at)).staff
    for kind, at in sorted(command.steps, key=lambda step: step[1]):
        version = _version(job, command.fault_id)
        staff |= milestone(job, RecordMilestone(command.fault_id, kind, version, at)).staff
    return Changes(
        faults=done.faults, sites=done.sites, staff=staff, message=done.message, created=done.created
    )


def _version(job: Job, fault_id: str) -> int:
    return job.session.get_one(Fault, fault_id).version
