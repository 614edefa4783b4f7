"""What people do with a fault: take the call, send someone, follow it to its end, take a click back."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.contract.facts import CancelKind, FactKind, Procedure, Source


@dataclass(frozen=True, slots=True)
class RegisterFault:
    """A call becomes a fault. `answered_at`: the moment the call was answered, epoch seconds UTC.

    `fault_id`: the id it is to have; empty for a new one. `Changes.created` is the id.
    `ring_back_at`: by when the caller was promised to be rung back, None for no promise.
    `group_with`: id of an open fault of the same cause it joins as 多节并发, empty for none.
    """

    answered_at: int
    site_id: str
    symptom: str
    emergency: bool = False
    source: Source = Source.CLIENT
    caller: str = ""
    unit: str = ""
    callback: str = ""
    line: str = ""
    room: str = ""
    device: str = ""
    hardware: bool = False
    draft_id: str = ""
    fault_id: str = ""
    ring_back_at: int | None = None
    group_with: str = ""


@dataclass(frozen=True, slots=True)
class AssignFault:
    """Name an engineer for a fault. Repeating it does nothing."""

    fault_id: str
    staff_id: str
    expected_version: int
    at: int | None = None


@dataclass(frozen=True, slots=True)
class ReleaseEngineer:
    """改派 or 撤出: somebody named for a fault is free again. What was recorded of them stays."""

    fault_id: str
    staff_id: str
    reason: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class GroupFaults:
    """并入多节并发: several faults of one cause. The first one's number names the group."""

    fault_ids: tuple[str, ...]
    at: int | None = None


@dataclass(frozen=True, slots=True)
class RecordMilestone:
    """Acknowledged, departed, arrived, confirmed (with its procedure), repair started, special report
    submitted, instruction received, resolved, closed, reopened or unreachable. `at` None means now."""

    fault_id: str
    kind: FactKind
    expected_version: int
    at: int | None = None
    procedure: Procedure | None = None
    staff_id: str = ""
    note: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class CancelFault:
    """销单: close a fault that was none. `of`: number of the fault it repeats, for duplicates."""

    fault_id: str
    kind: CancelKind
    expected_version: int
    of: str = ""
    note: str = ""
    at: int | None = None


@dataclass(frozen=True, slots=True)
class CorrectFact:
    """更正: another time for a fact, or void it with `new_at` None."""

    fault_id: str
    fact_id: str
    new_at: int | None
    reason: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class AmendFault:
    """更正 a field of the report: site, zone, emergency, caller, unit, callback, symptom, room, device, …

    `after` is text: a site id, a zone or source by its code, emergency and hardware as "1" or "0".
    """

    fault_id: str
    field: str
    after: str
    reason: str
    expected_version: int


@dataclass(frozen=True, slots=True)
class RecordThirdParty:
    """甲方委托第三方 (四.6). `labour` in yuan as text; `parts` as (name, unit price, quantity)."""

    fault_id: str
    cause: str
    labour: str
    parts: tuple[tuple[str, str, int], ...]
    expected_version: int
    at: int | None = None


@dataclass(frozen=True, slots=True)
class UndoFacts:
    """撤回: void the facts one click wrote, by correction."""

    fault_id: str
    fact_ids: tuple[str, ...]
