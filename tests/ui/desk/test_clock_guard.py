"""The machine's clock under watch: a step is said until verified; sleep and time zones are none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from dispatch_app.operations.alarm_ladder import Rung
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.operations.rows import ClockDoubt
from dispatch_app.ui.bridge.messages import Message
from dispatch_app.ui.bridge.ticker import Ticker
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.clock_guard import step_words
from dispatch_app.ui.desk.desk_page import DeskPage
from dispatch_app.ui.desk.timeline_model import Line
from tests.ui.conftest import FRIDAY, StillClock
from tests.ui.desk.conftest import Hands, PaperMap

HOUR = 3600
BEIJING = 8 * HOUR


class Machine:
    """Counts with the clock, but not with who sets it."""

    def __init__(self, clock: StillClock) -> None:
        self._clock = clock
        self._set = 0
        self.offset = BEIJING

    def through_sleep(self) -> float:
        return float(self._clock.moment - self._set)

    def local_offset(self) -> int:
        return self.offset

    def set_clock(self, seconds: int) -> None:
        """Somebody moves the clock."""
        self._clock.moment += seconds
        self._set += seconds


@pytest.fixture
def machine(clock: StillClock) -> Machine:
    return Machine(clock)


def banner(page: DeskPage) -> str:
    """What the banner says; empty while there is none."""
    return page.guard.banner.text.text() if page.guard.banner.isVisible() else ""


def lines(hands: Hands) -> list[Line]:
    timeline = hands.page.parts.detail.timeline.lines
    return [timeline.line(row) for row in range(timeline.rowCount())]


def step(hands: Hands, machine: Machine, seconds: int) -> None:
    machine.set_clock(seconds)
    hands.tick(1)
    hands.settle()


def test_an_hour_forward_is_said_recorded_and_verified(
    day: dict[str, str], hands: Hands, machine: Machine, desk: Desk
) -> None:
    assert banner(hands.page) == ""
    step(hands, machine, HOUR)

    assert banner(hands.page).startswith(
        "电脑时钟被拨动 +1:00:00（11-22 14:32:08 → 11-22 15:32:08），其间记下的时刻待核"
    )
    assert desk.queries.clock_doubt() == ClockDoubt(FRIDAY + 1, FRIDAY + 1 + HOUR)
    hands.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    assert banner(hands.page) == ""
    assert desk.queries.clock_doubt() is None


def test_what_is_typed_meanwhile_is_marked_in_the_time_line(
    day: dict[str, str], hands: Hands, machine: Machine
) -> None:
    step(hands, machine, 2 * HOUR)
    hands.choose("市委")
    hands.press(Qt.Key.Key_1)
    marked = [line for line in lines(hands) if "待核" in line.aside]
    assert [line.title for line in marked] == ["派单"]
    assert "待核" in marked[0].spoken


def test_a_day_forward_rings_once_and_taken_back_rings_anew_when_its_time_comes(
    hands: Hands, context: UiContext, machine: Machine, desk: Desk, said: list[Message]
) -> None:
    heard: list[Rung] = []
    hands.page.alarms._play = heard.append
    place = desk.queries.find_sites("宁湖大厦一机房")[0].id
    context.executor.submit(RegisterFault(context.ticker.now, place, "断网"), hands.page)
    hands.settle()
    said.clear()
    step(hands, machine, 24 * HOUR)
    assert [message.text.partition("：")[0] for message in said] == ["拨钟之后 4 条"]
    assert heard == [Rung.BREACHED]
    step(hands, machine, -24 * HOUR)

    assert banner(hands.page) == ""
    assert not hands.page.alarms.strip.isVisible()
    assert hands.page.queue.data(hands.page.queue.index(0, 2)) == "19:58"
    heard.clear()
    for _ in range(17):
        hands.tick(60)
    assert heard == [Rung.LAST_CALL]


def test_an_hour_back_leaves_every_fault_in_the_queue(
    day: dict[str, str], hands: Hands, machine: Machine, desk: Desk
) -> None:
    before = {fault.id for fault in hands.page.queue.faults}
    step(hands, machine, -HOUR)
    assert "−1:00:00" in banner(hands.page)
    assert {fault.id for fault in hands.page.queue.faults} == before
    hands.choose("市委")
    assert [line.title for line in lines(hands)] == ["接报"]


def test_eight_hours_asleep_mark_nothing(
    day: dict[str, str], hands: Hands, machine: Machine, desk: Desk, said: list[Message]
) -> None:
    said.clear()
    hands.tick(8 * HOUR)
    assert banner(hands.page) == ""
    assert desk.queries.clock_doubt() is None
    assert [message.text[:4] for message in said if "条" in message.text] == ["睡眠期间"]


def test_a_start_behind_the_latest_fact_puts_up_the_banner(
    day: dict[str, str], context: UiContext, clock: StillClock, hands: Hands, machine: Machine
) -> None:
    machine.set_clock(-2 * HOUR)
    again = DeskPage(context, map_factory=PaperMap)
    again.show()
    hands.settle()
    assert "−" in banner(again)
    again.close()
    again.deleteLater()


def test_another_time_zone_is_hinted_at_once_and_again_only_when_it_changes(
    hands: Hands, machine: Machine, said: list[Message]
) -> None:
    machine.offset = 0
    hands.tick(1)
    hands.tick(61)
    machine.offset = -5 * HOUR - 1800
    hands.tick(61)
    machine.offset = BEIJING
    hands.tick(61)
    assert [message.text for message in said if "时区" in message.text] == [
        "电脑的时区是 UTC+00:00，调度台一律显示北京时间",
        "电脑的时区是 UTC−05:30，调度台一律显示北京时间",
    ]


def test_the_drill_at_sixty_times_is_no_step(qapp: object) -> None:
    seconds = [0.0]
    clock = DrillClock(FRIDAY, lambda: seconds[0], 60)
    ticker = Ticker(clock)
    steps: list[object] = []
    ticker.stepped.connect(steps.append)
    for _ in range(50):
        seconds[0] += 0.2
        ticker.beat()
    clock.skip_to(FRIDAY + 9000)
    ticker.beat()
    assert steps == []
    assert not ticker.real


def test_the_banner_names_seconds_hours_and_days() -> None:
    assert "+5 秒（" in step_words(ClockDoubt(FRIDAY, FRIDAY + 5))
    assert "−0:01:00（" in step_words(ClockDoubt(FRIDAY, FRIDAY - 60))
    assert "+24:00:00（11-22 14:32:07 → 11-23 14:32:07）" in step_words(ClockDoubt(FRIDAY, FRIDAY + 86_400))


def test_verifying_without_a_doubt_does_nothing(hands: Hands, said: list[Message], desk: Desk) -> None:
    hands.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
    assert said == []
