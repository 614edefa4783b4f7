"""The selected fault: what is selected by itself, and what it shows after a look elsewhere."""

from __future__ import annotations

from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.ui.context import UiContext
from tests.ui.desk.conftest import Hands

Day = dict[str, str]


def test_a_fault_that_comes_from_elsewhere_is_selected_while_nothing_is(
    hands: Hands, desk: Desk, context: UiContext
) -> None:
    site = desk.queries.find_sites("八街")[0].id
    context.executor.submit(RegisterFault(context.ticker.now, site, "专网不通"), hands.page)
    hands.settle()

    assert hands.chosen.symptom == "专网不通"
    assert hands.page.parts.staff.trailing.text() == "派给 A-0001"


def test_the_selected_fault_shows_the_present_moment_when_the_page_is_looked_at_again(
    day: Day, hands: Hands
) -> None:
    hands.choose("八街")
    hands.page.hide()
    hands.tick(600)
    before = hands.page.parts.detail.trailing.text()
    hands.page.show()
    assert hands.page.parts.detail.trailing.text() != before
