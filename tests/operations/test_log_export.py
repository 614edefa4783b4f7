"""What leaves the desk as a call log says the same when it is assessed, or the note says where it cannot."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dispatch_app.contract.calendar_beijing import DAY, iso, start_of
from dispatch_app.contract.clocks import assess_fault
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import (
    CancelKind,
    Cancelled,
    Confirmed,
    Fact,
    FactKind,
    Grouped,
    Part,
    Procedure,
    Source,
    ThirdParty,
    ThirdPartyCause,
    Zone,
)
from dispatch_app.operations.assess_log import assess_log
from dispatch_app.operations.assess_rows import Places
from dispatch_app.operations.assess_table import COLUMNS, table_of
from dispatch_app.operations.case import Case
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.drill import DrillPlayer, run_to_end, shipped_day
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.operations.faults import AmendFault, RecordThirdParty
from dispatch_app.operations.log_export import ExportedFault, ExportedLog, csv_bytes, export_log
from dispatch_app.operations.log_exports import ExportKind, write_facts, write_log
from dispatch_app.operations.log_files import read_log
from dispatch_app.operations.log_rows import RowFate
from dispatch_app.storage.chain import GENESIS, row_hash
from dispatch_app.storage.database import Database
from tests.contract.story import SHIPPED, corrected, fact, moment, reported
from tests.operations.call_logs import Log, as_csv, row
from tests.operations.log_imports import preview, take_in
from tests.operations.scene import RESOURCES, Scene

EVER = (0, 1 << 40)
START = moment("09:00")
NOW = START + 10 * DAY


def clocks_of(fault: ExportedFault) -> list[tuple[Any, ...]]:
    return [
        (one.cycle, one.clock, one.state, one.started_at, one.due_at, one.stopped_at, one.late_s)
        for one in fault.assessment.clocks
    ]


def exported(facts: list[Fact], call_no: str = "A-0001") -> tuple[ExportedFault, ExportedLog]:
    fault = ExportedFault(call_no, Case("f", tuple(facts), NOW), assess_fault(facts, SHIPPED, NOW))
    return fault, export_log([fault], SHIPPED, Places({}), NOW)


# ── the same clocks ──

TIMES = st.builds(
    lambda length, second: START + length + second,
    st.sampled_from([600, 1200, 2400, 7200, 14400, 18000, 54000, 86400, 172800]),
    st.integers(-1, 1),
)
PLAIN = (
    FactKind.ASSIGNED,
    FactKind.ACKNOWLEDGED,
    FactKind.DEPARTED,
    FactKind.ARRIVED,
    FactKind.REPAIR_STARTED,
    FactKind.SPECIAL_REPORT_SUBMITTED,
    FactKind.RESOLVED,
)


@st.composite
def one_cycle(draw: st.DrawFn) -> list[Fact]:
    """A fault every time of which a row can hold."""
    first = reported(
        START,
        draw(st.sampled_from(list(Zone))),
        source=draw(st.sampled_from(list(Source))),
        emergency=draw(st.booleans()),
        site_name=draw(st.sampled_from(["市政府", "=1+1", "@x", "-", "'=a", ""])),
    )
    facts = [first]
    for kind in draw(st.sets(st.sampled_from(PLAIN))):
        facts.append(fact(kind, draw(TIMES)))
    for at in draw(st.lists(TIMES, max_size=3)):
        facts.append(fact(FactKind.UNREACHABLE, at - draw(st.sampled_from([0, 86400]))))
    if draw(st.booleans()):
        procedure = draw(st.sampled_from([None, *Procedure]))
        facts.append(fact(FactKind.CONFIRMED, draw(TIMES), Confirmed(procedure)))
    if draw(st.booleans()):
        facts.append(
            fact(FactKind.CANCELLED, draw(TIMES), Cancelled(draw(st.sampled_from(list(CancelKind)))))
        )
    if draw(st.booleans()):
        facts.append(fact(FactKind.GROUPED, draw(TIMES), Grouped("停电")))
    for part in draw(st.lists(st.sampled_from(["299.99", "300", "300.01"]), max_size=2)):
        work = ThirdParty(ThirdPartyCause.LATE, Decimal("80.5"), (Part("甲;乙：丙", Decimal(part), 2),))
        facts.append(fact(FactKind.THIRD_PARTY, START + 60, work))
    return facts


@given(one_cycle())
def test_a_fault_of_one_cycle_is_assessed_from_its_row_as_it_stands_on_the_desk(facts: list[Fact]) -> None:
    fault, log = exported(facts)
    (found,) = assess_log(_table(csv_bytes(log.cells)), SHIPPED, Places({}), NOW).calls
    assert [(1, *clock[1:]) for clock in clocks_of(fault)] == [
        (1, one.clock, *judged) for one, judged in zip(fault.assessment.clocks, found.judged, strict=True)
    ]
    total = sum((one.amount for one in fault.assessment.penalties), Decimal(0))
    assert sum((one.amount for one in found.penalties), Decimal(0)) == total
    assert not [note for note in log.notes if "按行核算" in note]


def _table(data: bytes) -> Any:
    return table_of(iter(list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))), "calls.csv")


@given(
    st.lists(
        st.one_of(
            st.builds(lambda kind, at: fact(kind, at), st.sampled_from([*PLAIN, FactKind.REOPENED]), TIMES),
            st.builds(
                lambda at, procedure: fact(FactKind.CONFIRMED, at, Confirmed(procedure)),
                TIMES,
                st.sampled_from(list(Procedure)),
            ),
            st.builds(
                lambda at, kind: fact(FactKind.CANCELLED, at, Cancelled(kind)),
                TIMES,
                st.sampled_from(list(CancelKind)),
            ),
        ),
        max_size=9,
    )
)
def test_of_any_fault_at_all_the_note_says_every_cycle_whose_row_comes_to_something_else(
    more: list[Fact],
) -> None:
    fault, log = exported([reported(START), *more])
    found = assess_log(_table(csv_bytes(log.cells)), SHIPPED, Places({}), NOW)
    judged = {call.cycle: call.judged for call in found.calls}
    for cycle in fault.assessment.cycles:
        own = tuple(
            (one.state, one.started_at, one.due_at, one.stopped_at, one.late_s) for one in cycle.clocks
        )
        told = [note for note in log.notes if f"第 {cycle.number} 次按行核算" in note]
        assert (judged.get(cycle.number) == own) == (not told)


# ── the drill day ──


@pytest.fixture(scope="module")
def drilled() -> Iterator[Desk]:
    day = shipped_day(RESOURCES)
    clock = DrillClock(day.begins, lambda: 0.0)
    with Database.scratch() as database:
        desk = Desk(database, clock, RESOURCES)
        run_to_end(desk, clock, DrillPlayer(day))
        yield desk


@pytest.mark.parametrize("name", ["day.csv", "day.xlsx"])
def test_the_drill_day_assessed_from_its_export_costs_what_the_desk_says(
    drilled: Desk, tmp_path: Path, name: str
) -> None:
    day = shipped_day(RESOURCES)
    start = start_of(day.day)
    done = write_log(tmp_path / name, start, start + DAY, drilled.queries)
    tally = drilled.queries.tally(start, start + DAY)
    table = read_log(tmp_path / name).table
    found = assess_log(table, drilled.queries.terms(), Places({}), tally.as_of)
    assert done.record.rows == len(found.calls) >= tally.faults
    assert found.refused == ()
    assert found.tally.unreachable.amount == tally.unreachable_amount
    assert found.tally.nobody_sent.amount == tally.nobody_sent_amount
    assert found.tally.third_party.amount == tally.third_party_amount
    assert {clock: [counted[state] for state in counted] for clock, counted in found.standards.items()} == {
        row.clock: [row.met, row.breached, row.running, row.void, row.not_started] for row in tally.standards
    }


def test_assess_reads_the_exported_file_on_the_command_line(drilled: Desk, tmp_path: Path) -> None:
    write_log(tmp_path / "day.csv", *EVER, drilled.queries)
    tally = drilled.queries.tally(*EVER)
    log = Log(tmp_path)
    log.run((tmp_path / "day.csv").read_bytes(), as_of=iso(tally.as_of))
    answer = log.answer()
    assert log.status == 0
    assert answer["tally"]["9.2"]["count"] == tally.nobody_sent_count
    assert answer["notes"] == []


def test_the_export_of_a_day_imported_elsewhere_has_the_same_clocks(
    drilled: Desk, scene: Scene, tmp_path: Path
) -> None:
    write_log(tmp_path / "day.csv", *EVER, drilled.queries)
    scene.clock.at = drilled.queries.tally(*EVER).as_of
    take_in(scene, tmp_path, (tmp_path / "day.csv").read_bytes())
    here, there = scene.queries.tally(*EVER), drilled.queries.tally(*EVER)
    assert here.unreachable_amount == there.unreachable_amount
    assert here.nobody_sent_amount == there.nobody_sent_amount
    assert here.third_party_amount == there.third_party_amount
    assert here.standards == there.standards
    # And its own export says what came in.
    write_log(tmp_path / "again.csv", *EVER, scene.queries)
    first, again = (read_log(tmp_path / name).table.records for name in ("day.csv", "again.csv"))
    assert sorted(cells[0] for _, cells in first) == sorted(cells[0] for _, cells in again)


def test_the_desk_knows_its_own_export(scene: Scene, tmp_path: Path) -> None:
    scene.finish(scene.register())
    take_in(
        scene, tmp_path, as_csv([row("X1", resolved_at="2024-06-03 10:00"), row("X1-2", engineer="张三")])
    )
    write_log(tmp_path / "all.csv", *EVER, scene.queries)
    found = preview(scene, tmp_path, (tmp_path / "all.csv").read_bytes())
    assert [one.fate for one in found.rows] == [RowFate.KNOWN, RowFate.DIFFERS, RowFate.KNOWN]


# ── what rows cannot say ──


def test_the_note_lists_what_has_no_column(scene: Scene, tmp_path: Path) -> None:
    fault_id = scene.register()
    undone = scene.send(fault_id).undo
    assert undone is not None
    scene.at("08:40").send(fault_id, "liuping")
    scene.mark(fault_id, FactKind.DEPARTED)
    scene.at("08:45").mark(fault_id, FactKind.ARRIVED, staff_id="zhangyiming")
    for cause, labour in (("late", "10"), ("other", "20")):
        scene.do(RecordThirdParty(fault_id, cause, labour, (), scene.version(fault_id)))
    scene.do(AmendFault(fault_id, "room", "三楼", "补记", scene.version(fault_id)))
    write_log(tmp_path / "all.csv", *EVER, scene.queries)
    note = (tmp_path / "all-说明.txt").read_text("utf-8")
    for words in ("有几位工程师", "另有派单", "委托第三方 2 笔，只列同一原因的", "更正 2024-11-22"):
        assert words in note
    assert all(line.startswith("A-0001：") for line in note.splitlines())


def test_a_note_says_also_that_there_is_nothing_to_say(scene: Scene, tmp_path: Path) -> None:
    assert write_log(tmp_path / "all.csv", *EVER, scene.queries).notes == 0
    assert (tmp_path / "all-说明.txt").read_text("utf-8").startswith("表里的行说全了")
    assert list(_table((tmp_path / "all.csv").read_bytes()).place) == list(COLUMNS)


def test_two_costs_of_one_cause_become_one_and_what_was_voided_is_told() -> None:
    report = reported(START)
    work = ThirdParty(ThirdPartyCause.UNABLE, Decimal("1.5"), (Part("线", Decimal(2), 3),))
    facts = [report, fact(FactKind.THIRD_PARTY, START + 5, work), fact(FactKind.THIRD_PARTY, START + 6, work)]
    early = fact(FactKind.ARRIVED, START - 60)
    _, log = exported([*facts, early])
    assert log.cells[0]["third_party_labor"] == "3.00"
    assert log.cells[0]["third_party_parts"] == "线:2.00×3;线:2.00×3"
    assert log.notes == (
        "A-0001：第 1 次委托第三方 2 笔，合为一行",
        "A-0001：不计的记录 arrived: before the report",
    )


def test_costs_of_two_causes_and_a_cycle_without_its_end_are_told() -> None:
    report = reported(START)
    late, unable = (ThirdParty(cause, Decimal(5)) for cause in (ThirdPartyCause.LATE, ThirdPartyCause.UNABLE))
    resolved = fact(FactKind.RESOLVED, START + 60)
    _, log = exported(
        [
            report,
            fact(FactKind.GROUPED, START, Grouped("停电")),
            fact(FactKind.THIRD_PARTY, START + 5, late),
            fact(FactKind.THIRD_PARTY, START + 6, unable),
            resolved,
            fact(FactKind.CLOSED, START + 61),
            fact(FactKind.REOPENED, START + 62),
            corrected(resolved, None, START + 63),
        ]
    )
    assert log.cells[0]["group"] == "停电"
    assert log.notes[:3] == (
        "A-0001：第 1 次委托第三方 2 笔，只列同一原因的",
        "A-0001：第 1 次按行核算与调度台不同：违约金",
        "A-0001：第 2 次按行核算时不收：cycle: 接报时 A-0001 第 1 次还没有解决或销单",
    )


def test_the_workbook_has_its_note_on_a_second_sheet_and_no_formulas(scene: Scene, tmp_path: Path) -> None:
    take_in(scene, tmp_path, as_csv([row("X1", site="'=1+1", arrived_at="2024-06-03 08:00")]))
    write_log(tmp_path / "all.xlsx", *EVER, scene.queries)
    book = load_workbook(tmp_path / "all.xlsx")
    cells = {cell.value: cell.data_type for line in book.worksheets[0].iter_rows() for cell in line}
    assert cells["'=1+1"] == "s"
    assert "f" not in cells.values()
    said = [line[0].value for line in book.worksheets[1].iter_rows()]
    assert "X1：到场 2024-06-03 08:00:00 已作废" in said
    assert any("=1+1" in cells for _, cells in read_log(tmp_path / "all.xlsx").table.records)


# ── everything ──


def test_the_lossless_export_holds_both_chains_as_they_are(drilled: Desk, tmp_path: Path) -> None:
    done = write_facts(tmp_path / "facts.json", drilled.queries)
    document = json.loads((tmp_path / "facts.json").read_text("utf-8"))
    assert done.record.kind is ExportKind.FACTS
    assert done.record.rows == len(document["fault_events"]) + len(document["desk_events"]) > 50
    for table in ("fault_events", "desk_events"):
        previous = GENESIS
        for place, line in enumerate(document[table], start=1):
            assert (line["seq"], line["prev_hash"], line["hash"]) == (place, previous, row_hash(line))
            previous = line["hash"]


def test_an_export_is_recorded_with_its_period_and_rows(scene: Scene, tmp_path: Path) -> None:
    scene.register()
    scene.do(write_log(tmp_path / "all.csv", *EVER, scene.queries).record)
    write_facts(tmp_path / "facts.json", scene.queries)
    last = json.loads((tmp_path / "facts.json").read_text("utf-8"))["desk_events"][-1]
    assert (last["subject"], last["kind"], last["operator_name"]) == ("export", "log_csv", "李鸿兰")
    assert json.loads(last["payload"]) == {
        "kind": "log_csv", "start": 0, "end": 1 << 40, "name": "all.csv", "rows": 1,
    }  # fmt: skip


def test_a_file_that_cannot_be_written_leaves_the_one_before(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="写不进去"):
        write_log(tmp_path / "nowhere" / "all.csv", *EVER, scene.queries)
    blocked = tmp_path / "all.xlsx"
    blocked.mkdir()
    with pytest.raises(KnownError, match=r"all\.xlsx 写不进去"):
        write_log(blocked, *EVER, scene.queries)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".new")] == []
