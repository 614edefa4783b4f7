"""Printing from the registers of devices: which labels, on what, how many cards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.registers.card_panel import SINGLE, CardPanel
from dispatch_app.ui.registers.label_panel import ALL, SOME, LabelPanel
from dispatch_app.ui.registers.registers_page import RegistersPage
from dispatch_app.ui.widgets.buttons import Button
from dispatch_app.ui.widgets.labels import Text
from tests.reports.pdf import page_texts, text
from tests.ui.pages.conftest import RealDay
from tests.ui.printing.papers import PaperTray


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> RegistersPage:
    """The registers of devices; three devices at two sites."""
    for label, site in (("AN-0001", "八街"), ("AN-0002", "八街"), ("AN-0003", "县街")):
        device = {"label": label, "kind": "交换机", "site": site, "state": "在用", "important": "否"}
        day.desk.perform(AddEntry("devices", device))
    made = RegistersPage(day.context, "devices", ["devices", "service_cards"])
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.activateWindow()
    day.settle()
    return made


def press(page: RegistersPage, words: str) -> None:
    next(one for one in page.shown.findChildren(Button) if one.words == words).click()


def select(page: RegistersPage, *rows: int) -> None:
    table = page.shown.table
    flags = QItemSelectionModel.SelectionFlag
    table.clearSelection()
    for row in rows:
        index = table.model().index(row, 0)
        table.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)


@pytest.fixture
def labels(page: RegistersPage, day: RealDay) -> LabelPanel:
    """The panel with the labels of the second and the third device."""
    select(page, 1, 2)
    press(page, "标识贴")
    day.settle()
    day.settle()
    panel = page.findChild(LabelPanel)
    assert panel is not None
    return panel


def issued(day: RealDay, kind: DocumentKind) -> str:
    (document,) = day.documents(kind)
    return text(day.desk.queries.document_pdf(document.id))


def test_the_labels_of_what_is_selected_are_issued_and_printed(
    labels: LabelPanel, day: RealDay, tray: PaperTray
) -> None:
    assert labels.range.button(SOME).text() == "选中的 2 台"
    labels.issue_button.click()
    day.settle()
    day.settle()
    found = issued(day, DocumentKind.DEVICE_LABELS)
    assert "AN-0001" not in found
    assert "AN-0002" in found
    assert "AN-0003" in found
    assert [job.number for job, _ in tray.sent] == ["标识〔2024〕1号"]


def test_all_that_the_list_shows_is_a_click_away(
    page: RegistersPage, labels: LabelPanel, day: RealDay
) -> None:
    labels.dismiss()
    page.shown.filters.search.setText("县街")
    day.settle()
    press(page, "标识贴")
    day.settle()
    labels.range.button(ALL).click()
    day.settle()
    labels.only_issue_button.click()
    day.settle()
    found = issued(day, DocumentKind.DEVICE_LABELS)
    assert "AN-0003" in found
    assert "AN-0002" not in found
    assert len(page.findChildren(LabelPanel)) == 1


def test_the_paper_chosen_is_kept_as_the_setting_and_a_roll_has_no_used_labels(
    labels: LabelPanel, day: RealDay
) -> None:
    assert labels.gone.isVisible()
    labels.medium.button("roll_60x40").click()
    day.settle()
    day.settle()
    assert day.desk.queries.setting("label_medium") == "roll_60x40"
    assert not labels.gone.isVisible()
    labels.paper_bar.printer.choose("label-writer")
    day.settle()
    assert day.desk.queries.setting("label_printer") == "label-writer"
    assert day.desk.queries.setting("printer") == ""
    labels.only_issue_button.click()
    day.settle()
    (document,) = day.documents(DocumentKind.DEVICE_LABELS)
    assert len(page_texts(day.desk.queries.document_pdf(document.id))) == 2


def test_labels_already_gone_move_the_first_one_and_the_caret_stays(labels: LabelPanel, day: RealDay) -> None:
    labels.gone.setFocus()
    QTest.keyClick(labels.gone, Qt.Key.Key_Up)
    day.settle()
    assert labels.choice.skip == 1
    assert QApplication.focusWidget() is labels.gone


def test_the_calibration_page_is_issued_from_the_same_panel(labels: LabelPanel, day: RealDay) -> None:
    labels.calibrate_button.click()
    day.settle()
    assert labels.title.text() == "标签校准页"
    labels.only_issue_button.click()
    day.settle()
    assert "现在向右 0.0 mm" in issued(day, DocumentKind.LABEL_CALIBRATION)


def test_without_a_device_the_panel_says_what_to_do(page: RegistersPage, day: RealDay) -> None:
    page.shown.filters.search.setText("没有这台")
    day.settle()
    press(page, "标识贴")
    day.settle()
    day.settle()
    panel = page.findChild(LabelPanel)
    assert panel is not None
    assert not panel.range.button(SOME).isEnabled()
    assert "没有要印标识贴的设备" in [one.text() for one in panel.preview.findChildren(Text)]
    assert not panel.issue_button.isEnabled()


def test_cards_are_issued_by_the_sheet_or_one_by_one(page: RegistersPage, day: RealDay) -> None:
    page.show_register("service_cards")
    day.settle()
    press(page, "印服务卡片")
    day.settle()
    panel = page.findChild(CardPanel)
    assert panel is not None
    panel.form.button(SINGLE).click()
    panel.pages.setValue(3)
    day.settle()
    panel.only_issue_button.click()
    day.settle()
    (document,) = day.documents(DocumentKind.SERVICE_CARDS)
    assert document.title == "服务卡片 服务卡〔2024〕1号 3 张"
