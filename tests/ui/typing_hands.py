"""Somebody who does a scripted day at the desk by keys and clicks, entry by entry, and calls no command."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.facts import CancelKind, FactKind, Procedure, Source
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.drill_file import DrillDay, DrillEntry
from dispatch_app.operations.drill_steps import KIND_OF
from dispatch_app.operations.words import (
    CANCEL_WORDS,
    CAUSE_WORDS,
    FAULT_CAUSES,
    PROCEDURE_WORDS,
    SOURCE_WORDS,
)
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.desk.desk_page import DeskPage
from dispatch_app.ui.desk.detail_cause import CAUSE_KEYS
from dispatch_app.ui.desk.detail_moves import KEYS
from dispatch_app.ui.pages.special_reports import SpecialReportsPage
from dispatch_app.ui.pages.tallies import TalliesPage
from dispatch_app.ui.printing.work_orders import WorkOrderPanel
from tests.ui.conftest import StillClock

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
WITH_DIGIT = {FactKind.CONFIRMED}
WITH_ENTER = {FactKind.CLOSED, FactKind.UNREACHABLE, FactKind.REOPENED}


class TypingHands:
    """Does what a `DrillEntry` says through the widgets of an open desk, at the entry's moment."""

    def __init__(self, qtbot: QtBot, opened: OpenDesk, desk: Desk, clock: StillClock, day: DrillDay) -> None:
        self._qtbot = qtbot
        self._opened = opened
        self._desk = desk
        self._clock = clock
        self._day = day
        self._faults: dict[str, str] = {}
        page = opened.window.page_widget("desk")
        assert isinstance(page, DeskPage)
        self.page = page
        self._acts: dict[str, Callable[[DrillEntry], None]] = {
            "register": self._register,
            "assign": self._assign,
            "release": self._release,
            "cancel": self._cancel,
            "third_party": self._third_party,
            "correct": self._correct,
            "work_order": self._work_order,
            "draft_report": self._draft_report,
            "submit_report": self._submit_report,
            "instruct": self._instruct,
            "dispute": self._dispute,
            "state_cause": self._state_cause,
        }

    def do(self, entry: DrillEntry) -> None:
        self._clock.moment = entry.at
        self._opened.ticker.beat()
        self.settle()
        self._acts.get(entry.action, self._milestone)(entry)
        self.settle()

    # ── hands ──

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self._opened.executor.idle)
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: self._opened.executor.idle)

    @property
    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._opened.window

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._focus, key, modifier)
        self.settle()

    def _type(self, widget: QWidget, text: str) -> None:
        """Chinese arrives composed, as from an input method."""
        if text:
            widget.setFocus()
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(widget, composed)

    def _choose(self, entry: DrillEntry) -> None:
        self._opened.window.show_page("desk")
        self.page.parts.queue.setFocus()
        assert self.page.parts.queue.choose(self._faults[entry.fault]), entry.place
        self.settle()

    def _time(self, entry: DrillEntry) -> None:
        """Type the entry's own moment and its note into the field beside the large button."""
        note = str(entry.says.get("note", ""))
        time = moment_text(entry.happened_at)[11:16] if entry.happened_at != entry.at else "现在"
        if note or time != "现在":
            field = self.page.parts.detail.steps.time
            field.clear()
            self._type(field, f"{time} {note}".strip())
            self.page.parts.queue.setFocus()

    def _letter(self, letter: str) -> None:
        self._press(Key(ord(letter)))

    # ── the day ──

    def _register(self, entry: DrillEntry) -> None:
        QTest.keyClick(self._opened.window, Key.Key_F2)
        self.settle()
        form, says = self.page.parts.intake.card.form, entry.says
        self._type(form.site, str(says["site"]))
        self.settle()
        self._press(Key.Key_Return)
        self._type(form.symptom, str(says["symptom"]))
        for field in ("caller", "unit", "callback", "room", "device"):
            self._type(getattr(form, field), str(says.get(field, "")))
        if "line" in says:
            form.line.setCurrentIndex(form.line.findText(str(says["line"])))
        source = next(code for code in Source if SOURCE_WORDS[code] == says["source"])
        form.source.button(str(source)).click()
        if says.get("emergency"):
            form.emergency.click()
        if says.get("hardware"):
            form.hardware.click()
        form.symptom.setFocus()
        self._press(Key.Key_Return, Control)
        self._faults[entry.fault] = self.page.parts.queue.chosen

    def _assign(self, entry: DrillEntry) -> None:
        self._choose(entry)
        person = next(row for row in self._desk.queries.staff() if row.name == entry.says["engineer"])
        self._press(Key(ord(str(person.digit))))

    def _release(self, entry: DrillEntry) -> None:
        self._choose(entry)
        steps = self.page.parts.detail.steps
        steps.fill_menu()
        wanted = f"{entry.says['engineer']} 撤出…"
        next(action for action in steps.menu.actions() if action.text() == wanted).trigger()
        self._type(self.page.parts.detail.questions.release.reason, str(entry.says["reason"]))
        self._press(Key.Key_Return)

    def _milestone(self, entry: DrillEntry) -> None:
        self._choose(entry)
        self._time(entry)
        kind = KIND_OF[entry.action]
        self._letter(KEYS[kind])
        if kind is FactKind.CONFIRMED:
            said = str(entry.says["procedure"])
            wanted = next(code for code in Procedure if said in PROCEDURE_WORDS[code])
            self._press(Key(ord(str(list(Procedure).index(wanted) + 1))))
        elif kind in WITH_ENTER:
            self._press(Key.Key_Return)

    def _cancel(self, entry: DrillEntry) -> None:
        self._choose(entry)
        self._letter(KEYS[FactKind.CANCELLED])
        kind = next(code for code in CancelKind if CANCEL_WORDS[code] == entry.says["kind"])
        self._press(Key(ord(str(list(CancelKind).index(kind) + 1))))
        strip = self.page.parts.detail.questions.cancel
        if "of" in entry.says:
            of = self._faults[str(entry.says["of"])]
            self._type(strip.of, self._desk.queries.fault_rows([of])[0].number)
        self._type(strip.remark, str(entry.says.get("note", "")))
        strip.yes.click()

    def _state_cause(self, entry: DrillEntry) -> None:
        """The question stands there since 解决 was recorded: one key."""
        strip = self.page.parts.detail.questions.cause
        assert self._focus is strip, entry.place
        self._press(
            next(
                Key(ord(key)) for key, code in CAUSE_KEYS.items() if FAULT_CAUSES[code] == entry.says["cause"]
            )
        )

    def _third_party(self, entry: DrillEntry) -> None:
        self._choose(entry)
        self._letter("T")
        strip = self.page.parts.detail.questions.third_party
        cause = next(code for code, words in CAUSE_WORDS.items() if words == entry.says["cause"])
        strip.cause.setCurrentIndex(strip.cause.findData(str(cause)))
        self._type(strip.labour, str(entry.says["labour"]))
        parts = (f"{part['name']}:{part['price']}×{part['quantity']}" for part in entry.says["parts"])
        self._type(strip.parts, "；".join(parts))
        self._press(Key.Key_Return)

    def _correct(self, entry: DrillEntry) -> None:
        self._choose(entry)
        self._letter("E")
        detail = self.page.parts.detail
        lines = detail.timeline.lines
        meant = [place for place in range(lines.rowCount()) if lines.line(place).title == entry.says["fact"]]
        while detail.timeline.currentIndex().row() > meant[-1]:
            self._press(Key.Key_Up)
        strip = detail.questions.correct
        self._type(strip.time, str(entry.says["to"]))
        self._press(Key.Key_Return)
        self._type(strip.reason, str(entry.says["reason"]))
        self._press(Key.Key_Return)

    def _work_order(self, entry: DrillEntry) -> None:
        self._choose(entry)
        self._letter("L")
        panel = self._opened.window.findChild(WorkOrderPanel)
        assert panel is not None
        self.settle()
        panel.only_issue_button.click()
        self.settle()
        panel.dismiss()

    # ── papers ──

    @property
    def _reports(self) -> SpecialReportsPage:
        page = self._opened.window.page_widget("special_reports")
        assert isinstance(page, SpecialReportsPage)
        return page

    def _draft_report(self, entry: DrillEntry) -> None:
        self._choose(entry)
        self._press(Key.Key_Space)
        self.settle()
        assert self._opened.window.page == "special_reports"
        form = self._reports.form
        for field in ("device", "model", "serial", "parameters", "estimate", "cause", "advice", "signer"):
            form.editor(field).clear()
            self._type(form.editor(field), str(entry.says[field]))
        self._press(Key.Key_S, Control)

    def _submit_report(self, entry: DrillEntry) -> None:
        self._opened.window.show_page("special_reports")
        self.settle()
        self._reports.form.submit_button.click()

    def _instruct(self, entry: DrillEntry) -> None:
        self._opened.window.show_page("special_reports")
        self.settle()
        form = self._reports.instruction
        self._type(form.words, str(entry.says["text"]))
        self._type(form.document, str(entry.says["document"]))
        form.button.click()

    def _dispute(self, entry: DrillEntry) -> None:
        self._opened.window.show_page("tallies")
        self.settle()
        page = self._opened.window.page_widget("tallies")
        assert isinstance(page, TalliesPage)
        fault = self._faults[entry.fault]
        place = next(
            place
            for place, line in enumerate(page.sums.lines)
            if line.fault_id == fault and line.penalty and line.penalty.clause == entry.says["clause"]
        )
        page.sum_table.selectRow(place)
        page.dispute.click()
        self._type(page.objection.document, str(entry.says["document"]))
        self._press(Key.Key_Return)
        self._type(page.objection.note, str(entry.says["note"]))
        self._press(Key.Key_Return)
