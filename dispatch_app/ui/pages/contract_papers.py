"""付款、发票与续签: how they stand, and the ways to the registers and the application."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from dispatch_app.operations.people_rows import ContractPapers
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.registers.register import Tone as CellTone
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Card
from dispatch_app.ui.widgets.labels import Badge, Text
from dispatch_app.ui.widgets.polish import Size, Tone

LABEL_WIDTH = 112
INVOICES, RENEWALS = "invoices", "renewals"
_TONES = {CellTone.QUIET: Tone.TEXT, CellTone.SOON: Tone.SOON, CellTone.BREACHED: Tone.BREACHED}


class ContractPapersCard(Card):
    """Signals:
    register_wanted: (register key, `RegisterFilter`, what it is called). draft_wanted: 起草续签申请.
    """

    register_wanted = Signal(object)
    draft_wanted = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("付款、发票与续签", parent=parent)
        self._context = context
        self.invoice = Text("", Size.BODY, wrap=True)
        self.payment = Text("", Size.BODY, wrap=True)
        self.renewal = Text("", Size.BODY, wrap=True)
        self.to_invoices = Button("发票", Kind.PLAIN)
        self.to_invoices.setToolTip("看登记簿里的发票，登记一张")
        self.to_renewals = Button("续签记录", Kind.PLAIN)
        self.to_renewals.setToolTip("看登记簿里的续签申请，记递交和答复")
        self.draft = Button("起草续签申请", Kind.ACCENT)
        self._lay_out()
        self.to_invoices.clicked.connect(self._show_invoices)
        self.to_renewals.clicked.connect(self._show_renewals)
        self.draft.clicked.connect(self.draft_wanted)
        context.executor.applied.connect(self._applied)
        self._ask()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        lines = (
            ("发票", self.invoice, "八.3", (self.to_invoices,)),
            ("付款", self.payment, "八.2、八.3", ()),
            ("续签", self.renewal, "十.2", (self.draft, self.to_renewals)),
        )
        for row, (label, value, clause, buttons) in enumerate(lines):
            grid.addWidget(Text(label, Size.QUIET, Tone.QUIET), row, 0)
            grid.addWidget(value, row, 1)
            ways = QHBoxLayout()
            ways.setSpacing(8)
            ways.addStretch(1)
            for button in buttons:
                ways.addWidget(button)
            grid.addLayout(ways, row, 2)
            grid.addWidget(Badge(clause), row, 3)
        self.body.addLayout(grid)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        changes = applied.changes
        if changes.settings & {"contract", "readings"} or changes.registers & {INVOICES, RENEWALS}:
            self._ask()

    def _ask(self) -> None:
        self._context.executor.ask(_papers, self._take, self)

    def _take(self, found: ContractPapers) -> None:
        made = f"{found.invoices} 张，合计 {found.invoiced:,.2f} 元" if found.invoices else "还没有登记"
        self.invoice.setText(made)
        self.payment.setText(f"已付 {found.paid:,.2f} 元" + _uncovered(found))
        self.payment.set_tone(Tone.BREACHED if found.uncovered else Tone.TEXT)
        said = f"{found.renewal.text}。{found.window}" if found.renewal.text else found.window
        self.renewal.setText(said)
        self.renewal.set_tone(_TONES[found.renewal.tone])
        # Outside the window the button still answers, with the days.
        self.draft.set_kind(Kind.ACCENT if found.open_now else Kind.PLAIN)
        self.draft.setToolTip(found.window)

    @Slot()
    def _show_invoices(self) -> None:
        self.register_wanted.emit((INVOICES, RegisterFilter(), ""))

    @Slot()
    def _show_renewals(self) -> None:
        self.register_wanted.emit((RENEWALS, RegisterFilter(), ""))


def _uncovered(found: ContractPapers) -> str:
    if not found.uncovered:
        return ""
    return f"；{'、'.join(found.uncovered)} 付款前没有登记发票，甲方本有权拒付"


def _papers(queries: Queries) -> ContractPapers:
    return queries.contract_papers()
