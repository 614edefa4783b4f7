"""合同: facts with clauses, fifteen readings that change only with a document, the sites."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dispatch_app.contract.facts import Zone
from dispatch_app.contract.readings import READING_GUIDE
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.rows import DaySummary, ReadingRow
from dispatch_app.operations.settings import ChangeReading
from dispatch_app.operations.sites import AmendSite
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.contract import ContractPage
from dispatch_app.ui.pages.contract_facts import ContractFact, facts_of
from dispatch_app.ui.pages.site_table import SiteTableModel
from dispatch_app.ui.widgets.labels import Text

Settle = Callable[[], None]
SUMMARY = DaySummary(5, 5, 2, 12, 5, 1, 0, 1, 5, "2025-02-28", 98, True)


def fact(label: str, summary: DaySummary = SUMMARY, today: date = date(2024, 11, 22)) -> ContractFact:
    return next(one for one in facts_of(load_terms(), summary, today) if one.label == label)


@pytest.fixture
def page(context: UiContext, qtbot: QtBot, settle: Settle) -> Iterator[ContractPage]:
    made = ContractPage(context)
    made.resize(1280, 800)
    made.show()
    settle()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class FirstSight(QObject):
    """What the height of a page's content was, and should have been, whenever it was painted."""

    def __init__(self, page: ContractPage) -> None:
        super().__init__(page)
        self.heights: list[tuple[int, int]] = []
        self._page = page
        page.widget().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._page.entries:
            inner = self._page.widget()
            self.heights.append((inner.height(), inner.heightForWidth(inner.width())))
        return False


def test_the_page_is_laid_out_before_it_is_first_painted(
    context: UiContext, qtbot: QtBot, settle: Settle
) -> None:
    made = ContractPage(context)
    qtbot.addWidget(made)
    sight = FirstSight(made)
    made.resize(1192, 620)
    made.show()
    settle()
    qtbot.waitUntil(lambda: bool(sight.heights))
    assert all(has >= needs for has, needs in sight.heights), sight.heights


def texts(page: ContractPage) -> list[str]:
    return [label.text() for label in page.findChildren(Text)]


@pytest.mark.parametrize(
    ("label", "value", "clause"),
    [
        ("甲方", "安宁市工业和科学技术信息化局（合同另有写作：安宁市工业和信息化局）", "首部"),
        ("合同价", "160,000.00 元　壹拾陆万元整", "八.1、八.2"),
        ("服务期", "2024-03-01 至 2025-02-28，还有 98 天", "十.1"),
        ("技术人员", "不少于 5 人，在职 5 人", "二.2、附一"),
        ("五小时未派人", "每次 2,000.00 元；超过 5 次，甲方可解除合同", "九.2"),
        ("其他违约", "合同价的 20%，即 32,000.00 元；损失更大的补足", "九.4"),
    ],
)
def test_the_facts_stand_with_their_clauses(label: str, value: str, clause: str) -> None:
    assert (fact(label).value, fact(label).clause, fact(label).warns) == (value, clause, False)


def test_the_renewal_window_counts_working_days() -> None:
    renewal = fact("续签")
    assert "2025-01-13 至 2025-02-28" in renewal.value
    assert "距开始 52 天" in renewal.value
    assert not renewal.warns


def test_the_reply_is_due_three_working_days_after_the_application() -> None:
    assert "2025-01-13 递交的，最迟 2025-01-16 答复" in fact("续签").value
    # The festival of 2025 lasts from 28 January to 4 February; the Sunday before it is worked.
    inside = fact("续签", today=date(2025, 1, 24)).value
    assert "2025-01-24 递交的，最迟 2025-02-05 答复" in inside
    assert "递交的" not in fact("续签", today=date(2025, 3, 1)).value


@pytest.mark.parametrize(
    ("today", "warns"),
    [
        (date(2025, 1, 12), False),
        (date(2025, 1, 13), True),
        (date(2025, 2, 28), True),
        (date(2025, 3, 1), False),
    ],
)
def test_the_renewal_window_warns_from_its_first_to_its_last_day(today: date, warns: bool) -> None:
    assert fact("续签", today=today).warns is warns


def test_a_year_without_announced_holidays_is_said() -> None:
    terms = load_terms()
    words = replace(terms, readings=replace(terms.readings, term="words"))
    far = next(one for one in facts_of(words, SUMMARY, date(2024, 11, 22)) if one.label == "续签")
    assert "尚无该年节假日安排" in far.value


def test_what_is_wrong_with_the_contract_warns() -> None:
    assert fact("服务期", replace(SUMMARY, days_left=-1)).warns
    assert "已过期 1 天" in fact("服务期", replace(SUMMARY, days_left=-1)).value
    short = fact("技术人员", replace(SUMMARY, employed_technicians=4))
    assert (short.value, short.breached) == ("不少于 5 人，在职 4 人，缺 1 人", True)


def test_the_page_shows_facts_items_readings_and_sites(page: ContractPage) -> None:
    shown = texts(page)
    assert "160,000.00 元　壹拾陆万元整" in shown
    assert list(page.entries) == [guide.key for guide in READING_GUIDE]
    items = [text for text in shown if text.startswith("（")]
    assert len(items) == 14
    assert not [text for text in items if text.startswith("（6）")]
    assert any(text.startswith("（15）") for text in items)
    assert page.sites.model.rowCount() == len(page._context.desk.queries.sites())


def test_both_meanings_stand_with_the_question_and_its_clause(page: ContractPage) -> None:
    entry = page.entries["two_days"]
    assert entry.question.text() == "“两天”怎样计算"
    assert entry.used.text() == "采用：自接报起 48 小时"
    assert entry.other.text() == "另一种：接报当日之后的两个整日"
    assert entry.origin.text() == "未经裁定，用随程序附带的读法"


def test_the_three_years_stay_in_a_banner_until_somebody_decides(
    page: ContractPage, context: UiContext, straw: Any, settle: Settle, qtbot: QtBot
) -> None:
    assert page.banner.isVisible()
    page.banner.action.click()
    entry = page.entries["term"]
    assert entry.form.isVisible()

    def decide(command: object) -> Changes:
        straw.queries.summary = replace(straw.queries.summary, term_disputed=False)
        row = straw.queries.readings()[0]
        straw.queries.decided["term"] = replace(
            row, decided_by="李鸿兰", decided_at=1_732_257_127, document="安工信〔2024〕3号"
        )
        return Changes(settings=frozenset({"readings"}))

    straw.answer = decide
    # The same reading can be decided for: what counts is that somebody has.
    entry.document.setText("安工信〔2024〕3号")
    qtbot.keyClick(entry.document, Qt.Key.Key_Return)
    settle()
    assert straw.commands == [ChangeReading("term", "dates", "安工信〔2024〕3号")]
    assert not page.banner.isVisible()
    assert entry.form.isHidden()
    assert entry.origin.text() == "李鸿兰 2024-11-22 14:32 依 安工信〔2024〕3号 裁定"


def test_no_reading_changes_without_a_document(page: ContractPage, straw: Any, settle: Settle) -> None:
    entry = page.entries["remote_fix"]
    entry.open_button.click()
    entry.choice("not").setChecked(True)
    entry.document.setText("  ")
    entry.record.click()
    settle()
    assert straw.commands == []
    assert "文号" in entry.document_field.error
    entry.document.setText("会议纪要 5")
    entry.record.click()
    settle()
    assert straw.commands == [ChangeReading("remote_fix", "not", "会议纪要 5")]


def test_a_refused_decision_is_said_in_its_place(page: ContractPage, straw: Any, settle: Settle) -> None:
    straw.refuse("没有这份文件", "核对文号")
    entry = page.entries["redials"]
    entry.open_button.click()
    entry.document.setText("x")
    entry.record.click()
    settle()
    assert entry.document_field.error == "没有这份文件。核对文号"
    assert entry.form.isVisible()


def test_a_decision_can_be_left_with_escape(page: ContractPage, straw: Any, qtbot: QtBot) -> None:
    entry = page.entries["redials"]
    page.activateWindow()
    entry.open_button.click()
    entry.choice("once").setChecked(True)
    qtbot.waitUntil(entry.document.hasFocus)
    qtbot.keyClick(entry.document, Qt.Key.Key_Escape)
    assert entry.form.isHidden()
    assert entry.open_button.isEnabled()
    entry.open_button.click()
    assert entry.choice("each").isChecked()
    assert straw.commands == []


def test_a_decided_reading_shows_its_new_meaning(
    page: ContractPage, context: UiContext, straw: Any, settle: Settle
) -> None:
    row: ReadingRow = straw.queries.readings()[14]
    straw.queries.decided["redials"] = replace(
        row, used="once", decided_by="李鸿兰", decided_at=1_732_257_127, document="纪要 5"
    )
    straw.answer = lambda command: Changes(settings=frozenset({"readings"}))
    context.executor.submit("elsewhere", context.executor)
    settle()
    assert page.entries["redials"].used.text() == "采用：每个故障只计一次"


def test_sites_are_found_by_typing_a_fragment_or_initials(page: ContractPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.sites.filter, "nhds")
    names = [page.sites.model.row(place).name for place in range(page.sites.model.rowCount())]
    assert names == ["宁湖大厦一机房", "宁湖大厦二机房"]
    page.sites.filter.setText("温泉")
    assert page.sites.model.rowCount() >= 1
    page.sites.filter.setText("没有的地方")
    assert page.sites.model.rowCount() == 0
    assert page.sites.selected is None


def test_a_zone_is_corrected_with_a_reason(page: ContractPage, straw: Any, settle: Settle) -> None:
    sites = page.sites
    assert sites._editors.isHidden()
    sites.view.selectRow(0)
    site = sites.selected
    assert site is not None
    assert not sites._editors.isHidden()
    assert sites.name.text() == site.name
    assert sites.zones.value == site.zone.value
    sites.zones.button("outlying").click()
    sites.save.click()
    assert "理由" in sites.reason_field.error
    sites.reason.setText("实地核对")
    sites.save.click()
    settle()
    assert straw.commands == [AmendSite(site.id, site.name, Zone.OUTLYING, "实地核对")]


def test_a_refused_correction_is_said_in_its_place(page: ContractPage, straw: Any, settle: Settle) -> None:
    straw.refuse("已有同名站点", "换一个名称")
    page.sites.view.selectRow(1)
    page.sites.reason.setText("改名")
    page.sites.save.click()
    settle()
    assert page.sites.reason_field.error == "已有同名站点。换一个名称"


def test_the_selected_site_stays_selected_when_sites_change(
    page: ContractPage, context: UiContext, straw: Any, settle: Settle
) -> None:
    page.sites.view.selectRow(3)
    before = page.sites.selected
    straw.answer = lambda command: Changes(sites=frozenset({"x"}))
    context.executor.submit("elsewhere", context.executor)
    settle()
    assert page.sites.selected == before
    assert before is not None


def test_nothing_is_amended_without_a_site(page: ContractPage, straw: Any) -> None:
    page.sites.reason.setText("x")
    page.sites._amend()
    assert straw.commands == []


def test_the_site_model_is_one_qt_agrees_with(straw: Any, qtbot: QtBot) -> None:
    model = SiteTableModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(straw.queries.sites())
    model.keep_matching("宁湖")
    model.keep_matching("")
    index = model.index(0, 4)
    assert model.data(index) in ("大约", "已定", "待定")
    assert model.data(index, Qt.ItemDataRole.ToolTipRole) is None
    assert model.headerData(0, Qt.Orientation.Horizontal) == "站点"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    positions = {model.data(model.index(row, 4)) for row in range(model.rowCount())}
    assert {"大约", "待定"} <= positions


def test_the_page_is_freed_with_its_window(context: UiContext, settle: Settle, qtbot: QtBot) -> None:
    gone: list[bool] = []
    page = ContractPage(context)
    page.destroyed.connect(lambda: gone.append(True))
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    settle()
    assert gone == [True]
