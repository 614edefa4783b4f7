"""巡检表 and 备份记录 on paper: what stands on them, what they refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.backups import BackupLine, BackupsSheet, BackupSystemLine, render_backups
from dispatch_app.reports.rounds import (
    BlankRoundSheet,
    DeviceLine,
    RoundLine,
    RoundsSheet,
    render_blank_round,
    render_rounds,
)
from tests.reports.pdf import page_texts, solid

AT = 1_732_235_400
BLANK = BlankRoundSheet(
    number="空检〔2024〕1号",
    issuer="安宁网盛信息技术有限公司",
    plan="市政府日检",
    place="市政府大楼机房",
    cycle="每天",
    figures=("温度（℃） 18–27", "湿度（%） 30–60", "电压（V） 198–235"),
    devices=(DeviceLine(label="AN-0001", what="交换机 H3C 3 柜"),),
    surroundings=("整洁", "防火"),
    issued_at=AT,
)
DONE = RoundLine(
    when="11-20 09:05",
    figures=("31.0", "45.0", "221.0"),
    devices="1 台异常",
    surroundings="8 项正常",
    wrong="温度 31.0 ℃ 高于 27",
    done="开了备用空调",
    who="张懿明",
)
MISSED = RoundLine(
    when="11-21", figures=(), devices="", surroundings="", wrong="市政府日检", done="", who="", missed=True
)
MONTH = RoundsSheet(
    number="巡检〔2024〕1号",
    issuer="安宁网盛信息技术有限公司",
    site="市政府大楼机房",
    month="2024年11月",
    plans="市政府日检（每天）",
    limits="温度 18–27；湿度 30–60；电压 198–235",
    lines=(DONE, MISSED),
    asked=2,
    done=1,
    missed=1,
    breached=1,
    ranges=("温度 31.0–31.0 ℃，平均 31.0",),
    issued_at=AT,
)
SYSTEM = BackupSystemLine(
    name="公文交换系统",
    device="三楼 NAS-01",
    document="安工信〔2024〕8号",
    schedule="每 7 天",
    full=1,
    increments=3,
    refreshes=0,
    size="12.500",
    restored="恢复成功 2024-11-21",
    standing="备份逾期",
)
LINE = BackupLine(
    when="11-19 18:00",
    system="公文交换系统",
    kind="全量",
    size="12.500",
    medium="NAS",
    device="三楼 NAS-01",
    who="刘涛",
    restored="恢复成功 2024-11-21",
)
BACKUPS = BackupsSheet(
    number="备份〔2024〕1号",
    issuer="安宁网盛信息技术有限公司",
    month="2024年11月",
    systems=(SYSTEM,),
    lines=(LINE,),
    size="12.500",
    issued_at=AT,
)


def text(pdf: bytes) -> str:
    return solid("".join(page_texts(pdf)))


def test_the_blank_sheet_has_boxes_for_every_figure_device_and_surrounding() -> None:
    said = text(render_blank_round(BLANK))
    for words in ("温度（℃）18–27", "AN-0001交换机H3C3柜", "防火□正常□异常", "巡检人签字", "每天"):
        assert words in said
    bare = text(render_blank_round(replace(BLANK, figures=(), devices=())))
    assert "设备：无" in bare
    assert "温度" not in bare


def test_a_month_says_what_was_left_out_and_what_was_found() -> None:
    said = text(render_rounds(MONTH))
    for words in ("应检2，实检1，漏检1，异常1", "漏检：市政府日检", "温度31.0℃高于27", "平均31.0"):
        assert words in said
    empty = replace(MONTH, lines=(), plans="", ranges=(), note="2040 年尚无该年节假日安排")
    said = text(render_rounds(empty))
    assert "2040年尚无该年节假日安排" in said
    assert "本月" not in said


def test_a_month_of_three_rooms_goes_over_pages_with_its_heading() -> None:
    pages = page_texts(render_rounds(replace(MONTH, lines=(DONE,) * 60)))
    assert len(pages) > 1
    assert all("巡检人" in page for page in pages)


def test_the_backups_say_where_how_much_and_whether_it_could_be_restored() -> None:
    said = text(render_backups(BACKUPS))
    for words in ("三楼NAS-01", "安工信〔2024〕8号", "恢复成功2024-11-21", "备份逾期", "甲方确认"):
        assert words in said


def test_the_same_sheet_gives_the_same_bytes_and_a_reprint_says_so() -> None:
    for sheet, render in ((BLANK, render_blank_round), (MONTH, render_rounds), (BACKUPS, render_backups)):
        assert render(sheet) == render(sheet)  # type: ignore[operator]  # each sheet with its own
        assert "第2份（补打）" in text(render(replace(sheet, reprint=True, copy_number=2)))  # type: ignore[operator, type-var]  # as above


def test_what_is_missing_or_cannot_be_printed_is_refused_by_name() -> None:
    with pytest.raises(KnownError, match="空白巡检表缺少必填内容：站点或服务项目"):
        render_blank_round(replace(BLANK, place=""))
    with pytest.raises(KnownError, match="巡检表缺少必填内容：站点"):
        render_rounds(replace(MONTH, site=""))
    with pytest.raises(KnownError, match="备份记录缺少必填内容：月份"):
        render_backups(replace(BACKUPS, month=""))
    with pytest.raises(KnownError) as refused:
        render_rounds(replace(MONTH, lines=(replace(DONE, done="😀"),)))
    assert refused.value.field == "lines"
    with pytest.raises(KnownError):
        render_backups(replace(BACKUPS, lines=(replace(LINE, device="😀"),)))
    with pytest.raises(KnownError):
        render_blank_round(replace(BLANK, devices=(DeviceLine(label="😀", what=""),)))
