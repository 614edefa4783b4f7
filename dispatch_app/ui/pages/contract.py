"""合同: what the paper says, where it can be read in two ways, what it covers, and where."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.facts import Zone
from dispatch_app.contract.terms import ServiceItem, Terms
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DaySummary, ReadingRow, SiteRow
from dispatch_app.operations.settings import ChangeReading
from dispatch_app.operations.sites import AmendSite
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.contract_facts import facts_of
from dispatch_app.ui.pages.contract_papers import ContractPapersCard
from dispatch_app.ui.pages.reading_entry import ReadingEntry
from dispatch_app.ui.pages.site_table import SiteTable
from dispatch_app.ui.widgets.cards import Banner, Card, ScrollPage
from dispatch_app.ui.widgets.labels import Badge, Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

TERM = "term"
UNDECIDED = (
    "合同十.1 写服务期叁年，起止日期却只有一年。现按日期计算；请双方书面确认后在下面「服务期到哪一天」裁定。"
)


@dataclass(frozen=True, slots=True)
class _Answer:
    terms: Terms
    readings: tuple[ReadingRow, ...]
    items: tuple[ServiceItem, ...]
    sites: tuple[SiteRow, ...]
    summary: DaySummary


def _read(queries: Queries) -> _Answer:
    return _Answer(
        queries.terms(),
        queries.readings(),
        queries.service_items(),
        queries.sites(),
        queries.day_summary(),
    )


class ContractPage(ScrollPage):
    """The contract's facts, its fifteen readings, the fourteen service items and the sites."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self.entries: dict[str, ReadingEntry] = {}
        self.heading = Text("合同", Size.FIGURE)
        self.paper = Text("", Size.QUIET, Tone.QUIET, wrap=True)
        self.banner = Banner(UNDECIDED, Tone.SOON, "去裁定")
        self.banner.hide()
        self._facts_card = Card("约定")
        self._facts: QWidget | None = None
        self._readings_card = Card("有两种读法的地方", "改动须有书面依据，每次都记录在案")
        self._items_card = Card("服务内容（附一）", "编号照合同，没有（6）")
        self._sites_card = Card("站点")
        self.sites = SiteTable()
        self._sites_card.body.addWidget(self.sites)
        self.papers = ContractPapersCard(context)
        for widget in (self.heading, self.paper, self.banner, self._facts_card, self.papers):
            self.column.addWidget(widget)
        self.column.addWidget(self._readings_card)
        self.column.addWidget(self._items_card)
        self.column.addWidget(self._sites_card)
        self.column.addStretch(1)
        self.banner.acted.connect(self._to_term)
        self.papers.draft_wanted.connect(self.draft_renewal)
        self.sites.amended.connect(self._amend_site)
        context.executor.applied.connect(self._take_applied)
        self._ask()

    def _ask(self) -> None:
        self._context.executor.ask(_read, self._take, self)

    @Slot(object)
    def _take_applied(self, applied: Applied) -> None:
        if "readings" in applied.changes.settings or applied.changes.sites or applied.changes.staff:
            self._ask()

    def _take(self, answer: _Answer) -> None:
        if self.entries:
            self._show(answer)
        else:
            with self.at_once():
                self._show(answer)

    def _show(self, answer: _Answer) -> None:
        self.paper.setText(answer.terms.contract.title)
        self.banner.setVisible(answer.summary.term_disputed)
        self._show_facts(answer)
        self._show_readings(answer.readings)
        self._show_items(answer.items)
        outlying = sum(site.zone is Zone.OUTLYING for site in answer.sites)
        self._sites_card.set_title(f"站点 {len(answer.sites)}", f"其中市区外 {outlying}")
        self.sites.set_rows(answer.sites)

    def _show_facts(self, answer: _Answer) -> None:
        today = date_of(self._context.ticker.now)
        facts = QWidget()
        grid = QGridLayout(facts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(facts_of(answer.terms, answer.summary, today)):
            grid.addWidget(Text(fact.label, Size.QUIET, Tone.QUIET), row, 0)
            warns = Tone.BREACHED if fact.breached else Tone.SOON
            value = Text(fact.value, Size.BODY, warns if fact.warns else Tone.TEXT, wrap=True)
            value.setAccessibleName(f"{fact.label}：{fact.value}")
            grid.addWidget(value, row, 1)
            grid.addWidget(Badge(fact.clause), row, 2)
        if self._facts is not None:
            self._facts.deleteLater()
        self._facts = facts
        self._facts_card.body.addWidget(facts)

    def _show_readings(self, readings: tuple[ReadingRow, ...]) -> None:
        for row in readings:
            if row.key in self.entries:
                self.entries[row.key].show_row(row)
                continue
            if self.entries:
                rule = QFrame()
                describe(rule, rule=True)
                self._readings_card.body.addWidget(rule)
            entry = ReadingEntry(row)
            entry.decided.connect(self._decide)
            self.entries[row.key] = entry
            self._readings_card.body.addWidget(entry)

    def _show_items(self, items: tuple[ServiceItem, ...]) -> None:
        if self._items_card.body.count():
            return
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        half = (len(items) + 1) // 2
        for place, item in enumerate(items):
            label = Text(f"（{item.number}）{item.title}", Size.QUIET, wrap=True)
            grid.addWidget(label, place % half, place // half)
        self._items_card.body.addWidget(holder)

    @Slot()
    def draft_renewal(self) -> None:
        """续签申请 over the page, or why there can be none today."""
        # The preview brings a PDF engine with it: nobody waits for that at the start.
        from dispatch_app.ui.pages.renewal_panel import renewal_panel

        renewal_panel(self._context, self).draft()

    @Slot()
    def _to_term(self) -> None:
        entry = self.entries[TERM]
        entry.open_form()
        self.ensureWidgetVisible(entry, 0, 200)

    @Slot(str, str, str)
    def _decide(self, key: str, value: str, document: str) -> None:
        entry = self.entries[key]
        self._context.executor.submit(
            ChangeReading(key, value, document),
            entry,
            done=lambda _changes: entry.close_form(),
            refused=entry.show_refusal,
        )

    @Slot(str, str, object, str)
    def _amend_site(self, site_id: str, name: str, zone: Zone, reason: str) -> None:
        self._context.executor.submit(
            AmendSite(site_id, name, zone, reason), self.sites, refused=self.sites.show_refusal
        )
