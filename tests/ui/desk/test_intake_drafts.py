"""Several calls at once: each comes back after a crash with its own stamp."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from dispatch_app.operations.calls import KeepDraft
from dispatch_app.operations.desk import Desk
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.desk_page import DeskPage
from tests.ui.conftest import FRIDAY
from tests.ui.desk.conftest import Hands, PaperMap


def test_several_calls_left_by_a_crash_come_back_each_with_its_stamp(
    hands: Hands, desk: Desk, context: UiContext, qtbot: QtBot
) -> None:
    for place, name in enumerate(("Chen", "Duan", "Zhou")):
        desk.perform(KeepDraft(f"d{place}", FRIDAY - 300 + place, place != 1, {"caller": name}))
    page = DeskPage(context, map_factory=PaperMap)
    qtbot.addWidget(page)
    Hands(qtbot, context, page).settle()
    card = page.parts.intake.card
    assert (card.form.caller.text(), card.answered_at) == ("Duan", FRIDAY - 299)
    assert [(draft.fields["caller"], draft.answered_at) for draft in card.parked.drafts] == [
        ("Chen", FRIDAY - 300), ("Zhou", FRIDAY - 298),
    ]  # fmt: skip
    assert hands.focus is hands.page.parts.queue
