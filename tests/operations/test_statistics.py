"""Counting the faults of a month: by what, compared with what, and how the clocks stood."""

from __future__ import annotations

import pytest

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import CancelKind, FactKind, Zone
from dispatch_app.operations.faults import AmendFault, CancelFault
from dispatch_app.operations.reading.statistics import start_before
from dispatch_app.operations.statistics_rows import Dimension, Statistics
from tests.operations.scene import Scene


def bars(found: Statistics, dimension: Dimension) -> list[tuple[str, int, int, int]]:
    return [(bar.label, bar.count, bar.before, bar.breached) for bar in found.bars[dimension]]


def november(scene: Scene) -> Statistics:
    return scene.queries.statistics(scene.time("2024-11-01 00:00"), scene.time("2024-12-01 00:00"))


@pytest.fixture
def month(scene: Scene) -> Scene:
    """One fault in October; two at one site and one at another in November, one of them late."""
    scene.at("2024-10-20 09:00")
    scene.register("bajie")
    scene.at("08:30")
    first = scene.register("shizhengfu")
    scene.at("08:40").send(first)
    scene.at("08:45").mark(first, FactKind.ACKNOWLEDGED)
    scene.at("09:00").mark(first, FactKind.ARRIVED)
    scene.at("09:10").confirm(first)
    scene.at("09:30").mark(first, FactKind.RESOLVED)
    scene.mark(first, FactKind.CLOSED)
    scene.do(AmendFault(first, "cause", "power", "", scene.version(first)))
    scene.at("10:00")
    second = scene.register("shizhengfu", emergency=True)
    scene.at("11:30").send(second, "liuping")
    scene.at("11:45").mark(second, FactKind.ARRIVED)
    third = scene.register("bajie")
    scene.do(CancelFault(third, CancelKind.FALSE_ALARM, scene.version(third)))
    return scene


def test_faults_are_counted_by_everything_and_compared_with_the_period_before(month: Scene) -> None:
    found = november(month)
    assert (found.faults, found.before, found.open, found.cancelled, found.emergencies) == (3, 1, 1, 1, 1)
    days = bars(found, Dimension.TIME)
    assert [day[0] for day in (days[0], days[-1])] == ["2024-11-01", "2024-11-22"]
    assert [day for day in days if day[1]] == [("2024-11-22", 3, 0, 1)]
    assert bars(found, Dimension.SITE) == [("市政府大楼机房", 2, 0, 1), ("八街街道办事处节点", 1, 1, 0)]
    assert bars(found, Dimension.ITEM)[0] == ("（2）市政府大楼电子政务机房", 2, 0, 1)
    assert bars(found, Dimension.CAUSE) == [("供电", 1, 0, 0), ("未说明", 2, 1, 1)]
    assert sorted(bars(found, Dimension.PERSON)) == [
        ("刘平", 1, 0, 1),
        ("张懿明", 1, 0, 0),
        ("没有派人", 1, 1, 0),
    ]


def test_the_clocks_are_counted_by_tier_and_their_lengths_told_as_medians(month: Scene) -> None:
    found = november(month)
    tiers = {(one.zone, one.clock): one for one in found.tiers}
    arrival = tiers[Zone.URBAN, ClockName.ARRIVAL]
    assert (arrival.met, arrival.breached, arrival.share) == (1, 1, 0.5)
    assert tiers[Zone.OUTLYING, ClockName.ARRIVAL].share is None
    assert found.medians.arrival_s == (30 + 105) * 60 // 2
    assert found.medians_before.arrival_s is None
    assert [one.faults for one in found.months][-2:] == [1, 3]
    assert found.months[-1].arrival == 0.5


def test_a_bar_leads_to_its_faults(month: Scene) -> None:
    start, end = month.time("2024-11-01 00:00"), month.time("2024-12-01 00:00")
    ids = month.queries.statistics_faults(start, end, Dimension.PERSON, "刘平")
    assert [row.number for row in month.queries.fault_rows(ids)] == ["A-0003"]
    assert month.queries.statistics_faults(start, end, Dimension.CAUSE, "power") != ids


def test_a_long_period_is_counted_by_months(month: Scene) -> None:
    found = month.queries.statistics(month.time("2024-03-01 00:00"), month.time("2025-03-01 00:00"))
    months = [bar[:2] for bar in bars(found, Dimension.TIME)]
    assert [month for month, _ in months] == [f"2024-{number:02d}" for number in range(3, 12)]
    assert months[-2:] == [("2024-10", 1), ("2024-11", 3)]
    start, end = month.time("2024-11-01 00:00"), month.time("2024-12-01 00:00")
    assert len(month.queries.statistics_faults(start, end)) == 3


def test_a_period_that_is_none_is_refused(scene: Scene) -> None:
    for start, end in (("2024-12-01 00:00", "2025-01-01 00:00"), ("2024-11-02 00:00", "2024-11-02 00:00")):
        with pytest.raises(KnownError, match="统计期不对"):
            scene.queries.statistics(scene.time(start), scene.time(end))


def test_an_empty_month_has_no_figures(scene: Scene) -> None:
    found = november(scene)
    assert found.faults == 0
    assert all(not found.bars[one] for one in Dimension)
    assert found.months[-1].response is None


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2024-11-01", "2024-12-01", "2024-10-01"),
        ("2024-03-01", "2025-03-01", "2023-03-01"),
        ("2024-01-01", "2024-04-01", "2023-10-01"),
        ("2024-11-10", "2024-11-20", "2024-10-31"),
    ],
)
def test_months_are_compared_with_the_months_before_and_days_with_as_many(
    scene: Scene, start: str, end: str, before: str
) -> None:
    first, last, earlier = (scene.time(f"{day} 00:00") for day in (start, end, before))
    assert start_before(first, last) == earlier
