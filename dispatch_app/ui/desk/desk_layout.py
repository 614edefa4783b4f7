"""Where things stand on the desk: everything urgent at once, on a large screen and on a small one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.detail_panel import DetailPanel
from dispatch_app.ui.desk.duty_line import DutyLine
from dispatch_app.ui.desk.intake_column import IntakeColumn
from dispatch_app.ui.desk.queue_model import QueueModel
from dispatch_app.ui.desk.queue_view import QueueView
from dispatch_app.ui.desk.staff_panel import StaffPanel
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Card

MARGIN = 14
GAP = 14
WIDE = (1440, 800)
"""Least width and height, logical pixels of the page, at which the desk is laid out as drawn."""
NARROW = 1150
"""Least width, logical pixels of the page, at which people stay in sight beside a call being taken."""
COLUMNS = (316, 1140, 332)
COMPACT_COLUMNS = (316, 654, 264)
ROWS = (610, 400)
COMPACT_ROWS = (384, 296)
BOTTOM = (590, 560)


class DeskLayout(QWidget):
    """The cards and the splitters between them; it shows nothing by itself."""

    def __init__(self, context: UiContext, queue: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.compact = False
        self.narrow = False
        self._looking = False
        self.map: QWidget | None = None
        self.intake = IntakeColumn(context)
        self.fold = Button("接报", Kind.PRIMARY, "F2")
        self.fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.queue = QueueView(queue, context.themes)
        self.queue_card = Card("在办故障", "最近的时限在前", flush=True)
        self.queue_card.header.insertWidget(0, self.fold)
        self.queue_card.body.addWidget(self.queue)
        self.duties = DutyLine(context)
        self.queue_card.body.addWidget(self.duties)
        self.detail = DetailPanel(context)
        self.map_card = Card("站点图", flush=True)
        self.staff = StaffPanel(context.themes)
        self.bottom = _splitter("desk_bottom", Qt.Orientation.Horizontal, self.detail, self.map_card)
        self.rows = _splitter("desk_rows", Qt.Orientation.Vertical, self.queue_card, self.bottom)
        self.people = _at_top(self.staff)
        self.columns = _splitter(
            "desk_columns", Qt.Orientation.Horizontal, self.intake, self.rows, self.people
        )
        for place, stretch in enumerate((0, 1, 0)):
            self.columns.setStretchFactor(place, stretch)
        for splitter in (self.rows, self.bottom):
            splitter.setStretchFactor(0, 3 if splitter is self.rows else 1)
            splitter.setStretchFactor(1, 2 if splitter is self.rows else 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        row.addWidget(self.columns)
        self.columns.setSizes(list(COLUMNS))
        self.rows.setSizes(list(ROWS))
        self.bottom.setSizes(list(BOTTOM))
        self.intake.promises.changed.connect(self.show_intake)
        self.show_intake()

    def fit(self, width: int, height: int) -> None:
        """Choose between the two layouts for a page of this size, logical pixels."""
        compact = width < WIDE[0] or height < WIDE[1]
        if (width < NARROW) != self.narrow:
            self.narrow = width < NARROW
            self.show_intake()
        if compact == self.compact:
            return
        self.compact = compact
        self.queue.set_compact(compact)
        self.staff.set_compact(compact)
        self.detail.set_compact(compact)
        self._place_map()
        self.show_intake()
        self.columns.setSizes(list(COMPACT_COLUMNS if compact else COLUMNS))
        self.rows.setSizes(list(COMPACT_ROWS if compact else ROWS))

    def show_intake(self) -> None:
        """On a small screen the card is folded into its button unless a call is being taken; on a very narrow
        one people make room for it then."""
        card = self.intake.card
        promises = self.intake.promises
        self._looking = self._looking and bool(promises.lines)
        folded = self.compact and not card.open and not self._looking
        self.intake.setVisible(not folded)
        # The column shows one or the other: their digits and Enter work all the same.
        self.people.setVisible(folded or not self.narrow)
        self.fold.setVisible(folded)
        counts = (("等候", len(card.parked.drafts)), ("F7 回电", len(promises.lines)))
        waiting = " · ".join(f"{word} {count}" for word, count in counts if count)
        self.fold.set_text(f"接报（{waiting}）" if waiting else "接报")

    def look_at_promises(self) -> None:
        """Bring the focus to whom to ring back; on a small screen the column comes up, and goes again."""
        self._looking = not self._looking or not self.compact
        self.show_intake()
        if self._looking:
            self.intake.promises.go_to_first()

    def take_in_map(self, view: QWidget) -> None:
        """Put the map where it belongs in the layout in force."""
        self.map = view
        self._place_map()

    def _place_map(self) -> None:
        self.map_card.setVisible(not self.compact)
        if self.map is None:
            return
        if self.compact:
            self.detail.take_in_map(self.map)
        else:
            self.map_card.body.addWidget(self.map)
            self.map.show()


def _at_top(card: QWidget) -> QWidget:
    """A column with the card at its top and the ground under it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    return holder


def _splitter(name: str, orientation: Qt.Orientation, *parts: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setHandleWidth(GAP)
    splitter.setChildrenCollapsible(False)
    for part in parts:
        splitter.addWidget(part)
    return splitter
