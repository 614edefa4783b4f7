"""The papers of rounds and backups, from the menu to their number."""

from __future__ import annotations

import pytest

from dispatch_app.ui.registers.round_papers import PaperMenu
from dispatch_app.ui.registers.rounds_page import RoundsPage
from tests.ui.pages.conftest import RealDay
from tests.ui.registers.rounds_day import (
    add_plan,
    add_round,
    renew,
)


@pytest.fixture(autouse=True)
def _no_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A menu that came up would want the keyboard, which nobody gives it here."""
    monkeypatch.setattr(PaperMenu, "popup", lambda *_: None)


def test_every_paper_is_offered_seen_and_issued(rounds_page: RoundsPage, day: RealDay) -> None:
    add_plan(day)
    old = add_round(day, at="2024-03-04 09:00")
    rounds_page.show_register("rounds", entry_id=old)
    renew(rounds_page, day)
    rounds_page.duties.print_button.click()
    day.settle()
    assert rounds_page.menu is not None
    offered = rounds_page.menu.offered
    assert list(offered) == [
        "巡检表 2024年11月 市政府大楼机房",
        "巡检表 2024年10月 市政府大楼机房",
        "巡检表 2024年3月 市政府大楼机房",
        "空白巡检表 市政府日检",
        "备份记录 2024年11月",
        "备份记录 2024年10月",
        "备份记录 2024年3月",
    ]
    for words, title in (
        ("巡检表 2024年3月 市政府大楼机房", "巡检表 市政府大楼机房 2024年3月"),
        ("空白巡检表 市政府日检", "空白巡检表 市政府日检"),
        ("备份记录 2024年10月", "备份记录 2024年10月"),
    ):
        offered[words].trigger()
        day.settle()
        assert rounds_page.papers is not None
        assert rounds_page.papers.title.text() == title
        rounds_page.papers.issue()
        day.settle()
    kinds = [document.kind for document in day.documents("")]
    assert sorted(kinds) == ["backups", "round_blank", "rounds"]
    rounds_page.duties.print_button.click()
    day.settle()
    assert rounds_page.menu is not None


def test_without_rounds_only_backups_can_be_printed(rounds_page: RoundsPage, day: RealDay) -> None:
    rounds_page.offer_papers()
    day.settle()
    assert rounds_page.menu is not None
    assert list(rounds_page.menu.offered) == ["备份记录 2024年11月", "备份记录 2024年10月"]
