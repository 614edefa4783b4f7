"""故障清单: what it says, on how many pages, and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.fault_list import HEADINGS, FaultListSheet, render_fault_list
from tests.reports.pdf import page_texts

ROW = (
    "A-0001", "2024-11-22 08:30:00", "市政府大楼机房", "市区内", "紧急", "专网不通", "已归档", "常规", "刘涛",
    "", "", "1:05:09", "2,000.00", "王老师",
)  # fmt: skip
SHEET = FaultListSheet(
    number="清单〔2024〕1号",
    contractor="安宁网盛信息技术有限公司",
    wanted="含「专网」；在办",
    rows=(ROW,),
    as_of=1_732_235_400,
    issued_at=1_732_235_400,
)


def test_filter_moment_and_cells_are_printed() -> None:
    (page,) = page_texts(render_fault_list(SHEET))
    for said in (
        "故障清单",
        "含「专网」；在办",
        "共 1 件",
        "2024-11-22 08:30:00",
        "王老师",
        "1:05:09",
        "清单〔2024〕1号",
    ):
        assert said in page


def test_headings_repeat_on_every_page() -> None:
    pages = page_texts(render_fault_list(replace(SHEET, rows=(ROW,) * 90)))
    assert len(pages) > 1
    assert all("最长超时" in page for page in pages)
    assert f"第{len(pages)}页 共{len(pages)}页" in pages[-1]


def test_a_preview_and_a_reprint_say_so() -> None:
    assert "预览，未编号" in page_texts(render_fault_list(replace(SHEET, number="")))[0]
    again = page_texts(render_fault_list(replace(SHEET, reprint=True, copy_number=2)))[0]
    assert "补打" in again
    assert "第2份" in again


def test_an_empty_list_says_that_it_is() -> None:
    assert "没有符合的故障" in page_texts(render_fault_list(replace(SHEET, rows=())))[0]


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render_fault_list(SHEET) == render_fault_list(SHEET)


def test_a_character_no_font_has_is_refused_by_the_fault_it_stands_at() -> None:
    with pytest.raises(KnownError, match="A-0001"):
        render_fault_list(replace(SHEET, rows=((*ROW[:-1], "王🙂"),)))


def test_a_row_has_a_cell_for_every_heading_but_the_first() -> None:
    assert len(ROW) == len(HEADINGS) - 1
