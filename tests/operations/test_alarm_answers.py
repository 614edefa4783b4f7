"""An alarm that was heard is kept: once, signed, and only where it still means something."""

from __future__ import annotations

import json

from sqlalchemy import select

from dispatch_app.contract.facts import FactKind
from dispatch_app.models import AlarmAnswer, DeskEvent
from dispatch_app.operations.alarm_ladder import AlarmKey, Rung
from dispatch_app.operations.alarms import AnswerAlarm
from tests.operations.scene import Scene


def key(scene: Scene, fault: str, rung: Rung = Rung.LAST_CALL, due: int | None = None) -> AlarmKey:
    return AlarmKey(fault, 1, "response", rung, scene.time("08:50") if due is None else due)


def test_an_answer_is_a_fact_and_outlives_the_program(scene: Scene) -> None:
    fault = scene.register()
    scene.at("08:47").do(AnswerAlarm(key(scene, fault)))

    assert scene.queries.alarm_answers() == {key(scene, fault)}
    with scene.database.reader() as session:
        event = session.scalars(select(DeskEvent).where(DeskEvent.subject == "alarm")).one()
        row = session.scalars(select(AlarmAnswer)).one()
    assert (event.subject_id, event.kind) == (fault, "answered")
    assert json.loads(event.payload) == {
        "clock": "response", "cycle": 1, "due": scene.time("08:50"), "threshold": "last_call",
    }  # fmt: skip
    assert row.operator_name == event.operator_name == "李鸿兰"


def test_the_same_answer_again_does_nothing(scene: Scene) -> None:
    fault = scene.register()
    scene.do(AnswerAlarm(key(scene, fault)))
    scene.at("08:48").do(AnswerAlarm(key(scene, fault)))
    with scene.database.reader() as session:
        assert len(session.scalars(select(DeskEvent).where(DeskEvent.subject == "alarm")).all()) == 1


def test_each_rung_and_each_due_moment_has_its_own_answer(scene: Scene) -> None:
    fault = scene.register()
    for one in (key(scene, fault), key(scene, fault, Rung.BREACHED), key(scene, fault, due=5)):
        scene.do(AnswerAlarm(one))
    assert len(scene.queries.alarm_answers()) == 3


def test_answers_of_ended_faults_are_not_read_and_those_of_promises_are(scene: Scene) -> None:
    fault = scene.register()
    promise = AlarmKey("p1", 1, "promise", Rung.BREACHED, scene.time("08:40"))
    scene.do(AnswerAlarm(key(scene, fault)))
    scene.do(AnswerAlarm(promise))
    scene.mark(fault, FactKind.RESOLVED)
    scene.mark(fault, FactKind.CLOSED)
    assert scene.queries.alarm_answers() == {promise}


def test_an_answer_given_under_a_clock_that_ran_ahead_does_not_count_and_can_be_given_again(
    scene: Scene,
) -> None:
    fault = scene.register()
    later = key(scene, fault, due=scene.time("09:50"))
    scene.at("2024-11-23 09:00").do(AnswerAlarm(later))
    assert scene.queries.alarm_answers() == {later}

    scene.at("09:00")
    assert scene.queries.alarm_answers() == set()
    scene.do(AnswerAlarm(later))
    assert scene.queries.alarm_answers() == {later}
