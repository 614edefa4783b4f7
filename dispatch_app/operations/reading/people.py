"""The roster with what everybody is doing, and who suits a fault best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from dispatch_app.contract.calendar_beijing import DAY, date_of, start_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Assigned, ByEngineer, Zone
from dispatch_app.contract.moves import Stage
from dispatch_app.contract.places import PlaceKind
from dispatch_app.models import Fault, FaultEngineer, Site, StaffMember
from dispatch_app.operations.case import Case
from dispatch_app.operations.reading.trips import trips_to
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import StaffRow, StaffState, Suggestion
from dispatch_app.operations.settings import setting_value
from dispatch_app.operations.travel import Point, TravelRule, blended_minutes, travel_minutes
from dispatch_app.operations.words import STATE_WORDS

SKILLS_FOR: dict[PlaceKind, tuple[str, str]] = {
    PlaceKind.ROOM: ("network", "网络"),
    PlaceKind.STREET: ("maintenance", "维护"),
    PlaceKind.FIBRE: ("fibre", "光纤"),
    PlaceKind.BOX: ("fibre", "光纤"),
    PlaceKind.NODE: ("fibre", "光纤"),
    PlaceKind.SERVICE: ("software", "软件"),
    PlaceKind.OFFICE: ("maintenance", "维护"),
}
"""Kind of site → the skill that helps most there, with its word."""
_BUSIEST_FIRST = (StaffState.ON_SCENE, StaffState.EN_ROUTE, StaffState.ASSIGNED)
_AWAY = (StaffState.ON_LEAVE, StaffState.LEFT)
_WHERE_UNKNOWN = 1 << 20
_LOOK_BACK = 60 * DAY
"""An older fault resolved today is not counted among what somebody did today: the figure ranks, no more."""


def staff_rows(view: View) -> tuple[StaffRow, ...]:
    """Everybody on the roster by digit, the call-taker last; the number of statements is fixed."""
    people = view.session.scalars(select(StaffMember)).all()
    in_hand = _in_hand(view)
    done = _done_today(view)
    rows = [_staff_row(person, in_hand.get(person.id, []), done[person.id]) for person in people]
    return tuple(sorted(rows, key=lambda row: (row.digit == 0, row.digit)))


def operator_row(view: View) -> StaffRow:
    """Who acts at the desk: whoever was chosen, else the call-taker."""
    rows = staff_rows(view)
    chosen = setting_value(view.session, "operator")
    return next((row for row in rows if row.id == chosen), rows[-1])


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: StaffRow
    minutes: int | None
    journeys: int
    skilled: bool
    word: str

    @property
    def order(self) -> tuple[bool, bool, bool, int, int, int]:
        """Free now, rested, skilled, near, little done today, digit."""
        return (
            bool(self.row.engagements),
            self.row.state is StaffState.RESTING,
            not self.skilled,
            _WHERE_UNKNOWN if self.minutes is None else self.minutes,
            self.row.done_today + len(self.row.engagements),
            self.row.digit,
        )


def suggestions(view: View, fault_id: str) -> tuple[Suggestion, ...]:
    """Who could be sent to a fault, best first, with the reasons in words.

    Raises:
        KnownError: There is no such fault.
    """
    fault = view.session.get(Fault, fault_id)
    if fault is None:
        raise KnownError("没有这件故障", "请在队列里选中一件故障")
    site = view.session.get(Site, fault.site_id)
    kind = PlaceKind(site.kind) if site else PlaceKind.OFFICE
    places = _places(view)
    rule = _rule(view)
    home = places.get(setting_value(view.session, "home_site"))
    there = places.get(fault.site_id)
    skill, word = SKILLS_FOR[kind]
    skills = {
        row.id: row.skills.split() for row in view.session.execute(select(StaffMember.id, StaffMember.skills))
    }
    where = _whereabouts(view)
    named = {
        row.staff_id
        for row in view.session.execute(
            select(FaultEngineer.staff_id).where(FaultEngineer.fault_id == fault_id)
        )
    }
    journeys = trips_to(view, fault.site_id)
    candidates = []
    for row in staff_rows(view):
        if not row.digit or row.state in _AWAY or row.id in named:
            continue
        start = places.get(where.get(row.id, ""), home)
        # Journeys count from wherever they began, as a rule the office: they say nothing of a short hop.
        made = journeys if start == home else ()
        minutes = _minutes(start, there, Zone(fault.zone), rule)
        if minutes is not None:
            minutes = blended_minutes(minutes, made)
        candidates.append(_Candidate(row, minutes, len(made), skill in skills[row.id], word))
    ranked = sorted(candidates, key=lambda candidate: candidate.order)
    return tuple(
        _suggestion(candidate, rank, fault.site_name) for rank, candidate in enumerate(ranked, start=1)
    )


def _suggestion(candidate: _Candidate, rank: int, site_name: str) -> Suggestion:
    row = candidate.row
    reasons = [f"手上 {len(row.engagements)} 件" if row.engagements else "空闲"]
    if row.state is StaffState.RESTING:
        reasons.append("休息中")
    if candidate.skilled:
        reasons.append(f"擅长{candidate.word}")
    if candidate.minutes is not None:
        basis = f"，含实际 {candidate.journeys} 次" if candidate.journeys else ""
        reasons.append(f"约 {candidate.minutes} 分（估{basis}）")
    reasons.append(f"今日已办 {row.done_today} 件")
    consequence = ""
    if row.engagements:
        number, place, state = row.engagements[0]
        leaves = f"先离开 {number}（{STATE_WORDS[state]}）"
        consequence = f"与 {number} 同站点" if place == site_name else leaves
    return Suggestion(
        staff_id=row.id,
        rank=rank,
        best=rank == 1,
        reasons=tuple(reasons),
        travel_minutes=candidate.minutes,
        consequence=consequence,
    )


def _in_hand(view: View) -> dict[str, list[tuple[FaultEngineer, str, str]]]:
    rows = view.session.execute(
        select(FaultEngineer, Fault.number, Fault.site_name)
        .join(Fault, Fault.id == FaultEngineer.fault_id)
        .order_by(FaultEngineer.since)
    )
    found: dict[str, list[tuple[FaultEngineer, str, str]]] = {}
    for engaged, number, site in rows:
        found.setdefault(engaged.staff_id, []).append((engaged, number, site))
    for entries in found.values():
        entries.sort(key=lambda entry: _BUSIEST_FIRST.index(StaffState(entry[0].state)))
    return found


def _staff_row(person: StaffMember, in_hand: Sequence[tuple[FaultEngineer, str, str]], done: int) -> StaffRow:
    state, since = StaffState(person.availability), person.availability_since
    # Who is at work is at work, whatever was said before; who has left is gone for good.
    if in_hand and state not in _AWAY:
        state, since = StaffState(in_hand[0][0].state), in_hand[0][0].since
    return StaffRow(
        id=person.id,
        digit=person.digit,
        name=person.name,
        post=person.post,
        role=person.role,
        technician=person.technician,
        state=state,
        since=since,
        engagements=tuple((number, site, StaffState(engaged.state)) for engaged, number, site in in_hand),
        done_today=done,
        mobile=person.mobile,
        service_line=person.service_line,
    )


def _done_today(view: View) -> Counter[str]:
    """Staff id → faults resolved today on which that person worked."""
    today = start_of(date_of(view.now))
    resolved = view.session.execute(
        select(Fault.id, Fault.version).where(
            Fault.reported_at > today - _LOOK_BACK,
            Fault.stage.in_([Stage.RESOLVED.value, Stage.CLOSED.value]),
            (Fault.ended_at >= today) | Fault.open,
        )
    )
    counted: Counter[str] = Counter()
    for case in view.cases({row.id: row.version for row in resolved}).values():
        counted.update(_workers(case, today))
    return counted


def _workers(case: Case, today: int) -> set[str]:
    ended = case.course.cycles[-1].ended_at
    if ended is None or ended < today:
        return set()
    details = [item.fact.detail for item in case.cycle.facts]
    return {detail.engineer for detail in details if isinstance(detail, Assigned | ByEngineer)} - {""}


def _whereabouts(view: View) -> dict[str, str]:
    """Staff id → id of the site where a person is or is heading."""
    rows = view.session.execute(
        select(FaultEngineer.staff_id, Fault.site_id)
        .join(Fault, Fault.id == FaultEngineer.fault_id)
        .where(FaultEngineer.state != StaffState.ASSIGNED.value)
        .order_by(FaultEngineer.since)
    )
    return dict(rows.all())


def _places(view: View) -> dict[str, Point]:
    rows = view.session.execute(select(Site.id, Site.longitude, Site.latitude))
    return {
        row.id: (row.longitude, row.latitude)
        for row in rows
        if row.longitude is not None and row.latitude is not None
    }


def _rule(view: View) -> TravelRule:
    urban, outlying, detour, start = (
        int(setting_value(view.session, name))
        for name in ("travel_urban_kmh", "travel_outlying_kmh", "travel_detour", "travel_start")
    )
    return TravelRule({Zone.URBAN: urban, Zone.OUTLYING: outlying}, detour / 100, start)


def _minutes(start: Point | None, end: Point | None, zone: Zone, rule: TravelRule) -> int | None:
    return None if start is None or end is None else travel_minutes(start, end, zone, rule)
