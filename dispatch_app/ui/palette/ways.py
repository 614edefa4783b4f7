"""From an entry's place to the page, the card or the panel that shows it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from dispatch_app.ui.bridge.messages import Messages
from dispatch_app.ui.journeys import Journeys
from dispatch_app.ui.palette.entries import Place, Where
from dispatch_app.ui.undo import Undo


class Ways:
    """Knows how each kind of place is reached."""

    def __init__(
        self,
        messages: Messages,
        journeys: Journeys,
        show_page: Callable[[str], None],
        undo: Undo,
        ask_drill: Callable[[], None],
    ) -> None:
        self._messages = messages
        self._journeys = journeys
        self._show_page = show_page
        self._undo = undo
        self._ask_drill = ask_drill

    def go(self, place: Place) -> None:
        match place.where:
            case Where.PAGE:
                self._show_page(place.key)
            case Where.FAULT:
                self._journeys.open_fault(place.key)
            case Where.SITE:
                self._journeys.open_site(place.key)
            case Where.NUMBER:
                QGuiApplication.clipboard().setText(place.key)
                self._messages.note(f"已复制 {place.second} 的电话 {place.key}")
            case Where.CALL:
                self._journeys.begin_call()
            case Where.WORK_ORDER:
                self._journeys.open_work_order((place.key, place.second))
            case Where.REGISTER:
                from dispatch_app.operations.register_rows import RegisterFilter

                self._journeys.open_register((place.key, RegisterFilter(), ""))
            case Where.ENTRY:
                self._journeys.open_entry(place.second, place.key)
            case Where.NEW_ENTRY:
                self._journeys.begin_entry(place.key)
            case Where.CORRECTION:
                self._journeys.correct_fault(place.key)
            case Where.THIRD_PARTY:
                self._journeys.call_third_party(place.key)
            case Where.FILTER:
                self._journeys.open_filter(place.key)
            case Where.NIGHT:
                self._journeys.enter_night_calls()
            case Where.BULLETIN:
                self._journeys.open_bulletin()
            case Where.ROUND_PAPERS:
                self._journeys.offer_round_papers()
            case Where.TOOL:
                self._journeys.use_tool(place.key, place.second)
            case Where.UNDO:
                self._undo.take_back_last()
            case Where.DRILL:
                self._ask_drill()
