"""The ladder: each rung once, an answer silences one, a moved due moment arms again, time may go back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dispatch_app.operations.alarm_ladder import AlarmKey, Ladder, Rung, Watch

DUE = 10_000
SOON, LAST = 600, 180
REPEAT = 120


def watch(due: int = DUE, subject: str = "f1", **fields: object) -> Watch:
    made = Watch(subject, f"A-{subject}", "arrival", due, due + 1, SOON, LAST, fault_id=subject)
    return replace(made, **fields)  # type: ignore[arg-type]


def ladder(*watches: Watch) -> Ladder:
    made = Ladder(REPEAT)
    made.watch(watches)
    return made


def rungs(made: Ladder, now: int) -> list[Rung]:
    return [alarm.rung for alarm in made.look(now)]


def standing(made: Ladder) -> list[tuple[str, Rung]]:
    return [(alarm.watch.subject_id, alarm.rung) for alarm in made.standing()]


def test_each_rung_rings_at_its_own_second_and_once() -> None:
    made = ladder(watch())
    heard = {moment: found for moment in range(DUE - 700, DUE + 300) if (found := rungs(made, moment))}
    assert heard == {
        DUE - SOON: [Rung.SOON],
        DUE - LAST: [Rung.LAST_CALL],
        DUE - LAST + REPEAT: [Rung.LAST_CALL],
        DUE + 1: [Rung.BREACHED],
    }


def test_the_repeat_says_that_it_is_one_and_so_does_what_stands() -> None:
    made = ladder(watch())
    assert [alarm.again for alarm in made.look(DUE - LAST)] == [False]
    assert [alarm.again for alarm in made.standing()] == [False]
    assert [alarm.again for alarm in made.look(DUE - LAST + REPEAT)] == [True]
    assert [alarm.again for alarm in made.standing()] == [True]


def test_an_answered_last_call_is_not_repeated_and_the_breach_rings() -> None:
    made = ladder(watch())
    made.look(DUE - LAST)
    made.answer(watch().key(Rung.LAST_CALL))
    assert standing(made) == []
    assert rungs(made, DUE - 1) == []
    assert rungs(made, DUE + 1) == [Rung.BREACHED]
    assert standing(made) == [("f1", Rung.BREACHED)]


def test_no_repeat_once_it_is_too_late() -> None:
    made = ladder(watch(last_call_s=60))
    made.look(DUE - 60)
    assert rungs(made, DUE + 1) == [Rung.BREACHED]
    assert rungs(made, DUE - 60 + REPEAT) == []


def test_what_was_answered_before_the_start_neither_rings_nor_stands() -> None:
    made = Ladder(REPEAT)
    made.set_answered([watch().key(Rung.BREACHED)])
    made.watch([watch(), watch(DUE + 50, "f2")])
    assert [alarm.watch.subject_id for alarm in made.look(DUE + 100)] == ["f2"]
    assert standing(made) == [("f2", Rung.BREACHED)]


def test_many_moments_passed_at_once_ring_the_gravest_rung_of_each_watch_worst_first() -> None:
    made = ladder(watch(), watch(DUE - 5, "f2"), watch(DUE + 100, "f3"), watch(DUE, "f4", grave=2))
    found = made.look(DUE + 1)
    assert [(alarm.watch.subject_id, alarm.rung) for alarm in found] == [
        ("f4", Rung.BREACHED), ("f2", Rung.BREACHED), ("f1", Rung.BREACHED), ("f3", Rung.LAST_CALL),
    ]  # fmt: skip


def test_soon_colours_and_never_stands() -> None:
    made = ladder(watch())
    assert rungs(made, DUE - SOON) == [Rung.SOON]
    assert standing(made) == []
    assert standing(made) == []


def test_a_moved_due_moment_arms_again() -> None:
    made = ladder(watch())
    made.look(DUE + 1)
    made.answer(watch().key(Rung.BREACHED))
    made.watch([watch(DUE - 60)])
    assert rungs(made, DUE + 2) == [Rung.BREACHED]


def test_a_clock_that_is_stopped_is_silent_and_one_brought_back_stands_without_ringing() -> None:
    made = ladder(watch())
    made.look(DUE + 1)
    made.watch([])
    assert standing(made) == []
    made.watch([watch()])
    assert rungs(made, DUE + 3) == []
    assert standing(made) == [("f1", Rung.BREACHED)]


def test_other_thresholds_move_the_moments_to_come() -> None:
    made = ladder(watch())
    made.watch([watch(last_call_s=60)])
    assert rungs(made, DUE - SOON) == [Rung.SOON]
    assert rungs(made, DUE - LAST) == []
    assert rungs(made, DUE - 60) == [Rung.LAST_CALL]


def test_a_clock_set_back_rings_again_when_the_moment_comes_and_only_then() -> None:
    made = ladder(watch(), watch(DUE - 5000, "f2"))
    made.look(DUE + 1)
    assert made.is_due(DUE - 3600)
    assert rungs(made, DUE - 3600) == []
    assert standing(made) == [("f2", Rung.BREACHED)]
    assert rungs(made, DUE - LAST) == [Rung.LAST_CALL]
    assert rungs(made, DUE + 1) == [Rung.BREACHED]


def test_a_look_is_asked_for_only_when_something_may_have_come() -> None:
    made = ladder(watch())
    assert not made.is_due(DUE - SOON - 1)
    assert made.is_due(DUE - SOON)
    made.look(DUE - SOON)
    assert not made.is_due(DUE - SOON + 1)
    assert not Ladder().is_due(5)


@given(
    dues=st.lists(st.integers(1000, 5000), min_size=1, max_size=6),
    looks=st.lists(st.integers(0, 6000), min_size=1, max_size=40),
    answered=st.sets(st.integers(0, 39)),
)
def test_nothing_rings_twice_however_often_it_is_looked_at(
    dues: list[int], looks: list[int], answered: set[int]
) -> None:
    watches = [watch(due, f"f{place}") for place, due in enumerate(dues)]
    made = Ladder(REPEAT)
    rang: list[tuple[AlarmKey, bool]] = []
    silenced: set[AlarmKey] = set()
    for place, now in enumerate(sorted(looks)):
        made.watch(watches if place % 5 else watches[1:])
        found = made.look(now)
        assert not silenced & {alarm.key for alarm in found}
        rang += [(alarm.key, alarm.again) for alarm in found]
        for alarm in found:
            assert alarm.watch.rung_at(now) is alarm.rung
            if place in answered:
                made.answer(alarm.key)
                silenced.add(alarm.key)
    assert len(rang) == len(set(rang))


@given(dues=st.lists(st.integers(1000, 5000), min_size=1, max_size=6), now=st.integers(0, 6000))
def test_what_stands_is_the_same_whether_time_crept_or_leapt(dues: list[int], now: int) -> None:
    watches = [watch(due, f"f{place}") for place, due in enumerate(dues)]
    crept, leapt = ladder(*watches), ladder(*watches)
    for moment in range(0, now, 97):
        crept.look(moment)
    crept.look(now)
    leapt.look(6000)
    leapt.look(now)
    plain = [(alarm.watch.base, alarm.rung) for alarm in crept.standing()]
    assert plain == [(alarm.watch.base, alarm.rung) for alarm in leapt.standing()]
    assert {rung for _, rung in plain} <= {Rung.LAST_CALL, Rung.BREACHED}


def test_what_changes_beside_it_leaves_what_stands_the_very_same() -> None:
    made = ladder(*(watch(DUE - place, f"f{place}") for place in range(300)))
    made.look(DUE + 1)
    stood = made.standing()
    assert len(stood) == 300
    made.change([], [watch(DUE + 9000, "new")])
    made.look(DUE + 2)
    assert made.standing() is stood
    made.change([watch(DUE - 7, "f7"), watch(DUE, "unheard of")], [watch(DUE - 8, "f8", costs="五百元")])
    assert [alarm.watch.subject_id for alarm in made.standing()] == [
        alarm.watch.subject_id for alarm in stood if alarm.watch.subject_id != "f7"
    ]
    assert [alarm.watch.costs for alarm in made.standing() if alarm.watch.costs] == ["五百元"]


@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 6000), st.lists(st.integers(0, 5), max_size=6, unique=True), st.integers(0, 9)
        ),
        min_size=1,
        max_size=20,
    )
)
def test_what_is_kept_of_what_stands_is_what_counting_out_would_find(
    steps: list[tuple[int, list[int], int]],
) -> None:
    made = Ladder(REPEAT)
    answered: set[AlarmKey] = set()
    for now, shown, silenced in steps:
        watches = [watch(1000 + 700 * place, f"f{place}") for place in shown]
        made.watch(watches)
        made.look(now)
        if silenced < len(watches):
            rung = watches[silenced].rung_at(now) or Rung.SOON
            answered.add(watches[silenced].key(rung))
            made.answer(watches[silenced].key(rung))
        counted = {
            (one.subject_id, rung)
            for one in watches
            if (rung := one.rung_at(now)) not in (None, Rung.SOON) and one.key(rung) not in answered
        }
        assert {(alarm.watch.subject_id, alarm.rung) for alarm in made.standing()} == counted


def test_rungs_have_the_words_of_the_database() -> None:
    assert [rung.word for rung in Rung] == ["soon", "last_call", "breached"]
