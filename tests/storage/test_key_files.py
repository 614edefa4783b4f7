from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage import durable
from dispatch_app.storage.durable import write_whole
from dispatch_app.storage.recovery import new_recovery_code, seal_with_recovery
from dispatch_app.storage.sealing import (
    KeyFile,
    KeyFileError,
    Seal,
    new_key_file,
    read_key_file,
    write_key_file,
)
from dispatch_app.storage.vault import (
    STANDARD_COST,
    PassphraseError,
    key_from_passphrase,
    seal_with_passphrase,
)
from tests.storage.samples import CHEAP, KEY

DATABASE = "5d0f1d3e-0000-4000-8000-000000000001"
PASSPHRASE = "正确 马 电池 钉书针"


def test_a_passphrase_gives_the_key_back() -> None:
    sealed = seal_with_passphrase(KEY, PASSPHRASE, DATABASE, CHEAP)
    assert key_from_passphrase(PASSPHRASE, sealed, DATABASE) == KEY
    assert KEY not in sealed.box


def test_the_same_passphrase_typed_with_another_input_method_is_the_same() -> None:
    sealed = seal_with_passphrase(KEY, "Password é 1", DATABASE, CHEAP)
    assert key_from_passphrase("Ｐａｓｓｗｏｒｄ e\u0301 １", sealed, DATABASE) == KEY


@pytest.mark.parametrize("typed", ["", "正确 马 电池 钉书", PASSPHRASE + " ", PASSPHRASE.replace("马", "碼")])
def test_a_wrong_passphrase_is_refused_and_points_to_the_recovery_code(typed: str) -> None:
    sealed = seal_with_passphrase(KEY, PASSPHRASE, DATABASE, CHEAP)
    with pytest.raises(PassphraseError, match="口令不对") as caught:
        key_from_passphrase(typed, sealed, DATABASE)
    assert caught.value.field == "passphrase"
    assert "恢复码" in caught.value.remedy


def test_a_passphrase_of_seven_characters_is_too_short_and_of_eight_is_not() -> None:
    with pytest.raises(PassphraseError, match="至少"):
        seal_with_passphrase(KEY, "1234567", DATABASE, CHEAP)
    assert seal_with_passphrase(KEY, "12345678", DATABASE, CHEAP).cost == CHEAP


def test_a_guess_costs_what_rfc_9106_recommends_for_small_machines() -> None:
    assert (STANDARD_COST.memory_kib, STANDARD_COST.passes, STANDARD_COST.lanes) == (64 * 1024, 3, 4)


def test_a_seal_of_the_recovery_code_is_no_vault() -> None:
    sealed = seal_with_recovery(KEY, new_recovery_code(), DATABASE)
    with pytest.raises(ValueError, match="passphrase"):
        key_from_passphrase(PASSPHRASE, sealed, DATABASE)


def test_a_key_file_comes_back_as_written(tmp_path: Path) -> None:
    path = tmp_path / "desk.keys"
    keys = KeyFile(
        DATABASE,
        seal_with_recovery(KEY, new_recovery_code(), DATABASE),
        seal_with_passphrase(KEY, PASSPHRASE, DATABASE, CHEAP),
    )
    for written in (keys, new_key_file()):
        write_key_file(path, written)
        assert read_key_file(path) == written


def test_a_key_file_holds_no_secret_and_shows_none(tmp_path: Path) -> None:
    path = tmp_path / "desk.keys"
    keys = KeyFile(DATABASE, passphrase=seal_with_passphrase(KEY, PASSPHRASE, DATABASE, CHEAP))
    write_key_file(path, keys)
    assert KEY.hex() not in path.read_text("utf-8")
    assert PASSPHRASE not in path.read_text("utf-8")
    assert repr(keys) == f"KeyFile(database='{DATABASE}')"


def test_no_key_file_is_none_and_no_error(tmp_path: Path) -> None:
    assert read_key_file(tmp_path / "desk.keys") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content | {"format": 2},
        lambda content: content | {"database": "../../etc"},
        lambda content: content | {"recovery": {"salt": "?", "nonce": "", "box": "", "cost": None}},
        lambda content: content | {"passphrase": content["passphrase"] | {"cost": {"guesses": 1}}},
        lambda content: {"format": 1},
        lambda content: [content],
    ],
)
def test_a_key_file_that_is_not_ours_is_refused_by_name(tmp_path: Path, damage) -> None:
    path = tmp_path / "desk.keys"
    write_key_file(path, KeyFile(DATABASE, passphrase=Seal(b"s", b"n", b"b", CHEAP)))
    path.write_text(json.dumps(damage(json.loads(path.read_text("utf-8")))), "utf-8")
    with pytest.raises(KeyFileError, match=r"desk\.keys"):
        read_key_file(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{"])
def test_a_torn_key_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.keys"
    path.write_bytes(content)
    with pytest.raises(KeyFileError, match=r"desk\.keys"):
        read_key_file(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other people out by the folder")
def test_files_are_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.keys"
    for _ in range(2):
        write_whole(path, b"x")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_failed_write_keeps_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "desk.keys"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(durable.os, "fsync", full)
    with pytest.raises(KnownError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["desk.keys"]


def test_content_and_name_are_both_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(
        durable.os, "fsync", lambda descriptor: synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode))
    )
    write_whole(tmp_path / "desk.keys", b"x")
    assert synced == [False, True]


def test_where_folders_cannot_be_synced_they_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(durable.os, "O_DIRECTORY", raising=False)
    write_whole(tmp_path / "desk.keys", b"x")
    assert (tmp_path / "desk.keys").read_bytes() == b"x"
