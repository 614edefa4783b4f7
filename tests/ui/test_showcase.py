"""The drill day without a person: pictures of every page and the papers of the day, from the real window."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from dispatch_app.bootstrap import build_scratch_desk
from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.workdays import renewal_window
from dispatch_app.operations.drill import DrillPlayer, shipped_day
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.operations.registers.catalogue import REGISTERS
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.reports.rasters import page_count
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.drill_runner import Drill
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.showcase import Showcase
from dispatch_app.ui.theme.look import Look
from dispatch_app.ui.theme.theme import Themes
from tests.ui.conftest import RESOURCES

SMALL = (1024, 640)


@pytest.fixture(scope="module")
def written(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Everything the showcase leaves, by file name."""
    out = tmp_path_factory.mktemp("showcase") / "not yet there"
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
            paths = Showcase(opened, drill, out, papers=True, sizes=[SMALL]).run()
            assert drill.player.finished
            # The last paper, the application for renewal, waits for its season.
            assert date_of(clock.now()) == renewal_window(desk.queries.terms()).first
        finally:
            opened.close()
    return {path.name: path for path in paths}


@pytest.mark.parametrize(
    "page",
    [
        "desk",
        "special-report",
        "desk-nobody-sent",
        "history",
        "tallies",
        "handover",
        "people",
        "devices",
        "rounds",
        "registers",
        "statistics",
        "call-logs",
        "contract",
        "settings",
    ],
)
def test_every_page_is_there_in_both_themes_and_they_differ(written: dict[str, Path], page: str) -> None:
    light, dark = (QImage(str(written[f"{page}-{theme}-1024x640.png"])) for theme in ("light", "dark"))

    assert (light.width(), light.height()) == (dark.width(), dark.height()) == SMALL
    assert light.pixelColor(84, 630).lightness() > 150 > dark.pixelColor(84, 630).lightness()


def test_the_papers_of_the_day_are_there_with_a_picture_of_each_page(written: dict[str, Path]) -> None:
    papers = {name: path for name, path in written.items() if name.endswith(".pdf")}

    kinds = {kind.value.replace("_", "-") for kind in DocumentKind}
    assert {re.sub(r"paper-(.*)-\d+\.pdf", r"\1", name) for name in papers} == kinds
    for name, path in papers.items():
        pages = [f"{name.removesuffix('.pdf')}-p{n + 1}.png" for n in range(page_count(path.read_bytes()))]
        assert pages
        # Labels and cards come single too; everything else is a sheet, on its side 794 pixels high.
        least = 140 if "device-labels" in name or "service-cards" in name else 700
        assert all(QImage(str(written[page])).height() > least for page in pages)


def test_every_register_is_shown_with_something_in_it(written: dict[str, Path]) -> None:
    pictures = {name for name in written if name.startswith("register-")}
    assert pictures == {f"register-{key.replace('_', '-')}-light.png" for key in REGISTERS}
