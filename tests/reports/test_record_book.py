"""Lists of records and the 变更审批单: nothing cut, no row lost, signatures together, refusals by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.change_form import ChangeFormSheet, render_change_form
from dispatch_app.reports.record_book import BookColumn, BookFact, RecordBookSheet, render_record_book
from tests.reports.pdf import page_texts, sizes, solid
from tests.reports.sheets import MORNING
from tests.reports.test_desk_papers import inside


def book(rows: int) -> RecordBookSheet:
    return RecordBookSheet(
        title="移动存储介质销毁清单",
        number="销毁〔2026〕2号",
        issuer="安宁网盛信息技术有限公司",
        facts=(BookFact(label="管理方", value="安宁市工业和科学技术信息化局"),),
        columns=(
            BookColumn(heading="介质编号", share=60),
            BookColumn(heading="销毁原因", share=200),
            BookColumn(heading="件数", share=30, right=True),
        ),
        rows=tuple(
            (f"U-{place:03d}", "坏道，不能再写入；外壳开裂，接口松动" * 3, "1") for place in range(rows)
        ),
        nothing="本期没有记录。",
        summary=f"共 {rows} 件。",
        rules="任何个人不得擅自销毁（附四 九）",
        signatures=("单位主管领导批准", "登记造册人", "市保密局接收人"),
        mark="内部资料",
        issued_at=MORNING,
    )


CHANGE = ChangeFormSheet(
    number="变更单〔2026〕2号",
    issuer="安宁网盛信息技术有限公司",
    change="A-BG0002",
    kind="更改配置",
    subject="调整核心交换机",
    site="市政府大楼机房",
    state="待批准",
    applicant="刘平",
    asked_at="2026-03-05 08:30",
    authority="系统管理员",
    before="VLAN 20 在 1 至 12 口",
    after="VLAN 20 在 1 至 16 口",
    issued_at=MORNING,
)


def test_no_row_of_a_long_list_is_lost_and_every_page_says_what_it_is_of() -> None:
    pdf = render_record_book(book(60))
    pages = page_texts(pdf)
    assert len(pages) > 1
    text = "".join(pages)
    assert all(f"U-{place:03d}" in text for place in range(60))
    for place, page in enumerate(pages, 1):
        assert solid(f"第{place}页 共{len(pages)}页") in solid(page)
        assert "内部资料" in page
        assert "介质编号" in page or "单位主管领导批准" in page
    last = solid(pages[-1])
    assert all(who in last for who in book(1).signatures)
    assert inside(pdf)
    assert all(width > height for width, height in sizes(pdf))


def test_the_same_list_gives_the_same_bytes() -> None:
    assert render_record_book(book(3)) == render_record_book(book(3))


def test_an_empty_list_says_so_and_is_signed_all_the_same() -> None:
    (page,) = page_texts(render_record_book(replace(book(0), summary="", mark="")))
    assert "本期没有记录。" in page
    assert "登记造册人" in page
    assert "内部资料" not in page


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (replace(book(1), number=" "), "移动存储介质销毁清单缺少必填内容：单号"),
        (replace(book(2), rows=(("U-1", "好", "1"), ("U-2", "\ue000", "1"))), "第 2 行"),
    ],
)
def test_a_list_that_cannot_print_is_refused_by_name(sheet: RecordBookSheet, message: str) -> None:
    with pytest.raises(KnownError, match=message):
        render_record_book(sheet)


def test_a_long_change_goes_on_over_pages_with_nothing_cut() -> None:
    pdf = render_change_form(replace(CHANGE, before="第一行配置\n" * 90, after="改成这样。" * 200))
    text = solid("".join(page_texts(pdf)))
    assert text.count("第一行配置") == 90
    assert text.count("样") == 200
    assert "执行人签字" in text
    assert inside(pdf)


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (replace(CHANGE, applicant=""), "变更审批单缺少必填内容：申请人"),
        (replace(CHANGE, after="\ue000"), "变更后中的不可见字符"),
    ],
)
def test_a_change_that_cannot_print_is_refused_by_name(sheet: ChangeFormSheet, message: str) -> None:
    with pytest.raises(KnownError) as refused:
        render_change_form(sheet)
    assert message in f"{refused.value.message}{refused.value.remedy}"
