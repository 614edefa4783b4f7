"""Every page of the real window in the middle of a day: nothing cut, nothing without a name of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.bootstrap import build_scratch_desk
from dispatch_app.operations.drill import DrillPlayer, shipped_day
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.drill_runner import Drill
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.page_list import PAGES
from dispatch_app.ui.showcase import BUSY_MORNING, Showcase
from dispatch_app.ui.theme.look import Look
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.labels import Text
from tests.ui.conftest import RESOURCES
from tests.ui.look.audit import cut_texts, painted_cuts, spoken_twice, unnamed

KEYS = [entry.key for entry in PAGES]
SIZES = ((1366, 768), (1920, 1080), (3840, 2160))
FREE_TEXT = 9
"""Characters from which a text is somebody's own words, which may be long: those end in … and are told whole
by the tool tip. What the program itself says is shorter, and must be there whole."""

View = tuple[str, str, tuple[int, int]]
"""Page, theme, size of the window."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was wrong with a view, one line each; `painted`: (whole text, what was shown of it)."""

    cut: list[str]
    painted: list[tuple[str, str]]
    unnamed: list[str]
    twice: list[str]


@pytest.fixture(scope="module")
def seen(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> dict[View, Seen]:
    """The window gone through once, a call half taken; closed before the first test."""
    day = shipped_day(RESOURCES)
    clock = DrillClock(day.begins, time.monotonic)
    clock.pause()
    themes = Themes(RESOURCES / "themes", "light")
    Look(qapp, themes, RESOURCES)
    with build_scratch_desk(clock) as desk:
        drill = Drill(clock, DrillPlayer(day))
        opened = OpenDesk(desk, clock, RESOURCES, themes, LayoutMemory(None), drill=drill)
        try:
            opened.show()
            assert opened.window.banner is not None
            # The day's own desk: a drill takes a strip of the height from it.
            opened.window.banner.hide()
            showcase = Showcase(opened, drill, tmp_path_factory.mktemp("look"), papers=False)
            showcase._play_until(day.moment(BUSY_MORNING))
            showcase._take_call()
            return dict(_looked_at(opened, showcase))
        finally:
            opened.close()


def _looked_at(opened: OpenDesk, showcase: Showcase) -> Iterator[tuple[View, Seen]]:
    window = opened.window
    window.setWindowState(Qt.WindowState.WindowNoState)
    for theme in ("light", "dark"):
        opened.context.themes.choose(theme)
        for size in SIZES:
            window.resize(*size)
            for page in KEYS:
                window.show_page(page)
                showcase._wait_quiet()
                with painted_cuts() as painted:
                    window.grab()
                found = Seen(cut_texts(window), painted, unnamed(window), spoken_twice(window))
                yield (page, theme, size), found


@pytest.mark.parametrize("size", SIZES, ids=["1366", "1920", "3840"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", KEYS)
def test_nothing_on_the_page_is_cut(
    seen: dict[View, Seen], page: str, theme: str, size: tuple[int, int]
) -> None:
    found = seen[page, theme, size]
    assert found.cut == []
    assert [cut for cut in found.painted if len(cut[0]) < FREE_TEXT or not cut[1]] == []


@pytest.mark.parametrize("page", KEYS)
def test_every_control_has_a_name_of_its_own(seen: dict[View, Seen], page: str) -> None:
    found = seen[page, "light", SIZES[0]]
    assert found.unnamed == []
    assert found.twice == []


def test_the_eye_itself_finds_what_is_wrong(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    row = QHBoxLayout(root)
    squeezed, nameless, one, other = Text("市委大楼机房"), QPushButton(), QPushButton("派"), QPushButton("派")
    for widget in (squeezed, nameless, one, other):
        row.addWidget(widget)
    squeezed.setFixedWidth(20)
    root.show()
    assert len(cut_texts(root)) == 1
    assert unnamed(root) == ["QPushButton in QWidget"]
    assert spoken_twice(root) == ["派 × 2"]
