"""A drill drives the desk as a person does: the same day typed leaves the same facts and the same tally."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_app.bootstrap import build_desk
from dispatch_app.contract.facts import Corrected
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.drill import DrillPlayer, run_to_end, shipped_day
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.operations.settlement_rows import PenaltyRow, TallyRow
from dispatch_app.storage.database import Database
from dispatch_app.storage.facts import StoredFact, all_facts
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.theme.look import Look
from dispatch_app.ui.theme.theme import Themes
from tests.ui.conftest import RESOURCES, StillClock
from tests.ui.typing_hands import TypingHands

DAY = shipped_day(RESOURCES)


@pytest.fixture
def database() -> Iterator[Database]:
    with Database.scratch() as made:
        yield made


@pytest.fixture
def clock() -> StillClock:
    return StillClock(DAY.begins)


@pytest.fixture
def opened(database: Database, clock: StillClock, qapp: QApplication, qtbot: QtBot) -> Iterator[OpenDesk]:
    themes = Themes(RESOURCES / "themes", "light")
    Look(qapp, themes, RESOURCES)
    made = OpenDesk(build_desk(database, clock), clock, RESOURCES, themes, LayoutMemory(None))
    bugs: list[BaseException] = []
    made.executor.crashed.connect(bugs.append)
    made.window.setWindowState(Qt.WindowState.WindowNoState)
    made.window.resize(1920, 1080)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    qtbot.waitUntil(lambda: made.executor.idle)
    yield made
    made.close()
    assert bugs == []


def told(database: Database, desk: Desk) -> list[tuple[object, ...]]:
    """Every fact in the order it was written, free of ids that differ from run to run."""
    with database.reader() as session:
        stored = list(all_facts(session))
    numbers = {row.id: row.number for row in desk.queries.fault_rows({one.fault_id for one in stored})}
    places = {one.fact.id: place for place, one in enumerate(stored)}
    return [_free_of_ids(one, numbers, places) for one in stored]


def _free_of_ids(one: StoredFact, numbers: dict[str, str], places: dict[str, int]) -> tuple[object, ...]:
    fact, detail = one.fact, one.fact.detail
    if isinstance(detail, Corrected):
        detail = replace(detail, of=str(places[detail.of]))
    return numbers[one.fault_id], fact.kind, fact.at, fact.recorded_at, one.operator, one.desk, detail


def sums(tally: TallyRow) -> list[PenaltyRow]:
    return [replace(one, fault_id="") for one in tally.penalties]


def test_the_day_typed_leaves_the_facts_and_the_tally_of_the_drill(
    opened: OpenDesk, database: Database, clock: StillClock, qtbot: QtBot
) -> None:
    typed = opened.context.desk
    hands = TypingHands(qtbot, opened, typed, clock, DAY)
    for entry in DAY.entries:
        hands.do(entry)
    clock.moment = DAY.ends

    with Database.scratch() as scratch:
        drill_clock = DrillClock(DAY.begins, time.monotonic)
        drill_clock.pause()
        drilled = build_desk(scratch, drill_clock)
        run_to_end(drilled, drill_clock, DrillPlayer(DAY))

        facts = told(scratch, drilled)
        # Every entry but the draft of the report, the work order and the like leaves a fact.
        assert len(facts) > len(DAY.entries) - 5
        assert told(database, typed) == facts
        terms = typed.queries.terms()
        period = (terms.term_start, terms.term_end)
        mine, theirs = typed.queries.tally(*period), drilled.queries.tally(*period)
        assert sums(mine) == sums(theirs)
        assert mine.payable == theirs.payable
        papers = [[document.title for document in desk.queries.documents()] for desk in (typed, drilled)]
        assert papers[0] == papers[1]
        assert all(re.search(r"\d", title) for title in papers[0])
