"""硬件工作状态通报 on paper: titles stay with their charts, long names are cut where one sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.bulletin import BulletinBar, BulletinChart, BulletinSheet, render_bulletin
from tests.reports.pdf import lines, page_texts, solid

MOMENT = 1_732_257_127
SHEET = BulletinSheet(
    number="通报〔2024〕3号",
    issuer="乙方",
    addressee="甲方",
    period="2024-11-01 至 2024-11-30",
    before="2024-10-01 至 2024-10-31",
    summary="本期共接报故障 31 件。",
    figures=(("接报", "31"), ("上期", "0")),
    devices=(),
    standards=(),
    charts=(),
    findings=(),
    as_of=MOMENT,
    issued_at=MOMENT,
)


def bars(count: int, label: str = "站点") -> tuple[BulletinBar, ...]:
    return tuple(
        BulletinBar(label=f"{label}{place}", count=place + 1, before=place) for place in range(count)
    )


def days(count: int) -> tuple[BulletinBar, ...]:
    return tuple(
        BulletinBar(label=f"10-{day:02d}", count=day % 3, breached=day % 2) for day in range(1, count + 1)
    )


@pytest.mark.parametrize("first", range(1, 13))
def test_a_title_stands_on_the_page_of_its_whole_chart(first: int) -> None:
    charts = [BulletinChart(title=f"第{place}图", bars=bars(first, f"图{place}站点")) for place in range(6)]
    charts.insert(first % 6, BulletinChart(title="按日期", bars=days(31), columns=True))
    pages = page_texts(render_bulletin(replace(SHEET, charts=tuple(charts))))
    for place in range(6):
        (page,) = (text for text in pages if f"第{place}图" in text)
        assert all(f"图{place}站点{row}" in page for row in range(first))
    (page,) = (text for text in pages if "按日期" in text)
    assert "10-31" in page


def test_the_days_of_a_long_month_do_not_run_into_each_other() -> None:
    chart = BulletinChart(title="按日期", bars=days(31), columns=True)
    rows = lines(render_bulletin(replace(SHEET, charts=(chart,))), 0)
    (marked,) = (text for text in rows.values() if text.startswith("10-01"))
    assert marked == "".join(f"10-{day:02d}" for day in range(1, 32, 2))


def test_a_name_too_long_for_its_place_is_cut_where_one_sees_it() -> None:
    long = "未集中到宁湖大厦的部门电子政务机房" * 3
    chart = BulletinChart(title="按站点", bars=(BulletinBar(label=long, count=2, before=1, breached=1),))
    (page,) = page_texts(render_bulletin(replace(SHEET, charts=(chart,))))
    assert "未集中到宁湖大厦" in page
    assert "…2（超时1，上期1）" in solid(page)
    assert long not in page


def test_an_empty_month_is_one_page_that_says_so() -> None:
    charts = tuple(BulletinChart(title=title, bars=()) for title in ("按站点", "按故障原因"))
    (page,) = page_texts(render_bulletin(replace(SHEET, charts=charts)))
    for said in ("按站点：无", "按故障原因：无", "各时限执行情况：无", "需要说明的情况：无"):
        assert said in page


def test_more_groups_than_a_chart_shows_are_told_in_one_line() -> None:
    chart = BulletinChart(title="按站点", bars=tuple(reversed(bars(15))))
    (page,) = page_texts(render_bulletin(replace(SHEET, charts=(chart,))))
    assert "其余3项共6件" in solid(page)


def test_what_must_stand_on_it_is_asked_for() -> None:
    with pytest.raises(KnownError, match="主送"):
        render_bulletin(replace(SHEET, addressee=""))
