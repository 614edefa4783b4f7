"""Where the database key is kept between two starts: the system's key ring, or memory for tests."""

from __future__ import annotations

import secrets
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.cipher import KEY_BYTES

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "dispatch-app"
# A backend named outright: left to choose, the library may fall back to a file with a guessable key or none.
_BACKENDS = {
    "linux": ("keyring.backends.SecretService", "Keyring"),
    "win32": ("keyring.backends.Windows", "WinVaultKeyring"),
    "darwin": ("keyring.backends.macOS", "Keyring"),
}


class KeyStoreError(KnownError):
    """The key ring is there but does not answer, is locked, or gave back something else than was put in."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "解锁系统钥匙串后重试；不行就用恢复码打开")


class KeyStore(Protocol):
    """Keeps the keys of databases, each under the database's UUID."""

    def available(self) -> bool:
        """Whether there is a store to speak to. Never waits long and never asks a person anything."""
        ...

    def load(self, database: str) -> bytes | None:
        """The key, or None if the store has none. May wait for a person to unlock the store.

        Raises:
            KeyStoreError: The store did not answer; whether it has the key is not known.
        """
        ...

    def save(self, database: str, key: bytes) -> None:
        """Keeps the key, and has read it back when it returns.

        Raises:
            KeyStoreError: It could not be kept.
        """
        ...


def new_key() -> bytes:
    """Thirty-two random bytes."""
    return secrets.token_bytes(KEY_BYTES)


class MemoryKeyStore:
    """For tests and drills; forgets when the process ends."""

    def __init__(self, available: bool = True) -> None:
        self._available = available
        self._keys: dict[str, bytes] = {}

    def available(self) -> bool:
        return self._available

    def load(self, database: str) -> bytes | None:
        return self._keys.get(database)

    def save(self, database: str, key: bytes) -> None:
        self._keys[database] = key

    def forget(self, database: str) -> None:
        self._keys.pop(database, None)


class KeyringStore:
    """The key ring of the system: Secret Service on Linux, the credential store on Windows, macOS's keychain.

    Args:
        backend: The class to use instead of the platform's own.
        patience: Seconds within which the service must show that it is there.
        prompt_patience: Seconds a person has to unlock the key ring.
    """

    def __init__(
        self,
        backend: type[KeyringBackend] | None = None,
        patience: float = 3.0,
        prompt_patience: float = 120.0,
    ) -> None:
        self._backend = backend
        self._patience = patience
        self._prompt_patience = prompt_patience

    def available(self) -> bool:
        # `priority` of a backend that cannot work here raises; asking it talks to the bus, which may hang.
        try:
            return bool(_within(self._patience, lambda: self._class().priority > 0))
        except KeyStoreError:
            return False

    def load(self, database: str) -> bytes | None:
        stored = _within(self._prompt_patience, lambda: self._class()().get_password(SERVICE, database))
        if stored is None:
            return None
        try:
            key = bytes.fromhex(stored)
        except ValueError as error:
            raise KeyStoreError("系统钥匙串里存的不是数据库密钥") from error
        if len(key) != KEY_BYTES:
            raise KeyStoreError("系统钥匙串里存的不是数据库密钥")
        return key

    def save(self, database: str, key: bytes) -> None:
        text = key.hex()
        _within(self._prompt_patience, lambda: self._class()().set_password(SERVICE, database, text))
        if self.load(database) != key:
            raise KeyStoreError("密钥没有存进系统钥匙串")

    def forget(self, database: str) -> None:
        """Takes the key out of the ring; only the recovery code opens the database then.

        Raises:
            KeyStoreError: The ring did not answer or has no such key.
        """
        _within(self._prompt_patience, lambda: self._class()().delete_password(SERVICE, database))

    def _class(self) -> type[KeyringBackend]:
        return self._backend or system_backend(sys.platform)


def system_backend(platform: str) -> type[KeyringBackend]:
    """The key ring class of a platform as `sys.platform` names it.

    Raises:
        LookupError: None is known there.
    """
    module, name = _BACKENDS[platform]
    backend: type[KeyringBackend] = getattr(import_module(module), name)
    return backend


def _within(seconds: float, question: Callable[[], Any]) -> Any:
    """Asks on a thread of its own: a bus that hangs must not take the desk with it."""
    outcome: SimpleQueue[tuple[Any, Exception | None]] = SimpleQueue()

    def ask() -> None:
        try:
            outcome.put((question(), None))
        except Exception as error:  # noqa: BLE001  backends raise what they like; it is raised again below
            outcome.put((None, error))

    threading.Thread(target=ask, name="key ring", daemon=True).start()
    try:
        answer, failure = outcome.get(timeout=seconds)
    except Empty as error:
        raise KeyStoreError("系统钥匙串没有回应") from error
    if failure is not None:
        raise KeyStoreError("系统钥匙串没有打开") from failure
    return answer
