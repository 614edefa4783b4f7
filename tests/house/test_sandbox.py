"""The nets under the tests hold: what must fail a test does fail one."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house.tree import ROOT

UNHEARD = """
import gc, threading, warnings
from PySide6.QtCore import qDebug, qWarning

def test_of_a_warning():
    warnings.warn("old", DeprecationWarning)

def test_of_a_message_of_qt(qtbot):
    qWarning("careless")

def test_of_the_least_message_of_qt(qtbot):
    qDebug("careless")

def test_of_an_exception_in_a_thread():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()

def test_of_an_exception_nobody_can_raise():
    class Careless:
        def __del__(self):
            raise ValueError("unheard")
    Careless()
    gc.collect()

def test_of_a_file_left_open():
    open(__file__)
    gc.collect()

def test_of_nothing():
    pass
"""


def test_whatever_goes_unheard_elsewhere_fails_a_test_here(tmp_path: Path) -> None:
    (tmp_path / "test_unheard.py").write_text(UNHEARD, encoding="utf-8")
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
    command = [
        sys.executable,
        "-m",
        "pytest",
        *settings,
        "-p",
        "no:cacheprovider",
        "-p",
        "no:cov",
        str(tmp_path),
    ]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTEST_ADDOPTS": ""},
    )
    assert re.search(r"\b6 failed, 1 passed\b", done.stdout), done.stdout


def test_another_machine_is_out_of_reach() -> None:
    with socket.socket() as reaching, pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        reaching.connect(("192.0.2.1", 9))
    with pytest.raises(RuntimeError, match=r"example\.invalid"):
        socket.create_connection(("example.invalid", 80))


def test_this_machine_is_within_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as reaching:
        reaching.connect(server.getsockname())


def test_the_time_zone_of_the_tests_is_nobodys() -> None:
    assert time.timezone == 3 * 3600 + 30 * 60


def test_data_of_the_tests_stays_out_of_the_home_folder() -> None:
    assert "dispatch-tests-" in os.environ["XDG_DATA_HOME"]
