"""The program is started twice on the same data, in real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import second_start_child
from tests.faults.children import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[2]


def start(folder: Path) -> subprocess.Popen[str]:
    environment = ENVIRONMENT | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, second_start_child.__file__, str(folder)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def line(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


@pytest.fixture
def first(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A desk that runs."""
    with start(tmp_path) as child:
        assert line(child) == "running"
        yield child
        child.kill()


def second(folder: Path) -> list[str]:
    with start(folder) as child:
        said, _ = child.communicate(timeout=60)
    return said.splitlines()


def test_the_first_window_comes_to_the_front_each_time(first: subprocess.Popen[str], tmp_path: Path) -> None:
    for _ in range(2):
        assert second(tmp_path) == ["调度台已经开着，已切换到它的窗口", "left 0"]
        assert line(first) == "front True StartWindow"
    assert not (tmp_path / "desk.front").exists()


def test_a_first_window_that_hangs_is_told_plainly_with_its_process(
    first: subprocess.Popen[str], tmp_path: Path
) -> None:
    os.kill(first.pid, signal.SIGSTOP)
    (refused,) = second(tmp_path)
    assert refused.startswith("refused 调度台已经开着，但没有回应")
    assert str(first.pid) in refused
    os.kill(first.pid, signal.SIGCONT)
    assert second(tmp_path)[-1] == "left 0"


def test_after_a_crash_the_next_start_is_the_first_again(
    first: subprocess.Popen[str], tmp_path: Path
) -> None:
    first.kill()
    first.wait()
    assert (tmp_path / "desk.open").exists()
    (tmp_path / "desk.front").touch()
    with start(tmp_path) as again:
        assert line(again) == "running"
        assert second(tmp_path)[-1] == "left 0"
        assert line(again) == "front True StartWindow"
        again.kill()
