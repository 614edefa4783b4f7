"""The list of all faults: found by fragments, filtered, sorted and paged in SQL, true to the facts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import CancelKind, FactKind, Procedure, Zone
from dispatch_app.models import DeskEvent, FaultListing
from dispatch_app.models.listing import SORTED
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.contract_ledger import WaiveBreach
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AmendFault, CancelFault
from dispatch_app.operations.history import (
    LONGEST_NAME,
    MOST_FILTERS,
    DropFilter,
    KeepFilter,
    RecordExport,
)
from dispatch_app.operations.history_columns import COLUMNS, late_text
from dispatch_app.operations.history_paper import IssueFaultList
from dispatch_app.operations.history_rows import (
    FaultState,
    HistoryFilter,
    HistoryRow,
    HistorySort,
    PeriodKind,
    SavedFilter,
)
from dispatch_app.operations.law import law_of
from dispatch_app.operations.projection import list_again, rebuild_projections
from dispatch_app.operations.reading import history as reading
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.settings import ChangeReading
from dispatch_app.operations.sites import AmendSite
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.scene import RESOURCES, Scene

LAW = law_of(load_terms(RESOURCES / "contract"), ())
STAMP = Stamp("", "", "A", 0)
ALL = HistoryFilter()
NEWEST = HistorySort()


def found(scene: Scene, typed: str = "", **wanted: object) -> list[str]:
    """Numbers of the faults a filter lets through, by number; and the count must say the same."""
    chosen = replace(ALL, text=typed, **wanted)  # type: ignore[arg-type]  # fields of the filter
    rows = scene.queries.history(chosen, HistorySort("number", descending=False)).rows
    assert scene.queries.history_count(chosen) == len(rows)
    return [row.number for row in rows]


def only(scene: Scene, number: str) -> HistoryRow:
    (row,) = scene.queries.history(replace(ALL, text=number), NEWEST).rows
    return row


@pytest.fixture
def three(scene: Scene) -> Scene:
    """A-0001 at 市政府大楼机房 with everything said, A-0002 at 八街, A-0003 at 温泉 cancelled."""
    first = scene.register(
        "shizhengfu", "专网不通，打印机也离线", caller="王老师", unit="市财政局", callback="0871-6868 6833",
        device="核心交换机 S7706", emergency=True,
    )  # fmt: skip
    scene.send(first, "liutao")
    scene.at("08:40").register("bajie", "监控掉线")
    duplicate = scene.at("08:50").register("wenquan", "专网很慢")
    scene.do(CancelFault(duplicate, CancelKind.DUPLICATE, 1, of="A-0001"))
    return scene


# ── what is typed ──


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", ["A-0001", "A-0002", "A-0003"]),
        ("  ", ["A-0001", "A-0002", "A-0003"]),
        ("专", ["A-0001", "A-0003"]),
        ("专网", ["A-0001", "A-0003"]),
        ("网不通", ["A-0001"]),
        ("不通打印", ["A-0001"]),
        ("专网 慢", ["A-0003"]),
        ("0002", ["A-0002"]),
        ("a-0002", ["A-0002"]),
        ("A-000", ["A-0001", "A-0002", "A-0003"]),
        ("王", ["A-0001"]),
        ("财政", ["A-0001"]),
        ("68686833", ["A-0001"]),
        ("刘涛", ["A-0001"]),
        ("s7706", ["A-0001"]),
        ("Ｓ７７０６", ["A-0001"]),
        ("szf", ["A-0001"]),
        ("八街", ["A-0002"]),
        ("街 监", ["A-0002"]),
        ("财专", []),
        ("没有的字", []),
    ],
)
def test_a_fault_is_found_by_any_fragment_of_what_was_said(
    three: Scene, typed: str, numbers: list[str]
) -> None:
    assert found(three, typed) == numbers


@pytest.mark.parametrize(
    "typed",
    ['"', "*", '" OR ones : "', "NEAR(", "AND", "NOT 专", "ones:", "a\0b", "\0", "🙂", "';--", "%", "_", "-"],
)  # fmt: skip
def test_nothing_typed_is_taken_for_the_language_of_the_index(three: Scene, typed: str) -> None:
    assert found(three, typed) == []


def test_signs_between_letters_do_no_harm(three: Scene) -> None:
    assert found(three, '"专"*网') == ["A-0001", "A-0003"]
    assert found(three, "🙂 专网") == ["A-0001", "A-0003"]


def test_seven_thousand_characters_are_looked_for_without_harm(three: Scene) -> None:
    assert found(three, "专网" * 3500) == []
    assert found(three, "专 " * 3500) == ["A-0001", "A-0003"]
    assert found(three, " ".join(chr(0x4E00 + place) for place in range(3500))) == []


def test_what_is_amended_or_undone_is_found_as_it_stands(three: Scene) -> None:
    second = three.queries.history(replace(ALL, text="监控"), NEWEST).rows[0].fault_id
    sent = three.send(second, "zhangyiming").undo
    assert sent is not None
    assert found(three, "张懿明") == ["A-0002"]
    three.do(sent.command)
    assert found(three, "张懿明") == []
    three.do(AmendFault(second, "symptom", "门禁失灵", "听错", three.version(second)))
    assert (found(three, "监控"), found(three, "门禁")) == ([], ["A-0002"])


def test_a_step_that_changes_no_text_does_not_touch_the_words(three: Scene) -> None:
    first = only(three, "A-0001").fault_id
    with three.database.reader() as session:
        before = session.execute(text("SELECT id, block FROM fault_words_data ORDER BY id")).all()
    three.mark(first, FactKind.DEPARTED)
    with three.database.reader() as session:
        assert session.execute(text("SELECT id, block FROM fault_words_data ORDER BY id")).all() == before
    assert only(three, "A-0001").stage.value == "departed"


# ── filters ──


def test_state_zone_and_emergency_are_filters(three: Scene) -> None:
    assert found(three, state="open") == ["A-0001", "A-0002"]
    assert found(three, state="ended") == []
    assert found(three, state="cancelled") == ["A-0003"]
    assert found(three, zone=Zone.URBAN.value) == ["A-0001"]
    assert found(three, zone=Zone.OUTLYING.value) == ["A-0002", "A-0003"]
    assert found(three, emergency=True) == ["A-0001"]
    assert found(three, "专网", state="open") == ["A-0001"]


def test_a_breach_counts_from_its_first_second(three: Scene) -> None:
    assert found(three, breached=True) == []
    # 八街 lies outside: nobody has responded to the call of 08:40 for twenty minutes, and one second more.
    limit = min(
        clock.due_at or 0
        for clock in three.queries.fault_rows([only(three, "A-0002").fault_id])[0].clocks
        if clock.due_at
    )
    three.clock.at = limit
    assert "A-0002" not in found(three, breached=True)
    three.clock.at = limit + 1
    assert "A-0002" in found(three, breached=True)


def test_periods_are_beijing_days(three: Scene) -> None:
    everything = ["A-0001", "A-0002", "A-0003"]
    assert found(three, period=PeriodKind.TODAY) == everything
    three.at("2024-11-23 00:00:00")
    assert found(three, period=PeriodKind.TODAY) == []
    assert found(three, period=PeriodKind.MONTH) == everything
    assert found(three, period=PeriodKind.TERM) == everything
    assert found(three, period=PeriodKind.DAYS, first="2024-11-22", last="2024-11-22") == everything
    assert found(three, period=PeriodKind.DAYS, first="2024-11-23", last="2024-11-30") == []


@pytest.mark.parametrize(
    ("first", "last"), [("", "2024-11-22"), ("2024-11-22", "x"), ("2024-11-22", "2024-11-21")]
)
def test_days_that_are_none_are_refused(three: Scene, first: str, last: str) -> None:
    with pytest.raises(KnownError, match="日"):
        found(three, period=PeriodKind.DAYS, first=first, last=last)


# ── order and pages ──


@pytest.mark.parametrize("column", SORTED)
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_both_ways_and_pages_miss_and_repeat_nothing(
    three: Scene, column: str, descending: bool
) -> None:
    sort = HistorySort(column, descending)
    whole = three.queries.history(ALL, sort)
    assert whole.after is None
    paged: list[HistoryRow] = []
    after = None
    while True:
        part = three.queries.history(ALL, sort, after, 1)
        paged.extend(part.rows)
        after = part.after
        if after is None:
            break
    assert tuple(paged) == whole.rows
    backwards = three.queries.history(ALL, replace(sort, descending=not descending)).rows
    assert backwards == tuple(reversed(whole.rows))


@pytest.mark.parametrize("column", SORTED)
def test_every_order_is_that_of_an_index(three: Scene, column: str) -> None:
    with three.database.reader() as session:
        plan = session.execute(
            text(f"EXPLAIN QUERY PLAN SELECT * FROM fault_listing ORDER BY {column} DESC, id DESC LIMIT 200")
        ).all()
    assert [row.detail for row in plan] == [f"SCAN fault_listing USING INDEX ix_fault_listing_{column}"]


def test_an_unknown_column_is_refused(three: Scene) -> None:
    with pytest.raises(KnownError, match="排序"):
        three.queries.history(ALL, HistorySort("callback; DROP TABLE faults"))


def test_a_page_asks_as_many_statements_whatever_it_shows(three: Scene) -> None:
    before = three.statements(lambda: three.queries.history(ALL, NEWEST))
    for _ in range(20):
        three.register("caopu")
    assert three.statements(lambda: three.queries.history(ALL, NEWEST)) <= before + 1
    typed = replace(ALL, text="专")
    assert three.statements(lambda: three.queries.history(typed, NEWEST)) <= before + 2


def test_many_matches_are_found_as_few_are(three: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    few = three.queries.history(replace(ALL, text="专"), NEWEST)
    monkeypatch.setattr(reading, "FEW", 0)
    assert three.queries.history(replace(ALL, text="专"), NEWEST) == few


# ── figures ──


def test_an_open_fault_shows_its_lateness_of_this_moment_and_an_ended_one_what_is_kept(scene: Scene) -> None:
    late = scene.register("shizhengfu", emergency=True)
    scene.mark(late, FactKind.UNREACHABLE)
    for time in ("09:30", "09:31"):
        scene.at(time)
        shown, clocks = only(scene, "A-0001"), scene.row(late).clocks
        assert (shown.moving, shown.ended_at, shown.penalty_fen) == (True, None, 200_000)
        assert shown.response_late_s == next(one.late_s for one in clocks if one.clock is ClockName.RESPONSE)
        assert shown.late_s == max(one.late_s for one in clocks) > 0
    scene.send(late)
    scene.mark(late, FactKind.ACKNOWLEDGED)
    scene.confirm(late)
    scene.finish(late)
    scene.at("2024-11-25 08:00:00")
    kept = only(scene, "A-0001")
    assert (kept.moving, kept.state, kept.ended_at) == (False, FaultState.ENDED, scene.time("09:31"))
    assert (kept.response_late_s, kept.penalty_fen) == (shown.response_late_s, 200_000)


def test_a_waived_sum_is_left_out(scene: Scene) -> None:
    fault = scene.register("shizhengfu", emergency=True)
    scene.mark(fault, FactKind.UNREACHABLE)
    scene.do(WaiveBreach(fault, "9.1", 1, "函〔2024〕7号"))
    assert only(scene, "A-0001").penalty_fen == 0


def test_a_decided_reading_changes_the_figures_of_ended_faults_too(scene: Scene) -> None:
    ended = scene.register("shizhengfu")
    scene.register("bajie")
    scene.at("09:30").send(ended)
    scene.mark(ended, FactKind.ARRIVED)
    scene.confirm(ended)
    scene.finish(ended)
    assert all(row.response_late_s > 0 for row in scene.queries.history(ALL, NEWEST).rows)
    scene.do(ChangeReading("response", "registered", "函〔2024〕8号"))
    assert all(row.response_late_s == 0 for row in scene.queries.history(ALL, NEWEST).rows)


# ── beside the facts ──


def rows_and_words(scene: Scene) -> tuple[list[object], list[object]]:
    with scene.database.reader() as session:
        rows = session.execute(text("SELECT * FROM fault_listing ORDER BY id")).all()
        words = [
            session.execute(
                text("SELECT rowid FROM fault_words WHERE fault_words MATCH :w ORDER BY rowid"), {"w": word}
            ).all()
            for word in ('ones : "4e13"', 'twos : "4e13x7f51"', 'twos : "73x7a 7ax66"')
        ]
    return list(rows), list(words)


def test_a_rebuilding_leaves_rows_and_words_as_they_were(three: Scene) -> None:
    before = rows_and_words(three)
    with three.database.unit_of_work(STAMP) as work:
        rebuild_projections(work.session, LAW)
    assert rows_and_words(three) == before


def test_a_file_of_an_older_program_is_listed_by_the_first_desk_on_it(three: Scene) -> None:
    before = rows_and_words(three)
    with three.database.unit_of_work(STAMP) as work:
        work.session.execute(text("DELETE FROM fault_listing"))
        work.session.execute(text("DELETE FROM fault_words"))
    Desk(three.database, three.clock, RESOURCES)
    assert rows_and_words(three) == before


def test_a_listed_file_is_not_listed_again(three: Scene) -> None:
    with three.database.unit_of_work(STAMP) as work:
        work.session.execute(text("UPDATE fault_listing SET caller = 'kept'"))
        list_again(work.session, LAW)
        assert set(work.session.scalars(text("SELECT caller FROM fault_listing"))) == {"kept"}


def test_a_renamed_site_is_found_by_its_new_initials_after_the_next_change(three: Scene) -> None:
    three.do(AmendSite("bajie", "龙山节点", Zone.OUTLYING, "改名"))
    second = only(three, "A-0002")
    three.send(second.fault_id)
    assert found(three, "lsjd") == ["A-0002"]
    assert second.site_name.startswith("八街")


def test_a_fault_at_a_place_that_is_gone_is_listed_without_initials(three: Scene) -> None:
    with three.database.unit_of_work(STAMP) as work:
        work.session.execute(text("PRAGMA defer_foreign_keys = ON"))
        work.session.execute(text("DELETE FROM sites WHERE id = 'shizhengfu'"))
        rebuild_projections(work.session, LAW)
    assert (found(three, "szf"), found(three, "市政府")) == ([], ["A-0001"])


# ── kept filters, exports, paper ──


def test_a_filter_is_kept_under_its_name_and_deleted_again(scene: Scene) -> None:
    late = HistoryFilter("专网", PeriodKind.DAYS, "2024-11-01", "2024-11-30", "open", "urban", True, True)
    assert scene.do(KeepFilter("  本月 专网 ", late)).settings == {"history_filters"}
    scene.do(KeepFilter("紧急", replace(ALL, emergency=True)))
    assert scene.queries.history_filters()[0] == SavedFilter("本月 专网", late)
    scene.do(KeepFilter("本月 专网", ALL))
    assert scene.queries.history_filters()[0] == SavedFilter("本月 专网", ALL)
    scene.do(DropFilter("本月 专网"))
    assert [one.name for one in scene.queries.history_filters()] == ["紧急"]
    with pytest.raises(KnownError, match="没有名为"):
        scene.do(DropFilter("本月 专网"))


@pytest.mark.parametrize("name", ["", "  ", "长" * (LONGEST_NAME + 1)])
def test_a_filter_needs_a_name(scene: Scene, name: str) -> None:
    with pytest.raises(KnownError) as refused:
        scene.do(KeepFilter(name, ALL))
    assert refused.value.field == "name"


def test_there_are_not_more_filters_than_a_menu_takes(scene: Scene) -> None:
    for number in range(MOST_FILTERS):
        scene.do(KeepFilter(f"筛选 {number}", ALL))
    with pytest.raises(KnownError, match="已存了"):
        scene.do(KeepFilter("再一个", ALL))
    scene.do(KeepFilter("筛选 0", replace(ALL, emergency=True)))


def test_an_export_is_recorded_with_who_and_what(scene: Scene) -> None:
    changes = scene.do(RecordExport("history", "故障.csv", 1200, replace(ALL, text="专网")))
    assert changes.message == "已导出 1,200 件到 故障.csv"
    with scene.database.reader() as session:
        event = session.query(DeskEvent).filter_by(subject="export").one()
    payload = json.loads(event.payload)
    assert (payload["file"], payload["rows"], payload["filter"]["text"]) == ("故障.csv", 1200, "专网")
    assert event.operator_name


def test_the_list_is_numbered_and_kept_as_it_was_seen(three: Scene) -> None:
    wanted = HistoryFilter(
        "专网", PeriodKind.TODAY, state="open", zone="urban", breached=False, emergency=True
    )
    assert three.queries.preview_history(wanted, NEWEST).startswith(b"%PDF")
    made = three.do(IssueFaultList(wanted, NEWEST))
    (document,) = three.queries.documents(DocumentKind.FAULT_LIST)
    assert (document.id, document.number) == (made.created, "清单〔2024〕1号")
    with three.database.reader() as session:
        kept = session.scalar(text("SELECT sheet FROM issued_documents"))
    sheet = json.loads(kept)["sheet"]
    assert sheet["wanted"] == "报障于 2024-11-22 至 2024-11-22；含「专网」；在办；市区内；紧急"
    assert [row[0] for row in sheet["rows"]] == ["A-0001"]


def test_what_no_fault_fits_prints_as_an_empty_list(three: Scene) -> None:
    three.do(IssueFaultList(replace(ALL, breached=True), NEWEST))
    assert three.queries.documents(DocumentKind.FAULT_LIST)[0].title.endswith("0 件")


def test_a_list_that_is_too_long_for_paper_is_refused(three: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dispatch_app.operations.history_paper.MOST_ROWS", 2)
    with pytest.raises(KnownError, match="共 3 件，一份清单最多打印 2 件"):
        three.queries.preview_history(ALL, NEWEST)


def test_cells_say_what_there_is_and_leave_the_rest_empty(three: Scene) -> None:
    first = only(three, "A-0001")
    three.confirm(first.fault_id, Procedure.ROUTINE)
    row = only(three, "A-0001")
    cells = {column.heading: column.text(row) for column in COLUMNS}
    assert (cells["紧急"], cells["程序"], cells["结束时间"], cells["违约金（元）"]) == (
        "紧急",
        "常规",
        "",
        "",
    )
    cancelled = {column.heading: column.text(only(three, "A-0003")) for column in COLUMNS}
    assert (cancelled["紧急"], cancelled["程序"], cancelled["阶段"]) == ("", "", "已销单")
    assert cancelled["结束时间"] == "2024-11-22 08:50:00"
    paid = {column.heading: column.text(replace(row, penalty_fen=200_000)) for column in COLUMNS}
    assert paid["违约金（元）"] == "2,000.00"
    assert (late_text(0), late_text(3909)) == ("", "1:05:09")


def test_the_columns_on_the_screen_are_those_that_sort() -> None:
    assert {column.key for column in COLUMNS} == set(SORTED)
    assert set(SORTED) <= set(FaultListing.__table__.columns.keys())
