"""硬件工作状态通报: what it says of a month, that it keeps its number and its bytes."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.bulletins import IssueBulletin, bulletin_sheet
from dispatch_app.operations.faults import AmendFault
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.reports.bulletin import BulletinSheet
from tests.operations.scene import Scene
from tests.reports.pdf import page_texts

DEVICE = {"kind": "交换机", "site": "市政府大楼机房", "state": "在用", "important": "否"}


def sheet(scene: Scene) -> BulletinSheet:
    with scene.queries._view() as view:
        start, end = scene.time("2024-11-01 00:00"), scene.time("2024-12-01 00:00")
        return bulletin_sheet(view, scene.queries.service_items(), start, end, "预览")


def live(scene: Scene) -> None:
    """A late fault whose cause is said, one of nobody's, and two devices."""
    first = scene.at("08:30").register("shizhengfu")
    scene.at("08:35").send(first)
    scene.mark(first, FactKind.ACKNOWLEDGED)
    scene.at("10:00").mark(first, FactKind.ARRIVED)
    scene.do(AmendFault(first, "cause", "power", "", scene.version(first)))
    scene.register("bajie")
    scene.do(AddEntry("devices", DEVICE | {"label": "AN-1", "warranty_until": "2024-12-01"}))
    scene.do(AddEntry("devices", DEVICE | {"label": "AN-2", "state": "故障"}))


def test_it_says_how_the_devices_stand_and_what_the_faults_add_up_to(scene: Scene) -> None:
    live(scene)
    found = sheet(scene)
    assert found.summary.startswith("本期共接报故障 2 件，比上期增加 2 件")
    assert dict(found.devices) == {"在用": 1, "备用": 0, "故障": 1, "外修": 0, "报废": 0}
    assert dict(found.figures)["到场中位数"] == "90分"
    arrival = next(one for one in found.standards if one.name.startswith("到场"))
    assert arrival.urban == "按时 0，超时 1，按时率 0.0%"
    assert arrival.outlying == "本期没有"
    causes = next(chart for chart in found.charts if chart.title == "按故障原因")
    assert [(bar.label, bar.count) for bar in causes.bars] == [("供电", 1), ("未说明", 1)]
    assert found.findings == (
        "本期超时：到场 1 次；逐件见违约结算表。",
        "1 台设备的免费维保在 30 天内到期，到期后按专报维修程序办理（附一 二.1）。",
        "1 件故障尚未填写原因。",
    )


def test_a_month_without_anything_says_so(scene: Scene) -> None:
    found = sheet(scene)
    assert found.summary.startswith("本期共接报故障 0 件，与上期持平")
    assert (found.devices, found.findings) == ((), ())


def test_an_issued_one_keeps_its_number_and_every_word(scene: Scene) -> None:
    live(scene)
    start, end = scene.time("2024-11-01 00:00"), scene.time("2024-12-01 00:00")
    made = scene.do(IssueBulletin(start, end))
    (document,) = scene.queries.documents(DocumentKind.BULLETIN)
    assert document.number == "通报〔2024〕1号"
    pdf = scene.queries.document_pdf(made.created)
    words = "".join("".join(page_texts(pdf)).split())
    for expected in ("硬件工作状态通报", "通报〔2024〕1号", "供电", "按时率", "八街街道办事处节点", "第1页"):
        assert expected in words
    assert scene.queries.document_pdf(made.created) == pdf
    again = "".join("".join(page_texts(scene.queries.document_pdf(made.created, reprint=True))).split())
    assert "第2份（补打）" in again
    assert scene.queries.preview_bulletin(start, end).startswith(b"%PDF")


def test_a_period_to_come_is_refused(scene: Scene) -> None:
    with pytest.raises(KnownError, match="统计期不对"):
        scene.do(IssueBulletin(scene.time("2025-01-01 00:00"), scene.time("2025-02-01 00:00")))


def test_the_month_before_may_have_been_busier(scene: Scene) -> None:
    scene.clock.at = scene.time("2024-10-20 09:00")
    scene.register("bajie")
    scene.at("08:30")
    assert "比上期减少 1 件" in sheet(scene).summary


def test_many_sites_make_a_chart_of_the_busiest_and_one_line_for_the_rest(scene: Scene) -> None:
    for place in scene.queries.sites():
        scene.clock.at += 1
        scene.register(place.id)
    sites = len(scene.queries.sites())
    start, end = scene.time("2024-11-01 00:00"), scene.time("2024-12-01 00:00")
    words = "".join("".join(page_texts(scene.queries.preview_bulletin(start, end))).split())
    assert f"其余{sites - 12}项共{sites - 12}件" in words
