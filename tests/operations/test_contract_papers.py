"""Payment, invoice and renewal: an invoice comes before the money, an application inside its window."""

from __future__ import annotations

from decimal import Decimal

from dispatch_app.operations.contract_ledger import RecordPayment
from dispatch_app.operations.people_rows import Said
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.renewals import IssueRenewal
from tests.operations.registers.registering import act, add
from tests.operations.scene import Scene

INVOICE = {"invoice_no": "1", "dated": "2024-11-20", "amount": "160000"}


def test_a_payment_before_any_invoice_is_pointed_out(scene: Scene) -> None:
    said = scene.do(RecordPayment("160000", "付〔2024〕1号")).message
    assert said == "已记付款 160000.00 元；付款前没有登记发票（八.3），请在登记簿的发票里补登"
    papers = scene.queries.contract_papers()
    assert (papers.invoices, papers.paid, papers.uncovered) == (0, Decimal("160000.00"), ("2024-11-22",))
    add(scene, "invoices", INVOICE, dated="今天")
    papers = scene.queries.contract_papers()
    assert (papers.invoices, papers.invoiced, papers.uncovered) == (1, Decimal("160000.00"), ())


def test_an_invoice_that_came_first_covers_the_payment(scene: Scene) -> None:
    add(scene, "invoices", INVOICE)
    assert scene.do(RecordPayment("80000", "付〔2024〕1号")).message == "已记付款 80000.00 元"
    early = scene.do(RecordPayment("80000", "付〔2024〕2号", scene.time("2024-11-19 10:00"))).message
    assert "付款前没有登记发票" in early
    assert scene.queries.contract_papers().uncovered == ("2024-11-19",)


def test_the_renewal_is_told_step_by_step(scene: Scene) -> None:
    papers = scene.queries.contract_papers()
    assert (papers.renewal, papers.open_now) == (Said(), False)
    assert papers.window == "不在续签申请期内（2025-01-13 至 2025-02-28，十.2），还早 52 天"
    scene.at("2025-01-13 09:00").do(IssueRenewal())
    papers = scene.queries.contract_papers()
    assert (papers.renewal, papers.window) == (Said("续签〔2025〕1号，还没有递交"), "现在可以递交续签申请")
    assert papers.open_now
    entry = scene.queries.register_entry_named("renewals", "续签〔2025〕1号")
    act(scene, entry, "submit", submitted="今天")
    waiting = "续签〔2025〕1号，2025-01-13 递交，甲方应在 2025-01-16 前答复"
    assert scene.queries.contract_papers().renewal == Said(waiting, Tone.SOON)
    scene.at("2025-01-17 09:00")
    assert scene.queries.contract_papers().renewal == Said(waiting, Tone.BREACHED)
    act(scene, entry, "answer", reply="同意续签", replied="今天")
    late = "续签〔2025〕1号，2025-01-17 甲方同意续签，晚于应答复日"
    assert scene.queries.contract_papers().renewal == Said(late, Tone.BREACHED)
