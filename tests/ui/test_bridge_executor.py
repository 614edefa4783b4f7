"""The road from a click to the desk and back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes, UndoTicket
from dispatch_app.operations.faults import UndoFacts
from dispatch_app.ui.bridge.executor import BACKGROUND, Applied, Executor, Refusal
from dispatch_app.ui.context import UiContext

Settle = Callable[[], None]


def test_a_command_runs_on_the_writing_thread_and_its_news_arrives_on_this_one(
    context: UiContext, straw: Any, qtbot: QtBot
) -> None:
    straw.answer = lambda command: Changes(staff=frozenset({"s1"}), message="已派给 张懿明")
    here: list[str] = []
    owner = QObject()

    def done(changes: Changes) -> None:
        here.append(threading.current_thread().name)

    with qtbot.waitSignal(context.executor.applied) as caught:
        context.executor.submit("assign", owner, done)
    applied = caught.args[0]
    assert isinstance(applied, Applied)
    assert applied.changes.initiator is owner
    assert applied.changes.message == "已派给 张懿明"
    assert [person.name for person in applied.staff][:2] == ["张懿明", "刘平"]
    assert applied.summary.reported_today == 12
    assert straw.threads == {"desk-writer"}
    assert here == [threading.main_thread().name]


def test_the_rows_of_the_touched_faults_come_with_the_news(
    context: UiContext, straw: Any, qtbot: QtBot
) -> None:
    row = object()
    straw.queries.faults = {"f7": row}
    straw.answer = lambda command: Changes(faults=frozenset({"f7"}))
    with qtbot.waitSignal(context.executor.applied) as caught:
        context.executor.submit("arrive", QObject())
    assert caught.args[0].faults == (row,)


def test_a_person_overtakes_background_work(context: UiContext, straw: Any, settle: Settle) -> None:
    owner = QObject()
    straw.gate.clear()
    for command, priority in (("first", BACKGROUND), ("import", BACKGROUND), ("click", 0), ("click 2", 0)):
        context.executor.submit(command, owner, priority=priority)
    straw.gate.set()
    settle()
    # The first was already taken up when the click came, or not; the rest keeps its order.
    assert straw.commands.index("click") < straw.commands.index("import")
    assert straw.commands.index("click") < straw.commands.index("click 2")


def test_a_question_is_answered_while_the_writer_is_busy(
    context: UiContext, straw: Any, qtbot: QtBot, settle: Settle
) -> None:
    owner = QObject()
    straw.gate.clear()
    context.executor.submit("slow", owner)
    answers: list[int] = []
    context.executor.ask(lambda queries: queries.day_summary().open_now, answers.append, owner)
    qtbot.waitUntil(lambda: answers == [5])
    assert straw.commands == []
    assert straw.queries.threads == {"desk-reader"}
    straw.gate.set()
    settle()


def test_a_refusal_goes_to_who_asked(context: UiContext, straw: Any, settle: Settle) -> None:
    straw.refuse("没有这个人", "换一个人")
    heard: list[KnownError] = []
    shown: list[Refusal] = []
    context.executor.refused.connect(shown.append)
    owner = QObject()
    context.executor.submit("assign", owner, refused=heard.append)
    settle()
    assert [error.message for error in heard] == ["没有这个人"]
    assert shown == []


def test_a_refusal_nobody_takes_is_shown(context: UiContext, straw: Any, qtbot: QtBot) -> None:
    straw.refuse("没有这个人", "换一个人")
    owner = QObject()
    with qtbot.waitSignal(context.executor.refused) as caught:
        context.executor.submit("assign", owner)
    assert caught.args[0].error.remedy == "换一个人"
    assert caught.args[0].initiator is owner


def test_a_refused_question_is_shown(context: UiContext, qtbot: QtBot) -> None:
    def question(_queries: object) -> None:
        raise KnownError("没有这份文件", "看档案")

    with qtbot.waitSignal(context.executor.refused) as caught:
        context.executor.ask(question, lambda _answer: None, context.executor)
    assert caught.args[0].error.message == "没有这份文件"


@pytest.mark.parametrize("kind", ["command", "question"])
def test_a_bug_is_reported_and_the_thread_carries_on(
    context: UiContext, straw: Any, qtbot: QtBot, settle: Settle, bugs: list[BaseException], kind: str
) -> None:
    def bug(_: object) -> Any:
        raise ZeroDivisionError("of ours")

    straw.answer = bug
    with qtbot.waitSignal(context.executor.crashed) as caught:
        if kind == "command":
            context.executor.submit("assign", context.executor)
        else:
            context.executor.ask(bug, lambda _answer: None, context.executor)
    assert isinstance(caught.args[0], ZeroDivisionError)
    bugs.clear()
    straw.answer = lambda command: Changes()
    done: list[Changes] = []
    answers: list[int] = []
    context.executor.submit("assign", context.executor, done.append)
    context.executor.ask(lambda queries: 7, answers.append, context.executor)
    settle()
    assert len(done) == 1
    assert answers == [7]


def test_who_is_gone_is_not_called_back(context: UiContext, straw: Any, settle: Settle) -> None:
    called: list[object] = []
    owner = QObject()
    straw.gate.clear()
    context.executor.submit("assign", owner, called.append)
    context.executor.ask(lambda queries: 7, called.append, owner)
    shiboken6.delete(owner)
    straw.gate.set()
    settle()
    assert called == []
    assert straw.commands == ["assign"]


def test_a_refusal_for_who_is_gone_is_shown_instead(context: UiContext, straw: Any, settle: Settle) -> None:
    straw.refuse()
    straw.gate.clear()
    shown: list[Refusal] = []
    context.executor.refused.connect(shown.append)
    owner = QObject()
    context.executor.submit("assign", owner, refused=lambda error: pytest.fail("called though gone"))
    shiboken6.delete(owner)
    straw.gate.set()
    settle()
    assert len(shown) == 1


def test_closing_finishes_what_was_handed_in_and_delivers_it(straw: Any, qapp: QCoreApplication) -> None:
    executor = Executor(straw)
    done: list[Changes] = []
    straw.gate.clear()
    for command in ("one", "two", "three"):
        executor.submit(command, executor, done.append)
    straw.gate.set()
    executor.close()
    assert straw.commands == ["one", "two", "three"]
    assert len(done) == 3
    assert executor.closed
    assert executor.idle


def test_a_bug_of_the_last_command_is_not_lost_by_closing(straw: Any, qapp: QCoreApplication) -> None:
    def bug(_: object) -> Changes:
        raise ZeroDivisionError

    straw.answer = bug
    executor = Executor(straw)
    crashed: list[BaseException] = []
    executor.crashed.connect(crashed.append)
    executor.submit("save", executor)
    executor.close()
    assert [type(error) for error in crashed] == [ZeroDivisionError]


def test_closing_twice_does_no_harm_and_nothing_is_taken_in_afterwards(
    straw: Any, qapp: QCoreApplication
) -> None:
    executor = Executor(straw)
    assert not executor.closed
    executor.close()
    executor.close()
    with pytest.raises(RuntimeError, match="closed"):
        executor.submit("late", executor)
    with pytest.raises(RuntimeError, match="closed"):
        executor.ask(lambda queries: 1, print, executor)
    assert executor.idle


def test_an_executor_deleted_under_way_does_not_bring_its_threads_down(
    straw: Any, qapp: QCoreApplication
) -> None:
    executor = Executor(straw)
    writer, reader = executor._writer, executor._reader
    straw.gate.clear()
    executor.submit("assign", QObject())
    shiboken6.delete(executor)
    straw.gate.set()
    writer.close()
    reader.close()
    assert straw.commands == ["assign"]


def test_undo_tickets_travel_untouched(context: UiContext, straw: Any, qtbot: QtBot) -> None:
    ticket = UndoTicket("A-0007 已派给 张懿明", UndoFacts("f7", ("x1", "x2")))
    straw.answer = lambda command: Changes(undo=ticket)
    with qtbot.waitSignal(context.executor.applied) as caught:
        context.executor.submit("assign", QObject())
    assert caught.args[0].changes.undo is ticket


def test_a_job_that_hangs_does_not_keep_the_program_from_ending(straw: Any, qapp: QCoreApplication) -> None:
    executor = Executor(straw)
    crashed: list[BaseException] = []
    executor.crashed.connect(crashed.append)
    straw.gate.clear()
    executor.submit("hangs", executor)
    executor.close(patience=0.05)
    assert [str(error) for error in crashed] == ["desk-writer did not come back"]
    assert not executor.closed
    straw.gate.set()
    executor.close()
    assert executor.closed
