"""Ten years of rounds: four rooms, one round a day each, written as the desk would have written them.

What lies in it are facts on their chain and the rows, cells and words made of them; a test builds these anew
from the facts and finds no difference. Times: epoch seconds UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from benchmarks.desks import StillClock
from dispatch_app.bootstrap import build_desk
from dispatch_app.models import NumberSeries
from dispatch_app.operations.registers.catalogue import lookup_for
from dispatch_app.operations.registers.checks import Checked, checks_text
from dispatch_app.operations.registers.entries import AddEntry, settled
from dispatch_app.operations.registers.kinds import Value
from dispatch_app.operations.registers.projecting import ENTERED, PREFIX, facts_of, present, project_new
from dispatch_app.operations.registers.rounds import ROUNDS, SURROUNDINGS
from dispatch_app.storage.database import Database
from dispatch_app.storage.unit_of_work import Stamp, UnitOfWork

FIRST = 1_393_632_000
"""2014-03-01 08:00 in Beijing."""
DAY = 86_400
DAYS = 3_650
ROOMS = (
    ("ninghu-1", "一机房日检"),
    ("ninghu-2", "二机房日检"),
    ("shizhengfu", "市政府日检"),
    ("shiwei", "市委日检"),
)
DESK = "A"
_LIMITS = "温度 18–27；湿度 30–60；电压 198–235"
_AT_ONCE = 500
_PEOPLE = ("zhangyiming", "liuping", "yangshuangjin", "liutao", "zhuhongcheng")


def fill_with_rounds(database: Database, days: int = DAYS) -> int:
    """Fill a new database with a plan for each room and its rounds of so many days.

    Returns:
        The moment after the last round.
    """
    clock = StillClock(FIRST)
    desk = build_desk(database, clock)
    names = {site.id: site.name for site in desk.queries.sites()}
    plans = {
        site: desk.perform(
            AddEntry(
                "round_plans",
                {
                    "name": name,
                    "site": names[site],
                    "cycle": "每天",
                    "workdays": "否",
                    "since": "2014-03-01",
                    "suspended": "否",
                },
            )
        ).created
        for site, name in ROOMS
    }
    end = FIRST + days * DAY
    rounds = list(_rounds(plans, days))
    with database.unit_of_work(Stamp("", "", DESK, end)) as work:
        for start in range(0, len(rounds), _AT_ONCE):
            _write(work, rounds[start : start + _AT_ONCE], start)
        work.session.add(NumberSeries(series=f"register.{ROUNDS.key}:{DESK}", last=len(rounds)))
    return end


def _rounds(plans: dict[str, str], days: int) -> Iterator[dict[str, Value]]:
    """The same rounds every time; one in fifty finds something."""
    surroundings = checks_text(Checked(name, True) for name in SURROUNDINGS)
    for day in range(days):
        for place, (site, plan) in enumerate(plans.items()):
            n = day * len(plans) + place
            wave = (day % 365 - 182) ** 2 / 182**2
            yield settled(
                ROUNDS,
                {
                    "at": FIRST + day * DAY + place * 900,
                    "plan": plan,
                    "site": site,
                    "who": _PEOPLE[n % len(_PEOPLE)],
                    "temperature": f"{25.5 - 4 * wave + (n * 7 % 10) / 10 + (5 if n % 50 == 49 else 0):.1f}",
                    "humidity": f"{42 + n * 11 % 130 / 10:.1f}",
                    "voltage": f"{218 + n * 13 % 90 / 10:.1f}",
                    "surroundings": surroundings,
                    "limits": _LIMITS,
                    "note": f"第 {n} 次",
                },
            )


def _write(work: UnitOfWork, some: Sequence[dict[str, Value]], before: int) -> None:
    ids = [str(UUID(int=before + n + 1)) for n in range(len(some))]
    facts = [
        (entry_id, {"number": f"{DESK}-{ROUNDS.code}{before + n:04d}", "values": values}, int(values["at"]))
        for n, (entry_id, values) in enumerate(zip(ids, some, strict=True), start=1)
    ]
    work.append_desk_facts(f"{PREFIX}{ROUNDS.key}", ENTERED, facts)
    entries = [present(entry_id, own) for entry_id, own in facts_of(work.session, ids).items()]
    lookup = lookup_for(work.session, work.stamp.now)
    project_new(
        work.session,
        ROUNDS,
        [replace(entry, values=settled(ROUNDS, entry.values)) for entry in entries],
        lookup,
    )
