"""服务卡片: sheets of ten to cut, or cards of 90×54 mm one by one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from dispatch_app.operations.device_papers import MOST_CARD_PAGES, IssueServiceCards
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing.paper_panel import PaperPanel
from dispatch_app.ui.widgets.buttons import Segments
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

SHEET, SINGLE = "sheet", "single"


@dataclass(frozen=True, slots=True)
class CardsPaper:
    """So many sheets of ten, or single cards."""

    pages: int
    single: bool

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.SERVICE_CARDS

    def title(self, _queries: Queries) -> str:
        return "服务卡片"

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_service_cards(self.pages, single=self.single)

    def command(self) -> IssueServiceCards:
        return IssueServiceCards(self.pages, self.single)


class CardPanel(PaperPanel):
    """Cards for the people at the service points."""

    def __init__(self, context: UiContext, over: QWidget) -> None:
        super().__init__(context, "服务卡片", over)
        self.form = Segments([(SHEET, "A4 一版十张"), (SINGLE, "单张 90×54 mm")])
        self.form.set_value(SHEET)
        self.pages = QSpinBox()
        self.pages.setRange(1, MOST_CARD_PAGES)
        self.pages.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.pages.setFixedWidth(72)
        self.pages.setAccessibleName("印几版或几张")
        self.pages.setToolTip("A4 的版数，或单张的张数；↑↓ 增减")
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.form)
        row.addWidget(Text("数量", Size.QUIET, Tone.QUIET))
        row.addWidget(self.pages)
        self.body.insertLayout(0, row)
        self.form.chosen.connect(self.open_cards)
        self.pages.valueChanged.connect(self.open_cards)

    @Slot()
    def open_cards(self) -> None:
        """Show the cards as they would print."""
        self.open_paper(CardsPaper(self.pages.value(), self.form.value == SINGLE))
