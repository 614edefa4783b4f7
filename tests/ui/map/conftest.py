"""A map with three faults, 560 by 380 pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyqtgraph as pg
import pytest
from pytestqt.qtbot import QtBot

from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.map_view import SiteMap
from tests.ui.map.map_stage import (
    CALM,
    LATE,
    SITES,
    SOON,
    STAFF,
)
from tests.ui.pages.conftest import day, tray  # noqa: F401  a real desk, as the pages have it


@pytest.fixture(autouse=True)
def every_move_of_the_mouse_counts() -> Iterator[None]:
    """pyqtgraph drops moves that follow one another within ten milliseconds, as those of a test do."""
    usual = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", -1)
    yield
    pg.setConfigOption("mouseRateLimit", usual)


@pytest.fixture
def site_map(context: UiContext, qtbot: QtBot, settle: Callable[[], None]) -> SiteMap:
    shown = SiteMap(context)
    qtbot.addWidget(shown)
    shown.resize(560, 380)
    shown.show()
    settle()
    shown.set_rows(SITES, (LATE, SOON, CALM), STAFF)
    return shown
