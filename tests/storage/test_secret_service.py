"""The key ring against a real Secret Service: a session bus and a GNOME key ring of its own, in a child."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.secret_service

# The daemon reads its password from standard input and answers on the bus that dbus-run-session has made.
SESSION = 'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$0" -c "$1"'
STEPS = """
from dispatch_app.storage.keys import KeyringStore
store = KeyringStore(patience=20, prompt_patience=20)
key = bytes(range(32))
assert store.available()
assert store.load("database-1") is None
store.save("database-1", key)
store.save("database-2", key[::-1])
assert KeyringStore(prompt_patience=20).load("database-1") == key
store.forget("database-1")
assert store.load("database-1") is None
assert store.load("database-2") == key[::-1]
print("kept, read and forgotten")
"""


def test_a_key_is_kept_read_and_forgotten_by_a_real_secret_service(tmp_path: Path) -> None:
    for folder in ("data", "runtime"):
        (tmp_path / folder).mkdir(mode=0o700)
    environment = os.environ | {
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
    }
    environment.pop("DISPLAY", None)
    child = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", SESSION, sys.executable, STEPS],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (child.returncode, child.stdout) == (0, "kept, read and forgotten\n"), child.stderr
    assert list((tmp_path / "data" / "keyrings").glob("*.keyring"))
