"""The papers of the core room in a panel: the period and the room are chosen over the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from dispatch_app.operations.queries import Queries
from dispatch_app.operations.room_papers import IssueRoomPaper
from dispatch_app.operations.room_sheets import RoomPaper
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.tallies_period import Period, PeriodPicker, whole_days
from dispatch_app.ui.printing.paper_panel import PaperPanel

EVERY_ROOM = "全部机房"


@dataclass(frozen=True, slots=True)
class RoomPrint:
    """One of them, as the panel wants it."""

    heading: str
    paper: RoomPaper

    @property
    def kind(self) -> DocumentKind:
        return self.paper.kind

    def title(self, queries: Queries) -> str:
        return self.heading

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_room_paper(self.paper)

    def command(self) -> IssueRoomPaper:
        return IssueRoomPaper(self.paper)


class RoomPaperPanel(PaperPanel):
    """Gives the keyboard back to where it was when it closes.

    Args:
        periods: Whether the paper is of a period. rooms: Whether it can be of one room.
    """

    def __init__(
        self,
        context: UiContext,
        heading: str,
        kind: DocumentKind,
        over: QWidget,
        *,
        periods: bool = False,
        rooms: bool = False,
    ) -> None:
        super().__init__(context, heading, over)
        self._kind = kind
        self._print_heading = heading
        self._former: QWidget | None = None
        self.picker = PeriodPicker(context.ticker.now)
        self.rooms = QComboBox()
        self.rooms.setAccessibleName("哪个机房")
        self.rooms.addItem(EVERY_ROOM, "")
        choices = QHBoxLayout()
        choices.setContentsMargins(16, 0, 16, 8)
        choices.setSpacing(12)
        choices.addWidget(self.picker)
        choices.addWidget(self.rooms)
        choices.addStretch(1)
        self.body.insertLayout(0, choices)
        self.picker.setVisible(periods)
        self.rooms.setVisible(rooms)
        self.picker.picked.connect(self._picked)
        self.rooms.currentIndexChanged.connect(self._picked)
        if periods:
            context.executor.ask(_choices, self._take_choices, self)

    def open_period(self) -> None:
        """The paper of the period and the room that are set."""
        self._remember()
        self._show_paper()

    def open_one(self, paper: RoomPaper) -> None:
        """A paper that is of no period."""
        self._remember()
        self.open_paper(RoomPrint(self._print_heading, paper))

    @Slot()
    def dismiss(self) -> None:
        super().dismiss()
        if self._former is not None:
            self._former.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remember(self) -> None:
        if not self.isVisible():
            self._former = self._over.focusWidget()

    @Slot()
    def _picked(self) -> None:
        if self.isVisible():
            self._show_paper()

    def _show_paper(self) -> None:
        period = self.picker.period
        paper = RoomPaper(self._kind, period.start, period.end, self.rooms.currentData())
        self.open_paper(RoomPrint(self._print_heading, paper))

    def _take_choices(self, found: tuple[Period, Sequence[tuple[str, str]]]) -> None:
        term, sites = found
        self.picker.set_term(term)
        self.rooms.blockSignals(True)
        for site_id, name in sites:
            self.rooms.addItem(name, site_id)
        self.rooms.blockSignals(False)


def _choices(queries: Queries) -> tuple[Period, list[tuple[str, str]]]:
    contract = queries.contract()
    sites = [(one.id, one.name) for one in queries.sites()]
    return whole_days(contract.term_first, contract.term_last), sites


def panel_over(
    context: UiContext,
    heading: str,
    kind: DocumentKind,
    over: QWidget,
    *,
    periods: bool = False,
    rooms: bool = False,
) -> RoomPaperPanel:
    """The panel of that paper over a page, made when it is first asked for."""
    for one in over.findChildren(RoomPaperPanel):
        if one.objectName() == kind.value:
            return one
    made = RoomPaperPanel(context, heading, kind, over, periods=periods, rooms=rooms)
    made.setObjectName(kind.value)
    return made
