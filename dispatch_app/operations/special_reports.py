"""专报: from a confirmed fault through draft and submission to the bureau's instruction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DraftSpecialReport:
    """Begin a 专报 for a fault, or answer with the one it has. `Changes.created` is its id."""

    fault_id: str


@dataclass(frozen=True, slots=True)
class EditSpecialReport:
    """`estimate` in yuan as typed; empty for not yet known."""

    report_id: str
    expected_version: int
    device: str
    model: str
    serial: str
    parameters: str
    estimate: str
    cause: str
    advice: str
    signer: str


@dataclass(frozen=True, slots=True)
class SubmitSpecialReport:
    """上报: fixes the number `〔year〕n号`, time and copy; records the milestone that stops its clock."""

    report_id: str
    expected_version: int
    at: int | None = None


@dataclass(frozen=True, slots=True)
class RecordInstruction:
    """批示: what the bureau answered, with its document number."""

    report_id: str
    expected_version: int
    instruction: str
    document: str
    at: int | None = None
