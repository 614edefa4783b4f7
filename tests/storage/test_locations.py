from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.locations import AlreadyOpenError, DataPlace, InstanceLock, data_place

HOLDER = """
import sys
from pathlib import Path
from dispatch_app.storage.locations import DataPlace, InstanceLock
lock = InstanceLock(DataPlace(Path(sys.argv[1])))
print("held", flush=True)
sys.stdin.read()
"""


def test_data_lies_where_the_platform_wants_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    place = data_place()
    assert place.directory == tmp_path / "dispatch-app"
    assert place.directory.is_dir()


def test_another_folder_is_made_where_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert data_place(Path("a/b")).directory == tmp_path / "a" / "b"
    assert data_place(Path("~/desk")).database == tmp_path / "home" / "desk" / "desk.db"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other people out by the profile")
def test_the_folder_is_the_owners_alone(tmp_path: Path) -> None:
    assert stat.S_IMODE(data_place(tmp_path / "data").directory.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KnownError, match="写不进去"):
        data_place(tmp_path / "file" / "data")


def test_a_second_desk_on_the_same_folder_finds_out(tmp_path: Path) -> None:
    place = data_place(tmp_path)
    with InstanceLock(place), pytest.raises(AlreadyOpenError, match="已经开着"):
        InstanceLock(place)
    InstanceLock(place).release()


def test_desks_on_two_folders_do_not_mind_each_other(tmp_path: Path) -> None:
    with InstanceLock(data_place(tmp_path / "a")), InstanceLock(data_place(tmp_path / "b")):
        pass


def test_the_lock_of_a_killed_desk_is_free_again(tmp_path: Path) -> None:
    place = data_place(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyOpenError):
            InstanceLock(place)
        holder.kill()
    InstanceLock(place).release()


def test_a_folder_that_is_gone_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="不能用"):
        InstanceLock(DataPlace(tmp_path / "gone"))
