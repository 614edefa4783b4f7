from __future__ import annotations

import threading
from typing import ClassVar

import pytest
from keyring.backend import KeyringBackend
from keyring.compat.properties import classproperty
from keyring.errors import KeyringLocked

from dispatch_app.storage.keys import KeyringStore, KeyStoreError, MemoryKeyStore, new_key, system_backend
from tests.storage.samples import KEY, OTHER_KEY

DATABASE = "5d0f1d3e-0000-4000-8000-000000000001"


def ring(priority: object = 5.0):
    """A key ring class of its own. Not registered with the library: it is only ever given outright."""

    class Ring(KeyringBackend):
        kept: ClassVar[dict[tuple[str, str], str]] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del self.kept[service, username]

    Ring.priority = priority
    return Ring


def test_keys_are_random_and_of_the_right_length() -> None:
    keys = {new_key() for _ in range(20)}
    assert len(keys) == 20
    assert {len(key) for key in keys} == {32}


def test_a_key_is_kept_under_its_database_and_forgotten_on_demand() -> None:
    backend = ring()
    store = KeyringStore(backend)
    assert store.available()
    assert store.load(DATABASE) is None
    store.save(DATABASE, KEY)
    assert store.load(DATABASE) == KEY
    assert list(backend.kept) == [("dispatch-app", DATABASE)]
    store.save("another", OTHER_KEY)
    store.forget(DATABASE)
    assert store.load(DATABASE) is None
    assert store.load("another") == OTHER_KEY


@pytest.mark.parametrize("stored", ["", "not hex", "ab" * 31, "密" * 64])
def test_something_else_in_the_ring_is_refused_without_repeating_it(stored: str) -> None:
    backend = ring()
    backend.kept["dispatch-app", DATABASE] = stored
    with pytest.raises(KeyStoreError, match="不是数据库密钥"):
        KeyringStore(backend).load(DATABASE)


def test_a_ring_that_does_not_keep_is_found_out_at_once() -> None:
    backend = ring()
    backend.set_password = lambda self, service, username, password: None
    with pytest.raises(KeyStoreError, match="没有存进"):
        KeyringStore(backend).save(DATABASE, KEY)


def test_a_locked_ring_is_told_apart_from_an_empty_one() -> None:
    def locked(*_: object) -> None:
        raise KeyringLocked("dismissed")

    backend = ring()
    backend.get_password = locked
    with pytest.raises(KeyStoreError, match="没有打开") as caught:
        KeyringStore(backend).load(DATABASE)
    assert isinstance(caught.value.__cause__, KeyringLocked)
    assert "恢复码" in caught.value.remedy


def test_a_ring_that_hangs_does_not_take_the_desk_with_it() -> None:
    answered = threading.Event()
    backend = ring()
    backend.get_password = lambda *_: answered.wait(30) and None
    store = KeyringStore(backend, prompt_patience=0.05)
    with pytest.raises(KeyStoreError, match="没有回应"):
        store.load(DATABASE)
    answered.set()


def test_a_ring_of_no_priority_is_not_there() -> None:
    assert not KeyringStore(ring(0)).available()


def test_a_service_that_is_absent_or_hangs_is_not_there() -> None:
    answered = threading.Event()

    def absent(_: object) -> float:
        raise RuntimeError("no bus")

    def hanging(_: object) -> float:
        answered.wait(30)
        return 5.0

    assert not KeyringStore(ring(classproperty(absent))).available()
    assert not KeyringStore(ring(classproperty(hanging)), patience=0.05).available()
    answered.set()


def test_without_a_session_bus_there_is_no_key_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    monkeypatch.setattr("sys.platform", "linux")
    assert not KeyringStore().available()


@pytest.mark.parametrize(
    ("platform", "module"),
    [
        ("linux", "keyring.backends.SecretService"),
        ("win32", "keyring.backends.Windows"),
        ("darwin", "keyring.backends.macOS"),
    ],
)
def test_every_platform_has_its_own_ring_and_never_a_chain(platform: str, module: str) -> None:
    assert system_backend(platform).__module__ == module


def test_a_platform_without_a_known_ring_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "plan9")
    assert not KeyringStore().available()


def test_the_ring_in_memory_forgets() -> None:
    store = MemoryKeyStore()
    assert store.available()
    assert not MemoryKeyStore(available=False).available()
    store.save(DATABASE, KEY)
    assert store.load(DATABASE) == KEY
    store.forget(DATABASE)
    store.forget(DATABASE)
    assert store.load(DATABASE) is None
