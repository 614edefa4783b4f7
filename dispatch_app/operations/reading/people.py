"""The roster with what everybody is doing, and who suits a fault best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Zone
from dispatch_app.contract.places import PlaceKind
from dispatch_app.models import Fault, StaffMember
from dispatch_app.operations.reading.board import InHand
from dispatch_app.operations.reading.trips import trips_to
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import StaffRow, StaffState, Suggestion
from dispatch_app.operations.settings import chosen_settings, setting_value
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


def staff_rows(view: View) -> tuple[StaffRow, ...]:
    """Everybody on the roster by digit, the call-taker last; issues no statement of its own."""
    board = view.board
    rows = [
        _staff_row(
            view, person, _busiest_first(board.in_hand.get(person.id, [])), board.done_today[person.id]
        )
        for person in board.people
    ]
    # Who has left stands behind those with a key and before the call-taker.
    return tuple(sorted(rows, key=lambda row: (row.digit == 0, row.state is not StaffState.LEFT, row.digit)))


def operator_row(view: View) -> StaffRow:
    """Who acts at the desk: whoever was chosen, else the call-taker; nobody who has left (四.3)."""
    rows = staff_rows(view)
    there = [row for row in rows if row.state is not StaffState.LEFT] or rows
    chosen = setting_value(view.session, "operator")
    return next((row for row in there if row.id == chosen), there[-1])


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
    found = view.board.faults.get(fault_id)
    fault = view.session.get(Fault, fault_id) if found is None else found.fault
    if fault is None:
        raise KnownError("没有这件故障", "请在队列里选中一件故障")
    site = next((site for site in view.board.sites if site.id == fault.site_id), None)
    kind = PlaceKind(site.kind) if site else PlaceKind.OFFICE
    places = _places(view)
    settings = chosen_settings(view.session)
    rule = _rule(settings)
    home = places.get(settings("home_site"))
    there = places.get(fault.site_id)
    skill, word = SKILLS_FOR[kind]
    skills = {person.id: person.skills.split() for person in view.board.people}
    where = _whereabouts(view)
    named = {person.staff_id for person in found.case.engagements} if found is not None else set()
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


def _busiest_first(in_hand: Sequence[InHand]) -> list[InHand]:
    return sorted(in_hand, key=lambda hand: _BUSIEST_FIRST.index(hand.part.state))


def _staff_row(view: View, person: StaffMember, in_hand: Sequence[InHand], done: int) -> StaffRow:
    engagements = tuple(hand.told for hand in in_hand)
    state, since = StaffState(person.availability), person.availability_since
    # Who is at work is at work, whatever was said before; who has left is gone for good.
    if in_hand and state not in _AWAY:
        state, since = in_hand[0].part.state, in_hand[0].part.since
    made_of, held = view.memory.staff_rows.get(person.id, (None, None))
    if (
        held is not None
        and made_of is person
        and (held.state, held.since, held.done_today) == (state, since, done)
        and held.engagements == engagements
    ):
        return held
    row = StaffRow(
        id=person.id,
        # The key of somebody who has left may be another's by now.
        digit=0 if state is StaffState.LEFT else person.digit,
        name=person.name,
        post=person.post,
        role=person.role,
        technician=person.technician,
        state=state,
        since=since,
        engagements=engagements,
        done_today=done,
        mobile=person.mobile,
        service_line=person.service_line,
    )
    view.memory.staff_rows[person.id] = (person, row)
    return row


def _whereabouts(view: View) -> dict[str, str]:
    """Staff id → id of the site where a person is or is heading."""
    return {
        staff_id: hand.site_id
        for staff_id, hands in view.board.in_hand.items()
        for hand in hands
        if hand.part.state is not StaffState.ASSIGNED
    }


def _places(view: View) -> dict[str, Point]:
    return {
        site.id: (site.longitude, site.latitude)
        for site in view.board.sites
        if site.longitude is not None and site.latitude is not None
    }


def _rule(settings: Callable[[str], str]) -> TravelRule:
    urban, outlying, detour, start = (
        int(settings(name))
        for name in ("travel_urban_kmh", "travel_outlying_kmh", "travel_detour", "travel_start")
    )
    return TravelRule({Zone.URBAN: urban, Zone.OUTLYING: outlying}, detour / 100, start)


def _minutes(start: Point | None, end: Point | None, zone: Zone, rule: TravelRule) -> int | None:
    return None if start is None or end is None else travel_minutes(start, end, zone, rule)
