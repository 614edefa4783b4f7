"""The command itself: exit statuses, one line of complaint, files."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from dispatch_app.operations.assess import run_assess
from tests.operations.call_logs import AS_OF, Log, as_csv, row

GOOD = as_csv([row()])


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.endswith("\n")
    return captured.err


def test_everything_read_is_nought_and_silent(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    assert log.run(GOOD) == 0
    assert capsys.readouterr() == ("", "")


def test_a_refused_row_is_three_and_one_line(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    assert log.run(as_csv([row(), row(reported_at="x")])) == 3
    assert "1 行未核算" in complaint(capsys)
    assert len(log.answer()["calls"]) == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "标题"),
        ("\n\n", "标题"),
        ("reported_at,zone\n2024-06-03 09:00,urban\n", "call_no"),
        ("call_no,zone\nA1,urban\n", "reported_at"),
        ("call_no,reported_at\nA1,2024-06-03 09:00\n", "zone"),
        ("call_no,reported_at,zone,zone\n", "zone"),
        ("call_no,reported_at,zone,单号\n", "call_no"),
        ("call_no;reported_at;zone\nA1;2024-06-03 09:00;urban\n", "call_no"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff", "UTF-8"),
        (b"PK\x03\x04\x00\x00", "call_no"),
        ('call_no,reported_at,zone\nA1,"2024-06-03 09:00,urban\nA2,2024-06-03 09:00,urban\n', "引号"),
        ("call_no,reported_at,zone\nA1," + "9" * 200_000 + ",urban\n", "表格"),
        ("call_no,reported_at,zone\n".encode("utf-16"), "UTF-8"),
    ],
)
def test_what_is_no_table_is_two_and_one_line(log: Log, capsys, text: str | bytes, word: str) -> None:
    assert log.run(text) == 2
    assert word in complaint(capsys)
    assert not log.path("out.json").exists()


@pytest.mark.parametrize(
    "as_of", ["", "gestern", "2025-03-01", "2025-02-30T00:00:00", "2025-03-01T00:00:00.5"]
)
def test_a_bad_as_of_is_two(log: Log, capsys, as_of: str) -> None:
    assert log.run(GOOD, as_of=as_of) == 2
    assert "as-of" in complaint(capsys)


def test_a_missing_log_is_two(log: Log, capsys) -> None:
    assert run_assess([str(log.path("none.csv")), "--as-of", AS_OF, "--json", str(log.path("out.json"))]) == 2
    assert "none.csv" in complaint(capsys)


def test_a_folder_is_no_log(log: Log, capsys) -> None:
    assert run_assess([str(log.folder), "--as-of", AS_OF, "--json", str(log.path("out.json"))]) == 2
    complaint(capsys)


@pytest.mark.parametrize("place", ["no/such/folder/out.json", "."])
def test_nowhere_to_write_is_two(log: Log, capsys, place: str) -> None:
    log.run(GOOD)
    words = [str(log.path("calls.csv")), "--as-of", AS_OF, "--json", str(log.path(place))]
    assert run_assess(words) == 2
    complaint(capsys)


def test_no_place_named_is_two(log: Log, capsys) -> None:
    log.path("calls.csv").write_text(GOOD)
    assert run_assess([str(log.path("calls.csv")), "--as-of", AS_OF]) == 2
    assert "--json" in complaint(capsys)


@pytest.mark.parametrize(
    "words", [[], ["calls.csv"], ["calls.csv", "--as-of"], ["a", "b", "--as-of", AS_OF], ["a", "--nonsense"]]
)
def test_a_command_line_that_cannot_be_followed_is_two(capsys, words: list[str]) -> None:
    assert run_assess(words) == 2
    complaint(capsys)


def test_the_log_is_never_written_over(log: Log, capsys) -> None:
    log.path("calls.csv").write_text(GOOD)
    place = str(log.path("calls.csv"))
    assert run_assess([place, "--as-of", AS_OF, "--json", place]) == 2
    assert "同一个文件" in complaint(capsys)
    assert log.path("calls.csv").read_text() == GOOD


@pytest.mark.parametrize(
    "text", ["dispatch = ", 'dispatch = "sent"', 'despatch = "assigned"', "dispatch = 1", "[dispatch]"]
)
def test_readings_that_cannot_be_used_are_two(log: Log, capsys, text: str) -> None:
    log.path("other.toml").write_text(text)
    assert log.run(GOOD, "--readings", str(log.path("other.toml"))) == 2
    assert "other.toml" in complaint(capsys)


def test_missing_readings_are_two(log: Log, capsys) -> None:
    assert log.run(GOOD, "--readings", str(log.path("none.toml"))) == 2
    assert "none.toml" in complaint(capsys)


def test_help_is_offered(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        run_assess(["--help"])
    assert ended.value.code == 0
    assert "--as-of" in capsys.readouterr().out


def test_the_same_log_gives_the_same_bytes(log: Log) -> None:
    log.run(GOOD)
    first = log.path("out.json").read_bytes()
    log.run(GOOD)
    assert log.path("out.json").read_bytes() == first
    assert "禄".encode() not in first


def test_chinese_stays_readable_in_the_answer(log: Log) -> None:
    log.run(as_csv([row("禄脿-1")]))
    assert "禄脿-1" in log.path("out.json").read_text("utf-8")


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_is_left_as_it_was_found(log: Log, running: bool) -> None:
    found = gc.isenabled()
    try:
        (gc.enable if running else gc.disable)()
        log.run(GOOD)
        assert gc.isenabled() is running
    finally:
        (gc.enable if found else gc.disable)()
