from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.tally_sheet import LABELS, Counter, TallySheet, render_tally
from tests.reports.pdf import lines, page_texts, sizes, solid, text
from tests.reports.sheets import ADJUSTMENT, FINE, MORNING, SIXTH, tally, tally_line, third_party

HEADINGS = "序号故障编号站点条款轮次起算时间到期（发生）时间实际派人超时金额（元）申辩、豁免及说明"


def solid_text(sheet: TallySheet) -> str:
    """The whole text without blanks."""
    return solid(text(render_tally(sheet)))


def many(count: int) -> TallySheet:
    return tally(tuple(tally_line(number) for number in range(1, count + 1)), terminations=(SIXTH,))


def test_every_page_is_a4_across() -> None:
    assert {(round(w, 1), round(h, 1)) for w, h in sizes(render_tally(many(40)))} == {(297.0, 210.0)}


def test_a_sum_stands_with_fault_clause_cycle_times_and_overrun() -> None:
    extracted = solid_text(tally((tally_line(1, cycle=2),)))
    moments = "2026-03-0515:402026-03-0520:402026-03-0521:10:09"
    assert f"1A-2026-0001八街街道办事处机房九.22{moments}30分09秒2,000.00" in extracted
    assert "小计（计入金额）2,000.00" in extracted


def test_nobody_sent_at_all_is_said() -> None:
    assert "未派人" in solid_text(tally((tally_line(1, actual_at=None),)))


def test_an_unreachable_shows_its_moment_and_no_overrun() -> None:
    line = tally_line(
        1, clause="九.1", started_at=None, due_at=MORNING, actual_at=None, overrun_s=0, note="三次拨打未接通"
    )
    extracted = solid_text(tally((line,)))
    assert "九.11—2026-03-0508:40——2,000.00三次拨打未接通" in extracted


def test_a_dispute_is_shown_and_still_counted_a_waiver_shown_and_not() -> None:
    lines_ = (
        tally_line(1, dispute="机房停电通知"),
        tally_line(2, waiver="安工信函〔2026〕3号"),
    )
    extracted = solid_text(tally(lines_))
    assert "申辩：机房停电通知" in extracted
    assert "豁免：安工信函〔2026〕3号（不计入）" in extracted
    assert "小计（计入金额）2,000.00列示4,000.00元，豁免2,000.00元" in extracted
    assert "本期违约金2,000.00" in extracted


def test_forty_rows_repeat_their_headings_and_number_every_page() -> None:
    pages = page_texts(render_tally(many(40)))
    with_rows = [solid(page) for page in pages if "八街街道办事处机房" in page]
    assert len(with_rows) >= 2
    assert all(HEADINGS in page for page in with_rows)
    for number, page in enumerate(pages, 1):
        assert page.endswith(f"第{number}页 共{len(pages)}页")
    everything = "".join(pages)
    assert all(everything.count(f"A-2026-{number:04d}") == 1 for number in range(1, 41))


@pytest.mark.parametrize("count", range(1, 46))
def test_the_subtotal_never_stands_on_a_page_without_a_row(count) -> None:
    (page,) = [page for page in page_texts(render_tally(many(count))) if "小计（计入金额）" in page]
    assert f"A-2026-{count:04d}" in page


@pytest.mark.parametrize("count", range(0, 45, 4))
def test_the_reckoning_stands_whole_on_one_page_with_the_signatures(count) -> None:
    sheet = replace(many(count), readings=tuple(f"第{n}条释义：按合同文字计算。" for n in range(count // 4)))
    pages = [page for page in page_texts(render_tally(sheet)) if "、结算" in page]
    assert len(pages) == 1
    for part in ("本期违约金", "应付余额大写", "甲方（盖章）：", "乙方（盖章）："):
        assert part in pages[0]


def test_a_heading_never_stands_at_the_foot_of_a_page_without_what_follows() -> None:
    for count in range(1, 46, 4):
        pdf = render_tally(many(count))
        for page in range(len(sizes(pdf))):
            *_, last, _foot = lines(pdf, page).values()
            assert not last.startswith(("一、", "二、", "三、", "四、", "五、", "六、", "七、")), (
                count,
                last,
            )


def test_an_empty_period_says_there_was_no_breach() -> None:
    extracted = solid_text(tally())
    for sentence in ("本期无违约。", "本期无此项费用。", "本期无调整。", "单方解除合同的条件未成就"):
        assert sentence in extracted
    assert "应付余额160,000.00" in extracted
    assert HEADINGS not in extracted


def test_third_party_costs_stand_with_parts_and_the_flag_at_300() -> None:
    extracted = solid_text(tally(third_parties=(third_party(), third_party(flag_300=False))))
    assert "逾期450.00光模块300.00×2600.001,050.00有零件单价恰为300元（四.6与八.1(4)重叠）" in extracted
    assert extracted.count("恰为300元") == 1
    assert "本期第三方费用2,100.00" in extracted


def test_a_third_party_without_parts_shows_none() -> None:
    line = third_party(parts="", parts_amount=Decimal("0.00"), amount=Decimal("450.00"), flag_300=False)
    assert "逾期450.00—0.00450.00" in solid_text(tally(third_parties=(line,)))


def test_the_counters_are_held_against_five_and_rights_to_terminate_named() -> None:
    counters = (
        Counter(clause="九.1", name="联系不上服务人员", count=5),
        Counter(clause="九.2", name="未派人处理", count=6),
    )
    extracted = solid_text(tally(counters=counters, terminations=(SIXTH,)))
    assert "九.1联系不上服务人员55未超过，尚余0次" in extracted
    assert "九.2未派人处理65已超过" in extracted
    assert "甲方单方解除权已成就：九.2，累计超过五次，自2026-03-0614:40起。" in extracted


def test_standards_stand_as_evidence_with_their_rate() -> None:
    extracted = solid_text(tally())
    assert "不单独计价" in extracted
    assert "响应（20分钟）二.339100097.5%" in extracted
    assert "专报（2小时）二.4000040—" in extracted


def test_adjustments_bear_their_sign() -> None:
    extracted = solid_text(tally((tally_line(1),), adjustments=(ADJUSTMENT,)))
    assert "结〔2026〕1号A-2026-0033九.2出发时间更正为10:42，未超时-2,000.00" in extracted
    assert "小计-2,000.00" in extracted
    assert "本期合计0.00" in extracted


def test_the_reckoning_shows_every_sum_in_figures_and_the_ends_in_words() -> None:
    sheet = tally(
        (tally_line(1),),
        claims=Decimal("32000.00"),
        paid=Decimal("160000.00"),
        payable=Decimal("0.00"),
        owed=Decimal("34000.00"),
        client_owes=Decimal("500.00"),
    )
    extracted = solid_text(sheet)
    for words in (
        "合同总价160,000.00",
        "已付160,000.00",
        "合同期内累计计入（含本期）2,000.00",
        "累计索赔及赔偿（九.4，对乙方）32,000.00",
        "不足抵扣、乙方尚欠34,000.00",
        "应付余额0.00",
        "本期合计大写贰仟元整",
        "应付余额大写壹拾伍万捌仟元整",
        "甲方应承担的赔偿500.00元另行结算",
    ):
        assert words in extracted
    assert "另行结算" not in solid_text(tally())


def test_the_head_names_number_period_parties_and_basis() -> None:
    extracted = solid_text(tally(basis="外部来电记录 2月.csv"))
    for words in (
        "编号：结〔2026〕2号",
        "结算期间：2026年2月1日至2026年2月28日",
        "计时截至：2026-03-0100:00",
        "甲方：安宁市工业和科学技术信息化局",
        "乙方：安宁网盛信息技术有限公司",
        "依据：外部来电记录2月.csv",
        "违约结算表结〔2026〕2号第1份出具2026-03-0101:33:20",
    ):
        assert words in extracted


def test_the_readings_used_are_listed() -> None:
    extracted = solid_text(tally(readings=("合同期限按日期计。", "两天按48小时计。")))
    assert "六、所采用的条款释义1.合同期限按日期计。2.两天按48小时计。" in extracted
    assert "七、结算" in extracted
    assert "六、结算" in solid_text(tally())


def test_a_trial_reckoning_needs_no_number_and_says_what_it_is() -> None:
    pages = page_texts(render_tally(replace(many(30), number="", draft=True)))
    assert all("草稿，不作结算依据" in page for page in pages)
    assert all("草稿" in page.replace("草稿，", "") for page in pages)
    assert "编号：（未编号）" in pages[0]
    assert "草稿" not in solid_text(tally())


def test_a_reprint_says_so_on_every_page() -> None:
    pages = page_texts(render_tally(replace(many(30), reprint=True, copy_number=2)))
    assert all("第2份" in page and "补打" in page for page in pages)
    assert "补打" not in solid_text(tally())


def test_a_long_dispute_goes_on_over_pages_without_loss() -> None:
    dispute = "".join(f"第{number}项证据说明机房停电。" for number in range(400))
    pdf = render_tally(tally((tally_line(1, dispute=dispute), tally_line(2))))
    pages = page_texts(pdf)
    assert len(pages) > 3
    assert all(HEADINGS in solid(page) for page in pages[:3])
    everything = "".join(pages)
    assert all(f"第{number}项" in everything for number in range(0, 400, 13))
    assert everything.count("A-2026-0001") == 1


@pytest.mark.parametrize("name", sorted(LABELS))
def test_a_missing_field_is_refused_by_name(name) -> None:
    with pytest.raises(KnownError) as refusal:
        render_tally(tally(**{name: () if name == "counters" else ""}))
    assert refusal.value.message == f"违约结算表缺少必填内容：{LABELS[name]}"
    assert refusal.value.field == name


@pytest.mark.parametrize(
    "name", ["penalties", "third_party_total", "adjustments_total", "total", "payable", "owed"]
)
def test_sums_that_contradict_their_lines_never_reach_paper(name) -> None:
    sheet = tally((tally_line(1),), (third_party(),), (ADJUSTMENT,))
    with pytest.raises(ValueError, match=f"^{name} is"):
        render_tally(replace(sheet, **{name: getattr(sheet, name) + FINE}))


def test_characters_no_font_has_are_refused_with_the_row_they_stand_in() -> None:
    with pytest.raises(KnownError, match="违约金“A-2026-0003”行中的“😀”"):
        render_tally(tally((tally_line(3, note="😀"),)))
    with pytest.raises(KnownError, match="第三方费用“A-2026-0007”行中的“😀”"):
        render_tally(tally(third_parties=(third_party(parts="模块😀"),)))
    with pytest.raises(KnownError, match="调整“A-2026-0033”行中的“😀”"):
        render_tally(tally(adjustments=(replace(ADJUSTMENT, reason="😀"),)))


def test_many_unprintable_characters_are_cut_short() -> None:
    note = "".join(map(chr, range(0x1F600, 0x1F640)))
    with pytest.raises(KnownError, match="等64处"):
        render_tally(tally((tally_line(1, note=note),)))
