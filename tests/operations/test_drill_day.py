"""The scripted day: its settlement is the one worked out by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dispatch_app.contract.calendar_beijing import DAY, start_of
from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Zone
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.drill import DrillPlayer, run_to_end, shipped_day
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.operations.drill_file import DrillDay, load_drill
from dispatch_app.operations.drill_steps import id_in
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind, StaffState
from dispatch_app.storage.database import Database
from tests.operations.scene import RESOURCES, Scene


def play(scene: Scene, day: DrillDay) -> Queries:
    clock = DrillClock(day.begins, lambda: 0.0)
    desk = Desk(scene.database, clock, RESOURCES)
    run_to_end(desk, clock, DrillPlayer(day))
    assert clock.now() == day.ends
    return desk.queries


@pytest.fixture(scope="module")
def day() -> DrillDay:
    return shipped_day(RESOURCES)


@pytest.fixture(scope="module")
def played(day: DrillDay) -> Iterator[Queries]:
    clock = DrillClock(day.begins, lambda: 0.0)
    with Database.scratch() as database:
        desk = Desk(database, clock, RESOURCES)
        run_to_end(desk, clock, DrillPlayer(day))
        yield desk.queries


@pytest.fixture(scope="module")
def by_hand() -> dict[str, Any]:
    return tomllib.loads((RESOURCES / "drill" / "day-tally.toml").read_text(encoding="utf-8"))


def test_the_settlement_equals_the_one_worked_out_by_hand(
    played: Queries, day: DrillDay, by_hand: dict[str, Any]
) -> None:
    start = start_of(day.day)
    tally = played.tally(start, start + DAY)
    assert tally.as_of == day.moment(by_hand["as_of"])
    for name in ("faults", "unreachable_count", "nobody_sent_count", "third_party_count", "payable_words"):
        assert getattr(tally, name) == by_hand[name], name
    for name in ("total", "disputed", "price", "payable"):
        assert getattr(tally, name) == Decimal(by_hand[name]), name
    for name in ("unreachable_amount", "nobody_sent_amount", "third_party_amount"):
        assert getattr(tally, name) == Decimal(by_hand[name]), name
    assert list(tally.termination) == by_hand["termination"]
    assert {
        row.clock.value: [row.met, row.breached, row.running, row.void, row.not_started]
        for row in tally.standards
    } == by_hand["standards"]
    assert [(row.fault_number, row.clause, row.at, row.amount, row.late_s) for row in tally.penalties] == [
        (one["fault"], one["clause"], day.moment(one["at"]), Decimal(one["amount"]), one["late_s"])
        for one in by_hand["penalty"]
    ]


def test_every_breached_clock_is_late_by_what_was_worked_out(
    played: Queries, day: DrillDay, by_hand: dict[str, Any]
) -> None:
    names = {entry.fault for entry in day.entries if entry.action == "register"}
    rows = played.fault_rows([id_in(day, name) for name in names])
    assert len(rows) == by_hand["faults"]
    assert {
        (row.number, clock.clock.value): clock.late_s
        for row in rows
        for clock in row.clocks
        if clock.state is ClockState.BREACHED
    } == {(one["fault"], one["clock"]): one["seconds"] for one in by_hand["late"]}


def test_the_day_holds_what_a_newcomer_has_to_meet(played: Queries, day: DrillDay) -> None:
    start = start_of(day.day)
    tally = played.tally(start, start + DAY)
    assert {row.clause for row in tally.penalties} == {"9.1", "9.2", "4.6"}
    rows = played.fault_rows([played.special_reports()[0].fault_id, *(r.fault_id for r in tally.penalties)])
    assert {row.zone for row in rows} == {Zone.URBAN, Zone.OUTLYING}
    assert any(row.emergency for row in rows)
    report = played.special_reports()[0]
    assert (report.number, report.status) == ("〔2024〕1号", "instructed")
    assert [one.number for one in played.documents(DocumentKind.WORK_ORDER)] == ["A-0004-1"]
    still = played.queue()
    assert [row.stage for row in still] == [Stage.CONFIRMED]
    arrival = next(c for c in still[0].clocks if c.clock is ClockName.REPAIR_START)
    assert arrival.state is ClockState.RUNNING
    assert played.staff()[4].state is StaffState.ON_SCENE


def test_the_player_hands_every_step_out_once_and_in_its_time(day: DrillDay) -> None:
    player = DrillPlayer(day)
    assert player.due(day.begins) == ()
    assert player.next_at == day.entries[0].at
    first = player.due(day.entries[0].at)
    assert [step.entry for step in first] == [day.entries[0]]
    assert player.due(day.entries[0].at) == ()
    rest = player.due(day.ends)
    assert player.finished
    assert player.next_at is None
    done, total = player.progress
    assert done == total == len(first) + len(rest) == len(day.entries) + 1
    assert player.due(day.ends) == ()


def test_steps_late_in_the_queue_keep_their_own_times(scene: Scene, day: DrillDay) -> None:
    clock = DrillClock(day.ends, lambda: 0.0)
    desk = Desk(scene.database, clock, RESOURCES)
    for step in DrillPlayer(day).due(day.moment("08:50")):
        desk.perform(step)
    fault = desk.queries.queue()[0]
    timeline = desk.queries.fault_detail(fault.id).timeline
    assert [entry.at for entry in timeline] == [
        day.moment(text) for text in ("08:41", "08:42", "08:45", "08:50")
    ]
    assert {entry.recorded_at for entry in timeline} == {day.ends}


def test_a_step_that_somebody_forestalled_is_refused_like_anybodys(scene: Scene, day: DrillDay) -> None:
    clock = DrillClock(day.begins, lambda: 0.0)
    desk = Desk(scene.database, clock, RESOURCES)
    step = DrillPlayer(day).due(day.entries[0].at)[0]
    clock.skip_to(day.entries[0].at)
    desk.perform(step)
    with pytest.raises(KnownError, match="已经登记"):
        desk.perform(step)


HEAD = 'format = 1\nday = 2024-11-22\nbegins = "08:00"\nends = "18:00"\n'


def entry(**says: Any) -> str:
    def written(value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, dict):
            return "{ " + ", ".join(f"{key} = {written(item)}" for key, item in value.items()) + " }"
        if isinstance(value, list):
            return "[" + ", ".join(map(written, value)) + "]"
        return str(value) if isinstance(value, int) else f'"{value}"'

    return "[[entry]]\n" + "".join(f"{key} = {written(value)}\n" for key, value in says.items())


CALL = entry(time="08:10", action="接报", fault="甲", site="草铺", symptom="断网")

THIRD_PARTY = entry(time="08:11", action="第三方", fault="甲", cause="逾期", labour="1", parts=[])


def script(tmp_path: Path, *entries: str, head: str = HEAD) -> Path:
    path = tmp_path / "script.toml"
    path.write_text(head + "".join(entries), encoding="utf-8")
    return path


def test_every_other_action_can_be_written_too(scene: Scene, tmp_path: Path) -> None:
    path = script(
        tmp_path,
        CALL,
        entry(time="08:11", action="register", fault="乙", site="县街", symptom="断网", emergency=True),
        entry(time="08:11", action="register", fault="丙", site="连然", symptom="断网", source="监控"),
        entry(time="08:12", action="并入多节并发", fault="甲", faults=["乙"]),
        entry(time="08:13", action="更正内容", fault="甲", field="站点", after="禄脿", reason="听错"),
        entry(time="08:13", action="更正内容", fault="甲", field="区域", after="市区内", reason="核实"),
        entry(time="08:13", action="更正内容", fault="甲", field="source", after="用户单位", reason="核实"),
        entry(time="08:13", action="更正内容", fault="甲", field="紧急", after="是", reason="核实"),
        entry(time="08:13", action="更正内容", fault="甲", field="紧急", after="否", reason="核实"),
        entry(time="08:13", action="更正内容", fault="甲", field="报障人", after="王科长", reason="补"),
        entry(time="08:14", action="人员", engineer="刘涛", state="休息", note="午饭"),
        entry(time="08:15", action="派单", fault="甲", engineer="刘平"),
        entry(time="08:16", action="更正时间", fault="甲", fact="派单", to="作废", reason="没有派成"),
        entry(time="08:20", action="解决", fault="甲"),
        entry(time="08:21", action="重开", fault="甲"),
        entry(time="08:30", action="联系不上", fault="乙"),
        entry(time="08:31", action="豁免", fault="乙", clause="9.1", document="函1号"),
        entry(time="08:32", action="第三方", fault="丙", cause="other", labour="10"),
    )
    queries = play(scene, load_drill(path))
    by_number = {row.number: row for row in queries.queue()}
    first = by_number["A-0001"]
    assert (first.site_name, first.zone, first.cycle) == ("禄脿街道办事处节点", Zone.URBAN, 2)
    assert not first.emergency
    assert by_number["A-0002"].group == "A-0001"
    assert {row.name: row.state for row in queries.staff()}["刘涛"] is StaffState.RESTING
    timeline = queries.fault_detail(first.id).timeline
    assert next(one for one in timeline if one.kind is FactKind.ASSIGNED).voided
    start = start_of(load_drill(path).day)
    assert queries.tally(start, start + DAY).waived == Decimal("2000.00")


@pytest.mark.parametrize(
    ("entries", "where", "why"),
    [
        ([entry(time="08:10", action="派单", fault="甲", engineer="刘平")], "第 1 条", "没有接报"),
        ([CALL, CALL], "第 2 条", "已经接报"),
        ([entry(time="08:10", action="飞行", fault="甲")], "第 1 条（08:10 飞行）", "没有「飞行」"),
        ([entry(time="08:10", fault="甲")], "没有动作", "没有「」"),
        ([entry(action="接报", fault="甲", site="草铺", symptom="断")], "没有时间", "不是时间"),
        (
            [entry(time="8点", action="接报", fault="甲", site="草铺", symptom="断")],
            "第 1 条",
            "time 不是时间",
        ),
        ([CALL, entry(time="08:11", action="派单", fault="甲")], "第 2 条", "缺少 engineer"),
        ([CALL, entry(time="08:11", action="解决", fault="甲", color="红")], "第 2 条", "不认识 color"),
        ([CALL, entry(time="08:09", action="解决", fault="甲")], "第 2 条", "早于上一条"),
        ([CALL, entry(time="18:01", action="解决", fault="甲")], "第 2 条", "不在演练时段"),
        ([CALL, entry(time="08:11", action="解决", fault="甲", at="late")], "第 2 条", "at 不是时间"),
        ([CALL, entry(time="08:11", action="销单", fault="甲", kind="重复", of="乙")], "第 2 条", "「乙」"),
        ([CALL, entry(time="08:11", action="并入多节并发", fault="甲", faults=["乙"])], "第 2 条", "「乙」"),
        ([CALL, entry(time="08:11", action="并入多节并发", fault="甲", faults="甲")], "第 2 条", "faults"),
        ([CALL, THIRD_PARTY.replace("[]", "1")], "第 2 条", "parts"),
        ([CALL, THIRD_PARTY.replace("[]", "[1]")], "第 2 条", "parts"),
        ([CALL, THIRD_PARTY.replace("[]", '[{ name = "尾纤" }]')], "第 2 条", "parts"),
        (
            [CALL, THIRD_PARTY.replace("[]", '[{ name = "a", price = "1", quantity = "2" }]')],
            "第 2 条",
            "parts",
        ),
        ([], "script.toml", "没有一条"),
        (["entry = [1]\n"], "第 1 条", "不是一张表"),
        (["entry = 1\n"], "script.toml", "没有一条"),
    ],
)
def test_a_slip_in_the_script_is_told_with_file_entry_and_remedy(
    tmp_path: Path, entries: list[str], where: str, why: str
) -> None:
    with pytest.raises(KnownError) as refused:
        load_drill(script(tmp_path, *entries))
    assert "script.toml" in refused.value.message
    assert where in refused.value.message
    assert why in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize(
    "head",
    [
        "",
        "format = 2\n",
        'format = 1\nday = "2024-11-22"\n',
        "format = 1\nday = 2024-11-22\nbegins = 8\n",
        "format = \n",
    ],
)
def test_a_file_that_is_no_script_is_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(KnownError, match="演练文件 script"):
        load_drill(script(tmp_path, head=head))


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="读不了"):
        load_drill(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe\xd8")
    with pytest.raises(KnownError, match="UTF-8"):
        load_drill(tmp_path / "bad.toml")


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ({"action": "派单", "fault": "甲", "engineer": "生人"}, "生人"),
        ({"action": "接报", "fault": "乙", "site": "火星", "symptom": "断"}, "火星"),
        ({"action": "接报", "fault": "乙", "site": "街道", "symptom": "断"}, "认不出站点"),
        ({"action": "现场确认", "fault": "甲", "procedure": "随便"}, "没有「随便」"),
        ({"action": "更正时间", "fault": "甲", "fact": "到场", "to": "08:00", "reason": "x"}, "没有可更正"),
        ({"action": "更正时间", "fault": "甲", "fact": "接报", "to": "早", "reason": "x"}, "to 不是时间"),
        ({"action": "更正内容", "fault": "甲", "field": "心情", "after": "好", "reason": "x"}, "心情"),
        ({"action": "故障原因", "fault": "甲", "cause": "天气"}, "没有「天气」这种故障原因"),
        ({"action": "申辩", "fault": "甲", "clause": "1.1", "document": "x"}, "1.1"),
    ],
)
def test_what_only_the_desk_can_know_is_told_with_the_entry(
    scene: Scene, tmp_path: Path, says: dict[str, Any], why: str
) -> None:
    day = load_drill(script(tmp_path, CALL, entry(time="08:11", **says)))
    with pytest.raises(KnownError) as refused:
        play(scene, day)
    assert refused.value.message.startswith("演练第 2 条（08:11 ")
    assert why in refused.value.message


class Counter:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_the_drill_clock_runs_faster_stops_and_never_goes_back() -> None:
    counter = Counter()
    clock = DrillClock(1000, counter, speed=100)
    assert (clock.now(), clock.speed) == (1000, 60)
    counter.seconds += 2
    assert clock.now() == 1120
    clock.run_at(0)
    counter.seconds += 5
    assert (clock.now(), clock.speed) == (1125, 1)
    clock.pause()
    counter.seconds += 100
    assert (clock.now(), clock.paused) == (1125, True)
    clock.skip_to(1500)
    clock.skip_to(1200)
    assert clock.now() == 1500
    clock.resume()
    counter.seconds += 1
    assert (clock.now(), clock.paused) == (1501, False)
