"""The last call: said and heard once a clock, with whom to ring, and never twice for the same moment."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import CorrectFact, RecordMilestone, RegisterFault
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.ui.bridge.messages import Message
from dispatch_app.ui.context import UiContext
from tests.ui.desk.conftest import Hands

SEVENTEEN_MINUTES = 17 * 60


@pytest.fixture
def beeps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    heard: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(1))
    return heard


def report(hands: Hands, context: UiContext, desk: Desk, site: str = "宁湖大厦一机房") -> str:
    place = desk.queries.find_sites(site)[0].id
    context.executor.submit(RegisterFault(context.ticker.now, place, "断网"), hands.page)
    hands.settle()
    return hands.chosen.id


def calls(said: list[Message]) -> list[Message]:
    return [message for message in said if "只剩" in message.text]


def test_the_last_minutes_are_said_with_whom_to_ring_and_heard_once(
    hands: Hands, context: UiContext, desk: Desk, said: list[Message], beeps: list[int]
) -> None:
    report(hands, context, desk)
    hands.tick(SEVENTEEN_MINUTES - 1)
    assert calls(said) == []
    hands.tick(1)
    hands.tick(30)

    assert [message.text for message in calls(said)] == ["A-0001 响应 只剩 3 分"]
    assert calls(said)[0].remedy == "无人应答就找 朱红成 0871-68686833"
    assert beeps == [1]


def test_several_at_once_are_one_line_and_one_sound(
    hands: Hands, context: UiContext, desk: Desk, said: list[Message], beeps: list[int]
) -> None:
    report(hands, context, desk)
    report(hands, context, desk, "市委大楼机房")
    hands.tick(SEVENTEEN_MINUTES)

    assert [message.text for message in calls(said)] == ["A-0001 响应 只剩 3 分；A-0002 响应 只剩 3 分"]
    assert beeps == [1]


def test_an_answered_call_is_not_called_again_and_another_clock_is(
    hands: Hands, context: UiContext, desk: Desk, said: list[Message]
) -> None:
    fault = report(hands, context, desk)
    hands.tick(SEVENTEEN_MINUTES)
    context.executor.submit(RecordMilestone(fault, FactKind.ACKNOWLEDGED, 1), hands.page)
    hands.settle()
    hands.tick(18 * 60)

    assert [message.text for message in calls(said)][1:] == ["A-0001 到场 只剩 5 分"]


def test_a_corrected_report_calls_anew(
    hands: Hands, context: UiContext, desk: Desk, said: list[Message]
) -> None:
    fault = report(hands, context, desk)
    hands.tick(SEVENTEEN_MINUTES)
    fact = desk.queries.fault_detail(fault).timeline[0]
    context.executor.submit(CorrectFact(fault, fact.fact_id, fact.at - 60, "听错", 1), hands.page)
    hands.settle()

    assert [message.text for message in calls(said)][1:] == ["A-0001 响应 只剩 2 分"]


def test_the_sound_can_be_turned_off_and_the_line_stays(
    hands: Hands, context: UiContext, desk: Desk, said: list[Message], beeps: list[int]
) -> None:
    context.executor.submit(ChangeSetting("sound", "0"), hands.page)
    hands.settle()
    report(hands, context, desk)
    hands.tick(SEVENTEEN_MINUTES)

    assert len(calls(said)) == 1
    assert beeps == []
