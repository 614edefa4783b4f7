"""Who is at work on a fault and how far along they are, read off its facts."""

from __future__ import annotations

from dispatch_app.contract.facts import Amended, Assigned, ByEngineer, Fact, FactKind
from dispatch_app.contract.history import ENDS, Course, EffectiveFact
from dispatch_app.operations.rows import Engagement, StaffState

RELEASED = "engineer"
"""Field of the amendment that takes an engineer off a fault: `before` is the staff id, `after` empty."""

_REACHED = {
    FactKind.ACKNOWLEDGED: StaffState.ASSIGNED,
    FactKind.DEPARTED: StaffState.EN_ROUTE,
    FactKind.ARRIVED: StaffState.ON_SCENE,
    FactKind.REPAIR_STARTED: StaffState.ON_SCENE,
}
_FURTHER = (StaffState.ASSIGNED, StaffState.EN_ROUTE, StaffState.ON_SCENE)


def engagements(course: Course) -> tuple[Engagement, ...]:
    """The people in the present cycle, in the order in which they were named; nobody once it has ended."""
    if any(fact.kind in ENDS for fact in course.cycles[-1].facts):
        return ()
    at_work: dict[str, Engagement] = {}
    for item in _steps(course):
        _apply(item, at_work)
    return tuple(at_work.values())


def _steps(course: Course) -> list[EffectiveFact]:
    cycle = course.cycles[-1]
    released = [
        item
        for item in course.timeline
        if _releases(item.fact) and not item.voided and not item.future and item.at >= cycle.start
    ]
    return sorted([*cycle.facts, *released], key=lambda item: item.order)


def _releases(fact: Fact) -> bool:
    return isinstance(fact.detail, Amended) and fact.detail.field == RELEASED


def _apply(item: EffectiveFact, at_work: dict[str, Engagement]) -> None:
    detail = item.fact.detail
    if isinstance(detail, Amended):
        at_work.pop(detail.before, None)
    elif isinstance(detail, Assigned):
        _reach(at_work, detail.engineer, detail.engineer_name, StaffState.ASSIGNED, item.at)
    elif isinstance(detail, ByEngineer):
        reached = _REACHED[item.kind]
        if detail.engineer:
            _reach(at_work, detail.engineer, detail.engineer_name, reached, item.at)
        else:
            _reach_all(at_work, reached, item.at)
    elif item.kind is FactKind.CONFIRMED and not _anybody_on_scene(at_work):
        _reach_all(at_work, StaffState.ON_SCENE, item.at)


def _reach(at_work: dict[str, Engagement], staff_id: str, name: str, state: StaffState, at: int) -> None:
    """Somebody gets further along; nobody falls back by a fact written later."""
    before = at_work.get(staff_id)
    if before is None or _FURTHER.index(state) > _FURTHER.index(before.state):
        at_work[staff_id] = Engagement(staff_id, name or (before.name if before else ""), state, at)


def _reach_all(at_work: dict[str, Engagement], state: StaffState, at: int) -> None:
    # A fact that names nobody speaks of whoever had got as far as the step before it; of all, if nobody had.
    step_before = _FURTHER[max(_FURTHER.index(state) - 1, 0)]
    meant = [person for person in at_work.values() if person.state is step_before]
    for person in meant or list(at_work.values()):
        _reach(at_work, person.staff_id, person.name, state, at)


def _anybody_on_scene(at_work: dict[str, Engagement]) -> bool:
    return any(person.state is StaffState.ON_SCENE for person in at_work.values())
