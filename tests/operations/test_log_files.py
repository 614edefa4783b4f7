"""Files somebody chose as a call log: what is read, and what is refused before it does harm."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from dispatch_app.operations import log_files
from dispatch_app.operations.assess_table import UnreadableLogError
from dispatch_app.operations.log_files import LogFile, neutral, read_log


def book(path: Path, *rows: tuple[Any, ...]) -> Path:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.create_sheet("另一张").append(("不读",))
    made.save(path)
    return path


def cells(file: LogFile) -> list[list[str]]:
    return [found for _, found in file.table.records]


def test_a_sheet_is_read_with_its_dates_numbers_and_words(tmp_path: Path) -> None:
    path = book(
        tmp_path / "calls.xlsx",
        ("单号", "接报时间", "区域", "紧急", "解决", "次数", None),
        (
            8716,
            datetime.fromisoformat("2024-06-03T09:00:01.000600"),
            "市区",
            True,
            date(2024, 6, 4),
            1.0,
            None,
        ),
        (None,),
        ("A2", "2024-06-03 09:30", "市区", False, None, 2.5, None),
        (1e20, "2024-06-03 09:30", "市区", None, None, None, None),
    )
    file = read_log(path)
    assert file.name == "calls.xlsx"
    assert cells(file) == [
        ["8716", "2024-06-03 09:00:01", "市区", "1", "2024-06-04 00:00:00", "1"],
        ["A2", "2024-06-03 09:30", "市区", "0", "", "2.5"],
        ["1" + "0" * 20, "2024-06-03 09:30", "市区"],
    ]
    assert [row for row, _ in file.table.records] == [2, 4, 5]


def test_a_workbook_is_known_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    path = book(tmp_path / "calls.csv", ("单号", "接报时间", "区域"), ("A1", "2024-06-03 09:30", "市区"))
    assert len(cells(read_log(path))) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_of_every_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes("单号,接报时间,区域\nA1,2024-06-03 09:30,市区\n".encode(encoding))
    assert cells(read_log(path)) == [["A1", "2024-06-03 09:30", "市区"]]


def test_a_log_of_headings_only_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("单号,接报时间,区域\n", "utf-8")
    assert cells(read_log(path)) == []


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableLogError) as caught:
        read_log(path)
    assert caught.value.remedy
    return caught.value.message


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    with path.open("wb") as stream:
        # A hole, not a gigabyte: nobody reads it.
        stream.truncate(1_000_000_000)
    assert refusal(path) == "calls.csv 有 1000 MB，一份通话记录最多 32 MB"


def test_too_many_rows_or_columns_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_files, "MAX_ROWS", 2)
    path = tmp_path / "calls.csv"
    path.write_text("单号,接报时间,区域\n" + "A1,2024-06-03 09:30,市区\n" * 3, "utf-8")
    assert refusal(path) == "calls.csv 超过 2 行"
    rows = [("单号", "接报时间", "区域"), *[("A1", "2024-06-03 09:30", "市区")] * 3]
    assert refusal(book(tmp_path / "calls.xlsx", *rows)) == "calls.xlsx 超过 2 行"
    wide = book(tmp_path / "wide.xlsx", ("单号", "接报时间", "区域"), tuple(range(log_files.MAX_COLUMNS + 5)))
    assert refusal(wide) == "wide.xlsx 有一行超过 200 列"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "calls.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 30_000_000)
    assert "解开后有 30 MB" in refusal(path)


@pytest.mark.parametrize("data", [b"PK\x03\x04 torn", b"no sheet"])
def test_what_is_no_workbook_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "calls.xlsx"
    path.write_bytes(data)
    assert "不是" in refusal(path)


def test_a_zip_that_is_no_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "calls.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("hello.txt", "x")
    assert refusal(path) == "calls.xlsx 不是可读的 .xlsx 表格"


def test_a_workbook_whose_sheet_is_torn_says_so(tmp_path: Path) -> None:
    whole = book(tmp_path / "whole.xlsx", ("单号", "接报时间", "区域"))
    path = tmp_path / "calls.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    assert refusal(path) == "calls.xlsx 不是可读的 .xlsx 表格"


def test_broken_encodings_and_files_that_are_gone_say_so(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(b"\xff\xff\xff\x80")
    assert "既不是 UTF-8 也不是 GB18030" in refusal(path)
    assert refusal(tmp_path / "gone.csv").startswith("读不出 gone.csv")


@given(st.text(alphabet="'=+-@\t\ra1", max_size=6))
def test_no_cell_leaves_as_a_formula_and_every_one_comes_back(cell: str) -> None:
    out = neutral(cell)
    assert not out.startswith(log_files.FORMULA_MARKS)
    assert log_files._restored([out]) == [cell]
