"""设备标识贴 and 服务卡片: every code is read back from the rendered page, nothing leaves its label."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.code128 import bars, modules
from dispatch_app.reports.dots import PER_INCH, Dots
from dispatch_app.reports.label_design import bar_module
from dispatch_app.reports.label_media import A4_64, MEDIA
from dispatch_app.reports.labels import (
    CalibrationSheet,
    LabelLine,
    LabelSheet,
    render_calibration,
    render_labels,
)
from dispatch_app.reports.paper import MM
from dispatch_app.reports.service_card import ServiceCardSheet, render_service_cards
from tests.reports.pdf import characters, page_texts, sizes, strokes, text, text_within
from tests.reports.scanner import scanned
from tests.reports.sheets import MORNING

EVERY = [(medium, dots) for medium in MEDIA for dots in PER_INCH]
LONG_SITE = "市域高速无线网络节点（市区外）八街街道办事处二楼东侧弱电间"


def line(number: int, **other: str) -> LabelLine:
    said = {"label": f"AN-{number:04d}", "what": "交换机 H3C S5560-30C-EI", "site": "八街街道办事处节点"}
    return LabelLine(**said | other)


def sheet(count: int = 1, medium: str = A4_64, dots: int = 300, **other: object) -> LabelSheet:
    made = LabelSheet(
        number="标识〔2026〕3号",
        issuer="安宁网盛信息技术有限公司",
        hotline="0871-68686833",
        labels=tuple(line(number) for number in range(1, count + 1)),
        medium=medium,
        dots_per_inch=dots,
        issued_at=MORNING,
    )
    return replace(made, **other)  # type: ignore[arg-type]  # the fields of a sheet


def calibration(medium: str, dots: int = 300, **other: int) -> CalibrationSheet:
    made = CalibrationSheet(
        number="校准〔2026〕1号",
        issuer="安宁网盛信息技术有限公司",
        medium=medium,
        dots_per_inch=dots,
        issued_at=MORNING,
    )
    return replace(made, **other)


@pytest.mark.scanner
@pytest.mark.parametrize(("medium", "dots"), EVERY)
def test_every_code_of_a_full_page_is_read_back(medium: str, dots: int, tmp_path: Path) -> None:
    count = MEDIA[medium].on_page
    found = scanned(render_labels(sheet(count, medium, dots)), 0, dots, tmp_path)
    wanted = [f"AN-{number:04d}" for number in range(1, count + 1)]
    assert found == [f"{code}:{one}" for code in ("CODE-128", "QR-Code") for one in wanted]


@pytest.mark.scanner
@pytest.mark.parametrize(("medium", "dots"), EVERY)
def test_the_codes_of_the_calibration_page_are_read_back(medium: str, dots: int, tmp_path: Path) -> None:
    found = scanned(render_calibration(calibration(medium, dots)), 0, dots, tmp_path)
    assert found == ["CODE-128:AN-0000", "QR-Code:AN-0000"]


@pytest.mark.scanner
def test_a_number_too_long_for_bars_is_a_qr_code_alone(tmp_path: Path) -> None:
    label = "ANNING-2024-SWITCH-00012"
    pdf = render_labels(sheet(medium="roll_60x40", dots=203, labels=(line(1, label=label),)))
    assert scanned(pdf, 0, 203, tmp_path) == [f"QR-Code:{label}"]
    assert label in text(pdf)


@pytest.mark.scanner
def test_codes_moved_by_the_offset_are_read_all_the_same(tmp_path: Path) -> None:
    pdf = render_labels(sheet(1, "roll_60x40", 203, right_tenths=7, down_tenths=-3))
    assert scanned(pdf, 0, 203, tmp_path) == ["CODE-128:AN-0001", "QR-Code:AN-0001"]


def test_bars_are_the_standards_own() -> None:
    # Start B is 2 1 1 2 1 4, stop is 2 3 3 1 1 1 2.
    assert bars("AN-0012")[:3] == ((0, 2), (3, 1), (6, 1))
    total = modules("AN-0012")
    assert total == 11 * 8 + 13
    assert [total - start for start, _ in bars("AN-0012")[-4:]] == [13, 8, 4, 2]


@pytest.mark.parametrize("dots", PER_INCH)
def test_a_bar_is_as_many_whole_dots_wide_as_the_label_allows(dots: int) -> None:
    grid = Dots(dots)
    module = bar_module("AN-0012", 56 * MM, grid)
    assert module / grid.size == pytest.approx(round(module / grid.size))
    assert (modules("AN-0012") + 20) * module <= 56 * MM < (modules("AN-0012") + 20) * (module + grid.size)


@pytest.mark.parametrize("medium", list(MEDIA))
def test_each_label_keeps_to_its_own_place(medium: str) -> None:
    form = MEDIA[medium]
    lines = tuple(line(number, site=LONG_SITE) for number in range(1, form.on_page + 1))
    pdf = render_labels(sheet(medium=medium, labels=lines))
    for index, one in enumerate(lines):
        left, top = (side * MM for side in form.place(index))
        inside = text_within(pdf, left, top, left + form.label[0] * MM, top + form.label[1] * MM)
        for word in (one.label, "H3C", "弱电间", "故障报修 0871-68686833"):
            assert word in inside


def test_labels_begin_behind_those_that_are_gone_and_go_on_on_the_next_sheet() -> None:
    pages = page_texts(render_labels(sheet(3, skip=22)))
    assert len(pages) == 2
    assert "AN-0002" in pages[0]
    assert "AN-0003" not in pages[0]
    assert "AN-0003" in pages[1]
    # What stands on the white edge says which paper this was.
    assert "标识〔2026〕3号" in pages[1]
    assert "第2页 共2页" in pages[1]
    assert len(page_texts(render_labels(sheet(24)))) == 1
    assert len(page_texts(render_labels(sheet(1, skip=24)))) == 1


def test_a_reprint_says_so_and_the_same_sheet_gives_the_same_bytes() -> None:
    assert "第2份（补打）" in text(render_labels(sheet(copy_number=2, reprint=True)))
    assert render_labels(sheet()) == render_labels(sheet())


@pytest.mark.parametrize(("medium", "size"), [("roll_60x40", (60, 40)), ("a4_70x37", (210, 297))])
def test_a_page_is_as_large_as_what_it_is_printed_on(medium: str, size: tuple[int, int]) -> None:
    for width, height in sizes(render_labels(sheet(2, medium, 203))):
        assert (width, height) == pytest.approx(size, abs=0.1)


def test_the_offset_moves_label_and_ruler_by_what_it_says() -> None:
    def first(pdf: bytes) -> tuple[float, float]:
        return next((one.x, one.y) for one in characters(pdf, 0) if one.text == "A")

    x, y = first(render_labels(sheet()))
    moved = first(render_labels(sheet(right_tenths=-20, down_tenths=10)))
    assert ((moved[0] - x) / MM, (moved[1] - y) / MM) == pytest.approx((-2.0, 1.0), abs=0.1)
    still, shifted = (
        min(one.left for one in strokes(render_calibration(calibration("roll_60x40", **by)), 0))
        for by in ({}, {"right_tenths": 30})
    )
    assert (shifted - still) / MM == pytest.approx(3.0, abs=0.1)


def test_a_tick_of_the_ruler_is_a_millimetre() -> None:
    found = strokes(render_calibration(calibration(A4_64)), 0)
    ticks = sorted({round((one.left + one.right) / 2, 2) for one in found if one.right - one.left < 0.6})
    at = [round(place * MM, 2) for place in (20, 50, 200)]
    assert all(any(abs(tick - one) < 0.02 for tick in ticks) for one in at)


def test_the_calibration_page_says_what_to_do_with_it() -> None:
    said = text(render_calibration(calibration("roll_60x40", right_tenths=-5, copy_number=2, reprint=True)))
    for words in ("现在向右 -0.5 mm", "300 点/英寸", "多出几毫米", "补打"):
        assert words in said


@pytest.mark.parametrize(
    ("other", "field", "said"),
    [
        ({"labels": ()}, "labels", "设备标识贴缺少必填内容：设备"),
        ({"hotline": ""}, "hotline", "设备标识贴缺少必填内容：服务电话"),
        ({"labels": (line(1, what="型" * 100),)}, "labels", "AN-0001 的型号和站点太长，标识贴上放不下"),
        ({"labels": (line(1, site="\ue000"),)}, "labels", "字体中没有以下字符"),
    ],
)
def test_what_cannot_be_printed_is_refused(other: dict[str, object], field: str, said: str) -> None:
    with pytest.raises(KnownError) as refused:
        render_labels(sheet(**other))
    assert refused.value.field == field
    assert refused.value.message.startswith(said)


def cards(**other: object) -> ServiceCardSheet:
    made = ServiceCardSheet(
        number="服务卡〔2026〕1号",
        issuer="安宁网盛信息技术有限公司",
        landlines=("0871-68686833", "0871-68699125", "0871-68681675"),
        mobiles=("18787077889", "18908712868", "13668770032"),
        limits=("响应 20 分钟；到场 市区内 40 分钟、市区外 2 小时", "报修时请说明设备标识贴上的编号"),
        issued_at=MORNING,
    )
    return replace(made, **other)  # type: ignore[arg-type]  # the fields of a sheet


def test_a_sheet_holds_ten_cards_with_the_six_lines_each() -> None:
    pages = page_texts(render_service_cards(cards(pages=2)))
    assert len(pages) == 2
    for number in (*cards().landlines, *cards().mobiles):
        assert pages[0].count(number) == 10
    assert "第2页 共2页" in pages[1]
    assert "服务卡〔2026〕1号" in pages[1]


def test_cards_keep_to_ninety_by_fifty_four_millimetres() -> None:
    pdf = render_service_cards(cards(copy_number=2, reprint=True))
    for row in range(5):
        for column in range(2):
            left, top = (15 + 90 * column) * MM, (13.5 + 54 * row) * MM
            inside = text_within(pdf, left, top, left + 90 * MM, top + 54 * MM)
            assert inside.count("13668770032") == inside.count("网盛信息技术") == 1
    assert "第2份（补打）" in text(pdf)


def test_single_cards_are_as_many_as_asked_for() -> None:
    pdf = render_service_cards(cards(single=True, pages=3))
    assert sizes(pdf) == [pytest.approx((90, 54), abs=0.01)] * 3
    assert page_texts(pdf)[2].count("0871-68699125") == 1


def test_cards_without_a_line_are_refused_by_name() -> None:
    with pytest.raises(KnownError, match="服务卡片缺少必填内容：服务手机"):
        render_service_cards(cards(mobiles=()))
