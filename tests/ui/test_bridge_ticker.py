"""One tick a second, by the clock that was handed in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from dispatch_app.ui.bridge.ticker import Ticker

AFTER_2038 = 2**31 + 5


def test_a_tick_carries_the_moment_once_a_second(clock: Any, qapp: QCoreApplication) -> None:
    ticker = Ticker(clock)
    seen: list[int] = []
    ticker.second.connect(seen.append)
    ticker.beat()
    clock.moment += 1
    ticker.beat()
    ticker.beat()
    clock.moment += 60
    ticker.beat()
    assert seen == [clock.moment - 60, clock.moment]
    assert ticker.now == clock.moment


def test_a_clock_set_back_ticks_too(clock: Any, qapp: QCoreApplication) -> None:
    ticker = Ticker(clock)
    seen: list[int] = []
    ticker.second.connect(seen.append)
    clock.moment -= 3600
    ticker.beat()
    assert seen == [clock.moment]


def test_moments_after_2038_are_not_cut(clock: Any, qapp: QCoreApplication) -> None:
    ticker = Ticker(clock)
    seen: list[int] = []
    ticker.second.connect(seen.append)
    clock.moment = AFTER_2038
    ticker.beat()
    assert seen == [AFTER_2038]


def test_a_started_ticker_beats_by_itself_until_stopped(clock: Any, qtbot: QtBot) -> None:
    ticker = Ticker(clock)
    ticker.start()
    with qtbot.waitSignal(ticker.second) as caught:
        clock.moment += 1
    assert caught.args == [clock.moment]
    ticker.stop()
    clock.moment += 1
    with qtbot.assertNotEmitted(ticker.second, wait=450):
        pass
