"""A desk after years of work: a database filled with ended faults, as fast as their hash chain allows.

What lies in it is what the desk would have written call by call: facts on their chain, each fault's row, its
clocks. `tests/operations/test_many_faults.py` builds it anew from the facts and finds no difference.
Times: epoch seconds UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, insert
from sqlalchemy.orm import Session

from benchmarks.desks import StillClock
from dispatch_app.bootstrap import RESOURCES, build_desk
from dispatch_app.contract.facts import (
    Assigned,
    ByEngineer,
    Confirmed,
    Detail,
    Fact,
    FactKind,
    Noted,
    Procedure,
    Reported,
    Zone,
)
from dispatch_app.models import Base, Fault, FaultEvent, FrozenClock, NumberSeries
from dispatch_app.operations.case import Case
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.law import Law, law_in_force
from dispatch_app.operations.listing import Listed, write_new
from dispatch_app.operations.projected_rows import begun_on
from dispatch_app.operations.projection import fault_number, look_ahead, plant_sites
from dispatch_app.operations.rows import SiteRow, StaffRow
from dispatch_app.storage.chain import chain_head, row_hash
from dispatch_app.storage.database import Database
from dispatch_app.storage.fact_json import detail_to_json
from dispatch_app.storage.unit_of_work import Stamp

FIRST = 1_709_222_400
"""2024-03-01 00:00 in Beijing, the first second of the term."""
EVERY = 300
"""Seconds from one call to the next: 100,000 calls fill the term."""
DESK = "A"
SYMPTOMS = ("专网不通", "上网很慢", "监控掉线", "无线信号弱", "会议系统没有声音", "光缆被挖断", "交换机告警")

Story = tuple[tuple[FactKind, int], ...]
"""(kind, minutes after the report) of what follows a report."""

IN_TIME: Story = (
    (FactKind.ASSIGNED, 2),
    (FactKind.ACKNOWLEDGED, 5),
    (FactKind.DEPARTED, 8),
    (FactKind.ARRIVED, 35),
    (FactKind.CONFIRMED, 40),
    (FactKind.RESOLVED, 130),
    (FactKind.CLOSED, 135),
)
NOBODY_SENT: Story = tuple((kind, minutes + 300) for kind, minutes in IN_TIME)
UNREACHABLE: Story = ((FactKind.UNREACHABLE, 1), *IN_TIME)

_AT_ONCE = 1000
_FACTS_AT_MOST = 16
_detail_text = lru_cache(maxsize=1024)(detail_to_json)


def fill_with_ended(database: Database, faults: int, *, costly_one_in: int = 1000) -> None:
    """Fill a new database with closed faults, the oldest first, and with the people and sites of the annexes.

    Args:
        costly_one_in: Of so many faults one sends nobody for five hours (九.2), and another one, an
            emergency, finds nobody at the telephone (九.1).
    """
    desk = build_desk(database, StillClock(FIRST))
    calls = _Calls(desk.queries.sites(), desk.queries.staff(), costly_one_in)
    shipped = load_terms(RESOURCES / "contract")
    with database.unit_of_work(Stamp("", "", DESK, FIRST + EVERY * faults)) as work:
        law = law_in_force(work.session, shipped)
        chain = _Chain(work.session, law, plant_sites(work.session))
        for start in range(0, faults, _AT_ONCE):
            chain.write([calls.fault(n) for n in range(start, min(start + _AT_ONCE, faults))], start)
        work.session.add(NumberSeries(series=f"fault:{DESK}", last=faults))


@dataclass(frozen=True, slots=True)
class _Calls:
    """Makes up faults, the same ones every time."""

    sites: Sequence[SiteRow]
    staff: Sequence[StaffRow]
    costly_one_in: int

    def fault(self, n: int) -> Case:
        """The facts of fault `n`, typed as they happened."""
        start, site = FIRST + EVERY * n, self.sites[n % len(self.sites)]
        place = n % self.costly_one_in
        unreachable = place == self.costly_one_in // 2
        story = UNREACHABLE if unreachable else NOBODY_SENT if place == self.costly_one_in - 1 else IN_TIME
        report = Reported(
            zone=Zone(site.zone),
            emergency=unreachable,
            site=site.id,
            site_name=site.name,
            symptom=f"第 {n} 件：{SYMPTOMS[n % len(SYMPTOMS)]}",
        )
        person = self.staff[n % 5]
        steps: list[tuple[FactKind, int, Detail]] = [(FactKind.REPORTED, start, report)]
        steps += [(kind, start + 60 * minutes, _detail(kind, person)) for kind, minutes in story]
        facts = (
            Fact(str(UUID(int=n * _FACTS_AT_MOST + step)), kind, at, at, detail)
            for step, (kind, at, detail) in enumerate(steps)
        )
        # As scattered as the desk's own ids: neighbours in time are none in an index.
        return Case(str(UUID(bytes=blake2b(b"%d" % n, digest_size=16).digest())), tuple(facts))


def _detail(kind: FactKind, person: StaffRow) -> Detail:
    if kind is FactKind.ASSIGNED:
        return Assigned(person.id, person.name)
    if kind is FactKind.CONFIRMED:
        return Confirmed(Procedure.ROUTINE)
    if kind in (FactKind.UNREACHABLE, FactKind.RESOLVED, FactKind.CLOSED):
        return Noted()
    return ByEngineer(person.id, person.name)


class _Chain:
    """Writes many faults at once, each fact hashed onto the one before it."""

    def __init__(self, session: Session, law: Law, plants: frozenset[str]) -> None:
        self._session = session
        self._law = law
        self._plants = plants
        self._seq, self._head = chain_head(session, FaultEvent.__tablename__)

    def write(self, cases: Sequence[Case], before: int) -> None:
        """`before`: how many faults there are already."""
        starts = accumulate((len(case.facts) for case in cases[:-1]), initial=self._seq + 1)
        events = [self._event(case.fault_id, fact) for case in cases for fact in case.facts]
        faults = [_row(case, fault_number(DESK, before + n)) for n, case in enumerate(cases, start=1)]
        self._session.execute(_into(FaultEvent), events)
        self._session.execute(_into(Fault), faults)
        listed = [
            (first, look_ahead(Fault(**row), case, self._law, self._plants))
            for first, row, case in zip(starts, faults, cases, strict=True)
        ]
        self._session.execute(_into(FrozenClock), [row for _, one in listed for row in self._clocks(one)])
        write_new(self._session, listed)

    def _event(self, fault_id: str, fact: Fact) -> dict[str, Any]:
        self._seq += 1
        row = {
            "seq": self._seq,
            "id": fact.id,
            "fault_id": fault_id,
            "kind": fact.kind.value,
            "at": fact.at,
            "recorded_at": fact.recorded_at,
            "operator": "",
            "operator_name": "",
            "desk": DESK,
            "detail": _detail_text(fact.kind, fact.detail),
            "prev_hash": self._head,
        }
        self._head = row["hash"] = row_hash(row)
        return row

    def _clocks(self, listed: Listed) -> Iterator[dict[str, Any]]:
        begun = begun_on(listed)
        for clock in listed.ahead.clocks if listed.settled else ():
            yield {
                "fault_id": listed.case.fault_id,
                "readings_version": self._law.version,
                "cycle": clock.cycle,
                "clock": clock.clock.value,
                "state": clock.state.value,
                "started_at": clock.started_at,
                "due_at": clock.due_at,
                "stopped_at": clock.stopped_at,
                "late_s": clock.late_s,
                "begun_on": begun[clock.cycle],
            }


def _into(model: type[Base]) -> Insert:
    # By way of the table: the ORM would prepare every row by itself.
    return insert(Base.metadata.tables[model.__tablename__])


def _row(case: Case, number: str) -> dict[str, Any]:
    fields = case.fields
    procedure = case.procedure
    return {
        "id": case.fault_id,
        "number": number,
        "version": len(case.facts),
        "site_id": fields["site"],
        "emergency": fields["emergency"] == "1",
        "hardware": fields["hardware"] == "1",
        **{name: fields[name] for name in _SAME_NAMES},
        "stage": case.stage.value,
        "procedure": procedure.value if procedure else None,
        "cycle": case.cycle.number,
        "reported_at": case.reported_at,
        "cycle_reported_at": case.cycle.start,
        "ended_at": case.ended_at,
        "group": case.group,
        "open": case.open,
    }


_SAME_NAMES = (
    "site_name", "zone", "source", "symptom", "caller", "unit", "callback", "line", "room", "device"
)  # fmt: skip
"""Fields of a report that the fault's row has under the same name."""
