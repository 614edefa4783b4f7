"""What the map shows of the rows: a mark for each site with its worst clock, and who is where. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dispatch_app.contract.clocks import ClockResult
from dispatch_app.operations.rows import FaultRow, SiteKind, SiteRow, StaffRow, StaffState
from dispatch_app.ui.desk.urgency import (
    Thresholds,
    Urgency,
    binding_clock,
    figure,
    is_live,
    next_change,
    urgency,
)

GLYPHS = ("○", "●", "▲", "▲", "■")
"""By urgency: they say the same as the colours, for those who cannot tell these apart."""

KINDS: Mapping[SiteKind, str] = {
    SiteKind.ROOM: "机房",
    SiteKind.STREET: "街道节点",
    SiteKind.OFFICE: "办公点",
    SiteKind.SERVICE: "业务系统",
    SiteKind.BOX: "野外交换箱",
    SiteKind.FIBRE: "光纤",
    SiteKind.NODE: "无线节点",
}

BASE_NAME = "宁湖大厦"
HOVER_LONGEST = 120
"""Characters of a symptom in the hover card."""
"""Where people set out from when nothing later is known of them."""

_STREET_ENDING = re.compile(r"街道(办事处)?(节点|机房)?$")


@dataclass(frozen=True, slots=True)
class SiteMark:
    """A site with its open faults.

    Attributes:
        short: The name as it stands on the map.
        faults: Open faults at the site, the most pressing first.
        urgency: Of the worst clock; `Urgency.NONE` too where nothing is open (see `faults`).
        figure: Time left or over of the clock that binds next, if that is at least soon; else empty.
    """

    site: SiteRow
    short: str
    faults: tuple[FaultRow, ...]
    urgency: Urgency
    figure: str

    @property
    def placed(self) -> bool:
        """Whether the site has a point on the map."""
        return self.site.longitude is not None and self.site.latitude is not None

    @property
    def glyph(self) -> str:
        """Empty where nothing is open."""
        return GLYPHS[self.urgency] if self.faults else ""

    @property
    def words(self) -> str:
        """`禄脿 +20:07`, or the short name alone."""
        return f"{self.short} {self.figure}".rstrip()

    @property
    def label(self) -> str:
        """`■ 禄脿 +20:07`, for texts; on the map the glyph is drawn."""
        return f"{self.glyph} {self.words}".lstrip()


@dataclass(frozen=True, slots=True)
class EngineerMark:
    """Someone on the road or on the spot.

    Attributes:
        initial: One character, unlike that of the others where the names allow it.
        site_id: Where they are, or are going.
        origin_id: Where they come from while en route; empty where nothing is known or needed.
    """

    staff_id: str
    name: str
    initial: str
    en_route: bool
    site_id: str
    origin_id: str
    fault_number: str


def short_name(site: SiteRow) -> str:
    """`禄脿` for 禄脿街道办事处节点; other sites keep their names."""
    if site.kind is SiteKind.STREET:
        return _STREET_ENDING.sub("", site.name) or site.name
    return site.name


def site_marks(
    sites: Iterable[SiteRow], queue: Iterable[FaultRow], now: int, thresholds: Thresholds
) -> tuple[SiteMark, ...]:
    """A mark for each site at `now` (epoch seconds UTC), in the order of the sites."""
    return SiteMarks().at(sites, queue, now, thresholds)


@dataclass(frozen=True, slots=True)
class _Worked:
    """What a mark was made of, and what stays of it until a row changes or a clock its urgency.

    `since`, `until`: it holds from the one to before the other, epoch seconds UTC; None for ever.
    `figured`: the clock whose figure is shown, None for none.
    """

    queue: tuple[FaultRow, ...]
    thresholds: Thresholds
    since: int
    until: int | None
    mark: SiteMark
    figured: ClockResult | None

    def holds(self, site: SiteRow, queue: tuple[FaultRow, ...], now: int, thresholds: Thresholds) -> bool:
        in_time = self.since <= now and (self.until is None or now < self.until)
        same_site = self.mark.site is site or self.mark.site == site
        return in_time and self.thresholds is thresholds and same_site and self.queue == queue


class SiteMarks:
    """Marks asked for every second: those of sites where nothing has changed get a new figure, no more."""

    def __init__(self) -> None:
        self._worked: dict[str, _Worked] = {}
        self._figured: dict[str, tuple[_Worked, SiteMark]] = {}

    def at(
        self, sites: Iterable[SiteRow], queue: Iterable[FaultRow], now: int, thresholds: Thresholds
    ) -> tuple[SiteMark, ...]:
        """As `site_marks`."""
        faults: dict[str, list[FaultRow]] = defaultdict(list)
        for row in queue:
            if row.open:
                faults[row.site_id].append(row)
        return tuple(self._mark(site, tuple(faults.get(site.id, ())), now, thresholds) for site in sites)

    def _mark(
        self, site: SiteRow, faults: tuple[FaultRow, ...], now: int, thresholds: Thresholds
    ) -> SiteMark:
        worked = self._worked.get(site.id)
        if worked is None or not worked.holds(site, faults, now, thresholds):
            worked = self._worked[site.id] = _work_out(site, faults, now, thresholds)
        if worked.figured is None:
            return worked.mark
        words = figure(worked.figured, now)
        made_of, mark = self._figured.get(site.id, (None, worked.mark))
        if made_of is not worked or mark.figure != words:
            mark = replace(worked.mark, figure=words)
            self._figured[site.id] = (worked, mark)
        return mark


def _work_out(site: SiteRow, faults: tuple[FaultRow, ...], now: int, thresholds: Thresholds) -> _Worked:
    levels = {row.id: fault_urgency(row, now, thresholds) for row in faults}
    worst = sorted(faults, key=lambda row: (-levels[row.id], row.number))
    level = levels[worst[0].id] if worst else Urgency.NONE
    clocks = [clock for row in faults for clock in row.clocks]
    return _Worked(
        queue=faults,
        thresholds=thresholds,
        since=now,
        until=next_change(clocks, now, thresholds),
        mark=SiteMark(site, short_name(site), tuple(worst), level, ""),
        figured=binding_clock(clocks, now) if level >= Urgency.SOON else None,
    )


def fault_urgency(row: FaultRow, now: int, thresholds: Thresholds) -> Urgency:
    """The worst of a fault's clocks."""
    return max((urgency(clock, now, thresholds) for clock in row.clocks), default=Urgency.NONE)


def fault_line(row: FaultRow, now: int, thresholds: Thresholds) -> str:
    """`▲ A-0007 核心交换断 12:41`: one fault in the words of the hover card."""
    clock: ClockResult | None = binding_clock(filter(is_live, row.clocks), now)
    level = fault_urgency(row, now, thresholds)
    words = [
        GLYPHS[level],
        row.number,
        row.symptom[:HOVER_LONGEST],
        figure(clock, now) if clock else "无时限",
    ]
    return " ".join(word for word in words if word)


def engineer_marks(
    queue: Iterable[FaultRow], staff: Iterable[StaffRow], last_seen: Mapping[str, str], base_id: str
) -> tuple[EngineerMark, ...]:
    """Who is on the road or on the spot, one mark a person.

    Args:
        last_seen: Staff id → id of the site where they were last on the spot.
        base_id: Site people set out from otherwise, or an empty string.
    """
    roster = {row.id: row for row in staff}
    initials = _initials(roster.values())
    doing: dict[str, tuple[bool, int, FaultRow]] = {}
    on_spot: dict[str, str] = {}
    for row in queue:
        for part in row.engagements:
            en_route = part.state is StaffState.EN_ROUTE
            if not row.open or not (en_route or part.state is StaffState.ON_SCENE):
                continue
            if not en_route:
                on_spot[part.staff_id] = row.site_id
            # Who is on the way to a second fault has left the first; of two equal ones the later counts.
            if (en_route, part.since) > doing.get(part.staff_id, (False, -1, row))[:2]:
                doing[part.staff_id] = (en_route, part.since, row)
    marks = []
    for staff_id, (en_route, _since, row) in sorted(doing.items()):
        if staff_id not in roster:
            continue
        origin = on_spot.get(staff_id) or last_seen.get(staff_id) or base_id
        marks.append(
            EngineerMark(
                staff_id,
                roster[staff_id].name,
                initials[staff_id],
                en_route,
                row.site_id,
                origin if en_route and origin != row.site_id else "",
                row.number,
            )
        )
    return tuple(marks)


def remember(
    last_seen: Mapping[str, str], queue: Iterable[FaultRow], staff: Iterable[StaffRow]
) -> dict[str, str]:
    """`last_seen` after new rows: who is on the spot is seen there, who is on standby is back at base."""
    seen = dict(last_seen)
    for row in staff:
        if row.state not in (StaffState.ASSIGNED, StaffState.EN_ROUTE, StaffState.ON_SCENE):
            seen.pop(row.id, None)
    for fault in queue:
        for part in fault.engagements:
            if fault.open and part.state is StaffState.ON_SCENE:
                seen[part.staff_id] = fault.site_id
    return seen


def base_of(sites: Iterable[SiteRow]) -> str:
    """Id of the site people set out from, or an empty string."""
    return next((site.id for site in sites if site.name.startswith(BASE_NAME)), "")


def _initials(staff: Iterable[StaffRow]) -> dict[str, str]:
    """Surname where only one person has it, else the last character of the name (刘涛 涛, 刘平 平)."""
    people = list(staff)
    surnames = [person.name[:1] for person in people]
    return {
        person.id: person.name[:1] if surnames.count(person.name[:1]) == 1 else person.name[-1:]
        for person in people
    }
