"""The CSV file of the list: what spreadsheets open rightly, whole or not at all."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.history_csv import (
    add_to_csv,
    begin_csv,
    drop_csv,
    finish_csv,
    harmless,
    unfinished,
)
from dispatch_app.operations.history_rows import HistoryFilter, HistorySort
from tests.operations.scene import Scene


def test_a_file_appears_whole_with_a_mark_and_harmless_cells(scene: Scene, tmp_path: Path) -> None:
    scene.register(symptom='=HYPERLINK("x")', caller="@王", unit='引号"与,逗号\n换行')
    rows = scene.queries.history(HistoryFilter(), HistorySort()).rows
    path = tmp_path / "故障.csv"
    begin_csv(path)
    add_to_csv(path, rows)
    assert not path.exists()
    add_to_csv(path, [replace(rows[0], number="A-0002")])
    finish_csv(path)
    assert not unfinished(path).exists()
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["编号"] for line in lines] == ["A-0001", "A-0002"]
    assert lines[0]["现象"] == '\'=HYPERLINK("x")'
    assert (lines[0]["报障人"], lines[0]["报障单位"]) == ("'@王", '引号"与,逗号\n换行')


@pytest.mark.parametrize("text", ["=1", "+86", "-1", "@x", "\tx", "\rx"])
def test_what_a_spreadsheet_would_reckon_with_is_kept_as_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "A-0001", "1-2", " =1", "'x"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_what_was_given_up_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "故障.csv"
    path.write_text("former")
    begin_csv(path)
    drop_csv(path)
    drop_csv(path)
    assert [one.name for one in tmp_path.iterdir()] == ["故障.csv"]
    assert path.read_text() == "former"


def test_a_folder_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"没有存成 故障\.csv"):
        begin_csv(tmp_path / "gone" / "故障.csv")
