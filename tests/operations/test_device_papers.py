"""设备标识贴, calibration page and 服务卡片: which devices, under which settings, numbered and kept."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations import device_papers
from dispatch_app.operations.device_papers import (
    IssueCalibration,
    IssueDeviceLabels,
    IssueServiceCards,
    LabelChoice,
)
from dispatch_app.operations.documents import RecordPrint
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.registers.entries import AddEntry, WithdrawEntry
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.settings import ChangeSetting
from tests.operations.scene import Scene
from tests.reports.pdf import page_texts, sizes, text


def add(scene: Scene, label: str, site: str = "八街", kind: str = "交换机") -> str:
    device = {"label": label, "kind": kind, "site": site, "state": "在用", "important": "否"}
    return scene.do(AddEntry("devices", device)).created


def test_the_labels_of_a_filter_come_in_the_order_of_their_numbers(scene: Scene) -> None:
    for label, site in (("AN-10", "八街"), ("AN-9", "八街"), ("AN-1", "县街")):
        add(scene, label, site)
    choice = LabelChoice(wanted=RegisterFilter("八街"))
    said = text(scene.queries.preview_device_labels(choice))
    assert "AN-1故" not in said.replace(" ", "")
    assert said.index("AN-9") < said.index("AN-10")
    assert "八街街道办事处节点" in said
    assert "0871-68686833" in said


def test_one_device_gets_one_label_numbered_kept_and_printed_again(scene: Scene) -> None:
    add(scene, "AN-1")
    chosen = add(scene, "AN-2", kind="服务器")
    done = scene.do(IssueDeviceLabels(LabelChoice((chosen,))))
    assert done.message == "设备标识贴 标识〔2024〕1号 1 张已出"
    (document,) = scene.queries.documents(DocumentKind.DEVICE_LABELS)
    assert (document.number, document.id) == ("标识〔2024〕1号", done.created)
    said = text(scene.queries.document_pdf(done.created))
    assert "AN-2" in said
    assert "服务器" in said
    scene.do(RecordPrint(done.created, "queue", succeeded=True, detail="queue-1"))
    assert "第2份（补打）" in text(scene.queries.document_pdf(done.created, reprint=True))


def test_settings_say_on_what_and_how_it_is_printed(scene: Scene) -> None:
    chosen = add(scene, "AN-1")
    scene.do(ChangeSetting("label_medium", "roll_60x40"))
    scene.do(ChangeSetting("label_dpi", "203"))
    scene.do(ChangeSetting("label_right", "-15"))
    (page,) = sizes(scene.queries.preview_device_labels(LabelChoice((chosen,))))
    assert page == pytest.approx((60, 40), abs=0.1)
    assert "现在向右 -1.5 mm" in text(scene.queries.preview_calibration())
    done = scene.do(IssueCalibration())
    assert done.message == "标签校准页 校准〔2024〕1号已出"
    assert "203 点/英寸" in text(scene.queries.document_pdf(done.created, reprint=True))


@pytest.mark.parametrize("value", ["101", "-101", "-", "1.5", "--1"])
def test_an_offset_is_a_whole_number_of_tenths(scene: Scene, value: str) -> None:
    with pytest.raises(KnownError, match="「标识贴向右移」须是 -100 到 100 之间的整数"):
        scene.do(ChangeSetting("label_right", value))


def test_no_device_or_a_withdrawn_one_has_no_label(scene: Scene) -> None:
    gone = add(scene, "AN-1")
    scene.do(WithdrawEntry(gone, 1, "登错"))
    for choice in (LabelChoice((gone,)), LabelChoice()):
        with pytest.raises(KnownError, match="没有要印标识贴的设备"):
            scene.do(IssueDeviceLabels(choice))
    assert scene.queries.documents(DocumentKind.DEVICE_LABELS) == ()


def test_too_many_labels_are_a_slip_of_the_filter(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_papers, "MOST_LABELS", 1)
    add(scene, "AN-1")
    add(scene, "AN-2")
    with pytest.raises(KnownError, match="共 2 台设备，一次最多印 1 张标识贴"):
        scene.queries.preview_device_labels(LabelChoice())


def test_labels_that_are_gone_from_the_sheet_are_left_free(scene: Scene) -> None:
    chosen = add(scene, "AN-1")
    whole, used = (scene.queries.preview_device_labels(LabelChoice((chosen,), skip=skip)) for skip in (0, 23))
    assert whole != used


def test_service_cards_say_the_six_lines_and_the_limits(scene: Scene) -> None:
    done = scene.do(IssueServiceCards(2))
    assert done.message == "服务卡片 服务卡〔2024〕1号 20 张已出"
    pages = page_texts(scene.queries.document_pdf(done.created, reprint=True))
    assert len(pages) == 2
    for words in ("0871-68681675", "13668770032", "响应 20 分钟", "市区外 2 小时"):
        assert pages[0].count(words) == 10
    single = scene.do(IssueServiceCards(3, single=True))
    assert single.message == "服务卡片 服务卡〔2024〕2号 3 张已出"
    assert len(page_texts(scene.queries.preview_service_cards(3, single=True))) == 3


@pytest.mark.parametrize("pages", [0, 101])
def test_a_number_of_sheets_that_cannot_be_is_refused(scene: Scene, pages: int) -> None:
    with pytest.raises(KnownError, match=f"一次印 {pages} 张不对") as refused:
        scene.queries.preview_service_cards(pages, single=False)
    assert refused.value.field == "pages"
