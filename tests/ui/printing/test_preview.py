"""The preview shows the very bytes, page by page, by mouse and by keyboard, without holding anything up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.reports.rasters import render_page
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing.preview import FIT_PAGE, FIT_WIDTH, PreviewPane
from dispatch_app.ui.printing.raster_spooler import image_of
from dispatch_app.ui.widgets.buttons import IconButton
from tests.ui.printing.papers import paper

Settle = Callable[[], None]


@pytest.fixture
def pane(context: UiContext, qtbot: QtBot) -> PreviewPane:
    shown = PreviewPane(context)
    qtbot.addWidget(shown)
    shown.resize(420, 500)
    shown.show()
    return shown


def scroll(pane: PreviewPane) -> QWidget:
    proxy = pane.focusProxy()
    assert proxy is not None
    return proxy


def button(pane: PreviewPane, name: str) -> IconButton:
    return next(one for one in pane.findChildren(IconButton) if one.accessibleName().startswith(name))


def wheel(
    pane: PreviewPane, notches: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    where = scroll(pane).viewport()  # type: ignore[attr-defined]
    event = QWheelEvent(
        QPointF(50, 50), QPointF(where.mapToGlobal(QPoint(50, 50))), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(where, event)


def test_what_is_shown_is_what_pdfium_makes_of_the_bytes(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper(2))
    settle()
    dots = 72 * pane.scale * pane.devicePixelRatioF()
    assert pane.image == image_of(render_page(paper(2), 0, dots))
    assert (pane.page, pane.page_count) == (1, 2)


def test_a_page_fits_the_width_of_the_pane(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper())
    settle()
    room = scroll(pane).viewport().width()  # type: ignore[attr-defined]
    assert room - 30 <= pane.image.deviceIndependentSize().width() <= room


def test_a_wider_pane_shows_a_larger_page(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper())
    settle()
    before = pane.image.width()
    pane.resize(840, 500)
    settle()
    assert pane.image.width() > before * 1.8


def test_a_page_that_lies_is_fitted_by_its_own_width(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper(lying=True))
    settle()
    assert pane.image.width() > pane.image.height()
    assert pane.image.deviceIndependentSize().width() <= scroll(pane).viewport().width()  # type: ignore[attr-defined]


def test_the_whole_page_is_seen_at_a_click(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper())
    settle()
    button(pane, "整页").click()
    settle()
    assert pane.image.deviceIndependentSize().height() <= scroll(pane).viewport().height()  # type: ignore[attr-defined]
    button(pane, "整页").click()
    settle()
    assert pane.image.deviceIndependentSize().height() > scroll(pane).viewport().height()  # type: ignore[attr-defined]


def test_the_buttons_turn_pages_and_rest_at_the_ends(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper(3))
    settle()
    assert not button(pane, "上一页").isEnabled()
    button(pane, "下一页").click()
    settle()
    assert pane.page == 2
    button(pane, "下一页").click()
    settle()
    assert not button(pane, "下一页").isEnabled()
    button(pane, "上一页").click()
    settle()
    assert pane.page == 2
    pane.first_page()
    settle()
    assert pane.page == 1


def test_page_down_scrolls_and_then_turns(pane: PreviewPane, settle: Settle, qtbot: QtBot) -> None:
    pane.show_pdf(paper(2))
    settle()
    qtbot.keyClick(scroll(pane), Qt.Key.Key_PageDown)
    assert pane.page == 1
    for _ in range(4):
        qtbot.keyClick(scroll(pane), Qt.Key.Key_PageDown)
        settle()
    assert pane.page == 2
    assert scroll(pane).verticalScrollBar().value() == 0 or pane.page == 2  # type: ignore[attr-defined]


def test_page_up_turns_back_from_the_top(pane: PreviewPane, settle: Settle, qtbot: QtBot) -> None:
    pane.show_pdf(paper(2))
    settle()
    pane.turn(1)
    settle()
    qtbot.keyClick(scroll(pane), Qt.Key.Key_PageUp)
    settle()
    assert pane.page == 1


def test_the_wheel_turns_at_the_ends_and_zooms_with_control(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper(2))
    settle()
    pane.set_zoom(FIT_PAGE)
    settle()
    wheel(pane, -1)
    settle()
    assert pane.page == 2
    wheel(pane, 1)
    settle()
    assert pane.page == 1
    before = pane.scale
    wheel(pane, 1, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert pane.scale > before
    wheel(pane, -1, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert pane.scale == pytest.approx(before, rel=1e-3)


def test_the_keyboard_zooms_and_goes_back_to_the_width(
    pane: PreviewPane, settle: Settle, qtbot: QtBot
) -> None:
    pane.show_pdf(paper())
    settle()
    usual = pane.scale
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(scroll(pane), Qt.Key.Key_Plus, control)
    settle()
    assert pane.scale == pytest.approx(usual * 1.25, rel=1e-3)
    qtbot.keyClick(scroll(pane), Qt.Key.Key_Minus, control)
    qtbot.keyClick(scroll(pane), Qt.Key.Key_Minus, control)
    settle()
    assert pane.scale == pytest.approx(usual / 1.25, rel=1e-3)
    qtbot.keyClick(scroll(pane), Qt.Key.Key_0, control)
    settle()
    assert pane.scale == pytest.approx(usual, rel=1e-3)
    button(pane, "放大").click()
    button(pane, "缩小").click()
    settle()
    assert pane.scale == pytest.approx(usual, rel=1e-3)


def test_zooming_stops_at_both_ends(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper())
    settle()
    pane.set_zoom(99)
    assert pane.scale == 4
    pane.set_zoom(0.01)
    assert pane.scale == pytest.approx(0.3)
    pane.set_zoom(FIT_WIDTH)
    settle()


def test_a_paper_written_on_keeps_the_page_in_sight(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper(3))
    settle()
    pane.turn(2)
    settle()
    pane.show_pdf(paper(3, mark="x"))
    settle()
    assert pane.page == 3
    pane.show_pdf(paper(1))
    settle()
    assert (pane.page, pane.page_count) == (1, 1)


def test_of_many_changes_only_the_last_is_shown(pane: PreviewPane, settle: Settle) -> None:
    told: list[int] = []
    pane.page_shown.connect(told.append)
    for mark in "abcdef":
        pane.show_pdf(paper(1, mark=mark))
    settle()
    assert told == [1]
    dots = 72 * pane.scale * pane.devicePixelRatioF()
    assert pane.image == image_of(render_page(paper(1, mark="f"), 0, dots))


def test_the_same_bytes_are_not_made_twice(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper())
    settle()
    told: list[int] = []
    pane.page_shown.connect(told.append)
    pane.show_pdf(paper())
    settle()
    assert not told


def test_nothing_to_show_says_why(pane: PreviewPane, settle: Settle) -> None:
    pane.show_pdf(paper())
    pane.show_nothing("缺字：𪚥", "换一个字")
    settle()
    assert (pane.page, pane.page_count, pane.pdf) == (0, 0, b"")
    assert not scroll(pane).isVisible()
    assert pane._empty.title.text() == "缺字：𪚥"
    assert pane._empty.hint.text() == "换一个字"


def test_a_screen_reader_hears_which_page_it_is(pane: PreviewPane, settle: Settle) -> None:
    assert scroll(pane).accessibleDescription() == "没有可预览的单据"
    pane.show_pdf(paper(2))
    settle()
    assert scroll(pane).accessibleDescription() == "第 1 页，共 2 页"


def test_the_paper_stays_white_in_the_dark(pane: PreviewPane, settle: Settle, context: UiContext) -> None:
    context.themes.choose("dark")
    pane.show_pdf(paper())
    settle()
    shown = scroll(pane).grab().toImage()
    assert shown.pixelColor(30, 30).name() == "#ffffff"
    assert shown.pixelColor(3, 3) == context.themes.current.ground


def test_a_pane_that_is_gone_asks_for_no_more_pages(context: UiContext, settle: Settle, qtbot: QtBot) -> None:
    host = QWidget()
    pane = PreviewPane(context, host)
    pane.show_pdf(paper())
    host.deleteLater()
    gone: list[bool] = []
    pane.destroyed.connect(lambda: gone.append(True))
    qtbot.waitUntil(lambda: bool(gone))
    settle()


def test_after_the_end_of_the_program_no_page_is_asked_for(pane: PreviewPane, context: UiContext) -> None:
    context.executor.close()
    pane.show_pdf(paper())
    assert pane.page_count == 0
