"""What holds for every test: no display, no network, no home folder, no message unheard, no luck.

Warnings are errors (pyproject.toml), which takes in exceptions nobody could raise and those of threads;
pytest-qt fails a test on any message of Qt; pytest-randomly shuffles the order.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

# Thousands of tests are made and none is thrown away: while they are collected there is nothing to collect.
gc.disable()

# A sandbox for whatever asks the platform for a place, a bus or a locale. Set before any test imports Qt.
_HOME = tempfile.TemporaryDirectory(prefix="dispatch-tests-")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
for _name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
    os.environ[_name] = os.path.join(_HOME.name, _name.lower())
    os.mkdir(os.environ[_name], 0o700)
os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
# Nowhere near Beijing and off the full hour: what leans on the machine's time zone shows it.
os.environ["TZ"] = "NST3:30"
time.tzset()

# The machine is shared and slow at times: examples are counted, never timed. In CI always the same.
settings.register_profile(
    "desk", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

_LOOPBACK = ("127.", "::1", "localhost")


class NetworkReachedError(RuntimeError):
    """A test tried to leave the machine."""


def _refuse_to_leave(address: Any) -> None:
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is not None and not str(host).startswith(_LOOPBACK):
        raise NetworkReachedError(f"a test reached for the network: {host}")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Sockets reach this machine and nothing else; names other than its own are not looked up."""
    patch = pytest.MonkeyPatch()
    look_up = socket.getaddrinfo

    def guard(method: str) -> None:
        original = getattr(socket.socket, method)

        def guarded(self: socket.socket, address: Any) -> Any:
            if self.family != socket.AF_UNIX:
                _refuse_to_leave(address)
            return original(self, address)

        patch.setattr(socket.socket, method, guarded)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_to_leave((host,))
        return look_up(host, *args, **kwargs)

    guard("connect")
    guard("connect_ex")
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield
    patch.undo()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is there now stays; tests that ask whether something was freed need not look through it."""
    gc.enable()
    gc.freeze()


class PatientQtBot(QtBot):
    """Waits for as long as a busy machine may need; what comes sooner ends the wait."""

    PATIENCE = 60_000

    def waitUntil(self, callback: Any, *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **more)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE) -> Any:
        return super().waitActive(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: Any, request: pytest.FixtureRequest) -> QtBot:
    return PatientQtBot(request)


NEEDED = {
    "secret_service": (("dbus-run-session", "gnome-keyring-daemon"), "there is no Secret Service here"),
    "scanner": (("zbarimg",), "nothing reads codes here"),
}
"""Marker → the programs its tests need, and what is wrong without them."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Such programs cannot be had everywhere, but where changes are judged they must be there."""
    for marker, (programs, lack) in NEEDED.items():
        absent = [name for name in programs if shutil.which(name) is None]
        if item.get_closest_marker(marker) is None or not absent:
            continue
        if os.environ.get("CI"):
            pytest.fail(f"CI has to bring {' and '.join(absent)}")
        pytest.skip(f"without {' and '.join(absent)} {lack}")
