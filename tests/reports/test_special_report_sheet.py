"""The 专报 on paper: the grid of GB/T 9704-2012, the words, the refusals."""

from __future__ import annotations

import random
import re
from datetime import date
from itertools import pairwise

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.paper import MM
from dispatch_app.reports.special_report import LABELS, SpecialReportSheet, render_special_report
from tests.reports.pdf import characters, lines, page_texts, sizes, strokes, text, text_within
from tests.reports.sheets import MORNING, special_report

LEFT, TOP, RIGHT, BOTTOM = 28 * MM, 37 * MM, 184 * MM, 262 * MM
EM = 156 * MM / 28
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年"
    "动同工也能下过子说产种面而方后多定行"
)
ALL_OF_IT = (
    "经核查——设备“主板”损坏……（详见附件1），H3C S5130S-28P-EI的24个10/100/1000BASE-T电口均无灯；"
    "24小时内断电3次，电压220V±10%。禄脿站点《巡检表》第3.2条：温度36.5℃、湿度≤70%，"
    "地址192.168.1.1/24，电话0871-68686833，费用￥12,800.00元；“备用机（2台）”已上电。"
)


def rendered(**changes: object) -> bytes:
    return render_special_report(special_report(**changes))


def body(pdf: bytes) -> str:
    """What stands in the type area of all pages."""
    return text_within(pdf, LEFT - 20, TOP - 5, RIGHT + 20, BOTTOM + 2)


def rows(pdf: bytes, page: int) -> list[str]:
    """The lines of the type area, from the top."""
    return [line for y, line in lines(pdf, page).items() if TOP < y < BOTTOM + 1]


def page_of_nothing_but_text() -> tuple[bytes, int]:
    """A report so long that its third page is full of plain characters, and that page's index."""
    return rendered(cause=COMMON * 40), 2


def test_every_page_is_a4() -> None:
    assert {(round(w, 1), round(h, 1)) for w, h in sizes(rendered(cause=COMMON * 30))} == {(210.0, 297.0)}


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    pdf, page = page_of_nothing_but_text()
    full = rows(pdf, page)
    assert len(full) == 22
    assert {len(line) for line in full} == {28}


def test_characters_stand_on_the_grid_of_the_type_area() -> None:
    pdf, page = page_of_nothing_but_text()
    standing = [each for each in characters(pdf, page) if TOP < each.y < BOTTOM]
    for each in standing:
        column = (each.x - LEFT) / EM
        assert column == pytest.approx(round(column), abs=0.01)
    baselines = sorted({round(each.y, 2) for each in standing})
    pitches = {round(after - before, 1) for before, after in pairwise(baselines)}
    assert pitches == {29.6}
    # The first row's ems begin, and the last row's end, at the edges of the type area: 37 mm and 262 mm.
    assert baselines[0] - 0.88 * EM == pytest.approx(TOP, abs=0.1)
    assert baselines[-1] + 0.12 * EM == pytest.approx(BOTTOM, abs=0.1)
    assert {round(each.size, 2) for each in standing} == {15.79}


def test_the_letterhead_begins_35_mm_under_the_top_of_the_type_area_and_is_centred() -> None:
    found = [each for each in characters(rendered(), 0) if each.size > 30]
    assert "".join(each.text for each in found) == "安宁网盛信息技术有限公司文件"
    assert found[0].y - 0.88 * found[0].size == pytest.approx(TOP + 35 * MM, abs=0.1)
    last = found[-1].x + (found[1].x - found[0].x)
    assert (found[0].x + last) / 2 == pytest.approx(106 * MM, abs=0.5)


@pytest.mark.parametrize("letterhead", ["网盛", "安宁市工业和科学技术信息化局电子政务网络运行维护服务中心"])
def test_a_letterhead_of_any_length_stays_within_the_type_area(letterhead) -> None:
    found = [each for each in characters(rendered(letterhead=letterhead), 0) if each.text in letterhead]
    head = [each for each in found if TOP + 35 * MM < each.y < TOP + 55 * MM]
    assert "".join(each.text for each in head) == letterhead
    assert head[0].x > LEFT - 0.5
    assert head[-1].x + (head[1].x - head[0].x) < RIGHT + 0.5


def test_number_and_signer_stand_two_lines_under_the_letterhead_one_em_from_the_edges() -> None:
    pdf = rendered()
    (y,) = [y for y, line in lines(pdf, 0).items() if line.startswith("〔2026〕12号")]
    on_row = sorted((each for each in characters(pdf, 0) if round(each.y, 1) == y), key=lambda each: each.x)
    assert "".join(each.text for each in on_row) == "〔2026〕12号签发人：朱红成"
    assert on_row[0].x == pytest.approx(LEFT + EM, abs=0.1)
    assert on_row[-1].x + EM == pytest.approx(RIGHT - EM, abs=0.1)
    row = (y - 0.88 * EM - TOP) / 29.62
    assert row == pytest.approx(7, abs=0.01)


def test_the_red_line_is_as_wide_as_the_type_area_and_4_mm_under_the_number() -> None:
    pdf = rendered()
    (red,) = [each for each in strokes(pdf, 0) if each.colour[0] > 150 and each.colour[1:] == (0, 0)]
    (number,) = [y for y, line in lines(pdf, 0).items() if line.startswith("〔2026〕12号")]
    middle = (red.top + red.bottom) / 2
    assert middle == pytest.approx(number + 0.12 * EM + 4 * MM, abs=0.2)
    assert (red.left, red.right) == (pytest.approx(LEFT, abs=2), pytest.approx(RIGHT, abs=2))


def test_the_title_is_centred_two_lines_under_the_red_line() -> None:
    pdf = rendered()
    title = [each for each in characters(pdf, 0) if round(each.size) == 22]
    assert "".join(each.text for each in title) == special_report().title
    first = [each for each in title if each.y == title[0].y]
    assert (first[0].x + first[-1].x + 22) / 2 == pytest.approx(106 * MM, abs=0.5)
    (red,) = [each for each in strokes(pdf, 0) if each.colour[0] > 150 and each.colour[1:] == (0, 0)]
    assert (first[0].y - 0.88 * 22 - red.bottom) / 29.62 == pytest.approx(2, abs=0.15)


def test_the_addressee_stands_one_line_under_the_title_at_the_edge_with_its_colon() -> None:
    pdf = rendered()
    standing = lines(pdf, 0)
    (y,) = [y for y, line in standing.items() if line == "安宁市工业和科学技术信息化局："]
    title_bottom = max(each.y for each in characters(pdf, 0) if round(each.size) == 22)
    assert (y - title_bottom) / 29.62 == pytest.approx(2, abs=0.25)
    assert min(each.x for each in characters(pdf, 0) if round(each.y, 1) == y) == pytest.approx(LEFT, abs=0.1)


def test_paragraphs_stand_two_characters_in() -> None:
    pdf = rendered()
    (y,) = [y for y, line in lines(pdf, 0).items() if line.startswith("2026年3月5日8时40分")]
    assert min(each.x for each in characters(pdf, 0) if round(each.y, 1) == y) == pytest.approx(
        LEFT + 2 * EM, abs=0.1
    )


def test_page_numbers_stand_7_mm_under_the_type_area_odd_right_even_left() -> None:
    pdf = rendered(cause=COMMON * 30)
    for page in range(3):
        (y,) = [y for y, line in lines(pdf, page).items() if line == f"—{page + 1}—"]
        dashes = [each for each in characters(pdf, page) if round(each.y, 1) == y and each.text == "—"]
        assert y - 14 * 0.38 == pytest.approx(BOTTOM + 7 * MM, abs=1)
        if page % 2:
            assert dashes[0].x == pytest.approx(LEFT + 14, abs=0.5)
        else:
            assert dashes[-1].x + 14 == pytest.approx(RIGHT - 14, abs=0.5)


def test_seven_thousand_characters_come_back_as_typed() -> None:
    dice = random.Random(7)
    cause = ALL_OF_IT + "".join(dice.choice(COMMON) for _ in range(200))
    cause = (cause * 20)[:7000]
    pdf = rendered(cause=cause, parameters=ALL_OF_IT, advice=ALL_OF_IT * 2)
    extracted = body(pdf)
    assert cause in extracted
    assert f"（四）技术参数：{ALL_OF_IT}二、故障原因" in extracted
    assert f"三、处理建议{ALL_OF_IT * 2}四、预估费用" in extracted


def test_every_field_stands_on_the_paper_as_typed() -> None:
    sheet = special_report(reprint=True)
    extracted = text(render_special_report(sheet))
    for name in LABELS:
        if name not in ("estimate", "attachments"):
            assert getattr(sheet, name) in extracted, name
    assert "人民币12,800.00元（大写：壹万贰仟捌佰元整）" in extracted
    assert "附件：1.故障设备现场照片2.设备报价单" in extracted
    assert "2026年3月5日9时55分确认" in extracted
    assert extracted.count("2026年3月5日") >= 4


def test_each_page_carries_number_copy_time_of_issue_and_page_of_pages() -> None:
    pages = page_texts(rendered(cause=COMMON * 20, copy_number=2))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"专报〔2026〕12号　第2份　签发 2026-03-05 11:10　第{number}页 共{len(pages)}页" in page
    assert pages[0].startswith("000002")
    assert "补打" not in "".join(pages)


def test_a_reprint_says_so_on_every_page() -> None:
    pages = page_texts(rendered(reprint=True, copy_number=3))
    assert all("　补打　" in page for page in pages)
    assert pages[0].startswith("000003（补打）")


def test_a_draft_says_so_on_every_page_and_shows_what_is_still_to_be_written() -> None:
    pages = page_texts(
        rendered(draft=True, number="", signer="", model="", estimate=None, estimate_in_words="", advice="")
    )
    assert all("草　稿" in page for page in pages)
    everything = "".join(pages)
    assert everything.count("〔待填〕") == 5
    assert "专报（未编号）" in everything
    assert "打印 2026-03-05 11:10" in everything
    assert "000001" not in everything


def test_an_issued_report_bears_no_mark_of_a_draft() -> None:
    assert "草" not in text(rendered())


@pytest.mark.parametrize("name", sorted(set(LABELS) - {"serial", "attachments"}))
def test_a_missing_field_is_refused_by_name(name) -> None:
    blank = None if name == "estimate" else "  "
    with pytest.raises(KnownError) as refusal:
        rendered(**{name: blank})
    assert refusal.value.message == f"专报缺少必填内容：{LABELS[name]}"
    assert refusal.value.field == name
    assert refusal.value.remedy


def test_all_missing_fields_are_named_at_once() -> None:
    with pytest.raises(KnownError, match="设备型号、技术参数、处理建议"):
        rendered(model="", parameters="", advice="")


def test_a_serial_number_nobody_wrote_down_is_said_to_be_missing() -> None:
    assert "（三）序列号：未登记" in text(rendered(serial=""))


def test_characters_no_font_has_are_refused_by_name_with_their_code_and_field() -> None:
    with pytest.raises(KnownError) as refusal:
        rendered(cause="主板烧毁😀，见图🎉", advice="更换😀", attachments=("照片\u200b",))
    message = refusal.value.message
    assert "故障原因中的“😀”（U+1F600）" in message
    assert "故障原因中的“🎉”（U+1F389）" in message
    assert "处理建议中的“😀”（U+1F600）" in message
    assert "附件中的不可见字符（U+200B）" in message
    assert refusal.value.field == "cause"


def test_signature_and_date_stand_together_with_room_for_the_seal() -> None:
    pdf = rendered(attachments=())
    standing = lines(pdf, len(page_texts(pdf)) - 1)
    heights = {line: y for y, line in standing.items()}
    signature, day = heights["安宁网盛信息技术有限公司"], heights["2026年3月5日"]
    assert day - signature == pytest.approx(29.62, abs=0.1)
    assert signature - heights["以上情况，请予批示。"] == pytest.approx(4 * 29.62, abs=0.2)
    day_row = [each for each in characters(pdf, len(page_texts(pdf)) - 1) if round(each.y, 1) == day]
    assert day_row[-1].x + EM == pytest.approx(RIGHT - 4 * EM, abs=0.5)


@pytest.mark.parametrize("length", range(0, 420, 28))
def test_the_signature_never_stands_on_a_page_without_text(length) -> None:
    pages = page_texts(rendered(cause="故" * (200 + length), attachments=()))
    assert "以上情况，请予批示。" in pages[-1]
    assert "安宁网盛信息技术有限公司2026年3月5日" in pages[-1]
    assert "2026年3月5日印发" in pages[-1]
    assert not any("印发" in page for page in pages[:-1])


def test_a_heading_is_never_the_last_line_of_a_page() -> None:
    heading = re.compile("[一二三四]、故障设备|二、故障原因|三、处理建议|四、预估费用")
    for length in range(0, 28 * 24, 28):
        pdf = rendered(cause="故" * (1 + length))
        for page in range(len(page_texts(pdf))):
            assert not heading.fullmatch(rows(pdf, page)[-1])


def test_one_attachment_bears_no_number_and_wraps_under_its_name() -> None:
    pdf = rendered(attachments=("安宁市电子政务网络禄脿街道办事处机房汇聚交换机故障现场照片",))
    page = len(page_texts(pdf)) - 1
    assert "附件：安宁市电子政务网络" in text(pdf)
    (y,) = [y for y, line in lines(pdf, page).items() if line.startswith("附件：")]
    under = [each for each in characters(pdf, page) if y + 20 < each.y < y + 40]
    assert min(each.x for each in under) == pytest.approx(LEFT + 5 * EM, abs=0.1)


def test_no_page_begins_with_a_blank_row() -> None:
    names = tuple(f"第{number}份附件材料" for number in range(1, 13))
    for length in range(0, 28 * 22, 28):
        pdf = rendered(cause="故" * (1 + length), attachments=names)
        for page in range(1, len(page_texts(pdf))):
            first = min(each.y for each in characters(pdf, page) if each.y > TOP)
            assert first - 0.88 * EM == pytest.approx(TOP, abs=0.1)


def test_a_contact_longer_than_a_page_goes_on_over_the_next() -> None:
    contact = "李鸿兰，电话：0871-68686833；" * 60
    assert f"（联系人：{contact}）" in body(rendered(contact=contact))


def test_more_attachments_than_a_page_holds_go_on_over_the_next() -> None:
    names = tuple(f"第{number}份附件材料" for number in range(1, 31))
    pages = page_texts(rendered(attachments=names))
    assert all(name in "".join(pages) for name in names)
    assert "30.第30份附件材料" in pages[-1]


def test_a_very_long_site_name_and_title_are_set_whole() -> None:
    site = "安宁市温泉街道办事处电子政务外网城域光纤骨干网络野外交换箱" * 4
    pdf = rendered(site=site, title=f"关于{site}故障的专报")
    extracted = body(pdf)
    assert f"我公司接到{site}故障报告" in extracted
    assert f"关于{site}故障的专报" in extracted


def test_a_line_feed_in_the_title_breaks_it_there() -> None:
    titles = list(lines(rendered(title="关于禄脿街道办事处\n汇聚交换机故障的专报"), 0).values())
    assert "关于禄脿街道办事处" in titles
    assert "汇聚交换机故障的专报" in titles


def test_line_ends_of_any_machine_and_tabs_are_understood() -> None:
    pdf = rendered(cause="主板烧毁。\r\n电源\t正常。\r已断电。")
    standing = {line for page in range(len(page_texts(pdf))) for line in lines(pdf, page).values()}
    assert {"主板烧毁。", "电源正常。", "已断电。"} <= standing
    assert "电源 正常。" in text(pdf)


def test_the_sheet_cannot_be_changed_once_made() -> None:
    sheet: SpecialReportSheet = special_report(dated=date(2026, 3, 6), issued_at=MORNING)
    with pytest.raises(AttributeError):
        sheet.number = "〔2026〕13号"  # type: ignore[misc]
