"""A call log becomes faults: all of it or nothing, once and never twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_app.contract.calendar_beijing import parse_moment
from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.documents import IssueTally
from dispatch_app.operations.log_import import (
    AbandonImport,
    BeginImport,
    FinishImport,
    ShowImported,
    WriteImported,
)
from dispatch_app.operations.log_rows import LogPreviewRow, RowFate
from dispatch_app.operations.rows import FaultDetail
from dispatch_app.operations.upkeep import rebuild
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.call_logs import row
from tests.operations.log_imports import fault_ids, preview, show, take_in, write
from tests.operations.scene import RESOURCES, Scene

DONE = {
    "site": "市政府",
    "engineer": "张懿明",
    "assigned_at": "2024-06-03 09:01",
    "acknowledged_at": "2024-06-03 09:02",
    "departed_at": "2024-06-03 09:05",
    "arrived_at": "2024-06-03 09:30",
    "confirmed_at": "2024-06-03 09:35",
    "procedure": "常规",
    "repair_started_at": "2024-06-03 09:40",
    "resolved_at": "2024-06-03 10:30",
}


def whole(call_no: str = "X1", **more: str) -> dict[str, str]:
    """A call that was answered, mended and resolved in time."""
    return row(call_no, **(DONE | more))


def only(scene: Scene, folder: Path, *rows: dict[str, str]) -> FaultDetail:
    """The one fault a log becomes."""
    before = fault_ids(scene)
    take_in(scene, folder, rows)
    (fault_id,) = set(fault_ids(scene).values()) - set(before.values())
    return scene.queries.fault_detail(fault_id)


def last(scene: Scene, folder: Path, *rows: dict[str, str]) -> LogPreviewRow:
    """What the last row of a log would become."""
    return preview(scene, folder, rows).rows[-1]


def state(detail: FaultDetail, clock: ClockName) -> tuple[ClockState, int]:
    found = next(one.result for one in detail.clocks if one.result.clock is clock)
    return found.state, found.late_s


def assert_rebuilds(scene: Scene) -> None:
    found = rebuild(scene.database, load_terms(RESOURCES / "contract"), Stamp("", "", "A", 0))
    assert found.differing == ()


# ── what a row becomes ──


def test_a_row_becomes_a_fault_with_its_own_times_and_the_time_of_entry(scene: Scene, tmp_path: Path) -> None:
    detail = only(scene, tmp_path, whole())
    assert detail.row.number == "A-L0001"
    assert detail.row.site_id == "shizhengfu"
    assert "X1" in detail.row.symptom
    assert not detail.row.open
    kinds = [entry.kind for entry in detail.timeline]
    assert kinds == [
        FactKind.REPORTED,
        FactKind.ASSIGNED,
        FactKind.ACKNOWLEDGED,
        FactKind.DEPARTED,
        FactKind.ARRIVED,
        FactKind.CONFIRMED,
        FactKind.REPAIR_STARTED,
        FactKind.RESOLVED,
        FactKind.CLOSED,
    ]
    assert detail.timeline[0].at == parse_moment("2024-06-03 09:00:00")
    assert {entry.recorded_at for entry in detail.timeline} == {scene.clock.at}
    assert state(detail, ClockName.ARRIVAL) == (ClockState.MET, 0)
    assert_rebuilds(scene)


def test_the_preview_says_what_each_row_becomes_and_writes_nothing(scene: Scene, tmp_path: Path) -> None:
    found = preview(scene, tmp_path, [whole(), row("", "2024-06-03 09:00"), whole("X2", site="没有这里")])
    first, second, third = found.rows
    assert (first.fate, first.number, first.site, first.site_known) == (
        RowFate.READY,
        "A-L0001",
        "市政府大楼机房",
        True,
    )
    assert first.milestones[0] == (FactKind.ASSIGNED, parse_moment("2024-06-03 09:01"))
    assert (second.fate, second.row, second.reason) == (RowFate.REFUSED, 3, "call_no: 没有单号")
    assert (third.number, third.site, third.site_known) == ("A-L0002", "没有这里", False)
    assert found.counts == {RowFate.READY: 2, RowFate.REFUSED: 1}
    assert fault_ids(scene) == {}


def test_what_lies_before_the_report_or_in_the_future_is_kept_shown_and_never_counts(
    scene: Scene, tmp_path: Path
) -> None:
    odd = row("X1", site="市政府", arrived_at="2024-06-03 08:00", resolved_at="2099-01-01 00:00")
    assert [text.split(":")[0] for text in last(scene, tmp_path, odd).anomalies] == [
        "arrived_at",
        "resolved_at",
    ]
    assert last(scene, tmp_path, odd).doubtful
    detail = only(scene, tmp_path, odd)
    voided = {entry.kind: entry.corrections for entry in detail.timeline if entry.voided}
    assert set(voided) == {FactKind.ARRIVED, FactKind.RESOLVED}
    assert "早于接报，不计" in voided[FactKind.ARRIVED][0]
    assert detail.row.open
    assert state(detail, ClockName.ARRIVAL)[0] is ClockState.BREACHED
    assert state(detail, ClockName.DISPATCH_5H)[0] is ClockState.BREACHED
    assert_rebuilds(scene)


def test_unreachables_third_parties_groups_and_cancellations_come_along(scene: Scene, tmp_path: Path) -> None:
    detail = only(
        scene,
        tmp_path,
        row(
            "X1",
            site="市政府",
            emergency="是",
            unreachable_at="2024-06-03 08:50；2099-01-01 00:00",
            group="停电",
            third_party_labor="120.50",
            third_party_parts="网线:3.5×4",
            cancelled_at="2024-06-03 12:00",
            cancel_kind="重复",
        ),
    )
    said = {entry.kind: entry.note for entry in detail.timeline}
    assert said[FactKind.GROUPED] == "并发组 停电"
    assert said[FactKind.THIRD_PARTY] == "逾期 · 人工费 120.50 元 · 网线 3.50×4"
    assert said[FactKind.CANCELLED] == "重复"
    counted = [entry for entry in detail.timeline if entry.kind is FactKind.UNREACHABLE and not entry.voided]
    assert len(counted) == 1
    assert not detail.row.open


def test_a_reopened_call_is_one_fault_with_two_cycles(scene: Scene, tmp_path: Path) -> None:
    again = row("X1", "2024-06-04 09:00", site="市政府", cycle="2", arrived_at="2024-06-04 08:00")
    detail = only(scene, tmp_path, whole(), again)
    assert detail.row.cycle == 2
    assert detail.row.open
    assert [entry.kind for entry in detail.timeline if entry.voided] == [FactKind.ARRIVED]
    assert_rebuilds(scene)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({}, {"zone": "市区外"}, "zone: 与第 1 次不同"),
        ({}, {"emergency": "1"}, "emergency: 与第 1 次不同"),
        ({}, {"unreachable_at": "2024-06-04 08:00"}, "unreachable_at: 2024-06-04 08:00 早于本次接报"),
        ({"special_report_at": "2024-06-05 08:00"}, {}, "reported_at: 第 1 次还有晚于本次接报的时间"),
    ],
)
def test_a_further_cycle_that_the_desk_would_read_otherwise_is_refused(
    scene: Scene, tmp_path: Path, first: dict[str, str], second: dict[str, str], reason: str
) -> None:
    again = row("X1", "2024-06-04 09:00", **({"site": "市政府", "cycle": "2"} | second))
    third = row("X1", "2024-06-06 09:00", site="市政府", cycle="3")
    again["resolved_at"] = "2024-06-04 10:00"
    found = preview(scene, tmp_path, [whole(**first), again, third]).rows
    assert found[1].fate is RowFate.REFUSED
    assert found[1].reason.startswith(reason)
    assert found[2].reason == "cycle: 第 2 次没有导入"


# ── once ──


def test_importing_twice_adds_nothing_and_what_differs_is_listed_and_not_overwritten(
    scene: Scene, tmp_path: Path
) -> None:
    take_in(scene, tmp_path, [whole(), whole("X2")])
    kept = fault_ids(scene)
    # The same moment, spelled otherwise, is the same.
    changed = [whole(arrived_at="2024-06-03T09:30:00"), whole("X2", arrived_at="2024-06-03 09:31")]
    found = take_in(scene, tmp_path, changed, "i2")
    assert [one.fate for one in found.rows] == [RowFate.KNOWN, RowFate.DIFFERS]
    assert found.rows[1].fault_id == kept["A-L0002"]
    assert found.rows[1].doubtful
    assert found.faults == ()
    assert fault_ids(scene) == kept


def test_a_call_of_the_desk_itself_is_known_by_its_number(scene: Scene, tmp_path: Path) -> None:
    fault_id = scene.register()
    scene.finish(fault_id)
    scene.at("10:00").mark(fault_id, FactKind.REOPENED)
    scene.finish(fault_id)
    scene.at("11:00").mark(fault_id, FactKind.REOPENED)
    rows = [
        row("A-0001", "2024-11-22 08:30", resolved_at="2024-11-22 09:00"),
        row("A-0001", "2024-11-22 09:30", cycle="2", resolved_at="2024-11-22 10:00"),
        row("A-0001", "2024-11-22 10:59", cycle="3"),
    ]
    found = preview(scene, tmp_path, rows).rows
    assert [one.fate for one in found] == [RowFate.KNOWN, RowFate.KNOWN, RowFate.DIFFERS]


def test_a_new_cycle_of_an_imported_call_is_reopened_at_the_desk_instead(
    scene: Scene, tmp_path: Path
) -> None:
    take_in(scene, tmp_path, [whole()])
    found = last(scene, tmp_path, whole(), row("X1", "2024-06-04 09:00", cycle="2"))
    assert found.reason == "cycle: 前一次已在调度台上，请在那件故障上重开"


def test_two_imports_of_one_call_at_the_same_time_end_with_one(scene: Scene, tmp_path: Path) -> None:
    found = preview(scene, tmp_path, [whole()])
    first, second = write(scene, found, "i1"), write(scene, found, "i2")
    scene.do(FinishImport(first))
    with pytest.raises(KnownError, match="X1 已由另一次导入记下"):
        scene.do(FinishImport(second))
    show(scene)
    assert list(fault_ids(scene)) == ["A-L0001"]
    assert_rebuilds(scene)


# ── all or nothing ──


def test_a_cancelled_import_keeps_nothing_that_counts(scene: Scene, tmp_path: Path) -> None:
    taken = scene.register()
    import_id = write(scene, preview(scene, tmp_path, [whole(), row("X2", emergency="1")]))
    scene.do(AbandonImport(import_id))
    assert fault_ids(scene) == {"A-0001": taken}
    assert scene.queries.waiting_imports() == ()
    assert scene.queries.day_summary().nobody_sent_count == 0
    with pytest.raises(KnownError, match="没有在进行"):
        scene.do(FinishImport(import_id))
    assert_rebuilds(scene)
    assert preview(scene, tmp_path, [whole()]).rows[0].fate is RowFate.READY


def test_an_import_that_died_before_its_end_is_nothing_after_the_next_start(
    scene: Scene, tmp_path: Path
) -> None:
    write(scene, preview(scene, tmp_path, [whole()]))
    scene.desk = Desk(scene.database, scene.clock, RESOURCES)
    assert fault_ids(scene) == {}
    # Its numbers are gone for good; the calls of the desk are counted as if it had never been.
    scene.register()
    assert list(fault_ids(scene)) == ["A-0001"]
    assert_rebuilds(scene)


def test_an_import_that_died_after_its_end_is_whole_after_the_next_start(
    scene: Scene, tmp_path: Path
) -> None:
    found = preview(scene, tmp_path, [whole(f"X{number}") for number in range(25)])
    scene.do(FinishImport(write(scene, found)))
    assert fault_ids(scene) == {}
    scene.desk = Desk(scene.database, scene.clock, RESOURCES)
    assert len(fault_ids(scene)) == 25
    assert scene.queries.waiting_imports() == ()
    assert_rebuilds(scene)


def test_no_settlement_is_issued_while_an_import_is_half_shown(scene: Scene, tmp_path: Path) -> None:
    scene.do(FinishImport(write(scene, preview(scene, tmp_path, [whole()]))))
    june = IssueTally(parse_moment("2024-06-01 00:00"), parse_moment("2024-07-01 00:00"))
    with pytest.raises(KnownError, match="正在导入"):
        scene.do(june)
    show(scene)
    assert scene.do(june).created


def test_an_import_is_begun_once_and_written_only_while_it_is_under_way(scene: Scene, tmp_path: Path) -> None:
    found = preview(scene, tmp_path, [whole()])
    with pytest.raises(KnownError, match="没有在进行"):
        scene.do(WriteImported("i1", found.faults))
    scene.do(BeginImport("i1", found.name, found.digest, 1))
    with pytest.raises(KnownError, match="已经开始"):
        scene.do(BeginImport("i1", found.name, found.digest, 1))


def test_what_is_shown_already_is_not_shown_again(scene: Scene, tmp_path: Path) -> None:
    scene.do(FinishImport(write(scene, preview(scene, tmp_path, [whole()]))))
    waiting = scene.queries.waiting_imports()
    assert len(scene.do(ShowImported(waiting)).faults) == 1
    assert scene.do(ShowImported(waiting)).faults == frozenset()
