"""Payments and claims on the page of the settlement: typed, counted, taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from dispatch_app.ui.pages.tallies import ENTRIES, TalliesPage
from dispatch_app.ui.pages.tallies_entries import EntriesPane
from tests.ui.pages.conftest import RealDay


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> Iterator[TalliesPage]:
    made = TalliesPage(day.context)
    made.resize(1290, 712)
    made.show()
    day.settle()
    made.which.button(ENTRIES).click()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def pane(page: TalliesPage) -> EntriesPane:
    return page.entries


def shown(pane: EntriesPane) -> list[list[str]]:
    model = pane.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_an_empty_list_says_how_to_begin(pane: EntriesPane) -> None:
    assert pane.empty.isVisible()
    assert "记一笔" in pane.empty.hint.text()
    assert pane.add.isVisible()
    assert not pane.withdraw.isEnabled()


def test_a_payment_typed_by_key_lowers_what_is_payable(
    page: TalliesPage, pane: EntriesPane, day: RealDay, qtbot: QtBot
) -> None:
    pane.add.click()
    qtbot.keyClicks(pane.form.amount, "60,000")
    qtbot.keyClicks(pane.form.document, "PZ-1")
    qtbot.keyClick(pane.form.document, Qt.Key.Key_Return)
    day.settle()

    assert not pane.form.isVisible()
    assert shown(pane)[0][:2] == ["付款", "八.2"]
    assert shown(pane)[0][4] == "60,000.00"
    assert page.summary.payable.text() == "100,000.00 元"


def test_a_claim_without_a_sum_counts_a_fifth_of_the_price_once_it_is_accepted(
    page: TalliesPage, pane: EntriesPane, day: RealDay
) -> None:
    for accepted in (False, True):
        pane.add.click()
        pane.form.kind.button("claim").click()
        pane.form.document.setText("索赔函〔2024〕1号")
        pane.form.accepted.setChecked(accepted)
        pane.form.save.click()
        day.settle()

    assert [line[4] for line in shown(pane)] == ["32,000.00", "32,000.00"]
    assert shown(pane)[1][5].endswith("对方未认可，不计")
    assert page.summary.payable.text() == "128,000.00 元"


@pytest.mark.parametrize(
    ("kind", "party", "title"),
    [
        ("secrecy", "client", "违反保密条款"),
        ("termination", "contractor", "解除合同"),
        ("compensation", "client", "赔偿"),
    ],
)
def test_the_other_entries_ask_just_what_they_need(
    pane: EntriesPane, day: RealDay, kind: str, party: str, title: str
) -> None:
    pane.add.click()
    form = pane.form
    form.kind.button(kind).click()
    form.who.button(party).click()
    assert form.amount.isVisible() is (kind == "compensation")
    assert form.note.isVisible() is (kind == "secrecy")
    assert form.accepted.isVisible() is (kind == "compensation")
    form.amount.setText("80")
    form.document.setText("函1号")
    form.save.click()
    day.settle()

    assert [line[0] for line in shown(pane)] == [title]


@pytest.mark.parametrize(
    ("amount", "document", "when", "said"),
    [("很多", "函1号", "", "不是金额"), ("5", "", "", "没有写文件编号"), ("5", "函1号", "23:59", "还没有到")],
)
def test_what_cannot_be_recorded_says_why_and_keeps_what_was_typed(
    pane: EntriesPane, day: RealDay, amount: str, document: str, when: str, said: str
) -> None:
    pane.add.click()
    form = pane.form
    form.amount.setText(amount)
    form.document.setText(document)
    form.when.setText(when)
    form.save.click()
    day.settle()

    assert said in form.error.text()
    assert form.isVisible()
    assert (form.amount.text(), form.document.text()) == (amount, document)
    assert shown(pane) == []


def test_an_entry_is_taken_back_with_a_reason_and_stays_in_the_list(
    page: TalliesPage, pane: EntriesPane, day: RealDay, qtbot: QtBot
) -> None:
    pane.add.click()
    pane.form.amount.setText("60000")
    pane.form.document.setText("PZ-1")
    pane.form.save.click()
    day.settle()
    pane.table.selectRow(0)
    pane.withdraw.click()
    pane.withdraw_form.save.click()
    day.settle()
    assert "原因" in pane.withdraw_form.error.text()

    qtbot.keyClicks(pane.withdraw_form.reason, "wrong")
    qtbot.keyClick(pane.withdraw_form.reason, Qt.Key.Key_Return)
    day.settle()

    assert shown(pane)[0][5] == "PZ-1 已撤回：wrong"
    assert page.summary.payable.text() == "160,000.00 元"
    pane.table.selectRow(0)
    assert not pane.withdraw.isEnabled()


def test_escape_leaves_the_form_and_records_nothing(pane: EntriesPane, day: RealDay, qtbot: QtBot) -> None:
    pane.add.click()
    qtbot.keyClick(pane.form.amount, Qt.Key.Key_Escape)
    day.settle()

    assert not pane.form.isVisible()
    assert shown(pane) == []
