"""A register's list on paper: what it says, which way it lies, how a confidential one is marked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.register_list import ListColumn, RegisterListSheet, render_register_list
from tests.reports.pdf import page_texts

ROW = ("10.8.1.20", "办公专网", "3C-8C-40-12-AB-09", "AN-0012 GE1/0/3", "王老师")
SHEET = RegisterListSheet(
    number="台账〔2024〕1号",
    title="IP 地址分配表",
    contractor="安宁网盛信息技术有限公司",
    wanted="网段：办公专网",
    clause="附三(四)",
    counted="个地址",
    columns=tuple(
        ListColumn(heading=heading, width=120)
        for heading in ("IP 地址", "网段", "MAC 地址", "交换机端口", "使用人")
    ),
    rows=(ROW,),
    across=False,
    secret=True,
    operator="张懿明",
    issued_at=1_732_235_400,
)


def test_title_filter_number_time_and_cells_are_printed() -> None:
    (page,) = page_texts(render_register_list(SHEET))
    for said in (
        "IP 地址分配表",
        "依据合同附三(四)",
        "范围：网段：办公专网　共 1 个地址",
        "3C-8C-40-12-AB-09",
        "王老师",
        "台账〔2024〕1号",
        "2024-11-22 08:30",
        "张懿明",
        "第1页 共1页",
    ):
        assert said in page


def test_a_confidential_list_is_marked_on_every_page_with_the_number_of_its_copy() -> None:
    pages = page_texts(render_register_list(replace(SHEET, rows=(ROW,) * 120, copy_number=3, reprint=True)))
    assert len(pages) > 1
    for page in pages:
        assert "内部资料" in page
        assert page.count("第3份") == 2
        assert "MAC 地址" in page
        assert "补打" in page
    plain = page_texts(render_register_list(replace(SHEET, secret=False)))[0]
    assert "内部资料" not in plain


def test_a_wide_list_lies_across() -> None:
    from pypdfium2 import PdfDocument

    for across in (False, True):
        page = PdfDocument(render_register_list(replace(SHEET, across=across)))[0]
        assert (page.get_width() > page.get_height()) is across


def test_a_preview_and_an_empty_list_say_so() -> None:
    (page,) = page_texts(render_register_list(replace(SHEET, number="", rows=())))
    assert "预览，未编号" in page
    assert "没有符合的记录" in page


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render_register_list(SHEET) == render_register_list(SHEET)


def test_a_character_no_font_has_is_refused_by_the_row_it_stands_in() -> None:
    with pytest.raises(KnownError, match=r"10\.8\.1\.20"):
        render_register_list(replace(SHEET, rows=((*ROW[:-1], "王🙂"),)))
