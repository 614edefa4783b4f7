"""Bugs are filed once, shown once, and hold nothing about anybody."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.ui.crash import LOG, LOG_LIMIT, CrashDialog, CrashReports, describe_error, scrubbed

NOW = 1_732_257_127
PERSON, NUMBER = "李鸿兰", "0871-68686833"


def bug(words: str = "") -> Exception:
    """An exception with a trace, as a bug has one."""
    try:
        raise LookupError(words)
    except LookupError as error:
        return error


@pytest.fixture
def reports(qapp: QApplication, tmp_path: Path) -> CrashReports:
    return CrashReports(tmp_path, lambda: NOW)


@pytest.fixture
def installed(reports: CrashReports) -> Iterator[CrashReports]:
    reports.install()
    yield reports
    reports.uninstall()


@pytest.mark.parametrize(
    "words",
    [
        f"no such caller: {PERSON}",
        f"'{NUMBER}' is no number",
        "callback 68686833 of nobody",
        "UNIQUE failed [parameters: ('zhang yiming', 'room 3')]",
        '"zhang yiming" is not in the roster',
    ],
)
def test_names_and_numbers_are_struck_out(words: str) -> None:
    kept = scrubbed(words)
    assert not [part for part in (PERSON, "68686833", "zhang", "room 3") if part in kept]


def test_what_helps_to_find_the_bug_is_kept() -> None:
    assert scrubbed("UNIQUE constraint failed: faults.number") == "UNIQUE constraint failed: faults.number"


def test_a_report_has_kinds_places_and_versions_and_nobody(reports: CrashReports, tmp_path: Path) -> None:
    filed: list[tuple[str, Path]] = []
    reports.filed.connect(lambda text, path: filed.append((text, path)))
    reports.report(bug(f"{PERSON} {NUMBER}"))
    text, path = filed[0]
    assert path.parent == tmp_path / "crash"
    assert path.read_text(encoding="utf-8") == text
    assert "builtins.LookupError" in text
    assert "tests/ui/test_shell_crash.py" in text
    assert "in bug" in text
    assert "dispatch-app 0.1.0" in text
    assert PERSON not in text
    assert "68686833" not in text
    assert str(Path.home()) not in text


def test_each_trace_is_filed_once(reports: CrashReports, tmp_path: Path) -> None:
    filed: list[object] = []
    reports.filed.connect(lambda text, path: filed.append(path))
    for _ in range(3):
        reports.report(bug())
    reports.report(ZeroDivisionError())
    assert len(filed) == 2
    assert len(list((tmp_path / "crash").iterdir())) == 2


def test_the_cause_of_a_bug_is_told_with_it() -> None:
    def both() -> None:
        try:
            raise KeyError("inner")
        except KeyError as error:
            raise RuntimeError("outer") from error

    with pytest.raises(RuntimeError) as caught:
        both()
    text = describe_error(caught.value)
    assert text.index("RuntimeError") < text.index("因为") < text.index("KeyError")


def test_what_was_silenced_on_purpose_is_left_out() -> None:
    def both() -> None:
        try:
            raise KeyError("inner")
        except KeyError:
            raise RuntimeError("outer") from None

    with pytest.raises(RuntimeError) as caught:
        both()
    assert "KeyError" not in describe_error(caught.value)


def test_a_full_disk_does_not_hide_the_bug(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "crash").write_text("in the way", encoding="utf-8")
    reports = CrashReports(tmp_path, lambda: NOW)
    filed: list[tuple[str, Path]] = []
    reports.filed.connect(lambda text, path: filed.append((text, path)))
    reports.report(bug())
    assert filed[0][1] == Path()
    assert "LookupError" in capsys.readouterr().err


def test_an_exception_nobody_caught_is_filed(installed: CrashReports, qtbot: QtBot) -> None:
    error = bug()
    with qtbot.waitSignal(installed.filed):
        sys.excepthook(type(error), error, error.__traceback__)


def test_an_exception_in_a_thread_is_filed_on_the_main_thread(installed: CrashReports, qtbot: QtBot) -> None:
    where: list[str] = []
    installed.filed.connect(lambda text, path: where.append(threading.current_thread().name))

    def work() -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(installed.filed) as caught:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert "ZeroDivisionError" in caught.args[0]
    assert where == ["MainThread"]


def test_an_exception_that_could_not_be_raised_is_filed(installed: CrashReports, qtbot: QtBot) -> None:
    with qtbot.waitSignal(installed.filed):
        sys.unraisablehook(SimpleNamespace(exc_value=bug(), exc_type=LookupError))  # type: ignore[arg-type]
    with qtbot.assertNotEmitted(installed.filed):
        sys.unraisablehook(SimpleNamespace(exc_value=None, exc_type=LookupError))  # type: ignore[arg-type]
        threading.excepthook(threading.ExceptHookArgs((SystemExit, None, None, None)))


def test_an_interrupt_at_the_terminal_is_no_bug(
    installed: CrashReports, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[bool] = []
    monkeypatch.setattr(QGuiApplication, "quit", staticmethod(lambda: left.append(True)))
    with qtbot.assertNotEmitted(installed.filed):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert left == [True]


def test_the_hooks_are_given_back(reports: CrashReports) -> None:
    former = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    reports.install()
    assert sys.excepthook is not former[0]
    reports.uninstall()
    reports.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == former


def test_messages_of_qt_are_kept_without_names(
    reports: CrashReports, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports._on_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), f"no font for {PERSON}")
    kept = (tmp_path / "crash" / LOG).read_text(encoding="utf-8")
    assert kept == f"{NOW} QtWarningMsg no font for …\n"
    assert capsys.readouterr().err == kept


def test_the_log_of_qt_does_not_grow_for_ever(reports: CrashReports, tmp_path: Path) -> None:
    (tmp_path / "crash").mkdir()
    log = tmp_path / "crash" / LOG
    log.write_text("x" * (LOG_LIMIT + 1), encoding="utf-8")
    reports._on_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "again")
    assert log.read_text(encoding="utf-8") == f"{NOW} QtWarningMsg again\n"


def test_a_log_that_cannot_be_written_is_said(
    reports: CrashReports, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "crash").write_text("in the way", encoding="utf-8")
    reports._on_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "again")
    assert LOG in capsys.readouterr().err


def test_the_dialog_neither_blocks_nor_takes_the_focus(themes: object, qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    field = QLineEdit(window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    dialog = CrashDialog("report", tmp_path / "1-a.txt", window)
    dialog.show()
    qtbot.waitUntil(dialog.isVisible)
    assert not dialog.isModal()
    assert field.hasFocus()
    dialog.close_button.click()
    QCoreApplication.processEvents()
    assert not window.findChildren(CrashDialog)


def test_the_report_can_be_copied_and_found(
    themes: object, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(QUrl(url).toLocalFile()))
    )
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = CrashDialog("the report", tmp_path / "1-a.txt", parent)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "the report"
    dialog.folder_button.click()
    assert opened == [str(tmp_path)]
    unsaved = CrashDialog("the report", Path(), parent)
    assert unsaved.folder_button.isHidden()
