from __future__ import annotations

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.backup import DamagedError, verify_file
from dispatch_app.storage.cipher import WrongKeyError
from dispatch_app.storage.database import Database
from dispatch_app.storage.facts import load_facts
from dispatch_app.storage.failures import told_plainly
from tests.storage.samples import KEY, OTHER_KEY, STAMP, behind_its_back, report


def relabel_index(path: Path, before: str, after: str) -> None:
    behind_its_back(
        path,
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_master SET sql = replace(sql, '{before}', '{after}') "
        "WHERE name = 'ix_desk_events_subject_id'",
        "PRAGMA writable_schema = OFF",
    )


def test_a_copy_holds_what_was_committed_while_work_goes_on(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backups" / "copy.db"
    with Database.open(path, KEY) as database:
        fact = report(database)
        with database.reader() as session:
            load_facts(session, ["fault-1"])
            assert database.back_up(copy) == 1
        report(database, "later")
    assert [file.name for file in copy.parent.iterdir()] == ["copy.db"]
    with Database.open(copy, KEY) as database, database.reader() as session:
        assert [stored.fact for stored in load_facts(session, ["fault-1", "later"])["fault-1"]] == [fact]


def test_a_copy_is_made_anew_under_the_same_name(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with Database.open(path, KEY) as database:
        for count in (1, 2):
            report(database, f"fault-{count}")
            assert database.back_up(copy) == count


def test_a_copy_does_not_open_with_another_key(path: Path, tmp_path: Path) -> None:
    with Database.open(path, KEY) as database:
        database.back_up(tmp_path / "copy.db")
    with pytest.raises(WrongKeyError):
        verify_file(tmp_path / "copy.db", OTHER_KEY)


def test_a_copy_that_cannot_be_written_leaves_the_older_one(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "folder"
    copy.mkdir()
    with Database.open(path, KEY) as database, pytest.raises(KnownError, match="写不进去"):
        database.back_up(copy)
    assert copy.is_dir()
    assert not (tmp_path / "folder.new").exists()


def test_a_flipped_bit_anywhere_is_found(path: Path) -> None:
    with Database.open(path, KEY) as database:
        for number in range(40):
            report(database, f"fault-{number}")
    assert verify_file(path, KEY) == 40
    whole = path.read_bytes()
    for place in range(5000, len(whole), 9001):
        flipped = bytearray(whole)
        flipped[place] ^= 1
        path.write_bytes(flipped)
        with pytest.raises(KnownError):
            verify_file(path, KEY)


def test_an_index_that_does_not_match_its_table_is_found(path: Path) -> None:
    with Database.open(path, KEY) as database:
        report(database)
    relabel_index(path, "(subject_id)", "(kind)")
    with Database.open(path, KEY) as database, database.unit_of_work(STAMP) as work:
        work.append_desk_fact("setting", "theme", "changed", {})
    relabel_index(path, "(kind)", "(subject_id)")
    with pytest.raises(DamagedError, match="内部结构"):
        verify_file(path, KEY)


def test_driver_errors_outside_sqlalchemy_are_told_plainly_too() -> None:
    with pytest.raises(driver.InterfaceError, match="a bug"), told_plainly():
        raise driver.InterfaceError("a bug")
