"""Saves of one report never overlap, and what waits for a save happens only if it holds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.rows import SpecialReportRow
from dispatch_app.operations.special_reports import EditSpecialReport
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.special_reports_keeper import DraftKeeper, KeepState, Written
from tests.ui.conftest import FRIDAY, StrawDesk

Settle = Callable[[], None]


def row(report_id: str, version: int) -> SpecialReportRow:
    return SpecialReportRow(
        id=report_id, fault_id="f1", fault_number="A-0001", site_name="宁湖大厦一机房", number="",
        status="draft", version=version, device="", model="", serial="", parameters="",
        estimate=Decimal("1.00"), cause="", advice="", signer="", instruction="", instruction_document="",
        confirmed_at=FRIDAY, due_at=None, submitted_at=None, instructed_at=None, clock=None, document_id="",
    )  # fmt: skip


def written(cause: str) -> Written:
    return Written("", "", "", "", "", cause, "", "")


class Cabinet:
    """Reports with versions, as the desk keeps them."""

    def __init__(self) -> None:
        self.versions = {"r1": 1, "r2": 7}

    def special_report(self, report_id: str) -> SpecialReportRow:
        return row(report_id, self.versions[report_id])

    def edit(self, command: object) -> Changes:
        assert isinstance(command, EditSpecialReport)
        if command.expected_version != self.versions[command.report_id]:
            raise KnownError("这份专报已被更新", "看过再写")
        self.versions[command.report_id] += 1
        return Changes()


@pytest.fixture
def cabinet(straw: StrawDesk) -> Cabinet:
    made = Cabinet()
    straw.queries.special_report = made.special_report  # type: ignore[attr-defined]
    straw.answer = made.edit
    return made


@pytest.fixture
def keeper(context: UiContext, cabinet: Cabinet, qtbot: QtBot) -> DraftKeeper:
    made = DraftKeeper(context)
    made.hold(row("r1", 1))
    return made


def causes(straw: StrawDesk) -> list[tuple[str, int, str]]:
    return [
        (command.report_id, command.expected_version, command.cause)
        for command in straw.commands
        if isinstance(command, EditSpecialReport)
    ]


def test_what_is_typed_during_a_save_is_saved_after_it_with_the_new_version(
    keeper: DraftKeeper, straw: StrawDesk, settle: Settle
) -> None:
    straw.gate.clear()
    keeper.write(written("一"))
    keeper.flush()
    for text in ("二", "三"):
        keeper.write(written(text))
        keeper.flush()
    assert not keeper.clean
    straw.gate.set()
    settle()
    assert causes(straw) == [("r1", 1, "一"), ("r1", 2, "三")]
    assert keeper.clean


def test_what_waits_for_the_save_gets_the_version_there_is_then(
    keeper: DraftKeeper, straw: StrawDesk, settle: Settle
) -> None:
    straw.gate.clear()
    keeper.write(written("一"))
    keeper.flush()
    keeper.write(written("二"))
    told: list[int] = []
    keeper.when_saved(told.append)
    assert not told
    straw.gate.set()
    settle()
    assert told == [3]


def test_with_nothing_to_save_nobody_waits(keeper: DraftKeeper, straw: StrawDesk) -> None:
    told: list[int] = []
    keeper.when_saved(told.append)
    assert told == [1]
    assert not straw.commands


def test_a_refused_save_lets_nothing_follow_and_keeps_the_words(
    keeper: DraftKeeper, straw: StrawDesk, cabinet: Cabinet, settle: Settle
) -> None:
    states: list[KeepState] = []
    keeper.state_changed.connect(states.append)
    cabinet.versions["r1"] = 5
    told: list[int] = []
    keeper.write(written("一"))
    keeper.when_saved(told.append)
    settle()
    assert not told
    assert states[-1] is KeepState.REFUSED
    keeper.flush()
    settle()
    assert causes(straw)[-1] == ("r1", 5, "一")
    assert keeper.clean


def test_a_report_left_during_its_save_is_still_saved_to_the_end(
    keeper: DraftKeeper, straw: StrawDesk, settle: Settle
) -> None:
    straw.gate.clear()
    keeper.write(written("一"))
    keeper.flush()
    keeper.write(written("二"))
    keeper.hold(row("r2", 7))
    keeper.write(written("别的"))
    keeper.flush()
    straw.gate.set()
    settle()
    assert ("r1", 2, "二") in causes(straw)
    assert ("r2", 7, "别的") in causes(straw)
    assert keeper.report_id == "r2"


def test_without_a_report_in_hand_nothing_is_kept(context: UiContext, straw: StrawDesk, qtbot: QtBot) -> None:
    keeper = DraftKeeper(context)
    keeper.write(written("一"))
    keeper.flush()
    keeper.when_saved(lambda version: pytest.fail("nothing was saved"))
    assert (keeper.report_id, keeper.clean) == ("", True)
    assert not straw.commands
