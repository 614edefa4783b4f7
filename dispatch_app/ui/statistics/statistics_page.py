"""统计: the faults of a period counted and drawn; every bar leads to the faults behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import date_of, month_bounds
from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.explain import CLOCK_GUIDE
from dispatch_app.contract.facts import Zone
from dispatch_app.operations.history_rows import HistoryFilter
from dispatch_app.operations.outline import Ring, load_outline
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import SiteRow
from dispatch_app.operations.statistics_rows import Dimension, Statistics
from dispatch_app.operations.words import ZONE_WORDS
from dispatch_app.reports.moments import minutes_text
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.tallies_period import Period, PeriodPicker
from dispatch_app.ui.statistics.bars import BarList, ColumnList
from dispatch_app.ui.statistics.bulletin_paper import HEADING, BulletinPaper
from dispatch_app.ui.statistics.heat_panel import HeatPanel
from dispatch_app.ui.statistics.legend import Legend
from dispatch_app.ui.statistics.months import MonthList
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Card, EmptyState, ScrollPage
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

if TYPE_CHECKING:
    from dispatch_app.ui.printing.paper_panel import PaperPanel

_TITLES = {
    Dimension.ITEM: "按服务项目",
    Dimension.SITE: "按站点",
    Dimension.CAUSE: "按故障原因",
    Dimension.PERSON: "按工程师（工作量）",
    Dimension.PROCEDURE: "按程序",
    Dimension.SOURCE: "按来源",
}
_SHOWN_CLOCKS = (
    ClockName.RESPONSE,
    ClockName.ARRIVAL,
    ClockName.DISPATCH_5H,
    ClockName.REPAIR_START,
    ClockName.SPECIAL_REPORT,
    ClockName.SAME_DAY,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the page draws, read in one go; `error` where the period is none."""

    period: Period
    term: Period
    found: Statistics | None
    sites: tuple[SiteRow, ...]
    error: KnownError | None = None


def read_statistics(period: Period, queries: Queries) -> Drawn:
    """Everything for one period."""
    terms = queries.terms()
    term, sites = Period(terms.term_start, terms.term_end), queries.sites()
    try:
        return Drawn(period, term, queries.statistics(period.start, period.end), sites)
    except KnownError as error:
        return Drawn(period, term, None, sites, error)


class StatisticsPage(QWidget):
    """Signals:
    faults_wanted: `HistoryFilter` with the faults behind a bar.
    """

    faults_wanted = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._stale = True
        self.found: Statistics | None = None
        self.picker = PeriodPicker(context.ticker.now)
        self.figures: dict[str, Text] = {}
        self.notes: dict[str, Text] = {}
        self.time = ColumnList(context.themes, "按日期的故障数")
        self.months = MonthList(context.themes, "近十二个月的故障数")
        self.lists = {one: BarList(context.themes, title) for one, title in _TITLES.items()}
        self.heat = HeatPanel(context.themes)
        self.tiers: dict[tuple[Zone, ClockName], Text] = {}
        self.bulletin_button = Button("出具通报", Kind.ACCENT)
        self.bulletin_button.setToolTip("把这段时间排成硬件工作状态通报，先预览再打印（附一 二.1）")
        self._panel: PaperPanel | None = None
        self.sheet = ScrollPage(1680)
        self.empty = EmptyState("这段时间没有故障", "换一个统计期，或在调度台登记")
        self._charts = QWidget()
        self._lay_out()
        self._connect()

    # ── layout ──

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.picker)
        head.addStretch(1)
        head.addWidget(self.bulletin_button)
        self.sheet.column.addLayout(head)
        self.sheet.column.addWidget(self._figure_card())
        self.sheet.column.addWidget(self.empty)
        charts = QVBoxLayout(self._charts)
        charts.setContentsMargins(0, 0, 0, 0)
        charts.setSpacing(12)
        counted = _card("故障数", self.time)
        entries = (("accent", "都按时"), ("breached_bar", "有超时"), ("quiet", "竖线：上期"))
        counted.header.addWidget(Legend(self._context.themes, entries))
        charts.addWidget(counted)
        charts.addLayout(
            _pair(
                _card("各时限（按区域）", self._standards()),
                _card("故障分布（示意）", self.heat, filled=True),
            )
        )
        charts.addLayout(_pair(self._list_card(Dimension.SITE), self._list_card(Dimension.ITEM)))
        charts.addLayout(_pair(self._list_card(Dimension.PERSON), self._list_card(Dimension.CAUSE)))
        charts.addLayout(_pair(self._list_card(Dimension.PROCEDURE), self._list_card(Dimension.SOURCE)))
        charts.addWidget(_card("近十二个月：故障数，响应与到场的按时率", self.months))
        self.sheet.column.addWidget(self._charts)
        self.sheet.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)
        self.empty.hide()
        self.setFocusProxy(self.picker.choices.button(self.picker.choices.value))

    def _figure_card(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(36)
        for key, title in (
            ("faults", "接报"),
            ("before", "上期"),
            ("open", "在办"),
            ("emergencies", "紧急"),
            ("cancelled", "销单"),
            ("response", "响应中位数"),
            ("arrival", "到场中位数"),
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(Text(title, Size.SMALL, Tone.QUIET))
            figure = self.figures[key] = Text("—", Size.FIGURE)
            note = self.notes[key] = Text("", Size.SMALL, Tone.QUIET)
            column.addWidget(figure)
            column.addWidget(note)
            row.addLayout(column)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _standards(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, zone in enumerate(Zone, start=1):
            grid.addWidget(Text(ZONE_WORDS[zone], Size.QUIET, Tone.QUIET), 0, place)
        for line, clock in enumerate(_SHOWN_CLOCKS, start=1):
            guide = CLOCK_GUIDE[clock]
            grid.addWidget(Text(f"{guide.title}（{guide.clause}）", Size.QUIET), line, 0)
            for place, zone in enumerate(Zone, start=1):
                cell = self.tiers[zone, clock] = Text("—", Size.QUIET)
                grid.addWidget(cell, line, place)
        grid.setRowStretch(len(_SHOWN_CLOCKS) + 1, 1)
        for place in range(3):
            grid.setColumnStretch(place, 1)
        return made

    def _list_card(self, dimension: Dimension) -> Card:
        return _card(_TITLES[dimension], self.lists[dimension])

    def _connect(self) -> None:
        self.picker.picked.connect(self._read)
        self.bulletin_button.clicked.connect(self.show_bulletin)
        self.time.opened.connect(partial(self._open, Dimension.TIME))
        self.months.opened.connect(self._open_month)
        self.heat.opened.connect(partial(self._open, Dimension.SITE))
        for dimension, bars in self.lists.items():
            bars.opened.connect(partial(self._open, dimension))
        self._context.executor.applied.connect(self._applied)
        self._context.executor.ask(_outline, self.heat.map.show_outline, self)

    # ── reading ──

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.picker.pass_time(self._context.ticker.now)
        if self._stale:
            self._read(self.picker.period)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        changes = applied.changes
        if changes.faults or changes.sites or "readings" in changes.settings:
            self._stale = True
            if self.isVisible():
                self._read(self.picker.period)

    @Slot(object)
    def _read(self, period: Period) -> None:
        self._stale = False
        self._context.executor.ask(partial(read_statistics, period), self._take, self)

    def _take(self, drawn: Drawn) -> None:
        if drawn.period != self.picker.period:
            return
        self.picker.set_term(drawn.term)
        self.found = drawn.found
        if drawn.found is None:
            assert drawn.error is not None
            self.empty.title.setText(drawn.error.message)
            self.empty.hint.setText(drawn.error.remedy)
        else:
            self.empty.title.setText("这段时间没有故障")
            self.empty.hint.setText("换一个统计期，或在调度台登记")
            self._draw(drawn.found, drawn.sites)
        some = drawn.found is not None and bool(drawn.found.faults)
        self.empty.setVisible(not some)
        self._charts.setVisible(some)

    def _draw(self, found: Statistics, sites: tuple[SiteRow, ...]) -> None:
        for key in ("faults", "before", "open", "emergencies", "cancelled"):
            self.figures[key].setText(f"{getattr(found, key):,}")
        self.figures["response"].setText(_lasted(found.medians.response_s))
        self.figures["arrival"].setText(_lasted(found.medians.arrival_s))
        for key, note in _notes(found).items():
            self.notes[key].setText(note)
        self.time.show_bars(found.bars[Dimension.TIME])
        for dimension, bars in self.lists.items():
            bars.show_bars(found.bars[dimension])
        self.heat.show_found(found, sites)
        for tier in found.tiers:
            cell = self.tiers.get((tier.zone, tier.clock))
            if cell is not None:
                share = "—" if tier.share is None else f"{tier.share:.0%}"
                late = f"，超时 {tier.breached}" if tier.breached else ""
                cell.setText(f"{share}　按时 {tier.met}{late}" if tier.share is not None else "没有")
                cell.set_tone(Tone.BREACHED if tier.breached else Tone.TEXT)
        self.months.show_months(found.months)

    @Slot()
    def show_bulletin(self) -> None:
        """The bulletin of the period as it would print, in a panel over the page."""
        if self._panel is None:
            # The preview brings a PDF engine with it: nobody waits for that who only looks at the figures.
            from dispatch_app.ui.printing.paper_panel import PaperPanel

            self._panel = PaperPanel(self._context, HEADING, self)
        self._panel.open_paper(BulletinPaper(self.picker.period))

    # ── leading on ──

    def _open(self, dimension: Dimension, key: str) -> None:
        period = self.picker.period
        question = partial(_behind, period, dimension, key)
        self._context.executor.ask(question, partial(self._lead, self._called(dimension, key)), self)

    @Slot(object)
    def _open_month(self, key: str) -> None:
        month = date_of(int(key))
        question = partial(_behind, Period(*month_bounds(month.year, month.month)), None, "")
        self._context.executor.ask(question, partial(self._lead, month.isoformat()[:7]), self)

    def _called(self, dimension: Dimension, key: str) -> str:
        assert self.found is not None
        label = next((bar.label for bar in self.found.bars[dimension] if bar.key == key), key)
        first, last = self.picker.period.days
        return label if dimension is Dimension.TIME else f"{label} {first} 至 {last}"

    def _lead(self, called: str, ids: tuple[str, ...]) -> None:
        if ids:
            self.faults_wanted.emit(HistoryFilter(only=ids, called=called))


def _card(title: str, content: QWidget, *, filled: bool = False) -> Card:
    """`filled`: the content takes all the height there is."""
    card = Card(title)
    card.body.addWidget(content, int(filled))
    if not filled:
        card.body.addStretch(1)
    return card


def _pair(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    return row


def _lasted(seconds: int | None) -> str:
    return "—" if seconds is None else minutes_text(seconds)


def _notes(found: Statistics) -> dict[str, str]:
    """What stands under the figures: each beside what it is to be compared with."""
    change = found.faults - found.before
    first, last = Period(found.before_start, found.start).days

    def share(count: int) -> str:
        return f"占 {count / found.faults:.0%}" if found.faults else ""

    return {
        "faults": f"比上期{'多' if change > 0 else '少'} {abs(change)} 件" if change else "与上期持平",
        "before": f"{first} 至 {last}",
        "open": share(found.open),
        "emergencies": share(found.emergencies),
        "cancelled": share(found.cancelled),
        "response": f"上期 {_lasted(found.medians_before.response_s)}",
        "arrival": f"上期 {_lasted(found.medians_before.arrival_s)}",
    }


def _outline(_queries: Queries) -> tuple[Ring, ...]:
    return load_outline()


def _behind(period: Period, dimension: Dimension | None, key: str, queries: Queries) -> tuple[str, ...]:
    return queries.statistics_faults(period.start, period.end, dimension, key)
