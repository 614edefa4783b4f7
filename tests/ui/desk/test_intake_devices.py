"""接报 by the label on a device: a scanner is keys and Enter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from dispatch_app.operations.desk import Desk
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.ui.desk.intake_form import IntakeForm
from tests.ui.desk.conftest import Hands

Key = Qt.Key


@pytest.fixture
def form(hands: Hands, desk: Desk) -> IntakeForm:
    """A call being taken; three devices are in the register."""
    for label, kind, site, rack in (
        ("AN-0012", "交换机", "八街", "3 柜 12U"),
        ("AN-0007", "服务器", "八街", ""),
        ("AN-0003", "路由器", "市政府大楼机房", ""),
    ):
        device = {"label": label, "kind": kind, "site": site, "rack": rack}
        device |= {"state": "在用", "important": "否"}
        desk.perform(AddEntry("devices", device))
    hands.press(Key.Key_F2)
    return hands.page.parts.intake.card.form


def filled(form: IntakeForm) -> tuple[str, str]:
    site = form.site.site
    return ("" if site is None else site.id, form.device.text())


def test_a_scan_fills_site_and_device_and_the_caret_goes_on(hands: Hands, form: IntakeForm) -> None:
    hands.type("AN-0012")
    assert form.site.list.marked is not None
    assert form.site.list.sites.data(form.site.list.view.currentIndex()) == "AN-0012 · 八街街道办事处节点"
    hands.press(Key.Key_Return)
    assert filled(form) == ("bajie", "AN-0012 交换机")
    assert hands.focus is form.symptom
    assert form.values["device"] == "AN-0012 交换机"


def test_a_scanner_quicker_than_the_answer_fills_both_all_the_same(hands: Hands, form: IntakeForm) -> None:
    form.site.setText("an-0003")
    assert not form.site.settle()
    hands.settle()
    assert filled(form) == ("shizhengfu", "AN-0003 路由器")


def test_a_site_taken_by_its_name_leaves_the_device_alone(hands: Hands, form: IntakeForm) -> None:
    form.device.setText("旧电脑")
    hands.type("AN-0012")
    hands.press(Key.Key_Backspace)
    hands.press(Key.Key_Backspace)
    form.site.clear()
    hands.type("bj")
    hands.press(Key.Key_Return)
    assert filled(form) == ("bajie", "旧电脑")


def test_an_unknown_label_is_said_at_the_field(hands: Hands, form: IntakeForm) -> None:
    hands.type("AN-0099")
    hands.press(Key.Key_Return)
    assert form.errors["site"].text() == "没有叫「AN-0099」的站点或设备标识，请换个字或拼音首字母"


def test_the_devices_of_the_site_are_two_keys_away(hands: Hands, form: IntakeForm) -> None:
    hands.type("bj")
    hands.press(Key.Key_Tab)
    form.device.setFocus()
    hands.press(Key.Key_Down)
    assert form.devices.list.texts.stringList() == ["AN-0007 服务器", "AN-0012 交换机　3 柜 12U"]
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert filled(form) == ("bajie", "AN-0012 交换机")
    assert not form.devices.list.isVisible()


def test_a_device_found_first_brings_its_site(hands: Hands, form: IntakeForm) -> None:
    form.device.setFocus()
    hands.type("lyq")
    assert not form.devices.list.isVisible()
    form.device.clear()
    hands.type("0003")
    assert form.devices.list.texts.stringList() == ["AN-0003 路由器　市政府大楼机房"]
    hands.press(Key.Key_Escape)
    assert not form.devices.list.isVisible()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Up)
    hands.press(Key.Key_Return)
    assert filled(form) == ("shizhengfu", "AN-0003 路由器")


def test_a_device_of_no_register_is_typed_as_it_is(hands: Hands, form: IntakeForm) -> None:
    form.device.setFocus()
    hands.type("0012")
    form.site.setFocus()
    assert not form.devices.list.isVisible()
    form.device.setFocus()
    form.device.clear()
    hands.type("x")
    hands.press(Key.Key_Backspace)
    assert filled(form) == ("", "")
