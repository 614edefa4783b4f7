"""From a data folder to an open desk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.contract.errors import KnownError
from dispatch_app.ui.start.recovery_sheet import RecoverySheet
from dispatch_app.ui.start.screens import (
    DeadEndScreen,
    PassphraseScreen,
    RecoveryKeyScreen,
    RecoveryScreen,
    RosterScreen,
    WelcomeScreen,
)
from dispatch_app.ui.start.start_window import StartWindow
from dispatch_app.ui.start.way_in import Need, Situation
from dispatch_app.ui.theme.theme import Themes

CODE = "8K2QX-J0M4T-ABCDE-12345-QRSTV-XYZ01-99AAB"
FOLDER = Path("data")


class StrawWayIn:
    """Answers as a test tells it to, and records what it was asked."""

    def __init__(self) -> None:
        self.situation = Situation(Need.NOTHING, FOLDER)
        self.asked: list[tuple[str, ...]] = []
        self.error: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    def look(self) -> Situation:
        self._answer("look")
        return self.situation

    def first_start(self, passphrase: str) -> str:
        self._answer("first_start", passphrase)
        return CODE

    def with_passphrase(self, passphrase: str) -> None:
        self._answer("with_passphrase", passphrase)

    def with_recovery_code(self, code: str, new_passphrase: str) -> None:
        self._answer("with_recovery_code", code, new_passphrase)

    def import_roster(self, path: Path) -> str:
        self._answer("import_roster", path.name)
        return "已导入 6 个手机号码"

    def _answer(self, *asked: str) -> None:
        assert self.gate.wait(10), "nobody opened the gate"
        self.asked.append(asked)
        if self.error is not None:
            raise self.error


@pytest.fixture
def way_in() -> StrawWayIn:
    return StrawWayIn()


@pytest.fixture
def start(way_in: StrawWayIn, themes: Themes, qtbot: QtBot) -> Iterator[StartWindow]:
    window = StartWindow(way_in, themes)
    yield window
    way_in.gate.set()
    window.shut()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def begin(start: StartWindow, way_in: StrawWayIn, situation: Situation, qtbot: QtBot) -> None:
    way_in.situation = situation
    start.begin()
    qtbot.waitUntil(lambda: start.screen_shown is not None)


def settle(start: StartWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not start.busy)


def test_a_key_at_hand_opens_the_desk_without_a_screen(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(start.opened):
        start.begin()
    assert not start.isVisible()


def test_the_first_start_makes_the_database_shows_the_code_and_takes_the_roster(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    begin(start, way_in, Situation(Need.FIRST_START, FOLDER), qtbot)
    welcome = start.screen_shown
    assert isinstance(welcome, WelcomeScreen)
    assert start.isVisible()
    assert welcome.passphrase is None
    qtbot.keyClick(welcome.go, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(start.screen_shown, RecoveryKeyScreen))
    shown = start.screen_shown
    assert isinstance(shown, RecoveryKeyScreen)
    assert shown.code.text() == CODE
    assert not shown.go.isEnabled()
    qtbot.keyClick(shown.confirm, Qt.Key.Key_Space)
    qtbot.keyClick(shown.go, Qt.Key.Key_Space)
    roster = start.screen_shown
    assert isinstance(roster, RosterScreen)
    start.import_roster("附五.xlsx")
    settle(start, qtbot)
    assert roster.result.text() == "已导入 6 个手机号码"
    assert roster.go.words == "打开调度台"
    with qtbot.waitSignal(start.opened):
        qtbot.keyClick(roster.go, Qt.Key.Key_Space)
    assert way_in.asked == [("look",), ("first_start", ""), ("import_roster", "附五.xlsx")]


def test_the_window_cannot_be_closed_before_the_code_is_kept(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    begin(start, way_in, Situation(Need.FIRST_START, FOLDER), qtbot)
    assert isinstance(start.screen_shown, WelcomeScreen)
    start.screen_shown.go.click()
    qtbot.waitUntil(lambda: isinstance(start.screen_shown, RecoveryKeyScreen))
    start.close()
    assert start.isVisible()
    qtbot.keyClick(start, Qt.Key.Key_Escape)
    assert start.isVisible()
    shown = start.screen_shown
    assert isinstance(shown, RecoveryKeyScreen)
    shown.confirm.setChecked(True)
    shown.go.click()
    start.close()
    assert not start.isVisible()


def test_without_a_key_ring_a_passphrase_is_typed_twice(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    begin(start, way_in, Situation(Need.FIRST_START, FOLDER, "", new_passphrase=True), qtbot)
    welcome = start.screen_shown
    assert isinstance(welcome, WelcomeScreen)
    assert welcome.passphrase is not None
    start.activateWindow()
    qtbot.waitUntil(welcome.passphrase.once.hasFocus)
    qtbot.keyClicks(welcome.passphrase.once, "correct horse")
    qtbot.keyClicks(welcome.passphrase.twice, "correct hoarse")
    qtbot.keyClick(welcome.passphrase.twice, Qt.Key.Key_Return)
    assert welcome.passphrase.twice_field.error == "两次输入的不一样"
    assert way_in.asked == [("look",)]
    welcome.passphrase.twice.setText("correct horse")
    qtbot.keyClick(welcome.passphrase.twice, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(start.screen_shown, RecoveryKeyScreen))
    assert way_in.asked[-1] == ("first_start", "correct horse")


def test_a_refused_first_start_says_why_and_can_be_tried_again(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    begin(start, way_in, Situation(Need.FIRST_START, FOLDER, "这里有密钥文件却没有数据库"), qtbot)
    welcome = start.screen_shown
    assert isinstance(welcome, WelcomeScreen)
    assert "这里有密钥文件却没有数据库" in [label.text() for label in welcome.findChildren(QLabel)]
    way_in.error = KnownError("磁盘已满", "清出空间后再试")
    welcome.go.click()
    settle(start, qtbot)
    assert start.screen_shown is welcome
    assert welcome.trouble.text.text() == "磁盘已满。清出空间后再试"
    assert not welcome.trouble.isHidden()
    way_in.error = None
    welcome.go.click()
    qtbot.waitUntil(lambda: isinstance(start.screen_shown, RecoveryKeyScreen))


def test_a_passphrase_opens_and_a_wrong_one_is_said_at_the_field(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    begin(start, way_in, Situation(Need.PASSPHRASE, FOLDER), qtbot)
    screen = start.screen_shown
    assert isinstance(screen, PassphraseScreen)
    way_in.error = KnownError("口令不对", "再输一次", "passphrase")
    qtbot.keyClicks(screen.typed, "wrong horse")
    qtbot.keyClick(screen.typed, Qt.Key.Key_Return)
    settle(start, qtbot)
    assert screen.field.error == "口令不对。再输一次"
    assert screen.typed.selectedText() != ""
    way_in.error = KnownError("磁盘已满", "清出空间后再试")
    qtbot.keyClick(screen.typed, Qt.Key.Key_Return)
    settle(start, qtbot)
    assert screen.field.error == ""
    assert screen.trouble.text.text().startswith("磁盘已满")
    way_in.error = None
    with qtbot.waitSignal(start.opened):
        qtbot.mouseClick(screen.go, Qt.MouseButton.LeftButton)


def test_a_forgotten_passphrase_leads_to_the_recovery_code(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    begin(start, way_in, Situation(Need.PASSPHRASE, FOLDER, "忘了口令时", new_passphrase=True), qtbot)
    assert isinstance(start.screen_shown, PassphraseScreen)
    qtbot.mouseClick(start.screen_shown.forgotten, Qt.MouseButton.LeftButton)
    screen = start.screen_shown
    assert isinstance(screen, RecoveryScreen)
    assert screen.words.text() == "忘了口令时"
    assert screen.passphrase is not None
    screen.typed.setText(CODE)
    screen.passphrase.once.setText("new passphrase")
    screen.passphrase.twice.setText("other")
    screen.go.click()
    assert screen.passphrase.twice_field.error
    screen.passphrase.twice.setText("new passphrase")
    with qtbot.waitSignal(start.opened):
        qtbot.keyClick(screen.passphrase.twice, Qt.Key.Key_Return)
    assert way_in.asked[-1] == ("with_recovery_code", CODE, "new passphrase")


@pytest.mark.parametrize(
    ("field", "place"), [("recovery_code", "code"), ("passphrase", "passphrase"), ("", "screen")]
)
def test_what_is_wrong_with_a_recovery_is_said_where_it_is(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot, field: str, place: str
) -> None:
    begin(start, way_in, Situation(Need.RECOVERY, FOLDER, "换了电脑", new_passphrase=True), qtbot)
    screen = start.screen_shown
    assert isinstance(screen, RecoveryScreen)
    assert screen.passphrase is not None
    way_in.error = KnownError("不对", "再试", field)
    qtbot.keyClick(screen.typed, Qt.Key.Key_Return)
    settle(start, qtbot)
    said = {
        "code": screen.field.error,
        "passphrase": screen.passphrase.once_field.error,
        "screen": "" if screen.trouble.isHidden() else screen.trouble.text.text(),
    }
    assert {where for where, words in said.items() if words == "不对。再试"} == {place}


def test_a_missing_key_never_leads_to_a_new_one(start: StartWindow, way_in: StrawWayIn, qtbot: QtBot) -> None:
    begin(start, way_in, Situation(Need.RECOVERY, FOLDER, "系统钥匙串里没有密钥"), qtbot)
    screen = start.screen_shown
    assert isinstance(screen, RecoveryScreen)
    assert screen.passphrase is None
    with qtbot.waitSignal(start.opened):
        screen.typed.setText(CODE)
        screen.go.click()
    assert way_in.asked == [("look",), ("with_recovery_code", CODE, "")]


@pytest.mark.parametrize("how", ["hopeless", "refused"])
def test_where_nothing_helps_the_reason_is_said_and_one_can_leave(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot, how: str
) -> None:
    if how == "refused":
        way_in.error = KnownError("密钥文件读不懂", "从备份找回")
    begin(start, way_in, Situation(Need.HOPELESS, FOLDER, "密钥文件读不懂。从备份找回"), qtbot)
    screen = start.screen_shown
    assert isinstance(screen, DeadEndScreen)
    assert screen.words.text() == "密钥文件读不懂。从备份找回"
    screen.go.click()
    assert not start.isVisible()


def test_a_bug_on_the_way_reaches_the_crash_report(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    way_in.error = ZeroDivisionError()
    with qtbot.waitSignal(start.crashed) as caught:
        start.begin()
    assert isinstance(caught.args[0], ZeroDivisionError)


def test_a_key_ring_that_lets_one_wait_shows_that_something_goes_on(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    way_in.gate.clear()
    start._late.setInterval(0)
    start.begin()
    qtbot.waitUntil(start.isVisible)
    assert start.progress.isVisible()
    start.close()
    assert start.isVisible()
    with qtbot.waitSignal(start.opened):
        way_in.gate.set()
    assert start.progress.isHidden()


def test_while_it_works_nothing_can_be_pressed_twice(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    begin(start, way_in, Situation(Need.FIRST_START, FOLDER), qtbot)
    way_in.gate.clear()
    assert isinstance(start.screen_shown, WelcomeScreen)
    start.screen_shown.asked.emit("")
    start.screen_shown.asked.emit("")
    assert not start.stack.isEnabled()
    way_in.gate.set()
    qtbot.waitUntil(lambda: isinstance(start.screen_shown, RecoveryKeyScreen))
    assert way_in.asked.count(("first_start", "")) == 1


def test_the_code_can_be_copied(start: StartWindow, way_in: StrawWayIn, qtbot: QtBot) -> None:
    begin(start, way_in, Situation(Need.FIRST_START, FOLDER), qtbot)
    assert isinstance(start.screen_shown, WelcomeScreen)
    start.screen_shown.go.click()
    qtbot.waitUntil(lambda: isinstance(start.screen_shown, RecoveryKeyScreen))
    shown = start.screen_shown
    assert isinstance(shown, RecoveryKeyScreen)
    shown.copy_button.click()
    assert QGuiApplication.clipboard().text() == CODE
    assert "清空剪贴板" in shown.note.text()


def test_the_code_is_saved_with_what_it_is_for(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sheet = RecoverySheet(CODE, window)
    with qtbot.waitSignal(sheet.told) as caught:
        sheet.save(str(tmp_path / "恢复码.txt"))
    assert caught.args[0].startswith("已存为")
    text = (tmp_path / "恢复码.txt").read_text(encoding="utf-8-sig")
    assert CODE in text
    assert "锁进柜子" in text


def test_a_place_that_takes_no_file_is_said(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sheet = RecoverySheet(CODE, window)
    with qtbot.waitSignal(sheet.told) as caught:
        sheet.save(str(tmp_path))
    assert caught.args[0].startswith("没有存下")


def test_the_code_prints_on_one_page(
    qapp: QApplication, themes: Themes, qtbot: QtBot, tmp_path: Path
) -> None:
    import pypdfium2

    window = QWidget()
    qtbot.addWidget(window)
    sheet = RecoverySheet(CODE, window)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "code.pdf"))
    with qtbot.waitSignal(sheet.told) as caught:
        sheet.print_on(printer)
    assert "打印机" in caught.args[0]
    document = pypdfium2.PdfDocument(tmp_path / "code.pdf")
    assert len(document) == 1
    page = document[0].get_textpage()
    # Qt does not say in the file which figures its glyphs are: only the letters can be read back.
    assert "恢复码" in page.get_text_range()
    assert "XYZ" in page.get_text_range()
    page.close()
    document.close()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(themes: Themes, qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    sheet = RecoverySheet(CODE, window)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "code.pdf"))
    with qtbot.waitSignal(sheet.told) as caught:
        sheet.print_on(printer)
    assert caught.args[0].startswith("打印没有成功")


@pytest.mark.parametrize("accepted", [True, False])
def test_the_printer_is_asked_for_without_blocking(
    themes: Themes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, accepted: bool
) -> None:
    printed: list[QPrinter] = []
    monkeypatch.setattr(RecoverySheet, "print_on", lambda self, printer: printed.append(printer))
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = RecoverySheet(CODE, window)
    sheet.ask_printer()
    dialog = window.findChild(QPrintDialog)
    assert dialog.isVisible()
    # What the dialog's own buttons do: its printer may be one that is not there.
    dialog.done(QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected)
    assert len(printed) == (1 if accepted else 0)
    assert CODE in sheet.text


def test_files_are_asked_for_without_blocking(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot, tmp_path: Path
) -> None:
    begin(start, way_in, Situation(Need.FIRST_START, FOLDER), qtbot)
    assert isinstance(start.screen_shown, WelcomeScreen)
    start.screen_shown.go.click()
    qtbot.waitUntil(lambda: isinstance(start.screen_shown, RecoveryKeyScreen))
    shown = start.screen_shown
    assert isinstance(shown, RecoveryKeyScreen)
    shown.save_button.click()
    saving = shown.findChild(QFileDialog)
    saving.fileSelected.emit(str(tmp_path / "code.txt"))
    saving.close()
    assert (tmp_path / "code.txt").exists()
    shown.confirm.setChecked(True)
    shown.go.click()
    assert isinstance(start.screen_shown, RosterScreen)
    start.screen_shown.pick.click()
    picking = start.findChild(QFileDialog)
    picking.fileSelected.emit("附五.csv")
    picking.close()
    settle(start, qtbot)
    assert way_in.asked[-1] == ("import_roster", "附五.csv")


def test_every_button_has_a_name_and_can_be_reached_by_tab(
    start: StartWindow, way_in: StrawWayIn, qtbot: QtBot
) -> None:
    for situation in (
        Situation(Need.FIRST_START, FOLDER, "", new_passphrase=True),
        Situation(Need.PASSPHRASE, FOLDER),
        Situation(Need.RECOVERY, FOLDER, "换了电脑", new_passphrase=True),
    ):
        way_in.situation = situation
        start.begin()
        settle(start, qtbot)
        screen = start.screen_shown
        assert screen is not None
        for button in screen.findChildren(QPushButton):
            if button.isVisible():
                assert button.accessibleName()
                assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
