"""The tally of a period, kept clocks and fresh ones alike; disputes, waivers, claims and adjustments."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dispatch_app.contract.calendar_beijing import DAY, month_bounds
from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.contract.tally import Party
from dispatch_app.operations.contract_ledger import (
    DisputeBreach,
    RecordClaim,
    RecordCompensation,
    RecordPayment,
    RecordSecrecyBreach,
    RecordTermination,
    WaiveBreach,
    WithdrawContractFact,
)
from dispatch_app.operations.documents import IssueTally
from dispatch_app.operations.faults import CorrectFact
from dispatch_app.operations.settings import ChangeReading
from dispatch_app.operations.settlement_rows import StandardRow, TallyRow
from tests.operations.scene import Scene

NOVEMBER, DECEMBER = month_bounds(2024, 11), month_bounds(2024, 12)


def breach(scene: Scene, day: str = "2024-11-22", *, file: bool = True) -> str:
    """A fault to which nobody was sent for five hours and a half."""
    fault = scene.at(f"{day} 08:00").register("caopu")
    scene.at(f"{day} 13:30").mark(fault, FactKind.DEPARTED)
    if file:
        scene.finish(fault)
    return fault


def standard(tally: TallyRow, clock: ClockName) -> StandardRow:
    return next(row for row in tally.standards if row.clock is clock)


def test_a_breach_is_listed_with_fault_clause_and_times(scene: Scene) -> None:
    fault = breach(scene)
    tally = scene.queries.tally(*NOVEMBER)
    row = tally.penalties[0]
    start = scene.time("08:00")
    assert (row.fault_id, row.fault_number, row.clause) == (fault, "A-0001", "9.2")
    assert (row.started_at, row.due_at, row.stopped_at) == (start, start + 18_000, start + 19_800)
    assert (row.late_s, row.amount, row.counted) == (1800, Decimal("2000.00"), Decimal("2000.00"))
    assert (tally.total, tally.payable) == (Decimal("2000.00"), Decimal("158000.00"))
    assert tally.payable_words == "壹拾伍万捌仟元整"
    assert (tally.faults, tally.nobody_sent_count, tally.as_of) == (1, 1, scene.clock.at)


def test_a_period_is_cut_by_the_report_and_counters_run_over_the_term(scene: Scene) -> None:
    breach(scene, "2024-11-30")
    breach(scene, "2024-12-01")
    november, december = scene.queries.tally(*NOVEMBER), scene.queries.tally(*DECEMBER)
    assert [row.fault_number for row in november.penalties] == ["A-0001"]
    assert [row.fault_number for row in december.penalties] == ["A-0002"]
    assert (november.term_nobody_sent_count, december.term_nobody_sent_count) == (1, 2)
    assert (december.total, december.counted_to_date) == (Decimal("2000.00"), Decimal("4000.00"))


def test_what_is_reported_outside_the_term_is_not_settled(scene: Scene) -> None:
    breach(scene, "2025-03-01")
    tally = scene.queries.tally(*month_bounds(2025, 3))
    assert (tally.penalties, tally.faults, tally.total) == ((), 0, Decimal("0.00"))
    assert standard(tally, ClockName.DISPATCH_5H).breached == 0


def test_the_sixth_breach_opens_the_right_to_terminate(scene: Scene) -> None:
    for day in range(1, 7):
        breach(scene, f"2024-11-{day:02d}")
    tally = scene.queries.tally(*NOVEMBER)
    assert tally.termination == ("九.2 超过 5 次，甲方自 2024-11-06 13:00:00 起可解除合同",)
    assert tally.rights[0].at == scene.time("2024-11-06 13:00")


def test_two_days_without_anybody_open_it_at_once_and_keep_moving_until_somebody_goes(scene: Scene) -> None:
    fault = scene.at("2024-11-20 08:00").register("caopu")
    scene.at("2024-11-22 08:00:01")
    assert "超过两天未派人" in scene.queries.tally(*NOVEMBER).termination[0]
    scene.finish(fault)
    assert "超过两天未派人" in scene.queries.tally(*NOVEMBER).termination[0]


def test_standards_are_counted_alike_from_kept_rows_and_from_facts(scene: Scene) -> None:
    fault = breach(scene, file=False)
    running = scene.queries.tally(*NOVEMBER)
    assert standard(scene.queries.tally(*DECEMBER), ClockName.RESPONSE).breached == 0
    scene.mark(fault, FactKind.RESOLVED)
    scene.mark(fault, FactKind.CLOSED)
    kept = scene.queries.tally(*NOVEMBER)
    assert standard(running, ClockName.RESPONSE).breached == standard(kept, ClockName.RESPONSE).breached == 1
    assert standard(running, ClockName.SAME_DAY).running == 1
    assert standard(kept, ClockName.SAME_DAY).met == 1
    assert standard(kept, ClockName.ARRIVAL).breached == 1


def test_the_number_of_statements_does_not_grow_with_the_faults(scene: Scene) -> None:
    for day in (1, 2):
        breach(scene, f"2024-11-{day:02d}")
    scene.queries.tally(*NOVEMBER)
    few = scene.statements(lambda: scene.queries.tally(*NOVEMBER))
    for day in (3, 4, 5):
        breach(scene, f"2024-11-{day:02d}")
    scene.queries.tally(*NOVEMBER)
    assert scene.statements(lambda: scene.queries.tally(*NOVEMBER)) == few


def test_a_disputed_sum_still_counts_and_a_waived_one_is_subtracted(scene: Scene) -> None:
    fault = breach(scene)
    scene.do(DisputeBreach(fault, "9.2", 1, "宁网函〔2024〕7号", note="车辆抛锚"))
    disputed = scene.queries.tally(*NOVEMBER)
    assert disputed.penalties[0].dispute == "宁网函〔2024〕7号 车辆抛锚"
    assert (disputed.total, disputed.disputed) == (Decimal("2000.00"), Decimal("2000.00"))
    changes = scene.do(WaiveBreach(fault, "9.2", 1, "安工信函〔2024〕9号"))
    waived = scene.queries.tally(*NOVEMBER)
    assert waived.penalties[0].waiver == "安工信函〔2024〕9号"
    assert waived.penalties[0].counted == Decimal("0.00")
    assert (waived.total, waived.waived) == (Decimal("0.00"), Decimal("2000.00"))
    assert waived.term_nobody_sent_count == 1
    assert changes.undo is not None
    notes = [one.note for one in scene.queries.fault_detail(fault).timeline[-2:]]
    assert notes == ["9.2 · 宁网函〔2024〕7号 · 车辆抛锚", "9.2 · 安工信函〔2024〕9号"]


@pytest.mark.parametrize(("clause", "document"), [("9.2", " "), ("9.9", "函1号"), ("9.1", "函1号")])
def test_what_is_no_breach_cannot_be_disputed(scene: Scene, clause: str, document: str) -> None:
    fault = breach(scene)
    with pytest.raises(KnownError):
        scene.do(DisputeBreach(fault, clause, 1, document))


def test_payments_claims_and_compensation_change_what_is_payable(scene: Scene) -> None:
    breach(scene)
    assert "已记付款" in scene.do(RecordPayment("100,000", "付款通知1号")).message
    scene.do(RecordClaim("9.4", Party.CLIENT, "", "索赔函1号", accepted=True))
    scene.do(RecordClaim("9.4", Party.CLIENT, "", "索赔函2号", accepted=False))
    scene.do(RecordClaim("9.4", Party.CONTRACTOR, "40000", "索赔函3号", accepted=True))
    scene.do(RecordClaim("8.5", Party.CLIENT, "10", "索赔函4号", accepted=True))
    scene.do(RecordCompensation(Party.CONTRACTOR, "500.00", "协议1号", accepted=True))
    scene.do(RecordTermination(Party.CLIENT, "解除函1号"))
    tally = scene.queries.tally(*NOVEMBER)
    assert (tally.paid, tally.claims, tally.client_owes) == (
        Decimal("100000.00"),
        Decimal("32510.00"),
        Decimal("40000.00"),
    )
    assert tally.payable == Decimal("25490.00")
    assert [(row.flags, row.amount) for row in tally.claim_rows] == [
        (("索赔函1号",), Decimal("32000.00")),
        (("索赔函4号",), Decimal("10.00")),
    ]
    assert scene.queries.tally(*DECEMBER).claim_rows == ()


def test_a_secrecy_breach_opens_the_right_and_taking_it_back_closes_it(scene: Scene) -> None:
    changes = scene.do(RecordSecrecyBreach("通报1号", "图纸外泄"))
    assert "违反保密条款" in scene.queries.tally(*NOVEMBER).termination[0]
    with pytest.raises(KnownError) as refused:
        scene.do(WithdrawContractFact(changes.created, " "))
    assert refused.value.field == "reason"
    scene.do(WithdrawContractFact(changes.created, "查实不属泄密"))
    assert scene.queries.tally(*NOVEMBER).termination == ()
    with pytest.raises(KnownError, match="找不到"):
        scene.do(WithdrawContractFact(changes.created, "再撤"))


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (RecordPayment("很多", "函1号"), "amount"),
        (RecordPayment("1", " "), "document"),
        (RecordSecrecyBreach("函1号", at=1 << 40), "at"),
    ],
)
def test_an_entry_without_sum_or_document_or_from_the_future_is_refused(
    scene: Scene, command: object, field: str
) -> None:
    with pytest.raises(KnownError) as refused:
        scene.do(command)
    assert refused.value.field == field


def test_the_next_tally_carries_what_an_issued_one_would_count_differently(scene: Scene) -> None:
    fault = breach(scene)
    second = breach(scene, "2024-11-23")
    scene.at("2024-12-01 09:00").do(IssueTally(*NOVEMBER))
    assert scene.queries.tally(*DECEMBER).adjustments == ()

    entry = next(e for e in scene.queries.fault_detail(fault).timeline if e.kind is FactKind.DEPARTED)
    scene.do(CorrectFact(fault, entry.fact_id, scene.time("12:00"), "记错", scene.version(fault)))
    december = scene.queries.tally(*DECEMBER)
    assert [(one.fault_number, one.clause, one.amount) for one in december.adjustments] == [
        ("A-0001", "9.2", Decimal("-2000.00"))
    ]
    assert december.adjustments[0].former_number == "结算〔2024〕1号"
    assert december.adjustments[0].reason == "原计 2,000.00 元，现计 0.00 元"
    assert scene.queries.tally(*NOVEMBER).adjustments == ()

    scene.at("2025-01-01 09:00").do(IssueTally(*DECEMBER))
    assert scene.queries.tally(*month_bounds(2025, 1)).adjustments == ()

    scene.do(WaiveBreach(second, "9.2", 1, "函9号"))
    january = scene.queries.tally(*month_bounds(2025, 1))
    assert [(one.fault_number, one.amount) for one in january.adjustments] == [
        ("A-0002", Decimal("-2000.00"))
    ]


def test_a_sum_that_no_issued_tally_covered_is_no_adjustment(scene: Scene) -> None:
    scene.at("2024-12-01 09:00").do(IssueTally(*NOVEMBER))
    breach(scene, "2024-12-02")
    assert scene.queries.tally(*month_bounds(2025, 1)).adjustments == ()


def test_a_sum_that_came_up_later_in_a_settled_period_is_carried(scene: Scene) -> None:
    fault = scene.at("2024-11-22 08:00").register("caopu", emergency=True)
    scene.at("2024-11-22 09:00").finish(fault)
    scene.at("2024-12-01 09:00").do(IssueTally(*NOVEMBER))
    scene.mark(fault, FactKind.UNREACHABLE, at=scene.time("08:30"), note="补记")
    carried = scene.queries.tally(*DECEMBER).adjustments
    assert [(one.clause, one.amount) for one in carried] == [("9.1", Decimal("2000.00"))]


def test_deciding_a_reading_counts_everything_anew(scene: Scene) -> None:
    nobody_named = breach(scene)
    named_in_time = scene.at("2024-11-23 08:00").register()
    scene.send(named_in_time)
    scene.at("2024-11-23 14:00").finish(named_in_time)
    on_desk = scene.register()

    def breached() -> list[str]:
        return [row.fault_id for row in scene.queries.tally(*NOVEMBER).penalties]

    assert breached() == [nobody_named, named_in_time]
    changes = scene.do(ChangeReading("dispatch", "assigned", "会议纪要〔2024〕3号"))
    assert (changes.settings, changes.faults) == ({"readings"}, {on_desk})
    assert breached() == [nobody_named]
    scene.do(ChangeReading("dispatch", "departed", "会议纪要〔2024〕4号"))
    assert breached() == [nobody_named, named_in_time]


def test_a_reading_is_kept_with_who_when_and_on_what_paper(scene: Scene) -> None:
    scene.at("09:00").do(ChangeReading("redials", "once", " 纪要1号 "))
    row = next(one for one in scene.queries.readings() if one.key == "redials")
    assert (row.used, row.decided_by, row.decided_at, row.document) == (
        "once",
        "李鸿兰",
        scene.time("09:00"),
        "纪要1号",
    )
    assert [one[0] for one in row.options] == ["each", "once"]
    undecided = next(one for one in scene.queries.readings() if one.key == "term")
    assert (undecided.decided_by, undecided.decided_at, undecided.document) == ("", None, "")
    assert scene.do(ChangeReading("redials", "once", "纪要1号")).settings == frozenset()
    assert scene.do(ChangeReading("redials", "once", "纪要2号")).settings == {"readings"}
    assert scene.queries.terms().readings.redials == "once"


@pytest.mark.parametrize(
    ("key", "value", "document"), [("moon", "full", "x"), ("term", "moon", "x"), ("term", "words", " ")]
)
def test_no_reading_is_decided_without_question_answer_or_paper(
    scene: Scene, key: str, value: str, document: str
) -> None:
    with pytest.raises(KnownError):
        scene.do(ChangeReading(key, value, document))
    assert scene.queries.terms().readings.term == "dates"


def test_a_reading_that_leaves_a_clock_out_frees_a_plant_site_from_it(scene: Scene) -> None:
    fault = scene.register("xiang-outlying")
    scene.at("11:00").mark(fault, FactKind.RESOLVED)
    scene.mark(fault, FactKind.CLOSED)
    assert standard(scene.queries.tally(*NOVEMBER), ClockName.ARRIVAL).breached == 1
    scene.do(ChangeReading("outlying_plant", "none", "纪要1号"))
    after = standard(scene.queries.tally(*NOVEMBER), ClockName.ARRIVAL)
    assert (after.breached, after.void) == (0, 1)


def test_a_special_report_never_submitted_goes_on_counting_after_the_fault_is_filed(scene: Scene) -> None:
    fault = scene.register(hardware=True)
    scene.confirm(fault, Procedure.SPECIAL_REPORT)
    scene.finish(fault)
    assert standard(scene.queries.tally(*NOVEMBER), ClockName.SPECIAL_REPORT).running == 1
    scene.clock.at += DAY
    assert standard(scene.queries.tally(*NOVEMBER), ClockName.SPECIAL_REPORT).breached == 1
