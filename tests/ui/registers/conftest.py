"""A page of registers on a real desk."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from dispatch_app.ui.registers.rounds_page import RoundsPage
from tests.ui.pages.conftest import RealDay, day, tray

__all__ = ["day", "rounds_page", "tray"]


@pytest.fixture
def rounds_page(day: RealDay, qtbot: QtBot) -> RoundsPage:
    """巡检与备份, as large as the smallest screen it is drawn for leaves it."""
    made = RoundsPage(day.context)
    qtbot.addWidget(made)
    made.resize(1290, 710)
    made.show()
    made.setFocus()
    day.settle()
    return made
