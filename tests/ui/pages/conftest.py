"""A real desk on a scratch database for pages that write: what they leave is what operations leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from dispatch_app.bootstrap import build_scratch_desk
from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AssignFault, RecordMilestone, RegisterFault
from dispatch_app.operations.rows import DocumentRow
from dispatch_app.ui.bridge.executor import Executor
from dispatch_app.ui.bridge.messages import Message, Messages
from dispatch_app.ui.bridge.ticker import Ticker
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing import paper_bar
from dispatch_app.ui.printing.paper_printer import PaperPrinter
from dispatch_app.ui.theme.theme import Themes
from tests.ui.conftest import FRIDAY, RESOURCES, StillClock
from tests.ui.printing.papers import PaperTray


@dataclass
class RealDay:
    """A desk at work on Friday, 2024-11-22 14:32:07, and the doors of a page to it."""

    desk: Desk
    clock: StillClock
    context: UiContext
    settle: Callable[[], None]
    said: list[Message]
    crashes: list[BaseException]

    def report_fault(self, site_id: str = "ninghu-1", *, emergency: bool = False, device: str = "") -> str:
        command = RegisterFault(
            self.clock.moment, site_id, "电源烧毁", emergency=emergency, hardware=True, device=device
        )
        return self.desk.perform(command).created

    def milestone(self, fault_id: str, kind: FactKind, procedure: Procedure | None = None) -> None:
        self.desk.perform(RecordMilestone(fault_id, kind, self.version(fault_id), procedure=procedure))

    def send(self, fault_id: str, name: str = "张懿明") -> str:
        staff_id = next(one.id for one in self.desk.queries.staff() if one.name == name)
        self.desk.perform(AssignFault(fault_id, staff_id, self.version(fault_id)))
        return staff_id

    def confirmed_fault(self, site_id: str = "ninghu-1", device: str = "核心交换机") -> str:
        """A fault confirmed for the special-report procedure a moment ago."""
        fault_id = self.report_fault(site_id, device=device)
        self.send(fault_id)
        self.milestone(fault_id, FactKind.CONFIRMED, Procedure.SPECIAL_REPORT)
        return fault_id

    def version(self, fault_id: str) -> int:
        (row,) = self.desk.queries.fault_rows([fault_id])
        return row.version

    def documents(self, kind: str) -> tuple[DocumentRow, ...]:
        return self.desk.queries.documents(kind)

    def pass_time(self, seconds: int) -> None:
        """Let the clock go on, and everybody see it."""
        self.clock.moment += seconds
        self.context.ticker.beat()


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> PaperTray:
    """The printer of every page made in the test."""
    made = PaperTray()
    monkeypatch.setattr(
        paper_bar, "PaperPrinter", lambda context, parent: PaperPrinter(context, parent, made)
    )
    return made


@pytest.fixture
def day(qtbot: QtBot, themes: Themes, tray: PaperTray) -> Iterator[RealDay]:
    clock = StillClock(FRIDAY)
    with build_scratch_desk(clock) as desk:
        executor = Executor(desk)
        context = UiContext(desk, executor, Ticker(clock), Messages(), themes, RESOURCES)
        made = RealDay(
            desk, clock, context, lambda: qtbot.waitUntil(lambda: executor.idle, timeout=20_000), [], []
        )
        context.messages.shown.connect(made.said.append)
        executor.crashed.connect(made.crashes.append)
        yield made
        executor.close()
        assert not made.crashes, made.crashes
        themes.choose("light")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
