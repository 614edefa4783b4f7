"""合同: payment, invoice and renewal on the contract's page, and the application as a paper."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from dispatch_app.contract.calendar_beijing import parse_moment
from dispatch_app.operations.contract_ledger import RecordPayment
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.ui.pages.contract import ContractPage
from dispatch_app.ui.pages.contract_papers import ContractPapersCard
from dispatch_app.ui.pages.renewal_panel import RenewalPanel, renewal_panel
from dispatch_app.ui.registers.registers_page import RegistersPage
from dispatch_app.ui.widgets.buttons import Button
from tests.ui.pages.conftest import RealDay


@pytest.fixture
def card(day: RealDay, qtbot: QtBot) -> ContractPapersCard:
    made = ContractPapersCard(day.context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    day.settle()
    return made


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> RegistersPage:
    day.clock.moment = parse_moment("2025-01-20 09:00")
    made = RegistersPage(day.context, "registers", ["renewals"])
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    day.settle()
    return made


def button(page: RegistersPage, words: str) -> Button:
    return next(one for one in page.findChildren(Button) if one.words == words)


def test_a_payment_without_an_invoice_is_red_until_one_is_entered(
    card: ContractPapersCard, day: RealDay
) -> None:
    assert (card.invoice.text(), card.payment.text()) == ("还没有登记", "已付 0.00 元")
    day.context.executor.submit(RecordPayment("160000", "付〔2024〕1号"), card)
    day.settle()
    assert card.payment.text() == "已付 160,000.00 元；2024-11-22 付款前没有登记发票，甲方本有权拒付"
    assert card.payment.property("tone") == "breached"
    invoice = {"invoice_no": "1", "dated": "今天", "amount": "160000"}
    day.context.executor.submit(AddEntry("invoices", invoice), card)
    day.settle()
    assert card.invoice.text() == "1 张，合计 160,000.00 元"
    assert card.payment.property("tone") == "text"


def test_the_ways_lead_to_the_registers(card: ContractPapersCard, day: RealDay) -> None:
    asked: list[object] = []
    card.register_wanted.connect(asked.append)
    card.to_invoices.click()
    card.to_renewals.click()
    assert asked == [("invoices", RegisterFilter(), ""), ("renewals", RegisterFilter(), "")]


def test_outside_the_window_the_panel_says_how_long_it_is(day: RealDay, qtbot: QtBot) -> None:
    contract = ContractPage(day.context)
    qtbot.addWidget(contract)
    contract.resize(1200, 800)
    contract.show()
    day.settle()
    assert "还早 52 天" in contract.papers.renewal.text()
    contract.papers.draft.click()
    day.settle()
    panel = contract.findChild(RenewalPanel)
    assert isinstance(panel, RenewalPanel)
    assert panel.isVisible()
    assert not panel.issue_button.isEnabled()


def test_inside_the_window_it_is_issued_from_its_register_and_seen_again(
    page: RegistersPage, day: RealDay
) -> None:
    button(page, "看申请书").click()
    assert day.said[-1].text == "没有选申请"
    button(page, "起草申请").click()
    day.settle()
    panel = renewal_panel(day.context, page.shown)
    panel.issue()
    day.settle()
    assert panel.title.text() == "续签申请 续签〔2025〕1号"
    panel.dismiss()
    day.settle()
    button(page, "看申请书").click()
    day.settle()
    assert panel.isVisible()
    assert panel.title.text() == "续签申请 续签〔2025〕1号"
    panel.dismiss()
    elsewhere = day.desk.perform(AddEntry("renewals", {"letter": "手写 1 号", "dated": "今天"})).created
    panel.show_issued(elsewhere)
    day.settle()
    assert day.said[-1].text == "这份申请不是在这里出的"
