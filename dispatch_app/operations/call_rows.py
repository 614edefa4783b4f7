"""What the intake card reads: calls on record, callers known, what is known of a site. Times: epoch seconds
UTC."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.contract.calls import CallKind


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call that became no fault of its own. `site_name` and `fault_number`: empty for none."""

    id: str
    kind: CallKind
    answered_at: int
    recorded_at: int
    operator: str
    line: str
    caller: str
    unit: str
    callback: str
    site_name: str
    fault_id: str
    fault_number: str
    note: str


@dataclass(frozen=True, slots=True)
class CallerRow:
    """Somebody who called before."""

    caller: str
    unit: str
    callback: str


@dataclass(frozen=True, slots=True)
class SiteHistory:
    """Faults reported at a site in the last 30 days. `last`: one line on the latest, empty for none."""

    faults: int
    last: str


@dataclass(frozen=True, slots=True)
class OpenFault:
    """A fault in hand, as one that another may join: 多节并发."""

    id: str
    number: str
    site_name: str
    symptom: str


@dataclass(frozen=True, slots=True)
class IntakeHelp:
    """What the card offers: faults in hand, the latest first, and phrases for the symptom."""

    open_faults: tuple[OpenFault, ...]
    phrases: tuple[str, ...]
