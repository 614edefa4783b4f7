"""The pages there are, in the order of the rail. A page is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from dispatch_app.operations.register_pages import PAGES as PAGES_OF_REGISTERS
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.journeys import Journeys

PageMaker = Callable[[UiContext, Journeys], QWidget]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """`at_bottom`: stands at the foot of the rail."""

    key: str
    title: str
    icon: str
    make: PageMaker
    at_bottom: bool = False


def _desk(context: UiContext, journeys: Journeys) -> QWidget:
    from dispatch_app.ui.desk.desk_page import DeskPage

    page = DeskPage(context)
    page.special_report_opened.connect(journeys.open_special_report)
    page.work_order_wanted.connect(journeys.open_work_order)
    page.duties_asked.connect(journeys.open_duties)
    page.parts.intake.card.night_asked.connect(journeys.enter_night_calls)
    return page


def _history(context: UiContext, journeys: Journeys) -> QWidget:
    from dispatch_app.ui.pages.history import FaultHistoryPage

    page = FaultHistoryPage(context)
    page.fault_requested.connect(journeys.open_fault)
    return page


def _special_reports(context: UiContext, _journeys: Journeys) -> QWidget:
    from dispatch_app.ui.pages.special_reports import SpecialReportsPage

    return SpecialReportsPage(context)


def _tallies(context: UiContext, journeys: Journeys) -> QWidget:
    from dispatch_app.ui.pages.tallies import TalliesPage

    page = TalliesPage(context)
    page.fault_requested.connect(journeys.open_fault)
    return page


def _handover(context: UiContext, journeys: Journeys) -> QWidget:
    from dispatch_app.ui.pages.handover import HandoverPage

    page = HandoverPage(context)
    page.fault_requested.connect(journeys.open_fault)
    return page


def _registers(name: str, context: UiContext, journeys: Journeys) -> QWidget:
    from dispatch_app.ui.registers.registers_page import RegistersPage

    page = RegistersPage(context, name, PAGES_OF_REGISTERS[name])
    page.faults_wanted.connect(journeys.find_faults)
    page.register_wanted.connect(journeys.open_register)
    return page


def _rounds(context: UiContext, journeys: Journeys) -> QWidget:
    from dispatch_app.ui.registers.rounds_page import RoundsPage

    page = RoundsPage(context)
    page.faults_wanted.connect(journeys.find_faults)
    page.register_wanted.connect(journeys.open_register)
    return page


def _statistics(context: UiContext, journeys: Journeys) -> QWidget:
    from dispatch_app.ui.statistics.statistics_page import StatisticsPage

    page = StatisticsPage(context)
    page.faults_wanted.connect(journeys.find_faults)
    return page


def _people(context: UiContext, journeys: Journeys) -> QWidget:
    from dispatch_app.ui.people.people_page import PeoplePage

    page = PeoplePage(context, PAGES_OF_REGISTERS["people"])
    page.faults_wanted.connect(journeys.find_faults)
    page.register_wanted.connect(journeys.open_register)
    return page


def _call_logs(context: UiContext, journeys: Journeys) -> QWidget:
    from dispatch_app.ui.pages.call_logs import CallLogsPage

    page = CallLogsPage(context)
    page.fault_requested.connect(journeys.open_fault)
    return page


def _contract(context: UiContext, journeys: Journeys) -> QWidget:
    from dispatch_app.ui.pages.contract import ContractPage

    page = ContractPage(context)
    page.papers.register_wanted.connect(journeys.open_register)
    return page


def _settings(context: UiContext, _journeys: Journeys) -> QWidget:
    from dispatch_app.ui.pages.settings import SettingsPage

    return SettingsPage(context)


PAGES = (
    PageEntry("desk", "调度台", "desk", _desk),
    PageEntry("history", "历史", "history", _history),
    PageEntry("special_reports", "专报", "report", _special_reports),
    PageEntry("tallies", "违约结算", "tally", _tallies),
    PageEntry("handover", "交接班", "handover", _handover),
    PageEntry("people", "人员", "people", _people),
    PageEntry("devices", "设备标识", "device", partial(_registers, "devices")),
    PageEntry("rounds", "巡检备份", "rounds", _rounds),
    PageEntry("registers", "登记簿", "registers", partial(_registers, "registers")),
    PageEntry("statistics", "统计", "statistics", _statistics),
    PageEntry("call_logs", "通话记录", "call-log", _call_logs),
    PageEntry("contract", "合同", "contract", _contract),
    PageEntry("settings", "设置", "settings", _settings, at_bottom=True),
)
