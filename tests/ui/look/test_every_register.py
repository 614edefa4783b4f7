"""Every register with entries in it, what an entry says and its forms, under the eye of the whole window."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from dispatch_app.bootstrap import build_scratch_desk
from dispatch_app.operations.drill import DrillPlayer, shipped_day
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.operations.register_pages import PAGES, page_of
from dispatch_app.operations.registers.catalogue import REGISTERS
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.drill_runner import Drill
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.registers.register_list import RegisterList
from dispatch_app.ui.registers.registers_page import RegistersPage
from dispatch_app.ui.showcase import Showcase
from dispatch_app.ui.theme.look import Look
from dispatch_app.ui.theme.theme import Themes
from tests.ui.conftest import RESOURCES
from tests.ui.look.audit import (
    cut_texts,
    cuts,
    painted_texts,
    spoken_twice,
    unnamed,
    unreadable,
    unspoken_cells,
)
from tests.ui.look.test_whole_window import FREE_TEXT, FREE_TEXT_SMALL, SIZES, SMALL_SIZES

AUDITED = (*SIZES[:2], *SMALL_SIZES)
"""The largest screen shows no more of a register than the middle one, with more room for it."""
OWN_SIZES = (SIZES[0], SIZES[1])
EMPTY = ("renewals",)
"""Registers of which the shipped samples have no entry: their empty lists and forms are looked at."""
ENTRY, NEW, CORRECTION = "entry", "new", "correction"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was wrong with one register, one line each, with the view and the width it was seen in."""

    cut: list[str]
    unreadable: list[str]
    unspoken: list[str]
    names: list[str]
    rows: int


class Eye:
    """Takes an open desk through the registers."""

    def __init__(self, opened: OpenDesk, showcase: Showcase) -> None:
        self.window, self.themes = opened.window, opened.context.themes
        self._opened, self._showcase = opened, showcase

    def settle(self) -> None:
        self._showcase._wait_idle()
        # What an answer lays out anew is polished and placed by what it posts.
        for _ in range(3):
            QCoreApplication.processEvents()

    def page_of(self, register: str) -> RegistersPage:
        self.window.show_page(page_of(register))
        made = self.window.page_widget(page_of(register))
        found = made if isinstance(made, RegistersPage) else made.findChild(RegistersPage)
        assert isinstance(found, RegistersPage)
        return found

    def look(self, register: str) -> Looked:
        shown = self.page_of(register).show_register(register)
        found = Looked([], [], [], [], shown.model.rowCount())
        for view in _views(self, shown):
            for size in AUDITED:
                self.window.resize(*size)
                self.settle()
                self.window.message_bar.dismiss()
                self._note(found, f"{view} {size[0]}", size)
        self.window.resize(*SIZES[0])
        self.settle()
        return Looked(found.cut, found.unreadable, found.unspoken, found.names, shown.model.rowCount())

    def _note(self, found: Looked, seen: str, size: tuple[int, int]) -> None:
        with painted_texts() as painted:
            picture = self.window.grab().toImage()
        small = size in SMALL_SIZES
        short = FREE_TEXT_SMALL if small else FREE_TEXT
        found.cut.extend(f"{seen}: {line}" for line in cut_texts(self.window))
        found.cut.extend(
            f"{seen}: painted 「{whole}」 as 「{shown}」"
            for whole, shown in cuts(painted)
            if len(whole) < short or len(shown) < 2
        )
        found.unreadable.extend(f"{seen}: {line}" for line in unreadable(picture, painted))
        if size in OWN_SIZES:
            found.unspoken.extend(f"{seen}: {line}" for line in unspoken_cells(self.window))
            found.names.extend(f"{seen}: {line}" for line in unnamed(self.window))
            found.names.extend(f"{seen}: {line}" for line in spoken_twice(self.window))


def _views(eye: Eye, shown: RegisterList) -> Iterator[str]:
    """What a register can show, one after the other; nothing is written."""
    eye.settle()
    yield ENTRY
    shown.begin_entry()
    yield NEW
    shown.leave_form()
    shown.correct()
    eye.settle()
    if shown.side.currentWidget() is shown.form:
        yield CORRECTION
        shown.leave_form()
    detail = shown.panel.detail
    if detail is not None:
        for action in shown.register.actions:
            if action.fields and action.key not in detail.refused:
                shown.form.open_action(detail, action.key)
                shown.side.setCurrentWidget(shown.form)
                yield action.key
                shown.leave_form()


@pytest.fixture(scope="module")
def looks(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Looked]:
    """Every register gone through once, with what a month leaves in it; closed before the first test."""
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
            opened.window.banner.hide()
            showcase = Showcase(opened, drill, tmp_path_factory.mktemp("registers"), papers=False)
            showcase._play_until(day.ends)
            showcase._fill_registers()
            eye = Eye(opened, showcase)
            return {key: eye.look(key) for keys in PAGES.values() for key in keys}
        finally:
            opened.close()


@pytest.mark.parametrize("register", REGISTERS)
def test_nothing_of_a_register_is_cut(looks: dict[str, Looked], register: str) -> None:
    assert (looks[register].rows == 0) == (register in EMPTY)
    assert looks[register].cut == []


@pytest.mark.parametrize("register", REGISTERS)
def test_every_painted_text_of_a_register_can_be_read(looks: dict[str, Looked], register: str) -> None:
    assert looks[register].unreadable == []


@pytest.mark.parametrize("register", REGISTERS)
def test_every_row_and_control_of_a_register_has_words_of_its_own(
    looks: dict[str, Looked], register: str
) -> None:
    assert looks[register].unspoken == []
    assert looks[register].names == []
