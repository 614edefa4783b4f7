"""Every form typed into Ctrl+K leads to where it is made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from dispatch_app.ui.pages.handover import HandoverPage
from dispatch_app.ui.palette.entries import Where
from dispatch_app.ui.palette.form_list import FORMS, FormEntry
from dispatch_app.ui.printing.paper_panel import PaperPanel
from dispatch_app.ui.registers.round_papers import PaperMenu
from dispatch_app.ui.statistics.statistics_page import StatisticsPage
from dispatch_app.ui.widgets.over_panel import OverPanel
from tests.ui.palette.conftest import Hands


def made_at(where: Where) -> list[FormEntry]:
    return [form for form in FORMS if form.place.where is where]


@pytest.mark.parametrize("form", [f for f in FORMS if f.place.where is Where.PAGE], ids=lambda f: f.title)
def test_a_form_made_on_a_page_leads_there(hands: Hands, form: FormEntry) -> None:
    hands.ask(form.title)
    place = hands.offered.index(form.title)
    for _ in range(place):
        hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    assert hands.window.page == form.place.key


@pytest.mark.parametrize("form", made_at(Where.TOOL), ids=lambda f: f.title)
def test_a_form_of_a_register_opens_over_it_or_says_what_is_missing(hands: Hands, form: FormEntry) -> None:
    hands.ask(form.title)
    for _ in range(hands.offered.index(form.title)):
        hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    over = [panel for panel in hands.window.findChildren(OverPanel) if panel.isVisible()]
    # Nothing is selected that a paper could be about, and nobody's change waits for a letter.
    missing = form.title in ("人员变更函告", "变更审批单")
    assert bool(over) != missing
    assert [bool(one.remedy) for one in hands.said] == [True] * missing


def test_the_night_the_bulletin_and_the_rounds(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    menus: list[QPoint] = []
    monkeypatch.setattr(PaperMenu, "popup", lambda _self, at: menus.append(at))
    hands.ask("夜间补录")
    hands.press(Qt.Key.Key_Return)
    handover = hands.window.page_widget("handover")
    assert isinstance(handover, HandoverPage)
    assert handover.night is not None
    assert handover.night.isVisible()
    hands.ask("通报")
    hands.press(Qt.Key.Key_Return)
    statistics = hands.window.page_widget("statistics")
    assert isinstance(statistics, StatisticsPage)
    assert any(panel.isVisible() for panel in statistics.findChildren(PaperPanel))
    hands.ask("巡检表")
    hands.press(Qt.Key.Key_Return)
    assert hands.window.page == "rounds"
    assert len(menus) == 1
