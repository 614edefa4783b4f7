"""From what a round found to a fault, with one key (附三 六: 发现异常及时采取相应措施)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Source
from dispatch_app.operations import fault_intake
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.checks import abnormal
from dispatch_app.operations.registers.entries import change, standing_entry
from dispatch_app.operations.registers.rounds import ROUNDS, wanting

LONGEST = 200
"""So many characters of what a round found go into the symptom."""


@dataclass(frozen=True, slots=True)
class RegisterRoundFault:
    """Make a fault of what a round found. `Changes.created` is the fault's id."""

    entry_id: str
    expected_version: int


def register_round_fault(job: Job, command: RegisterRoundFault) -> Changes:
    """The fault is reported by 巡检 at the moment of the round; each names the other.

    Raises:
        KnownError: Nothing was wrong, it has a fault already, it was of no site, or the screen is outdated.
    """
    register, entry = standing_entry(job.session, command.entry_id, command.expected_version)
    if register is not ROUNDS:
        raise KnownError("这不是巡检记录", "请在巡检记录里选一条有异常的")
    refusal = wanting(entry.values)
    if refusal is not None:
        raise KnownError(*refusal)
    if "site" not in entry.values:
        raise KnownError("这次巡检没有站点", "在调度台登记故障，再回来用「关联故障」", "site")
    broken = abnormal(str(entry.values.get("devices", "")))
    found = str(entry.values["breach"]).replace("\n", "；")
    if len(found) > LONGEST:
        found = f"{found[:LONGEST]}……"
    registered = fault_intake.register(
        job,
        RegisterFault(
            answered_at=int(entry.values["at"]),
            site_id=str(entry.values["site"]),
            symptom=f"巡检 {entry.number}：{found}",
            source=Source.PATROL,
            device=broken[0].name if len(broken) == 1 else "",
            hardware=bool(broken),
        ),
    )
    linked = change(job, command.entry_id, {"fault": registered.created}, "fault", "")
    return replace(registered, registers=linked.registers)
