"""The pages there are, in the order of the rail. A page is made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from dispatch_app.ui.context import UiContext

PageMaker = Callable[[UiContext, QWidget | None], QWidget]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """`at_bottom`: stands at the foot of the rail."""

    key: str
    title: str
    icon: str
    make: PageMaker
    at_bottom: bool = False


def _desk(context: UiContext, parent: QWidget | None) -> QWidget:
    from dispatch_app.ui.desk.desk_page import DeskPage

    return DeskPage(context, parent)


def _special_reports(context: UiContext, parent: QWidget | None) -> QWidget:
    from dispatch_app.ui.pages.special_reports import SpecialReportsPage

    return SpecialReportsPage(context, parent)


def _tallies(context: UiContext, parent: QWidget | None) -> QWidget:
    from dispatch_app.ui.pages.tallies import TalliesPage

    return TalliesPage(context, parent)


def _contract(context: UiContext, parent: QWidget | None) -> QWidget:
    from dispatch_app.ui.pages.contract import ContractPage

    return ContractPage(context, parent)


def _settings(context: UiContext, parent: QWidget | None) -> QWidget:
    from dispatch_app.ui.pages.settings import SettingsPage

    return SettingsPage(context, parent)


PAGES = (
    PageEntry("desk", "调度台", "desk", _desk),
    PageEntry("special_reports", "专报", "report", _special_reports),
    PageEntry("tallies", "违约结算", "tally", _tallies),
    PageEntry("contract", "合同", "contract", _contract),
    PageEntry("settings", "设置", "settings", _settings, at_bottom=True),
)
