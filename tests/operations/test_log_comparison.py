"""The other party's log against the desk: what differs, what it costs, and which time decides it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.log_comparison_lines import ComparedLogs, ComparisonLine, LineKind
from dispatch_app.operations.log_exports import write_comparison, write_log
from dispatch_app.operations.settings import ChangeSetting
from tests.operations.call_logs import as_csv, row
from tests.operations.scene import Scene

NO = "A-0001"


@pytest.fixture
def settled(scene: Scene) -> Scene:
    """One call at 08:30, on the spot at 09:00, mended at 09:20."""
    fault_id = scene.register()
    scene.send(fault_id)
    scene.at("08:35").mark(fault_id, FactKind.ACKNOWLEDGED)
    scene.at("08:40").mark(fault_id, FactKind.DEPARTED)
    scene.at("09:00").mark(fault_id, FactKind.ARRIVED)
    scene.at("09:20").mark(fault_id, FactKind.RESOLVED)
    scene.at("2024-11-24 08:00")
    return scene


def theirs(call_no: str = NO, **more: str) -> dict[str, str]:
    """The same call as the other party has it."""
    said = {
        "site": "市政府大楼机房",
        "acknowledged_at": "2024-11-22 08:35",
        "assigned_at": "2024-11-22 08:30",
        "departed_at": "2024-11-22 08:40",
        "arrived_at": "2024-11-22 09:00",
        "resolved_at": "2024-11-22 09:20",
        "engineer": "张懿明",
    }
    return row(call_no, more.pop("reported_at", "2024-11-22 08:30"), **(said | more))


def compared(scene: Scene, folder: Path, *rows: dict[str, str]) -> ComparedLogs:
    path = folder / "theirs.csv"
    path.write_text(as_csv(rows), "utf-8")
    return scene.queries.compare_log(path)


def said(line: ComparisonLine) -> tuple[str, ...]:
    return (line.item, line.ours, line.theirs, line.apart, line.remark)


def total(found: ComparedLogs, item: str) -> tuple[str, str, str]:
    (one,) = [one for one in found.totals if one.item == item]
    return one.ours, one.theirs, one.apart


def test_the_same_call_agrees_and_so_do_both_tallies(settled: Scene, tmp_path: Path) -> None:
    found = compared(settled, tmp_path, theirs())
    assert [line.kind for line in found.lines] == [LineKind.SAME]
    assert {one.apart for one in found.totals} == {""}
    assert total(found, "在期内的行") == ("1", "1", "")


def test_the_desks_own_export_agrees_with_it(settled: Scene, tmp_path: Path) -> None:
    write_log(tmp_path / "all.csv", 0, 1 << 40, settled.queries)
    found = settled.queries.compare_log(tmp_path / "all.csv")
    assert [line.kind for line in found.lines] == [LineKind.SAME]


def test_a_later_arrival_says_by_how_much_and_which_clock_it_decides(settled: Scene, tmp_path: Path) -> None:
    found = compared(settled, tmp_path, theirs(arrived_at="2024-11-22 09:15"))
    assert [said(line) for line in found.lines] == [
        ("到场", "2024-11-22 09:00:00", "2024-11-22 09:15:00", "+0:15:00", ""),
        ("到场时限", "按时", "超时 0:05:00", "+0:05:00", "由到场决定"),
    ]
    assert found.lines[0].fault_id
    assert not any(line.costly for line in found.lines)


def test_a_departure_five_hours_later_costs_and_the_tallies_stand_side_by_side(
    settled: Scene, tmp_path: Path
) -> None:
    late = {
        "departed_at": "2024-11-22 13:31", "arrived_at": "2024-11-22 13:40", "resolved_at": "2024-11-22 14:00"
    }  # fmt: skip
    found = compared(settled, tmp_path, theirs(**late))
    (sum_line,) = [line for line in found.lines if line.kind is LineKind.SUM]
    assert said(sum_line) == ("违约金", "0.00", "2,000.00", "+2,000.00", "由出发、到场、解决决定")
    assert sum_line.costly
    assert total(found, "逾期未派人（九.2）") == ("0 次，0.00", "1 次，2,000.00", "+2,000.00")
    assert total(found, "应付") == ("160,000.00", "158,000.00", "−2,000.00")


def test_a_call_numbered_otherwise_is_found_by_site_and_time(settled: Scene, tmp_path: Path) -> None:
    found = compared(
        settled,
        tmp_path,
        theirs("甲-7", reported_at="2024-11-22 08:34"),
        theirs("甲-8", reported_at="2024-11-22 08:31"),
    )
    (value,) = [line for line in found.lines if line.item == "接报时间"]
    (alone,) = [line for line in found.lines if line.kind is LineKind.ALONE]
    assert (value.their_no, value.remark) == ("甲-8", "按站点和接报时间对上")
    assert said(value)[:4] == ("接报时间", "2024-11-22 08:30:00", "2024-11-22 08:31:00", "+0:01:00")
    assert (alone.kind, alone.their_no, alone.item) == (LineKind.ALONE, "甲-7", "只有对方有")


def test_a_call_beyond_the_tolerance_or_without_a_site_is_each_sides_own(
    settled: Scene, tmp_path: Path
) -> None:
    far = theirs("甲-7", reported_at="2024-11-22 08:46")
    nowhere = row("甲-9", "2024-11-22 08:30", resolved_at="2024-11-22 08:40")
    found = compared(settled, tmp_path, far, nowhere)
    assert [(line.item, line.our_no or line.their_no) for line in found.lines] == [
        ("只有我方有", NO),
        ("只有对方有", "甲-9"),
        ("只有对方有", "甲-7"),
    ]


def test_how_far_two_reports_of_one_call_may_lie_apart_is_a_setting(settled: Scene, tmp_path: Path) -> None:
    far = theirs("甲-7", reported_at="2024-11-22 08:46")
    settled.do(ChangeSetting("compare_minutes", "16"))
    assert all(line.kind is not LineKind.ALONE for line in compared(settled, tmp_path, far).lines)
    settled.do(ChangeSetting("compare_minutes", "15"))
    assert [line.kind for line in compared(settled, tmp_path, far).lines] == [LineKind.ALONE] * 2


def test_times_that_only_together_make_the_difference_are_named_together(
    settled: Scene, tmp_path: Path
) -> None:
    found = compared(
        settled,
        tmp_path,
        theirs(acknowledged_at="2024-11-22 08:55", departed_at="2024-11-22 08:56", assigned_at=""),
    )
    (clock,) = [line for line in found.lines if line.kind is LineKind.CLOCK]
    assert said(clock) == ("响应时限", "按时", "超时 0:05:00", "+0:05:00", "由响应决定") or clock.remark == (
        "由派单、响应、出发决定"
    )
    gone = [line for line in found.lines if line.item == "派单"]
    assert (gone[0].theirs, gone[0].apart) == ("没有", "")


def test_a_difference_that_cannot_be_imagined_alone_is_still_told(settled: Scene, tmp_path: Path) -> None:
    # Their report lies after ours would have been cut off: a word and the zone differ as well.
    found = compared(
        settled,
        tmp_path,
        theirs(
            zone="市区外",
            emergency="1",
            unreachable_at="2024-11-22 08:50;2024-11-22 08:45",
            source="巡检",
            group="停电",
            third_party_labor="80",
            third_party_parts="线:2×3",
            confirmed_at="2024-11-22 09:05",
            procedure="专报",
            cancelled_at="2024-11-22 10:00",
        ),
    )
    items = {line.item: (line.ours, line.theirs) for line in found.lines}
    assert items["区域"] == ("市区内", "市区外")
    assert items["紧急"] == ("否", "是")
    assert items["来源"] == ("甲方", "巡检")
    assert items["联系不上"] == ("没有", "2024-11-22 08:45:00、2024-11-22 08:50:00")
    assert items["并发组"] == ("没有", "有")
    assert items["第三方人工费"] == ("没有", "80.00")
    assert items["第三方零件"] == ("没有", "线 2.00×3")
    assert items["第三方原因"] == ("没有", "逾期")
    assert items["处理程序"] == ("没有", "专报程序")
    assert items["销单类别"] == ("没有", "误报")
    assert items["违约金"] == ("0.00", "4,086.00")


def test_rows_that_cannot_be_read_are_listed_and_the_days_are_those_of_the_log(
    settled: Scene, tmp_path: Path
) -> None:
    broken = row("甲-1", "昨天")
    found = compared(settled, tmp_path, broken, theirs())
    refused = found.lines[-1]
    assert (refused.kind, refused.item, refused.remark) == (
        LineKind.REFUSED, "对方第 2 行不收", "reported_at: 看不懂时间“昨天”"
    )  # fmt: skip
    assert found.end - found.start == 86_400
    assert [line.kind for line in compared(settled, tmp_path, broken).lines] == [LineKind.REFUSED]


def test_a_time_that_does_not_count_says_so(settled: Scene, tmp_path: Path) -> None:
    found = compared(settled, tmp_path, theirs(arrived_at="2024-11-22 08:00"))
    assert said(found.lines[0]) == ("到场", "2024-11-22 09:00:00", "2024-11-22 08:00:00（不计）", "", "")


def test_a_log_of_another_day_has_nothing_of_ours(settled: Scene, tmp_path: Path) -> None:
    found = compared(settled, tmp_path, theirs("甲-1", reported_at="2024-11-21 08:30"))
    assert [line.item for line in found.lines] == ["只有对方有"]


def test_the_comparison_is_written_with_both_tallies(settled: Scene, tmp_path: Path) -> None:
    found = compared(settled, tmp_path, theirs(arrived_at="2024-11-22 09:15"))
    done = write_comparison(tmp_path / "diff.csv", found, settled.queries)
    text = (tmp_path / "diff.csv").read_text("utf-8-sig")
    assert "由到场决定" in text
    assert "应付,160000.00,160000.00," in text.replace('"', "").replace("160,000", "160000")
    assert done.record.rows == 2
    assert Decimal(done.record.end - done.record.start) == 86_400
