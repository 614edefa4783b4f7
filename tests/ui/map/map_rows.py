"""Rows for the map: faults with clocks of every urgency, and people on the way."""

from __future__ import annotations

from collections.abc import Iterable

from dispatch_app.contract.clocks import ClockName, ClockResult, ClockState
from dispatch_app.contract.facts import Source, Zone
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.rows import Engagement, FaultRow, SiteKind, SiteRow, StaffState
from tests.ui.conftest import FRIDAY


def site(
    site_id: str,
    name: str,
    at: tuple[float, float] | None = None,
    kind: SiteKind = SiteKind.ROOM,
    approximate: bool = False,
) -> SiteRow:
    longitude, latitude = at or (None, None)
    return SiteRow(site_id, name, kind, Zone.URBAN, "", longitude, latitude, approximate, "", "", ())


def clock(
    left: int, name: ClockName = ClockName.ARRIVAL, state: ClockState = ClockState.RUNNING
) -> ClockResult:
    """A clock with `left` seconds to go at FRIDAY."""
    return ClockResult(1, name, state, FRIDAY - 1000, FRIDAY + left, None, 0)


def fault(
    number: int,
    site_id: str,
    clocks: Iterable[ClockResult] = (),
    people: Iterable[tuple[str, StaffState]] = (),
    symptom: str = "专网中断",
    is_open: bool = True,
) -> FaultRow:
    engagements = tuple(Engagement(one, one, state, FRIDAY - 600) for one, state in people)
    return FaultRow(
        id=f"f{number}",
        number=f"A-{number:04d}",
        version=1,
        site_id=site_id,
        site_name=site_id,
        zone=Zone.URBAN,
        emergency=False,
        source=Source.CLIENT,
        symptom=symptom,
        stage=Stage.REPORTED,
        procedure=None,
        cycle=1,
        reported_at=FRIDAY - 1000,
        engagements=engagements,
        clocks=tuple(clocks),
        next_move=None,
        group="",
        group_size=0,
        penalty_ordinal=0,
        open=is_open,
    )
