"""The ladder at the desk: said and heard once, answered once, silent for minutes, a digest after a pause."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.alarm_ladder import Rung
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import CorrectFact, RecordMilestone, RegisterFault
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.ui.bridge.messages import Message
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.alarm_strip import AlarmStrip
from dispatch_app.ui.desk.desk_page import DeskPage
from tests.ui.desk.conftest import Hands, PaperMap

MINUTE = 60
SEVENTEEN = 17 * MINUTE
"""The response clock's last call: three minutes before its twenty are over."""
F8 = Qt.Key.Key_F8


@pytest.fixture
def heard(page: DeskPage) -> list[Rung]:
    """Every sound of the page's alarms, by rung."""
    sounds: list[Rung] = []
    page.alarms._play = sounds.append
    return sounds


@pytest.fixture
def strip(page: DeskPage) -> AlarmStrip:
    return page.alarms.strip


def wait(hands: Hands, seconds: int) -> None:
    """Let time pass as it does, a minute at a look: nobody sleeps."""
    while seconds > 0:
        hands.tick(min(seconds, MINUTE))
        seconds -= MINUTE


def report(hands: Hands, context: UiContext, desk: Desk, site: str = "宁湖大厦一机房") -> str:
    place = desk.queries.find_sites(site)[0].id
    context.executor.submit(RegisterFault(context.ticker.now, place, "断网"), hands.page)
    hands.settle()
    return hands.chosen.id


def shown(strip: AlarmStrip) -> list[str]:
    """What stands in the strip, figures and consequences included."""
    return [
        f"{line.figure.text()} {line.name.words} {line.says.text()}"
        for line in strip.lines
        if line.isVisible()
    ]


def names(strip: AlarmStrip) -> list[str]:
    return [line.name.words for line in strip.lines if line.isVisible()]


def test_the_last_minutes_stand_above_the_queue_with_whom_to_ring_and_are_heard_once(
    hands: Hands, context: UiContext, desk: Desk, strip: AlarmStrip, heard: list[Rung]
) -> None:
    report(hands, context, desk)
    wait(hands, SEVENTEEN - 1)
    assert not strip.isVisible()
    hands.tick(1)
    hands.tick(29)

    assert shown(strip) == [
        "02:31 A-0001 响应 最后提醒 "
        "无人应答就找 朱红成 0871-68686833·超时则超出服务标准，记入凭据·响应或出发即停"
    ]
    assert heard == [Rung.LAST_CALL]


def test_two_at_once_are_one_sound(
    hands: Hands, context: UiContext, desk: Desk, strip: AlarmStrip, heard: list[Rung]
) -> None:
    report(hands, context, desk)
    report(hands, context, desk, "市委大楼机房")
    wait(hands, SEVENTEEN)

    assert names(strip) == ["A-0001 响应 最后提醒", "A-0002 响应 最后提醒"]
    assert heard == [Rung.LAST_CALL]


def test_an_answer_silences_one_rung_and_never_the_next(
    hands: Hands, context: UiContext, desk: Desk, strip: AlarmStrip, heard: list[Rung]
) -> None:
    report(hands, context, desk)
    wait(hands, SEVENTEEN)
    hands.press(F8)
    assert not strip.isVisible()
    wait(hands, 3 * MINUTE)
    assert not strip.isVisible()
    hands.tick(1)

    assert shown(strip) == ["+00:01 A-0001 响应 已超时 超出服务标准，记入凭据·响应或出发即停"]
    assert heard == [Rung.LAST_CALL, Rung.BREACHED]
    hands.press(F8)
    wait(hands, 5 * MINUTE)
    assert not strip.isVisible()
    assert "超" in hands.page.queue.breach_line(hands.page.queue.data(hands.page.queue.index(0, 2), 257))


def test_an_unanswered_last_call_is_made_again_and_names_the_manager(
    hands: Hands, context: UiContext, desk: Desk, strip: AlarmStrip, heard: list[Rung]
) -> None:
    report(hands, context, desk)
    wait(hands, SEVENTEEN + 2 * MINUTE)

    assert "仍无人应答，请打 朱红成 0871-68686833" in shown(strip)[0]
    assert heard == [Rung.LAST_CALL, Rung.LAST_CALL]


def test_when_to_call_again_is_a_setting(
    hands: Hands, context: UiContext, desk: Desk, heard: list[Rung]
) -> None:
    context.executor.submit(ChangeSetting("last_call_repeat", "1"), hands.page)
    hands.settle()
    report(hands, context, desk)
    wait(hands, SEVENTEEN + MINUTE)
    assert heard == [Rung.LAST_CALL, Rung.LAST_CALL]


def test_a_met_clock_leaves_and_another_rings(
    hands: Hands, context: UiContext, desk: Desk, strip: AlarmStrip
) -> None:
    fault = report(hands, context, desk)
    wait(hands, SEVENTEEN)
    context.executor.submit(RecordMilestone(fault, FactKind.ACKNOWLEDGED, 1), hands.page)
    hands.settle()
    assert not strip.isVisible()
    wait(hands, 18 * MINUTE)

    assert names(strip) == ["A-0001 到场 最后提醒"]


def test_a_corrected_report_rings_anew_though_it_was_answered(
    hands: Hands, context: UiContext, desk: Desk, strip: AlarmStrip, heard: list[Rung]
) -> None:
    fault = report(hands, context, desk)
    wait(hands, SEVENTEEN)
    hands.press(F8)
    fact = desk.queries.fault_detail(fault).timeline[0]
    context.executor.submit(CorrectFact(fault, fact.fact_id, fact.at - MINUTE, "听错", 1), hands.page)
    hands.settle()

    assert shown(strip)[0].startswith("02:00 A-0001 响应")
    assert heard == [Rung.LAST_CALL, Rung.LAST_CALL]


def test_the_sound_can_be_turned_off_and_the_strip_stays(
    hands: Hands, context: UiContext, desk: Desk, strip: AlarmStrip, heard: list[Rung]
) -> None:
    context.executor.submit(ChangeSetting("sound", "0"), hands.page)
    hands.settle()
    report(hands, context, desk)
    wait(hands, SEVENTEEN)

    assert len(shown(strip)) == 1
    assert heard == []


def test_a_breach_of_nine_two_says_its_sum_and_comes_first(
    day: dict[str, str], hands: Hands, strip: AlarmStrip, desk: Desk
) -> None:
    assert names(strip)[0] == "A-0002 派人 5h 已超时"
    assert shown(strip)[0].endswith("九.2 第 1 次，2,000 元·出发即停")
    assert strip.lines[0].answer.accessibleName() == "知道了：A-0002 派人 5h 已超时"


def test_every_fault_is_named_before_a_second_clock_of_one(
    day: dict[str, str], hands: Hands, strip: AlarmStrip
) -> None:
    assert names(strip) == ["A-0002 派人 5h 已超时", "A-0002 响应 已超时", "A-0002 到场 已超时"]
    wait(hands, 8 * MINUTE)
    assert names(strip) == ["A-0002 派人 5h 已超时", "A-0006 到场 最后提醒", "A-0002 响应 已超时"]
    assert strip.more.text() == "另有 1 条"


def test_more_than_three_are_counted_and_a_low_screen_shows_one(
    day: dict[str, str], hands: Hands, strip: AlarmStrip
) -> None:
    wait(hands, 40 * MINUTE)
    standing = len(hands.page.alarms._standing)
    assert standing > 4
    assert len(shown(strip)) == 3
    assert strip.more.text() == f"另有 {standing - 3} 条"
    hands.page.resize(1290, 712)
    assert len(shown(strip)) == 1
    assert strip.more.text() == f"另有 {standing - 1} 条"
    assert len(strip.more.toolTip().splitlines()) == standing - 1


def test_a_click_selects_the_fault_and_leaves_the_caret(
    day: dict[str, str], hands: Hands, strip: AlarmStrip
) -> None:
    hands.choose("宁湖")
    hands.press(Qt.Key.Key_F2)
    typing = hands.focus
    QTest.mouseClick(strip.lines[0].name, Qt.MouseButton.LeftButton)
    hands.settle()
    assert hands.chosen.number == "A-0002"
    hands.page.parts.queue.choose(day["宁湖大厦一机房"])
    QTest.mouseClick(strip.lines[0].says, Qt.MouseButton.LeftButton)
    hands.settle()

    assert hands.chosen.number == "A-0002"
    assert hands.focus is typing


def test_answering_the_last_one_by_its_button_gives_the_focus_to_the_queue(
    hands: Hands, context: UiContext, desk: Desk, strip: AlarmStrip
) -> None:
    report(hands, context, desk)
    wait(hands, SEVENTEEN)
    strip.lines[0].answer.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(Qt.Key.Key_Space)

    assert not strip.isVisible()
    assert hands.focus is hands.page.parts.queue


# ── after a pause ──


def test_a_night_asleep_is_one_line_and_one_sound(
    hands: Hands, context: UiContext, desk: Desk, said: list[Message], heard: list[Rung]
) -> None:
    report(hands, context, desk)
    context.ticker._machine = FixedMachine()
    said.clear()
    hands.tick(8 * 3600)

    assert [message.text for message in said] == [
        "睡眠期间 3 条：A-0001 派人 5h 已超时 3 小时；A-0001 响应 已超时 7 小时 40 分；"
        "A-0001 到场 已超时 7 小时 20 分"
    ]
    assert heard == [Rung.BREACHED]


def test_a_clock_that_is_not_the_machines_was_skipped_and_did_not_sleep(
    hands: Hands, context: UiContext, desk: Desk, said: list[Message]
) -> None:
    report(hands, context, desk)
    hands.tick(SEVENTEEN)
    assert said[-1].text == "时钟跳过期间 1 条：A-0001 响应 只剩 3 分"
    assert said[-1].remedy == "无人应答就找 朱红成 0871-68686833"


def test_what_was_answered_before_a_restart_does_not_ring_again(
    day: dict[str, str], hands: Hands, context: UiContext, said: list[Message]
) -> None:
    assert [message.text for message in said] == [
        "启动时 3 条：A-0002 派人 5h 已超时 20 分；A-0002 响应 已超时 5 小时；A-0002 到场 已超时 3 小时 20 分"
    ]
    for _ in range(3):
        hands.press(F8)
    assert not hands.page.alarms.strip.isVisible()
    said.clear()
    again = DeskPage(context, map_factory=PaperMap)
    again.show()
    hands.settle()

    assert said == []
    assert not again.alarms.strip.isVisible()
    again.close()
    again.deleteLater()


# ── silence ──


def mute(page: DeskPage, minutes: int) -> None:
    action = next(one for one in page.alarms.strip._menu.actions() if one.data() == minutes)
    action.trigger()


def test_silence_counts_down_shows_breaches_and_ends_with_one_digest(
    hands: Hands, context: UiContext, desk: Desk, strip: AlarmStrip, heard: list[Rung], said: list[Message]
) -> None:
    report(hands, context, desk)
    wait(hands, SEVENTEEN)
    mute(hands.page, 5)
    heard.clear()
    wait(hands, 4 * MINUTE)
    assert heard == []
    assert names(strip) == ["A-0001 响应 已超时"]
    assert strip.mute.words == "静音中 01:00"
    said.clear()
    wait(hands, MINUTE)

    assert [message.text for message in said] == ["静音结束，还有 1 条：A-0001 响应 已超时 2 分"]
    assert heard == [Rung.BREACHED]
    assert strip.mute.words == "静音…"


def test_silence_can_be_ended_at_once_and_is_quiet_where_nothing_stands(
    hands: Hands, strip: AlarmStrip, heard: list[Rung], said: list[Message]
) -> None:
    mute(hands.page, 30)
    assert strip.isVisible()
    mute(hands.page, 0)
    assert not strip.isVisible()
    assert heard == []
    assert said == []


def test_the_silence_menu_opens_by_its_key(
    day: dict[str, str], hands: Hands, strip: AlarmStrip, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(strip._menu, "popup", opened.append)
    hands.press(F8, Qt.KeyboardModifier.ShiftModifier)
    assert len(opened) == 1
    assert [action.text() for action in strip._menu.actions() if action.isVisible()] == [
        "静音 5 分钟", "静音 15 分钟", "静音 30 分钟",
    ]  # fmt: skip


# ── elsewhere ──


def test_on_another_page_the_message_bar_says_it_and_the_window_flashes(
    hands: Hands, context: UiContext, desk: Desk, said: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    flashed: list[object] = []
    monkeypatch.setattr(QApplication, "alert", flashed.append)
    report(hands, context, desk)
    said.clear()
    hands.page.hide()
    wait(hands, SEVENTEEN)

    assert [message.text for message in said] == ["A-0001 响应 只剩 3 分"]
    assert flashed == [hands.page.window()]


def test_anything_that_falls_due_can_be_watched(
    hands: Hands, context: UiContext, strip: AlarmStrip, heard: list[Rung]
) -> None:
    owed = Promise("p1", "", "周秘书", "0871-68699125", context.ticker.now + 10 * MINUTE)
    hands.page.alarms.watch_promises([owed])
    wait(hands, 7 * MINUTE)
    assert shown(strip) == [
        "03:00 回电 周秘书 0871-68699125 最后提醒 无人应答就找 朱红成 0871-68686833·回电即停"
    ]
    assert not strip.lines[0].name.isEnabled()
    hands.page.alarms.watch_promises([])
    assert not strip.isVisible()


class Promise(NamedTuple):
    id: str
    fault_id: str
    caller: str
    callback: str
    due_at: int


class FixedMachine:
    def through_sleep(self) -> float:
        return 0.0

    def local_offset(self) -> int:
        return 28_800
