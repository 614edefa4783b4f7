"""交接班表, 在办故障清单 and 接报单: nothing cut, nothing parted, from no rows to too many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.blank_intake import BlankIntakeSheet, render_blank_intake
from dispatch_app.reports.handover import (
    AlarmLine,
    CallLine,
    HandoverSheet,
    OpenLine,
    PromiseLine,
    StaffLine,
    render_handover,
)
from dispatch_app.reports.open_faults import DueLine, OpenFaultsSheet, PaperFault, render_open_faults
from tests.reports.pdf import characters, page_texts, sizes, solid
from tests.reports.sheets import HOUR, MINUTE, MORNING

SITE = "禄脿街道办事处电子政务网络机房"
LIMITS = "响应 20 分钟；派人 5 小时"


def handover(faults: int = 0, people: int = 1) -> HandoverSheet:
    return HandoverSheet(
        number="交接〔2026〕3号",
        issuer="安宁网盛信息技术有限公司",
        outgoing="李鸿兰",
        incoming="刘平",
        since=MORNING - 8 * HOUR,
        calls_since=MORNING - 8 * HOUR,
        faults=tuple(
            OpenLine(
                number=f"A-{place:04d}",
                site=SITE,
                symptom="交换机指示灯全灭",
                stage="待派",
                emergency=place == 0,
                engineers="" if place else "张懿明 在途",
                clock="派人 5h（九.2）",
                due_at=MORNING + HOUR if place else None,
                figure="剩 1小时",
            )
            for place in range(faults)
        ),
        promises=(),
        alarms=(),
        calls=(),
        staff=tuple(
            StaffLine(name=f"员工{place}", role="网络", state="待命", in_hand="", phone="0871-1")
            for place in range(people)
        ),
        issued_at=MORNING,
    )


def open_faults(count: int = 0) -> OpenFaultsSheet:
    return OpenFaultsSheet(
        number="在办〔2026〕3号",
        issuer="安宁网盛信息技术有限公司",
        operator="李鸿兰",
        faults=tuple(
            PaperFault(
                number=f"A-{place:04d}",
                site=SITE,
                zone="市区外",
                reported_at=MORNING,
                symptom="政务外网中断",
                stage="已派",
                steps=(MORNING + 4 * MINUTE, None, None, None, None, None),
                dues=(
                    DueLine(name="响应", due_at=MORNING + 20 * MINUTE, breached=True),
                    DueLine(name="到场", due_at=MORNING + 2 * HOUR),
                ),
                emergency=place == 0,
                room="三楼机房",
                device="汇聚交换机",
                caller="王主任",
                callback="0871-2",
                engineers="张懿明 0871-3",
            )
            for place in range(count)
        ),
        limits=LIMITS,
        service_lines="0871-68686833",
        issued_at=MORNING,
    )


BLANK = BlankIntakeSheet(
    number="空白〔2026〕7号",
    issuer="安宁网盛信息技术有限公司",
    limits=LIMITS,
    service_lines="0871-68686833",
    issued_at=MORNING,
)


def inside(pdf: bytes) -> bool:
    """Whether every character of every page stands within its margins."""
    for page, (width, height) in enumerate(sizes(pdf)):
        right, bottom = width / 25.4 * 72, height / 25.4 * 72
        if any(not 40 < one.x < right - 40 or not 25 < one.y < bottom - 20 for one in characters(pdf, page)):
            return False
    return True


def test_an_empty_shift_says_that_there_is_nothing_and_still_has_both_signatures() -> None:
    (page,) = page_texts(render_handover(handover(people=0)))
    for words in ("在办故障：无", "未兑现的回电承诺：无", "未应答的提醒：无", "以来的来电：无", "人员：无"):
        assert words in page
    assert "交班签字" in page
    assert "接班签字" in page
    assert "第1份" in page
    assert "第1页 共1页" in page


def test_everything_left_open_stands_on_the_handover_sheet() -> None:
    sheet = replace(
        handover(2),
        promises=(
            PromiseLine(
                caller="段主任",
                callback="0871-9",
                about="几点能到",
                promised_at=MORNING - 600,
                due_at=MORNING + 600,
                fault_no="A-0001",
            ),
        ),
        alarms=(
            AlarmLine(subject="A-0001 八街", clock="到场（二.3）", threshold="最后提醒", due_at=MORNING),
        ),
        calls=(
            CallLine(at=MORNING - HOUR, caller="周秘书", callback="0871-8", about="催办", outcome="A-0001"),
        ),
        note="备件在前台",
    )
    said = solid("".join(page_texts(render_handover(sheet))))
    for words in (
        "交接〔2026〕3号",
        "A-0000",
        "紧急",
        "张懿明在途",
        "未派人",
        "03-0509:40前",
        "剩1小时",
        "段主任",
        "几点能到",
        "03-0508:50",
        "最后提醒",
        "周秘书",
        "催办",
        "员工0",
        "备件在前台",
        "2026-03-0500:40起",
    ):
        assert words in said, words


def test_a_shift_nobody_recorded_says_so() -> None:
    assert "未记录" in render_text(replace(handover(), since=None))


def render_text(sheet: HandoverSheet) -> str:
    return "".join(page_texts(render_handover(sheet)))


def test_sixty_faults_go_over_pages_with_their_headings_and_lose_none() -> None:
    for pdf, heading in (
        (render_handover(handover(60)), "下一时限"),
        (render_open_faults(open_faults(60)), "合同时限（到期时刻）"),
    ):
        pages = page_texts(pdf)
        assert len(pages) > 3
        with_rows = [page for page in pages if "A-00" in page]
        assert all(heading in page for page in with_rows)
        said = "".join(pages)
        assert all(f"A-{place:04d}" in said for place in range(60))
        assert f"第2页 共{len(pages)}页" in pages[1]
        assert inside(pdf)


@pytest.mark.parametrize("people", range(1, 40, 3))
def test_the_two_signatures_are_never_parted(people: int) -> None:
    pages = page_texts(render_handover(handover(people=people)))
    assert "交班签字" in pages[-1]
    assert "接班签字" in pages[-1]


def test_the_list_for_a_power_cut_has_the_moments_known_and_room_for_those_to_come() -> None:
    pdf = render_open_faults(open_faults(1))
    assert [(round(width), round(height)) for width, height in sizes(pdf)] == [(297, 210)]
    said = solid("".join(page_texts(pdf)))
    for words in (
        "在办1件",
        "紧急",
        "三楼机房",
        "汇聚交换机：政务外网中断",
        "王主任",
        "0871-2",
        "张懿明0871-3",
        "响应03-0509:00已超",
        "到场03-0510:40",
        "08:44",
        "开修",
        "李鸿兰",
        LIMITS.replace(" ", ""),
    ):
        assert words in said, words


def test_a_list_of_nothing_is_still_a_form_to_write_on() -> None:
    (page,) = page_texts(render_open_faults(open_faults()))
    assert "没有在办故障" in page
    bare = replace(open_faults(1).faults[0], dues=(), device="", room="", engineers="")
    (page,) = page_texts(render_open_faults(replace(open_faults(), faults=(bare,))))
    assert "无在走的时限" in page
    assert "未派人" in page


def test_two_blank_forms_stand_on_one_sheet_without_a_number() -> None:
    pdf = render_blank_intake(BLANK)
    (page,) = page_texts(pdf)
    for words in ("接听时刻", "回拨电话", "故障现象", "现场确认", "合同时限：", "第1份"):
        assert page.count(words) == 2, words
    assert "7号" not in page
    assert "第1页 共1页" in page
    assert inside(pdf)


def test_a_reprint_says_so_on_every_paper() -> None:
    again = {"reprint": True, "copy_number": 2}
    for pdf in (
        render_handover(replace(handover(), **again)),
        render_open_faults(replace(open_faults(), **again)),
        render_blank_intake(replace(BLANK, **again)),
    ):
        assert "第2份（补打）" in "".join(page_texts(pdf))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert render_handover(handover(3)) == render_handover(handover(3))
    assert render_open_faults(open_faults(3)) == render_open_faults(open_faults(3))
    assert render_blank_intake(BLANK) == render_blank_intake(BLANK)


def test_what_cannot_be_printed_is_refused_with_its_place() -> None:
    with pytest.raises(KnownError, match="缺少必填内容：交班人"):
        render_handover(replace(handover(), outgoing=""))
    wrong = replace(open_faults(1).faults[0], symptom="😀")
    with pytest.raises(KnownError, match="在办故障中的"):
        render_open_faults(replace(open_faults(), faults=(wrong,)))
    with pytest.raises(KnownError, match="在办故障中的"):
        render_handover(replace(handover(), faults=(replace(handover(1).faults[0], symptom="😀"),)))
    with pytest.raises(KnownError, match="缺少必填内容：合同时限"):
        render_blank_intake(replace(BLANK, limits=""))
