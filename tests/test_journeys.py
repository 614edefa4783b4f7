"""The ways between the real pages, on a real scratch database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.bootstrap import RESOURCES, build_scratch_desk
from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AssignFault, RecordMilestone, RegisterFault
from dispatch_app.operations.special_reports import DraftSpecialReport
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.desk.desk_page import DeskPage
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.pages.special_reports import SpecialReportsPage
from dispatch_app.ui.pages.tallies import TalliesPage
from dispatch_app.ui.printing.work_orders import WorkOrderPanel
from dispatch_app.ui.theme.look import Look
from dispatch_app.ui.theme.theme import Themes

NOON = 1_732_248_000


class StillClock:
    def now(self) -> int:
        return NOON


@pytest.fixture
def desk() -> Iterator[Desk]:
    with build_scratch_desk(StillClock()) as made:
        yield made


@pytest.fixture
def opened(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[OpenDesk]:
    themes = Themes(RESOURCES / "themes", "light")
    Look(qapp, themes, RESOURCES)
    made = OpenDesk(desk, StillClock(), RESOURCES, themes, LayoutMemory(None))
    bugs: list[BaseException] = []
    made.executor.crashed.connect(bugs.append)
    made.window.setWindowState(Qt.WindowState.WindowNoState)
    made.window.resize(1366, 768)
    made.show()
    qtbot.waitUntil(lambda: made.executor.idle)
    yield made
    made.close()
    assert bugs == []


@pytest.fixture
def settle(opened: OpenDesk, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: opened.executor.idle)


@pytest.fixture
def confirmed(desk: Desk) -> str:
    """A fault that wants a special report, with somebody on the spot."""
    site, person = desk.queries.sites()[0].id, desk.queries.staff()[0].id
    fault = desk.perform(RegisterFault(NOON - 3600, site, "交换机烧毁", hardware=True)).created
    desk.perform(AssignFault(fault, person, 1, NOON - 3500))
    desk.perform(RecordMilestone(fault, FactKind.ARRIVED, 2, NOON - 3000))
    desk.perform(
        RecordMilestone(fault, FactKind.CONFIRMED, 3, NOON - 2900, procedure=Procedure.SPECIAL_REPORT)
    )
    return fault


def test_f2_answers_a_call_from_any_page(opened: OpenDesk, qtbot: QtBot, settle: Callable[[], None]) -> None:
    window = opened.window
    for page in ("contract", "settings", "desk"):
        window.show_page(page)
        qtbot.keyClick(window, Qt.Key.Key_F2)
        assert window.page == "desk"
    settle()
    desk_page = window.page_widget("desk")
    assert isinstance(desk_page, DeskPage)
    assert desk_page.parts.intake.card.isVisible()


def test_a_fault_leads_to_its_special_report(
    opened: OpenDesk, desk: Desk, confirmed: str, settle: Callable[[], None]
) -> None:
    report = desk.perform(DraftSpecialReport(confirmed)).created
    desk_page = opened.window.page_widget("desk")
    assert isinstance(desk_page, DeskPage)
    desk_page.special_report_opened.emit(report)
    settle()
    assert opened.window.page == "special_reports"
    page = opened.window.page_widget("special_reports")
    assert isinstance(page, SpecialReportsPage)
    assert page.item is not None


def test_a_sum_leads_to_its_fault(
    opened: OpenDesk, desk: Desk, confirmed: str, settle: Callable[[], None]
) -> None:
    opened.window.show_page("tallies")
    settle()
    tallies = opened.window.page_widget("tallies")
    assert isinstance(tallies, TalliesPage)
    tallies.fault_requested.emit(confirmed)
    settle()
    assert opened.window.page == "desk"
    desk_page = opened.window.page_widget("desk")
    assert isinstance(desk_page, DeskPage)
    shown = desk_page.parts.detail.detail
    assert shown is not None
    assert shown.row.id == confirmed


def test_an_assignment_leads_to_its_work_order(
    opened: OpenDesk, desk: Desk, confirmed: str, settle: Callable[[], None]
) -> None:
    desk_page = opened.window.page_widget("desk")
    assert isinstance(desk_page, DeskPage)
    person = desk.queries.staff()[0].id
    desk_page.work_order_wanted.emit((confirmed, person))
    desk_page.work_order_wanted.emit((confirmed, person))
    settle()
    panels = desk_page.findChildren(WorkOrderPanel)
    assert [panel.isVisible() for panel in panels] == [True]


class Windows(QObject):
    """Remembers every widget that comes up as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_page_and_no_panel_comes_up_as_a_window_that_takes_the_focus(
    opened: OpenDesk, confirmed: str, desk: Desk, qapp: QApplication, settle: Callable[[], None]
) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    for page in ("special_reports", "tallies", "call_logs", "contract", "settings", "desk"):
        opened.window.show_page(page)
        settle()
    desk_page = opened.window.page_widget("desk")
    assert isinstance(desk_page, DeskPage)
    desk_page.work_order_wanted.emit((confirmed, desk.queries.staff()[0].id))
    settle()
    qapp.removeEventFilter(windows)

    assert opened.window.findChild(WorkOrderPanel) is not None
    assert windows.seen == []
