"""What an alarm says, what it costs, and silence for some minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from dispatch_app.contract.clocks import ClockName
from dispatch_app.operations.alarm_ladder import Alarm, Rung, Watch
from dispatch_app.ui.desk import alarm_sound
from dispatch_app.ui.desk.alarm_mute import Mute
from dispatch_app.ui.desk.alarm_words import (
    AlarmSettings,
    FaultWatches,
    Occasion,
    alarm_words,
    consequence,
    digest,
    fault_watches,
    figure_words,
    promise_watches,
    whom_to_ring,
)
from dispatch_app.ui.desk.urgency import Threshold
from tests.ui.desk.rows import AMOUNT, HOUR, MINUTE, NOW, THRESHOLDS, C, breached, fault, met, running

TEN_AND_THREE = Threshold(600, 180)
SETTINGS = AlarmSettings(True, "朱红成", "0871-68686833")


def watches(*clocks: object, **fields: object) -> list[Watch]:
    return fault_watches([fault(7, *clocks, **fields)], THRESHOLDS, AMOUNT)  # type: ignore[arg-type] # made by hand


def only(clock: ClockName, due: int, **fields: object) -> Watch:
    return watches(running(clock, due), **fields)[0]


def test_only_clocks_on_which_time_still_counts_are_watched() -> None:
    found = watches(
        running(C.ARRIVAL, NOW + 60), met(C.RESPONSE, 60),
        breached(C.REPAIR_START, NOW - 60, stopped=NOW - 5),
        breached(C.DISPATCH_5H, NOW - 60),
    )  # fmt: skip
    assert [watch.clock for watch in found] == ["arrival", "dispatch_5h"]


def test_of_many_faults_only_the_one_that_changed_is_watched_anew() -> None:
    rows = [fault(number, running(C.ARRIVAL, NOW + 60)) for number in range(300)]
    kept = FaultWatches()
    gone, come = kept.changed(rows, THRESHOLDS, AMOUNT)
    assert (gone, len(come)) == ([], 300)
    assert kept.changed(rows, THRESHOLDS, AMOUNT) == ([], [])
    rows[7] = fault(7, running(C.ARRIVAL, NOW + 90))
    left = rows.pop()
    gone, come = kept.changed(rows, THRESHOLDS, AMOUNT)
    assert {watch.fault_id for watch in gone} == {rows[7].id, left.id}
    assert [watch.due_at for watch in come] == [NOW + 90]
    assert len(kept.changed(rows, THRESHOLDS, AMOUNT + 1)[1]) == 299


def test_a_day_is_over_at_its_midnight_and_a_limit_a_second_after() -> None:
    assert only(C.SAME_DAY, NOW).over_at == NOW
    assert only(C.ARRIVAL, NOW).over_at == NOW + 1


def test_the_right_to_terminate_comes_before_the_sum_and_both_before_the_rest() -> None:
    grave = {clock: only(clock, NOW).grave for clock in C}
    assert sorted(grave, key=lambda clock: -grave[clock])[:2] == [C.DISPATCH_2D, C.DISPATCH_5H]
    assert grave[C.ARRIVAL] == 0


@pytest.mark.parametrize(
    ("clock", "ordinal", "words"),
    [
        (C.DISPATCH_5H, 3, "九.2 第 3 次，2,000 元·出发即停"),
        (C.DISPATCH_5H, 0, "九.2，2,000 元·出发即停"),
        (C.DISPATCH_2D, 1, "甲方可解除合同·出发即停"),
        (C.ARRIVAL, 0, "超出服务标准，记入凭据·到场即停"),
    ],
)
def test_a_breach_says_what_it_costs_and_what_stops_it(clock: ClockName, ordinal: int, words: str) -> None:
    alarm = Alarm(only(clock, NOW, penalty_ordinal=ordinal), Rung.BREACHED)
    assert consequence(alarm, SETTINGS) == words


def test_a_last_call_says_whom_to_ring_and_what_it_would_cost() -> None:
    alarm = Alarm(only(C.DISPATCH_5H, NOW, penalty_ordinal=2), Rung.LAST_CALL)
    assert consequence(alarm, SETTINGS) == (
        "无人应答就找 朱红成 0871-68686833·超时则九.2 第 2 次，2,000 元·出发即停"
    )
    assert consequence(alarm, AlarmSettings()) == "超时则九.2 第 2 次，2,000 元·出发即停"


def test_whom_to_ring_without_a_number_and_again() -> None:
    assert whom_to_ring(AlarmSettings(manager="朱红成"), again=False) == "无人应答就找 朱红成"
    assert whom_to_ring(SETTINGS, again=True) == "仍无人应答，请打 朱红成 0871-68686833"


def test_figures_never_run_backwards() -> None:
    watch = only(C.ARRIVAL, NOW)
    assert figure_words(Alarm(watch, Rung.LAST_CALL), NOW - 271) == "04:31"
    assert figure_words(Alarm(watch, Rung.LAST_CALL), NOW + 5) == "00:00"
    assert figure_words(Alarm(watch, Rung.BREACHED), NOW + HOUR) == "+1:00:00"
    assert figure_words(Alarm(watch, Rung.BREACHED), NOW - 5) == "+00:00"


def test_an_alarm_in_words() -> None:
    watch = only(C.ARRIVAL, NOW)
    assert alarm_words(Alarm(watch, Rung.LAST_CALL), NOW - 270) == "A-0007 到场 只剩 4 分"
    assert alarm_words(Alarm(watch, Rung.BREACHED), NOW + 1) == "A-0007 到场 已超时"
    assert alarm_words(Alarm(watch, Rung.BREACHED), NOW + HOUR) == "A-0007 到场 已超时 1 小时"


def test_a_clock_of_an_earlier_cycle_says_so() -> None:
    watch = watches(running(C.ARRIVAL, NOW, cycle=1), cycle=2)[0]
    assert (watch.label, watch.cycle) == ("A-0007 到场（前次）", 1)


def test_a_digest_names_four_and_counts_the_rest() -> None:
    watch = only(C.ARRIVAL, NOW)
    alarms = [Alarm(replace(watch, label=f"A-000{place}"), Rung.BREACHED) for place in range(6)]
    assert digest(alarms, NOW, Occasion.SLEEP) == (
        "睡眠期间 6 条：A-0000 已超时；A-0001 已超时；A-0002 已超时；A-0003 已超时；另有 2 条"
    )
    assert digest(alarms[:1], NOW, None) == "A-0000 已超时"


@dataclass(frozen=True)
class Promise:
    id: str = "p1"
    fault_id: str = ""
    caller: str = "周秘书"
    callback: str = "0871-68699125"
    due_at: int = NOW


def test_a_promise_is_late_from_the_second_after() -> None:
    watch = promise_watches([Promise()], TEN_AND_THREE)[0]
    assert (watch.clock, watch.label) == ("promise", "回电 周秘书 0871-68699125")
    assert [watch.rung_at(NOW - left) for left in (600, 180, 0, -1)] == [
        Rung.SOON, Rung.LAST_CALL, Rung.LAST_CALL, Rung.BREACHED,
    ]  # fmt: skip
    assert consequence(Alarm(watch, Rung.BREACHED), SETTINGS) == "回电即停"


def test_a_promise_to_somebody_without_a_name_is_named_by_the_number() -> None:
    assert promise_watches([Promise(caller="")], TEN_AND_THREE)[0].label == "回电 0871-68699125"


# ── silence ──


def test_silence_runs_out_once() -> None:
    mute = Mute()
    assert not mute.has_run_out(NOW)
    mute.begin(5, NOW)
    assert mute.left(NOW + MINUTE) == 4 * MINUTE
    assert not mute.has_run_out(NOW + 5 * MINUTE - 1)
    assert mute.has_run_out(NOW + 5 * MINUTE)
    assert not mute.has_run_out(NOW + 5 * MINUTE)
    assert not mute.on


def test_a_clock_set_back_does_not_make_silence_longer() -> None:
    mute = Mute()
    mute.begin(5, NOW)
    assert mute.left(NOW - HOUR) == 5 * MINUTE
    assert mute.left(NOW - HOUR + 5 * MINUTE) == 0


# ── sound ──


def test_without_a_player_the_bell_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    monkeypatch.setattr(alarm_sound.shutil, "which", lambda _name: None)
    alarm_sound.make_sound()(Rung.BREACHED)
    assert beeps == [1]


def test_with_a_player_each_rung_has_a_sound_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def start(program: str, arguments: list[str]) -> tuple[bool, int]:
        started.append([program, *arguments])
        return True, 1

    monkeypatch.setattr(alarm_sound.shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(QProcess, "startDetached", start)
    play = alarm_sound.make_sound()
    play(Rung.LAST_CALL)
    play(Rung.BREACHED)
    assert started == [
        ["/bin/canberra-gtk-play", "--id", "dialog-warning"],
        ["/bin/canberra-gtk-play", "--id", "dialog-error"],
    ]


def test_a_player_that_does_not_start_is_replaced_by_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    monkeypatch.setattr(QProcess, "startDetached", lambda _program, _arguments: (False, 0))
    alarm_sound.ThemeSound("/bin/none")(Rung.LAST_CALL)
    assert beeps == [1]
