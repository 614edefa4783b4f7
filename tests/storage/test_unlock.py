from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage import unlock
from dispatch_app.storage.cipher import WrongKeyError
from dispatch_app.storage.database import Database
from dispatch_app.storage.facts import load_facts
from dispatch_app.storage.keys import KeyStoreError, MemoryKeyStore
from dispatch_app.storage.locations import DataPlace, data_place
from dispatch_app.storage.recovery import RecoveryCodeError, new_recovery_code
from dispatch_app.storage.sealing import KeyFile, read_key_file, write_key_file
from dispatch_app.storage.unlock import (
    FirstStart,
    KeyMissing,
    MissingReason,
    PassphraseWanted,
    Unlocked,
    Unlocking,
)
from dispatch_app.storage.vault import PassphraseError
from tests.storage.samples import CHEAP, OTHER_KEY, report

PASSPHRASE = "正确 马 电池 钉书针"
ANOTHER = "另一个 够长的 口令"


class SilentStore(MemoryKeyStore):
    """A key ring that is there and locked."""

    def load(self, database: str) -> bytes | None:
        raise KeyStoreError("没有打开")

    def save(self, database: str, key: bytes) -> None:
        raise KeyStoreError("没有打开")


@pytest.fixture
def place(tmp_path: Path) -> DataPlace:
    return data_place(tmp_path / "data")


@pytest.fixture
def ring() -> MemoryKeyStore:
    return MemoryKeyStore()


@pytest.fixture
def nothing() -> MemoryKeyStore:
    return MemoryKeyStore(available=False)


def first(place: DataPlace, store: MemoryKeyStore, passphrase: str = "") -> str:
    """A first start, one report, and the desk closed again. The recovery code."""
    unlocked = Unlocking(place, store, CHEAP).first_start(passphrase)
    with unlocked.database as database:
        report(database)
    assert unlocked.recovery_code
    return unlocked.recovery_code


def holds_the_report(state: object) -> bool:
    assert isinstance(state, Unlocked)
    with state.database as database, database.reader() as session:
        return len(load_facts(session, ["fault-1"])["fault-1"]) == 1


@pytest.fixture
def identity(place: DataPlace, ring: MemoryKeyStore) -> str:
    """UUID of a database that was started once with the key in the ring."""
    first(place, ring)
    return database_id(place)


def database_id(place: DataPlace) -> str:
    keys = read_key_file(place.keys)
    assert keys is not None
    return keys.database


def test_an_empty_folder_is_a_first_start(
    place: DataPlace, ring: MemoryKeyStore, nothing: MemoryKeyStore
) -> None:
    assert Unlocking(place, ring).look() == FirstStart(needs_passphrase=False, traces=False)
    assert Unlocking(place, nothing).look() == FirstStart(needs_passphrase=True, traces=False)
    assert list(place.directory.iterdir()) == []


def test_after_a_first_start_the_ring_opens_it(place: DataPlace, ring: MemoryKeyStore) -> None:
    first(place, ring)
    state = Unlocking(place, ring).look()
    assert holds_the_report(state)
    assert state.recovery_code is None


def test_the_recovery_code_is_in_no_repr(place: DataPlace, ring: MemoryKeyStore) -> None:
    unlocked = Unlocking(place, ring, CHEAP).first_start()
    unlocked.database.close()
    assert unlocked.recovery_code not in repr(unlocked)


def test_a_second_first_start_is_refused(place: DataPlace, ring: MemoryKeyStore) -> None:
    first(place, ring)
    before = place.database.read_bytes(), place.keys.read_bytes()
    with pytest.raises(KnownError, match="已经存在"):
        Unlocking(place, ring).first_start()
    assert (place.database.read_bytes(), place.keys.read_bytes()) == before


def test_without_a_ring_a_passphrase_opens_it_at_each_start(
    place: DataPlace, nothing: MemoryKeyStore
) -> None:
    first(place, nothing, PASSPHRASE)
    unlocking = Unlocking(place, nothing, CHEAP)
    assert unlocking.look() == PassphraseWanted()
    with pytest.raises(PassphraseError, match="口令不对"):
        unlocking.with_passphrase(ANOTHER)
    assert holds_the_report(unlocking.with_passphrase(PASSPHRASE))


def test_without_a_ring_and_a_passphrase_nothing_is_made(place: DataPlace, nothing: MemoryKeyStore) -> None:
    with pytest.raises(PassphraseError, match="至少"):
        Unlocking(place, nothing, CHEAP).first_start()
    assert list(place.directory.iterdir()) == []


def test_a_passphrase_wins_over_a_ring_that_is_there(place: DataPlace, ring: MemoryKeyStore) -> None:
    first(place, ring, PASSPHRASE)
    assert ring.load(database_id(place)) is None
    assert Unlocking(place, ring).look() == PassphraseWanted()


def test_a_ring_that_takes_no_key_makes_no_database(place: DataPlace) -> None:
    with pytest.raises(KeyStoreError):
        Unlocking(place, SilentStore()).first_start()
    assert list(place.directory.iterdir()) == []


@pytest.mark.parametrize(
    ("store", "missing"),
    [
        (MemoryKeyStore(), KeyMissing(MissingReason.NOT_STORED, recoverable=True, needs_passphrase=False)),
        (SilentStore(), KeyMissing(MissingReason.STORE_SILENT, recoverable=True, needs_passphrase=False)),
        (
            MemoryKeyStore(available=False),
            KeyMissing(MissingReason.NO_STORE, recoverable=True, needs_passphrase=True),
        ),
    ],
)
def test_a_database_without_its_key_leads_to_recovery_and_never_to_a_new_key(
    place: DataPlace, identity: str, store: MemoryKeyStore, missing: KeyMissing
) -> None:
    before = place.database.read_bytes(), place.keys.read_bytes()
    assert Unlocking(place, store).look() == missing
    assert (place.database.read_bytes(), place.keys.read_bytes()) == before


def test_a_wrong_key_in_the_ring_leads_to_recovery(
    place: DataPlace, ring: MemoryKeyStore, identity: str
) -> None:
    ring.save(identity, OTHER_KEY)
    assert Unlocking(place, ring).look() == KeyMissing(
        MissingReason.WRONG_KEY, recoverable=True, needs_passphrase=False
    )


def test_a_lost_key_file_is_named_and_nothing_is_made(place: DataPlace, ring: MemoryKeyStore) -> None:
    first(place, ring)
    place.keys.unlink()
    unlocking = Unlocking(place, ring)
    assert unlocking.look() == KeyMissing(
        MissingReason.KEY_FILE_GONE, recoverable=False, needs_passphrase=False
    )
    with pytest.raises(KnownError, match=r"desk\.keys"):
        unlocking.with_recovery_code(new_recovery_code())
    assert not place.keys.exists()


def test_the_printed_code_opens_it_and_puts_the_key_back(place: DataPlace) -> None:
    code = first(place, MemoryKeyStore())
    new_ring = MemoryKeyStore()
    unlocking = Unlocking(place, new_ring)
    assert isinstance(unlocking.look(), KeyMissing)
    assert holds_the_report(unlocking.with_recovery_code(code.lower().replace("-", " ")))
    assert holds_the_report(unlocking.look())


def test_another_code_opens_nothing_and_stores_nothing(place: DataPlace) -> None:
    first(place, MemoryKeyStore())
    new_ring = MemoryKeyStore()
    with pytest.raises(RecoveryCodeError):
        Unlocking(place, new_ring).with_recovery_code(new_recovery_code())
    assert isinstance(Unlocking(place, new_ring).look(), KeyMissing)


def test_a_forgotten_passphrase_is_replaced_with_the_code(place: DataPlace, nothing: MemoryKeyStore) -> None:
    code = first(place, nothing, PASSPHRASE)
    unlocking = Unlocking(place, nothing, CHEAP)
    with pytest.raises(PassphraseError, match="至少"):
        unlocking.with_recovery_code(code)
    assert holds_the_report(unlocking.with_recovery_code(code, ANOTHER))
    assert holds_the_report(unlocking.with_passphrase(ANOTHER))
    with pytest.raises(PassphraseError):
        unlocking.with_passphrase(PASSPHRASE)


def test_a_key_that_cannot_be_kept_leaves_the_database_closed(place: DataPlace) -> None:
    code = first(place, MemoryKeyStore())
    with pytest.raises(KeyStoreError):
        Unlocking(place, SilentStore()).with_recovery_code(code)
    # Its last connection is gone: the log was written back.
    assert not Path(f"{place.database}-wal").exists()


def test_moving_from_a_passphrase_to_a_ring_ends_the_passphrase(
    place: DataPlace, ring: MemoryKeyStore, nothing: MemoryKeyStore
) -> None:
    code = first(place, nothing, PASSPHRASE)
    assert Unlocking(place, ring).look() == PassphraseWanted()
    assert holds_the_report(Unlocking(place, ring).with_recovery_code(code))
    assert holds_the_report(Unlocking(place, ring).look())
    with pytest.raises(KnownError, match="不用口令"):
        Unlocking(place, ring).with_passphrase(PASSPHRASE)


def test_a_passphrase_is_changed_only_by_who_knows_it(place: DataPlace, nothing: MemoryKeyStore) -> None:
    first(place, nothing, PASSPHRASE)
    unlocking = Unlocking(place, nothing, CHEAP)
    with pytest.raises(PassphraseError):
        unlocking.change_passphrase(ANOTHER, ANOTHER)
    with pytest.raises(PassphraseError, match="至少"):
        unlocking.change_passphrase(PASSPHRASE, "short")
    unlocking.change_passphrase(PASSPHRASE, ANOTHER)
    assert holds_the_report(unlocking.with_passphrase(ANOTHER))
    with pytest.raises(PassphraseError):
        unlocking.with_passphrase(PASSPHRASE)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_renewed_code_replaces_the_old_one(place: DataPlace, ring: MemoryKeyStore, passphrase: str) -> None:
    old = first(place, ring, passphrase)
    new = Unlocking(place, ring, CHEAP).renew_recovery_code(passphrase)
    unlocking = Unlocking(place, MemoryKeyStore(), CHEAP)
    with pytest.raises(RecoveryCodeError, match="最后一次"):
        unlocking.with_recovery_code(old)
    assert holds_the_report(unlocking.with_recovery_code(new))


def test_a_code_is_not_renewed_without_the_key(place: DataPlace, ring: MemoryKeyStore, identity: str) -> None:
    ring.forget(identity)
    with pytest.raises(KeyStoreError):
        Unlocking(place, ring).renew_recovery_code()


def test_a_key_file_without_a_recovery_seal_says_so(place: DataPlace, identity: str) -> None:
    write_key_file(place.keys, KeyFile(identity))
    unlocking = Unlocking(place, MemoryKeyStore())
    assert unlocking.look() == KeyMissing(MissingReason.NOT_STORED, recoverable=False, needs_passphrase=False)
    with pytest.raises(KnownError, match="没有恢复码"):
        unlocking.with_recovery_code(new_recovery_code())


def test_the_key_file_of_another_database_opens_nothing(place: DataPlace, tmp_path: Path) -> None:
    other = data_place(tmp_path / "other")
    first(place, MemoryKeyStore())
    code = first(other, MemoryKeyStore())
    place.keys.write_bytes(other.keys.read_bytes())
    with pytest.raises(WrongKeyError):
        Unlocking(place, MemoryKeyStore()).with_recovery_code(code)


def test_a_first_start_cut_short_goes_on_with_the_same_key(
    place: DataPlace, ring: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> Database:
        raise KnownError("磁盘已满", "清理")

    with monkeypatch.context() as patch:
        patch.setattr(unlock.Database, "create", cut)
        with pytest.raises(KnownError, match="磁盘已满"):
            Unlocking(place, ring).first_start()
    identity = database_id(place)
    key = ring.load(identity)
    assert Unlocking(place, ring).look() == FirstStart(needs_passphrase=False, traces=True)
    first(place, ring)
    assert database_id(place) == identity
    assert ring.load(identity) == key


@pytest.mark.parametrize("store", [MemoryKeyStore(), MemoryKeyStore(available=False)])
def test_the_key_file_of_a_database_moved_away_is_set_aside(place: DataPlace, store: MemoryKeyStore) -> None:
    code = first(place, MemoryKeyStore())
    identity = database_id(place)
    place.database.rename(place.directory / "elsewhere.db")
    first(place, store, PASSPHRASE)
    assert database_id(place) != identity
    # What was moved away comes back, with its key file and its printed code.
    place.database.unlink()
    (place.directory / "elsewhere.db").rename(place.database)
    (place.directory / f"{identity}.keys").replace(place.keys)
    assert holds_the_report(Unlocking(place, MemoryKeyStore(), CHEAP).with_recovery_code(code))


def test_a_locked_ring_at_a_first_start_sets_the_old_key_file_aside_too(place: DataPlace) -> None:
    first(place, MemoryKeyStore())
    identity = database_id(place)
    place.database.unlink()
    with pytest.raises(KeyStoreError):
        Unlocking(place, SilentStore()).first_start()
    assert (place.directory / f"{identity}.keys").exists()
