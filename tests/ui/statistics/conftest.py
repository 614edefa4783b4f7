"""A month of a few faults on a real desk, and the statistics page open on it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from dispatch_app.contract.calendar_beijing import DAY
from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.operations.faults import AmendFault
from dispatch_app.ui.statistics.statistics_page import StatisticsPage
from tests.ui.pages import conftest as pages
from tests.ui.pages.conftest import RealDay

# The desk, printer and clock of the other pages that write.
tray, day = pages.tray, pages.day
PERSON = "张懿明"


CALLS = (
    (33, "bajie", True),
    (10, "shizhengfu", True),
    (10, "shizhengfu", False),
    (3, "bajie", False),
)
"""Days ago, site, whether everything came too late; what came in time was mended within the hour."""


@pytest.fixture
def month(day: RealDay) -> RealDay:
    """A late fault in October; in November two at the big house (one late, its cause said), one outside."""
    friday = day.clock.moment
    for days, site, late in CALLS:
        day.clock.moment = friday - days * DAY + (0 if late else 600)
        fault = day.report_fault(site)
        day.clock.moment += 60
        day.send(fault, PERSON)
        day.clock.moment += 10_800 if late else 900
        day.milestone(fault, FactKind.ARRIVED)
        if not late:
            day.milestone(fault, FactKind.CONFIRMED, Procedure.ROUTINE)
            day.clock.moment += 1_800
            day.milestone(fault, FactKind.RESOLVED)
        elif site == "shizhengfu":
            day.desk.perform(AmendFault(fault, "cause", "power", "", day.version(fault)))
    day.clock.moment = friday
    return day


@pytest.fixture
def page(month: RealDay, qtbot: QtBot) -> StatisticsPage:
    made = StatisticsPage(month.context)
    qtbot.addWidget(made)
    made.resize(1290, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    month.settle()
    return made
