"""The head of the window."""

from __future__ import annotations

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.settings import ChangeReading
from dispatch_app.operations.staff import SetAvailability
from tests.operations.scene import Scene


def test_the_head_counts_the_day_the_people_and_the_breaches(scene: Scene) -> None:
    scene.at("2024-11-21 23:59").register()
    late = scene.at("08:00").register()
    scene.send(late)
    fine = scene.at("13:00").register()
    scene.mark(fine, FactKind.ARRIVED)
    done = scene.register()
    scene.mark(done, FactKind.RESOLVED)
    urgent = scene.register(emergency=True)
    scene.mark(urgent, FactKind.UNREACHABLE)
    scene.mark(fine, FactKind.UNREACHABLE)
    scene.at("13:01")
    summary = scene.queries.day_summary()
    assert (summary.reported_today, summary.open_now, summary.breached_open) == (4, 4, 2)
    assert (summary.unreachable_count, summary.nobody_sent_count, summary.count_limit) == (1, 2, 5)
    assert (summary.employed_technicians, summary.required_technicians, summary.sendable) == (5, 5, 4)
    assert (summary.term_last_day, summary.days_left) == ("2025-02-28", 98)


def test_leave_lowers_who_can_be_sent_and_leaving_who_is_employed(scene: Scene) -> None:
    scene.do(SetAvailability("liuping", StaffState.ON_LEAVE))
    scene.do(SetAvailability("liutao", StaffState.RESTING))
    summary = scene.queries.day_summary()
    assert (summary.employed_technicians, summary.sendable) == (5, 3)
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    summary = scene.queries.day_summary()
    assert (summary.employed_technicians, summary.sendable) == (4, 3)


def test_the_term_is_disputed_until_somebody_decides_and_then_runs_as_decided(scene: Scene) -> None:
    assert scene.queries.day_summary().term_disputed
    scene.do(ChangeReading("term", "words", "补充协议〔2024〕1号"))
    summary = scene.queries.day_summary()
    assert not summary.term_disputed
    assert summary.term_last_day == "2027-02-28"


def test_the_number_of_statements_does_not_grow_with_the_faults(scene: Scene) -> None:
    scene.register()
    scene.queries.day_summary()
    few = scene.statements(scene.queries.day_summary)
    for _ in range(6):
        scene.register()
    scene.queries.day_summary()
    assert scene.statements(scene.queries.day_summary) == few
