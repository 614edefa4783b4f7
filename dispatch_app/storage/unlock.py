"""From a data folder to an open database: what is there decides, and a new key is never made for an old file.

    look() → FirstStart        → first_start(passphrase)          → Unlocked, with the recovery code to show
           → PassphraseWanted  → with_passphrase(passphrase)      → Unlocked
           → KeyMissing        → with_recovery_code(code, …)      → Unlocked
           → Unlocked

No screen is known here; whoever shows one maps these states to it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.cipher import WrongKeyError
from dispatch_app.storage.database import Database
from dispatch_app.storage.keys import KeyStore, KeyStoreError, new_key
from dispatch_app.storage.locations import DataPlace
from dispatch_app.storage.recovery import key_from_recovery, new_recovery_code, seal_with_recovery
from dispatch_app.storage.sealing import Argon2Cost, KeyFile, new_key_file, read_key_file, write_key_file
from dispatch_app.storage.vault import STANDARD_COST, key_from_passphrase, seal_with_passphrase


class MissingReason(StrEnum):
    """Why there is no key: the store has none, the store did not answer, what it has opens nothing, there is
    no store and no vault, or the key file beside the database is gone."""

    NOT_STORED = "not_stored"
    STORE_SILENT = "store_silent"
    WRONG_KEY = "wrong_key"
    NO_STORE = "no_store"
    KEY_FILE_GONE = "key_file_gone"


@dataclass(frozen=True, slots=True)
class FirstStart:
    """No database. `needs_passphrase`: there is no key ring, so a passphrase has to unlock it at each start.
    `traces`: a key file without its database lies there; somebody may have moved the database away."""

    needs_passphrase: bool
    traces: bool


@dataclass(frozen=True, slots=True)
class PassphraseWanted:
    """A vault holds the key."""


@dataclass(frozen=True, slots=True)
class KeyMissing:
    """The recovery screen. `recoverable`: a recovery code would help. `needs_passphrase`: there is no key
    ring to put the key back into, so a new passphrase has to come with the code."""

    reason: MissingReason
    recoverable: bool
    needs_passphrase: bool


@dataclass(frozen=True, slots=True)
class Unlocked:
    """`recovery_code`: to be shown and printed now, never again; None unless one was just made."""

    database: Database
    recovery_code: str | None = field(default=None, repr=False)


State = FirstStart | PassphraseWanted | KeyMissing | Unlocked


class Unlocking:
    """The way in to one data folder.

    Args:
        cost: What a guess at a passphrase made here costs.
    """

    def __init__(self, place: DataPlace, store: KeyStore, cost: Argon2Cost = STANDARD_COST) -> None:
        self._place = place
        self._store = store
        self._cost = cost

    def look(self) -> State:
        """What there is, and the open database if nothing has to be asked.

        Raises:
            KnownError: The database or the key file cannot be used as it is.
        """
        keys = read_key_file(self._place.keys)
        if not self._place.database.exists():
            return FirstStart(needs_passphrase=not self._store.available(), traces=keys is not None)
        if keys is None:
            return self._missing(MissingReason.KEY_FILE_GONE, recoverable=False)
        if not self._store.available():
            reason = MissingReason.NO_STORE
        else:
            try:
                key = self._store.load(keys.database)
                if key is not None:
                    return Unlocked(Database.open(self._place.database, key))
                reason = MissingReason.NOT_STORED
            except KeyStoreError:
                reason = MissingReason.STORE_SILENT
            except WrongKeyError:
                reason = MissingReason.WRONG_KEY
        if keys.passphrase:
            return PassphraseWanted()
        return self._missing(reason, recoverable=keys.recovery is not None)

    def first_start(self, passphrase: str = "") -> Unlocked:
        """Makes the database and its key. The key is safe before the database appears, so that a crash in
        between leaves nothing that cannot be opened.

        Args:
            passphrase: Needed where there is no key ring; where given, it is used instead of the ring.

        Raises:
            PassphraseError: Too short. KeyStoreError: The key could not be kept; nothing was made.
            KnownError: There is a database already, or the disk does not take it.
        """
        if self._place.database.exists():
            raise KnownError("数据库文件已经存在", "不会覆盖它；请重新启动程序打开它")
        keys, key = self._earlier_attempt()
        code = new_recovery_code()
        keys = replace(keys, recovery=seal_with_recovery(key, code, keys.database))
        self._keep(keys, key, passphrase)
        return Unlocked(Database.create(self._place.database, key), code)

    def with_passphrase(self, passphrase: str) -> Unlocked:
        """Raises:
        PassphraseError: It is not the passphrase. KnownError: No vault, or the database cannot be used.
        """
        return Unlocked(Database.open(self._place.database, self._from_vault(self._keys(), passphrase)))

    def with_recovery_code(self, code: str, new_passphrase: str = "") -> Unlocked:
        """Opens with the printed code and keeps the key for the next start: in the key ring, or under the new
        passphrase where one is given.

        Raises:
            RecoveryCodeError: Mistyped, or another database's. PassphraseError: The new one is too short.
            WrongKeyError: The key file belongs to another database.
            KnownError: The key could not be kept, or the database cannot be used.
        """
        keys = self._keys()
        if keys.recovery is None:
            raise KnownError("这份数据没有恢复码", "从备份恢复，或找回装有密钥的系统钥匙串")
        key = key_from_recovery(code, keys.recovery, keys.database)
        database = Database.open(self._place.database, key)
        try:
            self._keep(keys, key, new_passphrase)
        except BaseException:
            database.close()
            raise
        return Unlocked(database)

    def renew_recovery_code(self, passphrase: str = "") -> str:
        """A new code for the same key; the old one opens this folder no longer.

        Args:
            passphrase: Needed where a vault holds the key.

        Raises:
            PassphraseError, KeyStoreError, KnownError: The key cannot be had, or the disk does not take it.
        """
        keys = self._keys()
        key = self._from_vault(keys, passphrase) if keys.passphrase else self._store.load(keys.database)
        if key is None:
            raise KeyStoreError("系统钥匙串里没有这份数据的密钥")
        code = new_recovery_code()
        write_key_file(self._place.keys, replace(keys, recovery=seal_with_recovery(key, code, keys.database)))
        return code

    def change_passphrase(self, old: str, new: str) -> None:
        """Raises:
        PassphraseError: The old one is wrong, or the new one too short; the old one still holds.
        """
        keys = self._keys()
        sealed = seal_with_passphrase(self._from_vault(keys, old), new, keys.database, self._cost)
        write_key_file(self._place.keys, replace(keys, passphrase=sealed))

    def _keep(self, keys: KeyFile, key: bytes, passphrase: str) -> None:
        if passphrase or not self._store.available():
            sealed = seal_with_passphrase(key, passphrase, keys.database, self._cost)
            write_key_file(self._place.keys, replace(keys, passphrase=sealed))
        else:
            self._store.save(keys.database, key)
            write_key_file(self._place.keys, replace(keys, passphrase=None))

    def _earlier_attempt(self) -> tuple[KeyFile, bytes]:
        """The identity and key of a first start that was cut short, or fresh ones.

        A key file whose key cannot be had is set aside under another name, never overwritten: a database
        somebody moved away may still need it.
        """
        keys = read_key_file(self._place.keys)
        if keys is None:
            return new_key_file(), new_key()
        key = None
        if self._store.available():
            with suppress(KeyStoreError):
                key = self._store.load(keys.database)
        if key is not None:
            return keys, key
        self._place.keys.replace(self._place.keys.with_name(f"{keys.database}.keys"))
        return new_key_file(), new_key()

    def _missing(self, reason: MissingReason, *, recoverable: bool) -> KeyMissing:
        return KeyMissing(reason, recoverable, needs_passphrase=not self._store.available())

    def _keys(self) -> KeyFile:
        keys = read_key_file(self._place.keys)
        if keys is None:
            raise KnownError(
                f"找不到密钥文件 {self._place.keys.name}", "从数据文件夹的副本或备份里找回这个文件"
            )
        return keys

    def _from_vault(self, keys: KeyFile, passphrase: str) -> bytes:
        if keys.passphrase is None:
            raise KnownError("这份数据不用口令打开", "重新启动程序，从系统钥匙串打开")
        return key_from_passphrase(passphrase, keys.passphrase, keys.database)
