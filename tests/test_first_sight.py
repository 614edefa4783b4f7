"""What a person sees of a start before the desk is there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from dispatch_app.first_sight import Opening, first_sight
from dispatch_app.ui.layout_memory import LayoutMemory


@pytest.fixture
def seen(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Opening]:
    monkeypatch.setattr("dispatch_app.ui.application.QApplication", lambda _arguments: qapp)
    names = (qapp.applicationName(), qapp.applicationVersion())
    opening = first_sight(tmp_path)
    yield opening
    if opening.curtain is not None:
        opening.curtain.close()
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    qapp.setApplicationName(names[0])
    qapp.setApplicationVersion(names[1])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_curtain_says_what_is_being_opened_and_fills_the_desks_place(seen: Opening, qtbot: QtBot) -> None:
    curtain = seen.curtain
    assert curtain is not None
    assert curtain.isVisible()
    assert "正在打开…" in [label.text() for label in curtain.findChildren(QLabel)]
    assert curtain.geometry() == seen.app.primaryScreen().availableGeometry()


def test_the_curtain_stands_where_the_window_stood_last(seen: Opening, qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtWidgets import QMainWindow

    from dispatch_app.ui.start.curtain import Curtain

    window = QMainWindow()
    qtbot.addWidget(window)
    window.setGeometry(30, 40, 500, 400)
    memory = LayoutMemory(tmp_path)
    memory.save(window)
    curtain = Curtain(seen.themes, memory)
    qtbot.addWidget(curtain)
    assert curtain.geometry().size() == window.geometry().size()


def test_a_desk_that_is_open_already_gets_no_curtain(seen: Opening, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "desk.open").write_text("")
    assert first_sight(tmp_path).curtain is None


def test_it_is_there_before_the_databases_library(tmp_path: Path) -> None:
    steps = (
        "import sys; from pathlib import Path; from dispatch_app.first_sight import first_sight\n"
        "assert first_sight(Path(sys.argv[1])).curtain.isVisible()\n"
        "assert not {'sqlalchemy', 'alembic', 'cryptography', 'keyring'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", steps, str(tmp_path)], check=True, timeout=60)


def test_no_register_is_imported_for_the_desk() -> None:
    # All of them are a tenth of what a start has to import; none is in sight before its page is opened.
    families = ("registers.catalogue", "registers.register", "register_rows", "bulletins", "statistics_rows")
    code = (
        "import sys\n"
        "import dispatch_app.bootstrap, dispatch_app.ui.main_window, dispatch_app.ui.page_list\n"
        "import dispatch_app.ui.desk.desk_page\n"
        f"print([name for name in {families!r} if f'dispatch_app.operations.{{name}}' in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
