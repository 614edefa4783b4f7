"""Which moments of a fault are 待核: written down while nobody had verified the machine's clock.

A moment corrected since, under a clock beyond doubt, is doubted no more. Times: epoch seconds UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from dispatch_app.contract.clocks import ClockResult
from dispatch_app.operations.case import Case
from dispatch_app.operations.reading.clock_doubts import doubtful_facts
from dispatch_app.operations.reading.faults import timeline
from dispatch_app.operations.reading.view import View
from dispatch_app.storage.facts import load_facts

NEVER: frozenset[int] = frozenset()


def doubtful_times(view: View, fault_ids: Iterable[str]) -> Mapping[str, frozenset[int]]:
    """Fault id → its moments in doubt; a fault without any is left out."""
    doubts = doubtful_facts(view.session)
    if not doubts.spans:
        return {}
    wanted = sorted(set(fault_ids))
    found = {}
    for fault_id, stored in load_facts(view.session, wanted).items():
        case = Case(fault_id, tuple(item.fact for item in stored))
        entries = timeline(case, stored, doubts)
        times = frozenset(entry.at for entry in entries if entry.doubtful and not entry.voided)
        if times:
            found[fault_id] = times
    return found


def with_dues(times: Collection[int], clocks: Iterable[ClockResult]) -> tuple[int, ...]:
    """The same moments and those at which these clocks run out that were started by one of them."""
    dues = {clock.due_at for clock in clocks if clock.started_at in times and clock.due_at is not None}
    return tuple(sorted({*times, *dues}))
