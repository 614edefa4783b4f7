"""发票: of the same sum, before the payment."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.entries import AmendEntry
from tests.operations.registers.registering import act, add, detail, view
from tests.operations.scene import Scene

INVOICE = {"invoice_no": "24532000000012345", "dated": "2024-11-20", "amount": "160,000.00"}


def test_an_invoice_is_of_the_contract_s_sum_or_says_why_not(scene: Scene) -> None:
    add(scene, "invoices", INVOICE)
    with pytest.raises(KnownError) as refused:
        add(scene, "invoices", INVOICE, invoice_no="2", amount="158000")
    assert refused.value.message == "发票金额 158,000.00 元与合同价 160,000.00 元不等额（八.3）"
    assert refused.value.field == "amount"
    add(
        scene,
        "invoices",
        INVOICE,
        invoice_no="2",
        amount="158000",
        difference="按结算扣减（八.4）",
    )
    with pytest.raises(KnownError, match="发票号码 2 已用在 A-FP0002"):
        add(scene, "invoices", INVOICE, invoice_no="2")


def test_an_invoice_is_handed_over_once_and_not_before_it_was_made(scene: Scene) -> None:
    entry = add(scene, "invoices", INVOICE)
    assert view(scene, "invoices", "at_hand") == ["A-FP0001"]
    with pytest.raises(KnownError, match="发票在开出之前就交给甲方了"):
        act(scene, entry, "deliver", delivered="2024-11-19")
    with pytest.raises(KnownError, match="没有写交付日期"):
        act(scene, entry, "deliver", taker="王科")
    with pytest.raises(KnownError, match="交甲方还没有到"):
        act(scene, entry, "deliver", delivered="2024-11-23")
    act(scene, entry, "deliver", delivered="今天", taker="王科")
    assert detail(scene, entry).typed["taker"] == "王科"
    with pytest.raises(KnownError, match="这张发票已交甲方"):
        act(scene, entry, "deliver", delivered="今天")
    with pytest.raises(KnownError, match="开票日期还没有到"):
        scene.do(AmendEntry(entry, 2, {"dated": "2024-12-01"}, "写错"))
