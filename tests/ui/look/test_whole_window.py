"""Every page of the real window in the middle of a day: nothing cut, nothing without a name of its own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dispatch_app.bootstrap import build_scratch_desk
from dispatch_app.operations.changes import UndoTicket
from dispatch_app.operations.drill import DrillPlayer, shipped_day
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.drill_runner import Drill
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.page_list import PAGES
from dispatch_app.ui.showcase import BUSY_MORNING, Showcase
from dispatch_app.ui.theme.look import Look
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.clear_place import in_sight
from dispatch_app.ui.widgets.labels import Text
from tests.ui.conftest import RESOURCES
from tests.ui.look.audit import (
    Painted,
    cut_texts,
    cuts,
    painted_texts,
    spoken_twice,
    unnamed,
    unreadable,
    unspoken_cells,
    where,
)

KEYS = [entry.key for entry in PAGES]
SIZES = ((1366, 768), (1920, 1080), (3840, 2160))
SMALL_SIZES = ((1280, 720), (1092, 614))
"""Below the smallest screen the desk is drawn for: a beamer, and 1366×768 at 125 %."""
FREE_TEXT = 9
"""Characters from which a text is somebody's own words, which may be long: those end in … and are told whole
by the tool tip. What the program itself says is shorter, and must be there whole."""
FREE_TEXT_SMALL = 7
"""The same where there is less room: the name of a site may end in … too."""
LINES = (
    "已登记 A-0006 草铺街道办事处节点",
    "A-0004 杨双金 到场，响应 17 分，到场 38 分：宁湖大厦一机房 核心交换中断",
)
"""What the message bar is given to say, short and long."""

View = tuple[str, str, tuple[int, int]]
"""Page, theme, size of the window."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was wrong with a view, one line each; `painted`: (whole text, what was shown of it)."""

    cut: list[str]
    painted: list[tuple[str, str]]
    unreadable: list[str]
    unnamed: list[str]
    twice: list[str]
    unspoken: list[str]
    far_alarm: str


@dataclass(frozen=True, slots=True)
class Walk:
    """The views, and what of the intake card a message lay over: by size, drill or not, and what was said."""

    views: dict[View, Seen]
    covered: dict[tuple[tuple[int, int], bool, str], list[str]]


@pytest.fixture
def seen(walk: Walk) -> dict[View, Seen]:
    return walk.views


@pytest.fixture(scope="module")
def walk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Walk:
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
            return Walk(dict(_looked_at(opened, showcase)), dict(_spoken_over(opened, showcase)))
        finally:
            opened.close()


def _looked_at(opened: OpenDesk, showcase: Showcase) -> Iterator[tuple[View, Seen]]:
    window = opened.window
    window.setWindowState(Qt.WindowState.WindowNoState)
    for theme in ("light", "dark"):
        opened.context.themes.choose(theme)
        for size in (*SIZES, *SMALL_SIZES):
            window.resize(*size)
            for page in KEYS:
                window.show_page(page)
                showcase._wait_quiet()
                _select_a_row(window)
                window.message_bar.dismiss()
                with painted_texts() as painted:
                    picture = window.grab().toImage()
                yield (
                    (page, theme, size),
                    Seen(
                        cut_texts(window),
                        cuts(painted),
                        unreadable(picture, painted),
                        unnamed(window),
                        spoken_twice(window),
                        unspoken_cells(window),
                        window.far_alarm.text.text() if window.far_alarm.isVisible() else "",
                    ),
                )


def _spoken_over(
    opened: OpenDesk, showcase: Showcase
) -> Iterator[tuple[tuple[tuple[int, int], bool, str], list[str]]]:
    """What of the card of a call being taken is under the message bar while it says each of the lines."""
    window, card = opened.window, showcase._desk_page.parts.intake.card
    assert window.banner is not None
    window.show_page("desk")
    for drill in (False, True):
        window.banner.setVisible(drill)
        for size in (*SIZES[:2], *SMALL_SIZES):
            window.resize(*size)
            for line in LINES:
                showcase._wait_quiet()
                opened.context.messages.done(line, UndoTicket(line, object()))
                card.form.site.setFocus()
                QApplication.processEvents()
                bar = window.message_bar
                area = window.centralWidget()
                assert area.rect().contains(bar.geometry())
                editors = (*card.findChildren(QAbstractButton), *card.findChildren(QLineEdit))
                under = [w for w in editors if w.isVisible() and in_sight(w, area).intersects(bar.geometry())]
                hidden = [part.accessibleName() for part in (card.save, card.no_fault) if not _whole(part)]
                yield (size, drill, line), [where(widget) for widget in under] + hidden
    window.banner.hide()


def _whole(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def _select_a_row(window: QWidget) -> None:
    """Of every list in sight without one: what is selected stands on a colour of its own."""
    for view in window.findChildren(QAbstractItemView):
        if view.isVisible() and view.model() is not None and not view.currentIndex().isValid():
            view.setCurrentIndex(view.model().index(0, 0))


@pytest.mark.parametrize("size", SIZES, ids=["1366", "1920", "3840"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", KEYS)
def test_nothing_on_the_page_is_cut(
    seen: dict[View, Seen], page: str, theme: str, size: tuple[int, int]
) -> None:
    found = seen[page, theme, size]
    assert found.cut == []
    assert [cut for cut in found.painted if len(cut[0]) < FREE_TEXT or not cut[1]] == []


@pytest.mark.parametrize("size", SMALL_SIZES, ids=["1280", "1092"])
@pytest.mark.parametrize("page", KEYS)
def test_nothing_is_cut_on_a_smaller_screen(seen: dict[View, Seen], page: str, size: tuple[int, int]) -> None:
    found = seen[page, "light", size]
    assert found.cut == []
    assert [cut for cut in found.painted if len(cut[0]) < FREE_TEXT_SMALL or len(cut[1]) < 2] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", KEYS)
def test_every_painted_text_can_be_read_where_it_stands(
    seen: dict[View, Seen], page: str, theme: str
) -> None:
    assert seen[page, theme, SIZES[1]].unreadable == []


@pytest.mark.parametrize("drill", [False, True], ids=["day", "drill"])
@pytest.mark.parametrize("size", [*SIZES[:2], *SMALL_SIZES], ids=["1366", "1920", "1280", "1092"])
@pytest.mark.parametrize("line", LINES, ids=["short", "long"])
def test_no_message_lies_over_the_call_being_taken_and_its_buttons_are_in_sight(
    walk: Walk, size: tuple[int, int], drill: bool, line: str
) -> None:
    assert walk.covered[size, drill, line] == []


@pytest.mark.parametrize("page", KEYS)
def test_the_worst_alarm_is_in_sight_on_every_page(seen: dict[View, Seen], page: str) -> None:
    said = seen[page, "light", SIZES[0]].far_alarm
    # The desk has its own strip.
    assert said == ("" if page == "desk" else "A-0004 到场 只剩 2 分")


@pytest.mark.parametrize("page", KEYS)
def test_every_row_is_spoken_of_in_words_of_its_own(seen: dict[View, Seen], page: str) -> None:
    assert seen[page, "light", SIZES[1]].unspoken == []


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


def test_the_ear_finds_rows_without_words_and_rows_alike(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    rows = QListWidget(root)
    rows.addItems(["八街", "", "八街"])
    root.show()
    assert unspoken_cells(root) == [
        "QListWidget 「」: nothing to say of row 1",
        "QListWidget 「」: two rows are 「八街」",
    ]


def test_the_eye_reads_the_colour_behind_a_text(qapp: QApplication) -> None:
    picture = QImage(80, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#E6F0FC"))
    place = QRect(0, 0, 80, 30)
    faint, plain = (Painted("派", "派", place, QColor(colour), False) for colour in ("#667081", "#18202C"))
    assert unreadable(picture, [faint, plain]) == ["「派」 #667081 on #e6f0fc"]
