"""The words and figures of a settlement: counters, sums, adjustments, standards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from dispatch_app.contract.calendar_beijing import start_of
from dispatch_app.contract.clocks import ClockName
from dispatch_app.operations.settlement_rows import AdjustmentRow, PenaltyRow, StandardRow, TallyRow
from dispatch_app.ui.pages.tallies_issued import IssuedModel
from dispatch_app.ui.pages.tallies_period import (
    Period,
)
from dispatch_app.ui.pages.tallies_summary import SummaryCard, counter_words
from dispatch_app.ui.pages.tallies_tables import FACE_ROLE, StandardModel, money, sum_lines
from dispatch_app.ui.theme.theme import Themes
from tests.ui.conftest import FRIDAY

NOVEMBER = Period(start_of(date(2024, 11, 1)), start_of(date(2024, 12, 1)))
OCTOBER = Period(start_of(date(2024, 10, 1)), start_of(date(2024, 11, 1)))
TERM_DAYS = (date(2024, 3, 1), date(2025, 2, 28))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "本合同期已 0 次，第 6 次起甲方可解除合同"),
        (4, "本合同期已 4 次，第 6 次起甲方可解除合同"),
        (5, "本合同期已 5 次，再有一次甲方就可解除合同"),
        (6, "本合同期已 6 次，超过 5 次，甲方有权解除合同"),
    ],
)
def test_the_counters_say_what_they_mean(count: int, text: str) -> None:
    assert counter_words(count, 5) == text


def test_money_has_its_commas_and_a_proper_minus() -> None:
    assert money(Decimal("160000")) == "160,000.00"
    assert money(Decimal("-2000.5")) == "−2,000.50"


def penalty(**changes: object) -> PenaltyRow:
    row = PenaltyRow(
        fault_id="f1", fault_number="A-0001", site_name="宁湖大厦一机房", clause="4.6", cycle=2,
        started_at=None, due_at=None, stopped_at=None, late_s=0, at=None, amount=Decimal("420.00"),
        in_term=True, flags=("300",), dispute="", waiver="",
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


def tally_of(*penalties: PenaltyRow, **changes: object) -> TallyRow:
    nought = Decimal("0.00")
    row = TallyRow(
        start=NOVEMBER.start, end=NOVEMBER.end, faults=3, penalties=penalties, standards=(),
        unreachable_count=0, unreachable_amount=nought, nobody_sent_count=0, nobody_sent_amount=nought,
        third_party_count=0, third_party_amount=nought, waived=nought, total=nought,
        price=Decimal("160000.00"), paid=nought, payable=nought, owed=nought, payable_words="零元整",
        termination=(), term_unreachable_count=0, term_nobody_sent_count=0, count_limit=5,
    )  # fmt: skip
    return replace(row, **changes)  # type: ignore[arg-type]


def line(row: TallyRow) -> list[str]:
    (only,) = sum_lines(row)
    return [face.words for face in only.faces]


def test_a_third_partys_cost_of_exactly_300_is_marked() -> None:
    assert line(tally_of(penalty())) == [
        "A-0001 宁湖大厦一机房", "四.6 第 2 次", "—", "—", "420.00 300 元整", "",
    ]  # fmt: skip


def test_a_disputed_sum_names_its_document() -> None:
    assert line(tally_of(penalty(dispute="函〔2024〕2号")))[5] == "申辩 函〔2024〕2号"


def test_a_claim_belongs_to_no_fault() -> None:
    claim = penalty(fault_id="", fault_number="", site_name="", clause="9.4", flags=("函1",), at=FRIDAY)
    (only,) = sum_lines(tally_of(claim_rows=(claim,)))
    assert only.fault_id == ""
    assert only.faces[0].words == "索赔 函1"
    assert only.faces[2].words == "11-22 14:32:07"


def test_an_adjustment_names_the_sheet_it_adjusts() -> None:
    adjusted = AdjustmentRow("结算〔2024〕1号", "f1", "A-0001", "9.2", 1, "时间已更正", Decimal("-2000.00"))
    assert line(tally_of(adjustments=(adjusted,))) == [
        "A-0001 调整 结算〔2024〕1号", "九.2", "—", "—", "−2,000.00", "调整 时间已更正",
    ]  # fmt: skip


def test_what_exceeds_the_price_is_owed(qtbot: QtBot, themes: Themes) -> None:
    card = SummaryCard(themes)
    qtbot.addWidget(card)
    card.show_tally(tally_of(owed=Decimal("1234.50"), paid=Decimal("160000.00")))
    assert "另欠 1,234.50 元" in card.owed.text()
    assert not card.owed.isHidden()
    assert not card.parts["已付"].isHidden()
    card.show_tally(tally_of())
    assert card.owed.isHidden()
    assert card.parts["已付"].isHidden()


def test_no_documents_are_the_trial_alone() -> None:
    model = IssuedModel()
    model.show_documents(())
    assert model.rowCount() == 1
    assert model.document(0) is None
    assert model.row_of("nobody") == 0


def test_a_breached_standard_is_red_and_a_nought_is_faint() -> None:
    model = StandardModel()
    model.show_rows([StandardRow(ClockName.ARRIVAL, "到场", "二.3", 3, 2, 0, 0, 0)])
    roles = [model.index(0, column).data(FACE_ROLE).role for column in range(7)]
    assert roles == ["text", "quiet", "text", "breached_text", "faint", "faint", "faint"]
