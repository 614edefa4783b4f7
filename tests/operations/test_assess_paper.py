"""`--pdf`: the settled log as a 违约结算表."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_app.contract.calendar_beijing import parse_moment
from dispatch_app.operations.assess import run_assess
from dispatch_app.operations.assess_log import assess_log
from dispatch_app.operations.assess_rows import Places
from dispatch_app.operations.assess_sheet import sheet_of
from dispatch_app.operations.assess_table import read_table
from dispatch_app.operations.contract_files import load_sites, load_terms
from dispatch_app.reports.tally_sheet import TallySheet
from tests.operations.call_logs import AS_OF, Log, as_csv, row
from tests.reports.pdf import solid, text

ROWS = [
    row(
        "A1",
        "2024-06-03 09:00",
        "outlying",
        site="禄脿",
        emergency="1",
        unreachable_at="2024-06-03 09:10",
        departed_at="2024-06-03 14:00:01",
        third_party_labor="80",
        third_party_parts="电源:300×2;网线:20",
        third_party_cause="unable",
    ),
    row("A2", "2024-06-04 09:00"),
    row("A3", "2024-02-29 09:00"),
    row("A4", "2024-06-05 09:00", resolved_at="x"),
]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def sheet(log: Log, rows: list[dict[str, str]]) -> TallySheet:
    path = log.path("calls.csv")
    path.write_text(as_csv(rows), "utf-8")
    assessed = assess_log(read_table(path), load_terms(), Places.of(load_sites()), parse_moment(AS_OF))
    return sheet_of(assessed, path.name)


def test_the_sheet_lists_what_counts_with_its_times(log: Log) -> None:
    found = sheet(log, ROWS)
    nine = parse_moment("2024-06-03 09:00")
    assert [(line.fault_no, line.clause, line.due_at, line.started_at) for line in found.lines] == [
        ("A1", "九.1", nine + 600, None),
        ("A1", "九.2", nine + 5 * 3600, nine),
        ("A2", "九.2", nine + 86400 + 5 * 3600, nine + 86400),
    ]
    assert (found.lines[1].actual_at, found.lines[1].overrun_s) == (nine + 5 * 3600 + 1, 1)
    assert [line.site for line in found.lines] == ["禄脿", "禄脿", "市区内"]
    (work,) = found.third_party
    assert (work.cause, str(work.labour), work.parts) == ("无力处理", "80.00", "电源 300.00×2、网线 20.00×1")
    assert (str(work.parts_amount), str(work.amount), work.flag_300) == ("620.00", "700.00", True)


def test_the_sheet_adds_up_as_the_tally_does(log: Log) -> None:
    found = sheet(log, ROWS)
    assert (str(found.penalties), str(found.third_party_total), str(found.total)) == (
        "6000.00",
        "700.00",
        "6700.00",
    )
    assert (str(found.payable), found.payable_in_words) == ("153300.00", "壹拾伍万叁仟叁佰元整")
    assert [(one.clause, one.count) for one in found.counters] == [("九.1", 1), ("九.2", 2)]
    assert [line.name for line in found.standards] == [
        "响应",
        "到场",
        "派人 5h",
        "两天",
        "开修",
        "专报",
        "当天",
    ]
    assert (found.standards[2].met, found.standards[2].breached) == (0, 2)
    assert "calls.csv" in found.basis
    assert found.draft
    assert len(found.readings) == 15


def test_rights_to_terminate_are_told(log: Log) -> None:
    found = sheet(log, [row(f"A{n}", f"2024-06-0{n} 09:00") for n in range(1, 7)])
    assert [(right.clause, right.reason) for right in found.terminations] == [
        ("九.2", "超过 5 次"),
        ("九.2", "超过两天未派人"),
    ]


def test_sums_of_one_moment_stand_in_the_order_of_the_rows(log: Log) -> None:
    found = sheet(log, [row("B"), row("A")])
    assert [line.fault_no for line in found.lines] == ["B", "A"]


def test_the_paper_shows_the_sums_and_not_what_is_out_of_term(log: Log) -> None:
    assert log.run(as_csv(ROWS), "--pdf", str(log.path("out.pdf"))) == 3
    printed = solid(text(log.path("out.pdf").read_bytes()))
    for word in ("违约结算表", "A1", "A2", "禄脿", "6,700.00", "壹拾伍万叁仟叁佰元整"):
        assert word in printed
    assert "A3" not in printed


def test_the_same_log_gives_the_same_paper_and_paper_alone_will_do(log: Log) -> None:
    log.path("calls.csv").write_text(as_csv(ROWS[:1]), "utf-8")
    words = [str(log.path("calls.csv")), "--as-of", AS_OF, "--pdf"]
    assert run_assess([*words, str(log.path("one.pdf"))]) == 0
    assert run_assess([*words, str(log.path("two.pdf"))]) == 0
    assert log.path("one.pdf").read_bytes() == log.path("two.pdf").read_bytes()


def test_a_character_no_font_has_is_named_and_nothing_printed(
    log: Log, capsys: pytest.CaptureFixture[str]
) -> None:
    assert log.run(as_csv([ROWS[0] | {"call_no": "\U0001f525"}]), "--pdf", str(log.path("out.pdf"))) == 2
    assert "1F525" in capsys.readouterr().err
    assert not log.path("out.pdf").exists()
    assert not log.path("out.json").exists()
