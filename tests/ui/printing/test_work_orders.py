"""派工单: opens beside the work, takes nobody's keyboard, and prints what it shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import IssueWorkOrder
from dispatch_app.operations.rows import DocumentRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing import paper_bar
from dispatch_app.ui.printing.paper_printer import PaperPrinter
from dispatch_app.ui.printing.work_orders import WorkOrderPanel
from tests.ui.conftest import StrawDesk
from tests.ui.map.map_rows import fault
from tests.ui.printing.papers import PaperTray, paper

Settle = Callable[[], None]
ORDER = DocumentRow("o1", "work_order", "A-0007-1", "派工单 A-0007-1 张懿明 宁湖大厦一机房", 0, 0, "")


def refuse(_command: object) -> Changes:
    raise KnownError("磁盘已满", "请腾出空间")


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> PaperTray:
    made = PaperTray()
    monkeypatch.setattr(
        paper_bar, "PaperPrinter", lambda context, parent: PaperPrinter(context, parent, made)
    )
    return made


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """A page somebody types on."""
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1200, 700)
    QLineEdit(page).setObjectName("call")
    page.show()
    return page


@pytest.fixture
def panel(
    context: UiContext, straw: StrawDesk, tray: PaperTray, host: QWidget, settle: Settle
) -> WorkOrderPanel:
    def preview(fault_id: str, staff_id: str) -> bytes:
        if staff_id == "s2":
            raise KnownError("A-0007 没有派给 刘平", "请先派单，再打派工单")
        return paper(1, mark="preview ")

    queries = straw.queries
    queries.faults["f7"] = fault(7, "n1")
    queries.preview_work_order = preview  # type: ignore[attr-defined]
    queries.documents = lambda kind="": (ORDER,)  # type: ignore[attr-defined]
    queries.document_pdf = lambda document_id, reprint=False: paper(1, mark="issued ")  # type: ignore[attr-defined]
    straw.answer = lambda command: Changes(created="o1" if isinstance(command, IssueWorkOrder) else "")
    made = WorkOrderPanel(context, host)
    settle()
    return made


def test_it_opens_with_the_preview_and_without_the_keyboard(
    panel: WorkOrderPanel, host: QWidget, settle: Settle, qtbot: QtBot
) -> None:
    call = host.findChild(QLineEdit, "call")
    call.setFocus()
    panel.open_asked(("f7", "s1"))
    settle()
    assert panel.isVisible()
    assert call.hasFocus() or host.focusWidget() is call
    assert panel.title.text() == "派工单 A-0007 张懿明"
    assert panel.preview.pdf == paper(1, mark="preview ")
    assert host.rect().contains(panel.geometry())
    assert panel.geometry().right() > host.width() - 40


def test_issuing_shows_the_bytes_with_the_number(
    panel: WorkOrderPanel, straw: StrawDesk, tray: PaperTray, settle: Settle
) -> None:
    panel.open_for("f7", "s1")
    settle()
    panel.only_issue_button.click()
    settle()
    assert straw.commands == [IssueWorkOrder("f7", "s1")]
    assert panel.preview.pdf == paper(1, mark="issued ")
    assert panel.paper_bar.document == ORDER
    assert panel.title.text() == ORDER.title
    assert not panel.issue_button.isVisible()
    assert not tray.sent


def test_one_click_issues_and_prints(panel: WorkOrderPanel, tray: PaperTray, settle: Settle) -> None:
    panel.open_for("f7", "s1")
    settle()
    panel.issue_button.click()
    settle()
    ((job, queue),) = tray.sent
    assert (job.number, job.pdf, queue) == ("A-0007-1", paper(1, mark="issued "), "office")


def test_somebody_who_was_not_sent_gets_no_order(panel: WorkOrderPanel, settle: Settle) -> None:
    panel.open_for("f7", "s2")
    settle()
    assert panel.preview.pdf == b""
    assert panel.preview._empty.title.text() == "A-0007 没有派给 刘平"
    assert not panel.issue_button.isEnabled()
    panel.open_for("f7", "s1")
    settle()
    assert panel.issue_button.isEnabled()


def test_an_order_that_is_refused_can_be_asked_for_again(
    panel: WorkOrderPanel, straw: StrawDesk, context: UiContext, settle: Settle
) -> None:
    said: list[str] = []
    context.messages.shown.connect(lambda message: said.append(message.text))
    panel.open_for("f7", "s1")
    settle()
    answer, straw.answer = straw.answer, refuse
    panel.issue_button.click()
    assert not panel.issue_button.isEnabled()
    settle()
    assert said == ["磁盘已满"]
    assert panel.issue_button.isEnabled()
    straw.answer = answer
    panel.only_issue_button.click()
    settle()
    assert panel.paper_bar.document == ORDER


def test_an_answer_for_somebody_else_is_thrown_away(panel: WorkOrderPanel, settle: Settle) -> None:
    panel.open_for("f7", "s1")
    panel.open_for("f7", "s2")
    settle()
    assert panel.preview.pdf == b""


def test_escape_and_the_cross_close_it(panel: WorkOrderPanel, settle: Settle, qtbot: QtBot) -> None:
    panel.open_for("f7", "s1")
    settle()
    qtbot.keyClick(panel, Qt.Key.Key_A)
    assert panel.isVisible()
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    panel.open_for("f7", "s1")
    settle()
    panel.close_button.click()
    assert not panel.isVisible()


def test_it_follows_the_size_of_the_page(panel: WorkOrderPanel, host: QWidget, settle: Settle) -> None:
    panel.open_for("f7", "s1")
    settle()
    host.resize(480, 600)
    assert host.rect().contains(panel.geometry())
    assert panel.width() == 480 - 32
    panel.dismiss()
    before = panel.geometry()
    host.resize(900, 600)
    assert panel.geometry() == before
