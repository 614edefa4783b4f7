"""The application, an open desk from show to close, the drill that plays itself, and the way there."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QProcess, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.drill import DrillPlayer, shipped_day
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.operations.drill_steps import DrillStep
from dispatch_app.ui.app import OpenDesk, Program
from dispatch_app.ui.application import make_application, make_themes
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.crash import CrashDialog, CrashReports
from dispatch_app.ui.drill_runner import OVER, Drill, DrillRunner
from dispatch_app.ui.journeys import Journeys
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.page_list import PageEntry
from dispatch_app.ui.start.curtain import Curtain
from dispatch_app.ui.start.way_in import Need, Situation
from dispatch_app.ui.theme.theme import Themes

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NOW = 1_732_257_127


class LatePage(QLineEdit):
    """A page that still hands in a draft while it is being hidden, as the intake does."""

    def __init__(self, context: UiContext, _journeys: Journeys) -> None:
        super().__init__()
        self._context = context

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self._context.executor.submit("late draft", self._context.executor)


PAGES = (PageEntry("desk", "调度台", "desk", LatePage),)
Opener = Callable[..., OpenDesk]


@pytest.fixture
def reports(qapp: QApplication, tmp_path: Path) -> CrashReports:
    return CrashReports(tmp_path, lambda: NOW)


@pytest.fixture
def open_desk(straw: Any, clock: Any, themes: Themes, reports: CrashReports) -> Iterator[Opener]:
    made: list[OpenDesk] = []

    def put_up(drill: Drill | None = None) -> OpenDesk:
        opened = OpenDesk(
            straw, clock if drill is None else drill.clock, RESOURCES, themes, LayoutMemory(None),
            reports=reports, drill=drill, pages=PAGES,
        )  # fmt: skip
        made.append(opened)
        return opened

    yield put_up
    for opened in made:
        opened.close()
    themes.choose("light")


def test_an_open_desk_ticks_and_closes_without_losing_the_last_draft(
    open_desk: Opener, straw: Any, clock: Any, qtbot: QtBot
) -> None:
    opened = open_desk()
    opened.show()
    qtbot.waitExposed(opened.window)
    with qtbot.waitSignal(opened.ticker.second):
        clock.moment += 1
    gone: list[bool] = []
    opened.window.destroyed.connect(lambda: gone.append(True))
    opened.close()
    opened.close()
    assert straw.commands == ["late draft"]
    assert opened.executor.closed
    assert gone == [True]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("desk-")]


def test_a_bug_at_the_desk_shows_its_report_once(
    open_desk: Opener, straw: Any, qtbot: QtBot, tmp_path: Path
) -> None:
    opened = open_desk()
    opened.show()

    def bug(_command: object) -> Changes:
        raise ZeroDivisionError

    straw.answer = bug
    for _ in range(2):
        opened.executor.submit("assign", opened.window)
    qtbot.waitUntil(lambda: opened.executor.idle)
    dialogs = opened.window.findChildren(CrashDialog)
    assert [dialog.isVisible() for dialog in dialogs] == [True]
    assert len(list((tmp_path / "crash").glob("*.txt"))) == 1
    straw.answer = lambda command: Changes()


@pytest.mark.parametrize(("starts", "words"), [(True, "演练在另一个窗口里打开"), (False, "演练没有启动")])
def test_a_drill_runs_in_a_process_of_its_own(
    open_desk: Opener, monkeypatch: pytest.MonkeyPatch, starts: bool, words: str
) -> None:
    started: list[list[str]] = []

    def start(program: str, arguments: list[str]) -> tuple[bool, int]:
        started.append(arguments)
        return starts, 1

    monkeypatch.setattr(QProcess, "startDetached", staticmethod(start))
    opened = open_desk()
    opened.window.drill_asked.emit()
    assert started == [["-m", "dispatch_app", "drill"]]
    message = opened.window.message_bar.message
    assert message is not None
    assert message.text == words


@pytest.fixture
def drill() -> Drill:
    day = shipped_day(RESOURCES)
    return Drill(DrillClock(day.begins, lambda: 0.0), DrillPlayer(day))


def test_the_drill_hands_in_each_step_at_its_moment(
    open_desk: Opener, straw: Any, drill: Drill, qtbot: QtBot
) -> None:
    opened = open_desk(drill)
    banner = opened.window.banner
    assert banner is not None
    total = drill.player.progress[1]
    assert banner.progress.text() == f"第 0 步，共 {total} 步"
    first = drill.player.next_at
    assert first is not None
    drill.clock.skip_to(first - 1)
    opened.ticker.beat()
    assert drill.player.progress[0] == 0
    banner.skip.click()
    qtbot.waitUntil(lambda: opened.executor.idle)
    assert all(isinstance(command, DrillStep) for command in straw.commands)
    assert [command.entry.at for command in straw.commands] == [first] * len(straw.commands)
    assert banner.progress.text() == f"第 {len(straw.commands)} 步，共 {total} 步"


def test_a_forestalled_step_is_noted_and_the_day_goes_on(
    open_desk: Opener, straw: Any, drill: Drill, qtbot: QtBot
) -> None:
    opened = open_desk(drill)
    straw.refuse("A-0001 已经到场", "在时间线上更正")
    assert isinstance(opened.runner, DrillRunner)
    opened.runner.skip()
    qtbot.waitUntil(lambda: opened.executor.idle)
    message = opened.window.message_bar.message
    assert message is not None
    assert message.text == "演练的一步没有记上：A-0001 已经到场"
    straw.answer = lambda command: Changes()
    before = len(straw.commands)
    opened.runner.skip()
    qtbot.waitUntil(lambda: opened.executor.idle)
    assert len(straw.commands) > before


def test_the_day_ends_with_its_clock_stopped(
    open_desk: Opener, straw: Any, drill: Drill, qtbot: QtBot
) -> None:
    opened = open_desk(drill)
    assert opened.runner is not None
    drill.clock.skip_to(drill.player.day.ends - 1)
    opened.ticker.beat()
    opened.runner.skip()
    qtbot.waitUntil(lambda: opened.executor.idle)
    assert drill.player.finished
    assert drill.clock.paused
    banner = opened.window.banner
    assert banner is not None
    assert banner.pause.words == "继续"
    opened.context.messages.done("anything else")
    drill.clock.skip_to(drill.player.day.ends + 60)
    opened.ticker.beat()
    message = opened.window.message_bar.message
    assert message is not None
    assert message.text != OVER


class StrawWayIn:
    """A data folder that opens at once, or refuses."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.situation = Situation(Need.NOTHING, Path("data"))

    def look(self) -> Situation:
        if self.error is not None:
            raise self.error
        return self.situation


@pytest.fixture
def program(open_desk: Opener, themes: Themes, reports: CrashReports) -> Iterator[Program]:
    made = Program(StrawWayIn(), open_desk, themes, reports)  # type: ignore[arg-type]
    yield made
    made.close()
    gc.unfreeze()


def test_an_unlocked_folder_leads_straight_to_the_desk(program: Program, qtbot: QtBot) -> None:
    program.begin()
    qtbot.waitUntil(lambda: program.desk is not None)
    assert program.desk is not None
    assert program.desk.window.isVisible()
    assert not program.start.isVisible()
    program.close()
    assert program.desk.executor.closed


def test_a_bug_before_the_desk_is_open_is_shown_too(
    open_desk: Opener, themes: Themes, reports: CrashReports, qtbot: QtBot
) -> None:
    way_in = StrawWayIn()
    way_in.error = ZeroDivisionError()
    program = Program(way_in, open_desk, themes, reports)  # type: ignore[arg-type]
    program.begin()
    qtbot.waitUntil(lambda: bool(program.start.findChildren(CrashDialog)))
    assert program.desk is None
    program.close()


@pytest.mark.parametrize("error", [None, KnownError("数据库文件有损坏", "从备份恢复"), ZeroDivisionError()])
def test_the_curtain_goes_when_there_is_something_else_to_see(
    open_desk: Opener, themes: Themes, reports: CrashReports, qtbot: QtBot, error: Exception | None
) -> None:
    curtain = Curtain(themes, LayoutMemory(None))
    qtbot.addWidget(curtain)
    curtain.show()
    way_in = StrawWayIn()
    way_in.error = error
    program = Program(way_in, open_desk, themes, reports, curtain)  # type: ignore[arg-type]
    assert curtain.isVisible()
    program.begin()
    qtbot.waitUntil(lambda: not curtain.isVisible())
    windows = [program.start, *program.start.findChildren(CrashDialog)]
    assert any(each.isVisible() for each in windows) or program.desk is not None
    program.close()
    gc.unfreeze()


def test_a_refusal_before_the_desk_is_open_is_a_dead_end_with_its_reason(
    open_desk: Opener, themes: Themes, reports: CrashReports, qtbot: QtBot
) -> None:
    way_in = StrawWayIn()
    way_in.error = KnownError("数据库文件有损坏", "从备份恢复")
    program = Program(way_in, open_desk, themes, reports)  # type: ignore[arg-type]
    program.begin()
    qtbot.waitUntil(lambda: program.start.screen_shown is not None)
    assert program.start.screen_shown is not None
    assert program.start.screen_shown.words.text() == "数据库文件有损坏。从备份恢复"
    program.close()


@pytest.fixture
def making(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    """`make_application` gets the one there is; what it changes in it is taken back."""
    monkeypatch.setattr("dispatch_app.ui.application.QApplication", lambda arguments: qapp)
    former = (qapp.applicationName(), qapp.applicationVersion())
    monkeypatch.delenv("QT_SCALE_FACTOR", raising=False)
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    qapp.setApplicationName(former[0])
    qapp.setApplicationVersion(former[1])
    os.environ.pop("QT_SCALE_FACTOR", None)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_qts_own_words_are_chinese(making: QApplication) -> None:
    app = make_application(["dispatch-app"], LayoutMemory(None))
    assert app.applicationName() == "dispatch-app"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert "QT_SCALE_FACTOR" not in os.environ


@pytest.mark.parametrize(("kept", "factor"), [("150", "1.5"), ("125", "1.25"), ("100", None), ("x", None)])
def test_the_scale_kept_takes_effect_at_the_start(
    making: QApplication, tmp_path: Path, kept: str, factor: str | None
) -> None:
    memory = LayoutMemory(tmp_path)
    memory.keep("scale", kept)
    make_application(["dispatch-app"], memory)
    assert os.environ.get("QT_SCALE_FACTOR") == factor


def test_the_start_wears_the_theme_last_chosen(qapp: QApplication, tmp_path: Path, themes: Themes) -> None:
    memory = LayoutMemory(tmp_path)
    memory.keep("theme", "dark")
    made = make_themes(qapp, RESOURCES, memory)
    assert made.chosen == "dark"
    assert qapp.palette().window().color() == made.current.ground
    made.choose("light")
    made.deleteLater()


def test_enter_presses_the_first_button_of_the_start(program: Program, qtbot: QtBot) -> None:
    way_in = StrawWayIn()
    way_in.situation = Situation(Need.HOPELESS, Path("data"), "密钥文件不见了")
    program.start._way_in = way_in  # type: ignore[assignment]
    program.begin()
    qtbot.waitUntil(lambda: program.start.screen_shown is not None)
    program.start.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not program.start.isVisible())
