"""Lists in files: what spreadsheets open rightly, whole or not at all."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.list_files import CsvFile, SheetFile, list_file, unfinished

HEAD = (("编号", "现象"),)
ROWS = (("A-0001", '=HYPERLINK("x")'), ("A-0002", '引号"与,逗号\n换行'))


def test_a_text_file_appears_whole_with_a_mark_and_harmless_cells(tmp_path: Path) -> None:
    path = tmp_path / "故障.csv"
    file = list_file(path, "故障")
    file.begin(HEAD)
    file.add(ROWS[:1])
    assert not path.exists()
    file.add(ROWS[1:])
    file.finish()
    assert not unfinished(path).exists()
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    with path.open(encoding="utf-8-sig", newline="") as opened:
        lines = list(csv.reader(opened))
    assert lines == [["编号", "现象"], ["A-0001", '\'=HYPERLINK("x")'], list(ROWS[1])]


def test_a_workbook_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "故障.XLSX"
    file = list_file(path, "故障")
    assert isinstance(file, SheetFile)
    file.begin(HEAD)
    file.beside("说明", [("编号", "由程序给出")])
    file.add([*ROWS, ("A-0003", "")])
    assert not path.exists()
    file.finish()
    book = load_workbook(path)
    assert book.sheetnames == ["故障", "说明"]
    assert list(book["故障"].values) == [
        ("编号", "现象"),
        ("A-0001", '\'=HYPERLINK("x")'),
        ROWS[1],
        ("A-0003", None),
    ]
    assert list(book["说明"].values) == [("编号", "由程序给出")]


@pytest.mark.parametrize("name", ["故障.csv", "故障.xlsx"])
def test_what_was_given_up_leaves_the_former_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("former")
    file = list_file(path, "故障")
    file.begin(HEAD)
    file.drop()
    file.drop()
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert path.read_text() == "former"


@pytest.mark.parametrize("name", ["故障.csv", "故障.xlsx"])
def test_a_folder_that_is_not_there_is_told_plainly(tmp_path: Path, name: str) -> None:
    file = list_file(tmp_path / "gone" / name, "故障")
    with pytest.raises(KnownError, match="没有存成 故障"):
        file.begin(HEAD)
    file.drop()


def test_only_what_ends_so_is_a_workbook(tmp_path: Path) -> None:
    assert isinstance(list_file(tmp_path / "故障.txt", "故障"), CsvFile)
