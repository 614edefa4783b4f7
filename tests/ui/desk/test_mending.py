"""What was mistyped is mended in place, and what happens seldom is asked in place too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from dispatch_app.contract.facts import FactKind
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.desk import Desk
from dispatch_app.ui.desk.detail_panel import DetailPanel
from dispatch_app.ui.desk.detail_questions import Questions
from tests.ui.conftest import FRIDAY
from tests.ui.desk.conftest import SMALL, Hands, fact_of, read

Key = Qt.Key
Day = dict[str, str]
K = FactKind


def test_a_time_is_corrected_on_the_time_line_by_keys_alone(
    day: Day, hands: Hands, desk: Desk, panel: DetailPanel, questions: Questions
) -> None:
    row = hands.choose("宁湖")
    hands.press(Key.Key_E)
    assert hands.focus is panel.timeline
    assert questions.correct.title.text() == "更正 出发（14:14:00）"
    hands.press(Key.Key_Up)
    assert questions.correct.title.text() == "更正 响应（14:07:56）"
    hands.press(Key.Key_1)
    hands.type("4:09")
    hands.press(Key.Key_Return)
    hands.type("wrong key")
    hands.press(Key.Key_Return)
    entry = next(entry for entry in read(hands, desk, row.id).timeline if entry.kind is K.ACKNOWLEDGED)
    assert (entry.at, entry.original_at) == (FRIDAY - 1387, FRIDAY - 1451)
    line = next(
        panel.timeline.lines.line(place)
        for place in range(panel.timeline.lines.rowCount())
        if panel.timeline.lines.line(place).title == "响应"
    )
    assert line.time == "14:09:00"
    assert line.below[0] == "原记 14:07:56"
    assert "wrong key" in line.below[1]
    assert hands.focus is hands.page.parts.queue
    assert [part.name for part in hands.chosen.engagements] == ["张懿明"]


def test_a_fact_is_voided_with_a_reason(
    day: Day, hands: Hands, desk: Desk, panel: DetailPanel, questions: Questions
) -> None:
    row = hands.choose("宁湖")
    hands.press(Key.Key_E)
    questions.correct.void.click()
    hands.settle()
    assert "没有写更正的原因" in questions.correct.error.text()
    questions.correct.reason.setText("did not leave")
    questions.correct.void.click()
    hands.settle()
    entry = next(entry for entry in read(hands, desk, row.id).timeline if entry.kind is K.DEPARTED)
    assert entry.voided
    assert hands.chosen.stage is Stage.ACKNOWLEDGED


@pytest.mark.parametrize(
    ("typed", "reason"), [("", "还没有新时间"), ("25:99", "不是一个时间"), ("23:59", "还没有到")]
)
def test_a_correction_needs_a_time_that_can_be(
    day: Day, hands: Hands, questions: Questions, typed: str, reason: str
) -> None:
    hands.choose("宁湖")
    hands.press(Key.Key_E)
    questions.correct.time.setText(typed)
    questions.correct.reason.setText("because")
    questions.correct.save.click()
    hands.settle()
    assert reason in questions.correct.error.text()
    assert questions.correct.reason.text() == "because"
    assert hands.focus is questions.correct.time


def test_on_a_small_screen_correcting_turns_back_to_the_time_line(
    day: Day, hands: Hands, panel: DetailPanel
) -> None:
    hands.page.resize(*SMALL)
    hands.choose("宁湖")
    panel.tabs.setCurrentIndex(1)
    hands.press(Key.Key_E)
    assert panel.timeline.isVisible()


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [("symptom", "slow again", "slow again"), ("caller", "Li", "Li"), ("room", "302", "302")],
)
def test_words_of_the_report_are_amended(
    day: Day, hands: Hands, desk: Desk, questions: Questions, field: str, value: str, shown: str
) -> None:
    row = hands.choose("市委")
    hands.press(Key.Key_I)
    strip = questions.amend
    strip.field.setCurrentIndex(strip.field.findData(field))
    strip.text.setText(value)
    strip.reason.setText("misheard")
    strip.save.click()
    hands.settle()
    detail = read(hands, desk, row.id)
    assert {"symptom": detail.row.symptom, "caller": detail.caller, "room": detail.room}[field] == shown
    assert not questions.open


def test_the_emergency_is_amended_by_choice_and_needs_a_reason(
    day: Day, hands: Hands, questions: Questions
) -> None:
    hands.choose("市委")
    hands.press(Key.Key_I)
    strip = questions.amend
    strip.field.setCurrentIndex(strip.field.findData("emergency"))
    assert strip.codes.currentText() == "否"
    strip.codes.setCurrentIndex(strip.codes.findData("1"))
    strip.save.click()
    hands.settle()
    assert "没有写更正紧急的原因" in strip.error.text()
    strip.reason.setText("three units down")
    hands.press(Key.Key_Return)
    strip.save.click()
    hands.settle()
    assert hands.chosen.emergency


def test_the_site_is_amended_by_pinyin_and_brings_its_zone(
    day: Day, hands: Hands, questions: Questions
) -> None:
    hands.choose("市委")
    hands.press(Key.Key_I)
    strip = questions.amend
    strip.field.setCurrentIndex(strip.field.findData("site"))
    strip.save.click()
    assert "还没有站点" in strip.error.text()
    strip.site.setFocus()
    hands.type("qinglong")
    hands.press(Key.Key_Return)
    strip.reason.setText("wrong building")
    strip.save.click()
    hands.settle()
    assert hands.chosen.site_name == "青龙街道办事处节点"
    assert hands.chosen.zone == "outlying"


# ── what happens seldom ──


def test_third_party_work_is_recorded_with_its_parts(
    day: Day, hands: Hands, desk: Desk, questions: Questions
) -> None:
    row = hands.choose("禄脿")
    hands.press(Key.Key_T)
    strip = questions.third_party
    strip.labour.setText("150")
    strip.parts.setText("光模块 260")
    strip.save.click()
    hands.settle()
    assert "看不懂" in strip.error.text()
    strip.parts.setText("光模块：260×2；尾纤:15")
    hands.press(Key.Key_Return)
    detail = fact_of(desk, row.id, K.THIRD_PARTY)
    assert [(part.name, str(part.unit_price), part.quantity) for part in detail.parts] == [  # type: ignore[attr-defined]
        ("光模块", "260.00", 2), ("尾纤", "15.00", 1),
    ]  # fmt: skip


def test_a_sum_that_is_none_is_refused_by_the_desk_in_place(
    day: Day, hands: Hands, questions: Questions
) -> None:
    hands.choose("禄脿")
    hands.press(Key.Key_T)
    questions.third_party.labour.setText("a lot")
    questions.third_party.save.click()
    hands.settle()
    assert "人工费不是金额" in questions.third_party.error.text()
    assert questions.third_party.labour.text() == "a lot"


def test_an_engineer_is_taken_off_with_a_reason(day: Day, hands: Hands, questions: Questions) -> None:
    hands.choose("宁湖")
    hands.page.parts.detail.ask_release("zhangyiming")
    assert questions.release.title.text() == "张懿明 撤出 A-0006"
    hands.type("ill")
    hands.press(Key.Key_Return)
    assert hands.chosen.engagements == ()


def test_faults_of_one_cause_are_joined(day: Day, hands: Hands, questions: Questions) -> None:
    hands.choose("市委")
    hands.press(Key.Key_B)
    strip = questions.group
    assert strip.other.count() == 5
    strip.other.setCurrentIndex(strip.other.findData(day["宁湖大厦一机房"]))
    strip.save.click()
    hands.settle()
    assert hands.chosen.group_size == 2
