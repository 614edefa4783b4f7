from __future__ import annotations

import pytest
import segno
from pypdfium2 import raw

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.rasters import render_page
from dispatch_app.reports.work_order import LABELS, DueClock, render_work_order
from tests.reports.pdf import characters, lines, opened, page_texts, sizes, strokes, text
from tests.reports.sheets import HOUR, MORNING, work_order


def rendered(**changes: object) -> bytes:
    return render_work_order(work_order(**changes))


def test_counterfoil_and_field_copy_stand_on_one_a4_sheet() -> None:
    pdf = rendered()
    assert [(round(w, 1), round(h, 1)) for w, h in sizes(pdf)] == [(210.0, 297.0)]
    standing = lines(pdf, 0)
    (counterfoil,) = [y for y, line in standing.items() if "派工单（存根）" in line]
    (field_copy,) = [y for y, line in standing.items() if "派工单（现场）" in line]
    # The line to cut along is the only one drawn in grey.
    (cut,) = {each.top for each in strokes(pdf, 0) if 80 < each.colour[0] < 130}
    assert counterfoil < cut < field_copy


def test_both_copies_say_all_there_is_to_know() -> None:
    sheet = work_order()
    extracted = text(render_work_order(sheet))
    for name in LABELS:
        if name not in ("clocks", "service_lines"):
            assert extracted.count(getattr(sheet, name)) >= 2, name
    for moment in ("2026-03-05 08:40", "2026-03-05 08:44"):
        assert extracted.count(moment) == 2
    assert f"服务电话：{sheet.service_lines}" in extracted
    assert "第1页 共1页" in extracted


def test_each_clock_stands_with_its_clause_and_what_it_is_due() -> None:
    extracted = text(rendered())
    for clock in ("响应　二.3", "到达现场　二.3", "派人　九.2", "当天解决　二.4"):
        assert extracted.count(clock) == 2
    assert extracted.count("2026-03-05 10:40 前") == 2
    assert extracted.count("2026-03-06 00:00 前") == 2
    assert extracted.count("确认后起算") == 4


@pytest.mark.parametrize("count", range(1, 9))
def test_any_number_of_clocks_is_set_in_equal_columns(count) -> None:
    clocks = tuple(
        DueClock(name=f"时限{number}", clause="二.3", due_at=MORNING + number * HOUR, note="自接报起")
        for number in range(count)
    )
    extracted = text(rendered(clocks=clocks))
    assert all(extracted.count(f"时限{number}　二.3") == 2 for number in range(count))
    assert extracted.count("自接报起") == 2 * count


def test_the_field_copy_leaves_room_for_what_the_engineer_writes() -> None:
    extracted = text(rendered())
    for label in [
        "现场确认",
        "处理程序",
        "设备型号",
        "序列号",
        "预估价格",
        "原因及处理",
        "更换配件",
        "用户签字",
    ]:
        assert extracted.count(label) == 1
    assert "□ 常规　　□ 维修　　□ 专报　　□ 厂家免费维保" in extracted
    assert extracted.count("日　　时　　分") == 6


def test_the_counterfoil_is_signed_for() -> None:
    assert text(rendered()).count("工程师签领") == 1


@pytest.mark.parametrize(("emergency", "times"), [(True, 2), (False, 0)])
def test_an_emergency_is_marked_on_both_copies(emergency, times) -> None:
    assert text(rendered(emergency=emergency)).count("紧急") == times


def test_a_reprint_says_so_on_both_copies() -> None:
    assert text(rendered(reprint=True, copy_number=2)).count("第2份（补打）") == 2
    assert "补打" not in text(rendered())


def test_a_call_written_down_late_says_when_on_both_copies() -> None:
    assert "补记" not in text(rendered())
    assert text(rendered(entered_at=MORNING + HOUR)).count("补记") == 2


def test_the_qr_code_holds_the_number_of_the_fault() -> None:
    pdf = rendered()
    expected = [bytes(row) for row in segno.make("A-2026-0312", error="m", micro=False).matrix]
    with opened(pdf) as document:
        page = document[0]
        height = page.get_height()
        dark = []
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            if left > 470 and right - left < 40 and 1 < top - bottom < 4:
                dark.append((left, height - top, right, height - bottom))
    module = min(bottom - top for _, top, _, bottom in dark)
    origin = (min(left for left, *_ in dark), min(top for _, top, *_ in dark))
    half = len(dark) // 2
    assert half * 2 == len(dark)
    read = [bytearray(len(expected)) for _ in expected]
    for left, top, right, _ in dark[:half]:
        row, column = round((top - origin[1]) / module), round((left - origin[0]) / module)
        for offset in range(round((right - left) / module)):
            read[row][column + offset] = 1
    assert [bytes(row) for row in read] == expected


def test_the_sheet_is_mostly_white_and_not_empty() -> None:
    raster = render_page(rendered(), 0, 50)
    darkness = 1 - sum(raster.bgrx[::4]) / len(raster.bgrx[::4]) / 255
    assert 0.02 < darkness < 0.3


def test_a_symptom_too_long_for_both_copies_gives_each_its_own_page() -> None:
    symptom = "机房汇聚交换机指示灯全灭，政务外网中断。" * 30
    pages = page_texts(rendered(symptom=symptom))
    assert len(pages) == 2
    assert "派工单（存根）" in pages[0]
    assert "派工单（现场）" in pages[1]
    assert all(symptom in page for page in pages)
    assert "第2页 共2页" in pages[1]


def test_a_symptom_longer_than_a_page_goes_on_over_the_next() -> None:
    pdf = rendered(symptom="故" * 3000, emergency=False)
    pages = [characters(pdf, page) for page in range(len(page_texts(pdf)))]
    assert len(pages) >= 4
    # The labels 故障编号 and 故障现象 come on top, in both copies.
    assert sum(each.text == "故" for page in pages for each in page) == 2 * (3000 + 2)
    assert all(max(each.y for each in page) < 297 / 25.4 * 72 for page in pages)


def test_a_very_long_site_name_is_set_whole() -> None:
    site = "安宁市温泉街道办事处电子政务外网城域光纤骨干网络野外交换箱" * 3
    assert text(rendered(site=site)).count(site) == 2


def test_fields_not_known_are_left_blank() -> None:
    pdf = rendered(room="", device="", dispatcher="", service_lines="", caller="", unit="", callback="")
    assert "设备：" not in text(pdf)
    assert "服务电话" not in text(pdf)


@pytest.mark.parametrize(
    "name", ["number", "issuer", "fault_no", "site", "zone", "symptom", "engineer", "clocks"]
)
def test_a_missing_field_is_refused_by_name(name) -> None:
    with pytest.raises(KnownError) as refusal:
        rendered(**{name: () if name == "clocks" else ""})
    assert refusal.value.message == f"派工单缺少必填内容：{LABELS[name]}"
    assert refusal.value.field == name


def test_characters_no_font_has_are_refused_by_name() -> None:
    with pytest.raises(KnownError, match="故障现象中的“😀”（U\\+1F600）"):
        rendered(symptom="灯不亮😀")
    with pytest.raises(KnownError, match="合同时限中的“🕐”（U\\+1F550）"):
        rendered(clocks=(DueClock(name="响应🕐", clause="二.3", due_at=None),))
