"""Who called before, offered while name, unit or number is typed; taking one fills all three."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from dispatch_app.operations.call_rows import CallerRow
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.offer_book import OfferBook, Offered


def caller_words(row: CallerRow) -> str:
    """`段主任　八街街道　6860 0001`."""
    return "　".join(part for part in (row.caller, row.unit, row.callback) if part)


def caller_book(
    context: UiContext, editors: Sequence[QLineEdit], site_id: Callable[[], str], parent: QWidget
) -> OfferBook:
    """Offers `CallerRow`s. `site_id`: the site chosen in the form, empty for none; who called about it comes
    first."""

    def find(wanted: str) -> Callable[[Queries], Offered]:
        site = site_id()
        return lambda queries: [(caller_words(row), row) for row in queries.find_callers(wanted, site)]

    for editor in editors:
        editor.setToolTip("↓ 选以前的来电人，回车取用：来电人、单位、回电一次填好")
    return OfferBook(context, "以前的来电人", editors, find, parent)
