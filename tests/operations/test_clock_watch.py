"""A step of the machine's clock is found; sleep, slewing and reading in whole seconds are none."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dispatch_app.operations.clock_watch import ClockWatch, Step

NOW = 1_732_257_127
BEAT = 0.2


@dataclass
class Machine:
    """A wall clock that can be set and a counter that cannot."""

    wall: float = float(NOW)
    counter: float = 5000.0
    rate: float = 1.0

    def through_sleep(self) -> float:
        return self.counter

    def run(self, seconds: float) -> None:
        self.counter += seconds
        self.wall += seconds * self.rate


def watched(machine: Machine) -> ClockWatch:
    return ClockWatch(machine.through_sleep, int(machine.wall))


def looks(machine: Machine, watch: ClockWatch, count: int, beat: float = BEAT) -> list[Step]:
    found = []
    for _ in range(count):
        machine.run(beat)
        step = watch.look(int(machine.wall))
        if step is not None:
            found.append(step)
    return found


def test_an_ordinary_day_has_no_steps() -> None:
    machine = Machine(wall=NOW + 0.999)
    assert looks(machine, watched(machine), 2000) == []


@pytest.mark.parametrize("rate", [1.0005, 0.9995])
def test_slewing_by_half_a_millisecond_a_second_is_none(rate: float) -> None:
    machine = Machine(rate=rate)
    watch = watched(machine)
    assert looks(machine, watch, 30_000, beat=1.0) == []
    assert abs(machine.wall - NOW - (machine.counter - 5000)) > 10


def test_eight_hours_asleep_are_none() -> None:
    machine = Machine()
    watch = watched(machine)
    machine.run(8 * 3600)
    assert watch.look(int(machine.wall)) is None
    assert looks(machine, watch, 50) == []


def test_what_a_night_put_wrong_may_be_put_right_once() -> None:
    machine = Machine()
    watch = watched(machine)
    machine.run(8 * 3600)
    watch.look(int(machine.wall))
    machine.wall += 5
    assert looks(machine, watch, 5) == []
    machine.wall += 5
    assert [step.seconds for step in looks(machine, watch, 5)] in ([4], [5], [6])


@pytest.mark.parametrize("seconds", [-3600, 86_400, 4, -4])
def test_a_step_is_told_once_with_before_and_after(seconds: int) -> None:
    machine = Machine()
    watch = watched(machine)
    looks(machine, watch, 10)
    machine.wall += seconds
    found = looks(machine, watch, 100)
    assert len(found) == 1
    assert abs(found[0].seconds - seconds) <= 1
    assert abs(found[0].before - (NOW + 2)) <= 1


def test_a_step_while_asleep_is_found_at_waking() -> None:
    machine = Machine()
    watch = watched(machine)
    machine.run(8 * 3600)
    machine.wall += 86_400
    step = watch.look(int(machine.wall))
    assert step == Step(NOW + 8 * 3600, NOW + 8 * 3600 + 86_400)


def test_two_seconds_are_within_what_whole_seconds_can_hide() -> None:
    machine = Machine()
    watch = watched(machine)
    machine.wall += 2
    assert watch.look(int(machine.wall)) is None
