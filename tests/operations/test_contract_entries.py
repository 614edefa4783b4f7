"""The contract's own ledger as a screen shows it."""

from __future__ import annotations

from decimal import Decimal

from dispatch_app.contract.tally import Party
from dispatch_app.operations.contract_ledger import (
    RecordClaim,
    RecordCompensation,
    RecordPayment,
    RecordSecrecyBreach,
    RecordTermination,
    WithdrawContractFact,
)
from tests.operations.scene import Scene


def test_every_entry_is_listed_the_latest_first_with_what_it_counts(scene: Scene) -> None:
    for command in (
        RecordPayment("100000", "凭证1号"),
        RecordClaim("9.4", Party.CLIENT, "", "索赔函1号", accepted=True),
        RecordClaim("9.4", Party.CLIENT, "100", "索赔函2号", accepted=False),
        RecordClaim("9.4", Party.CONTRACTOR, "40000", "索赔函3号", accepted=True),
        RecordClaim("8.5", Party.CLIENT, "", "索赔函4号", accepted=True),
        RecordCompensation(Party.CONTRACTOR, "500", "协议1号", accepted=True),
        RecordSecrecyBreach("通报1号", "图纸外泄"),
        RecordTermination(Party.CLIENT, "解除函1号"),
    ):
        scene.do(command)

    rows = scene.queries.contract_entries()

    assert [(row.title, row.clause, row.party, row.amount) for row in rows] == [
        ("解除合同", "九.1–九.3", "甲方", None),
        ("违反保密条款", "九.3", "", None),
        ("赔偿", "八.4", "乙方", Decimal("500.00")),
        ("索赔", "8.5", "甲方", None),
        ("索赔", "九.4", "乙方", Decimal("40000.00")),
        ("索赔", "九.4", "甲方", Decimal("32000.00")),
        ("索赔", "九.4", "甲方", Decimal("32000.00")),
        ("付款", "八.2", "", Decimal("100000.00")),
    ]
    assert [row.accepted for row in rows] == [True, True, True, True, True, False, True, True]
    assert rows[1].note == "图纸外泄"
    assert {row.operator for row in rows} == {"李鸿兰"}


def test_what_was_taken_back_stays_with_its_reason(scene: Scene) -> None:
    paid = scene.do(RecordPayment("100", "凭证1号")).created
    scene.do(WithdrawContractFact(paid, "重复录入"))

    (row,) = scene.queries.contract_entries()

    assert (row.title, row.withdrawn) == ("付款", "重复录入")
