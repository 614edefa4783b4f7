from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Noted, Reported, Zone
from dispatch_app.models import ChangeLog, DeskEvent, Setting
from dispatch_app.storage.cipher import PlaintextError, WrongKeyError, open_connection
from dispatch_app.storage.database import Database
from dispatch_app.storage.facts import load_facts
from tests.storage.samples import KEY, NOW, OTHER_KEY, STAMP, SYMPTOM, plain_database, report


def test_what_was_committed_is_there_after_opening_again(path: Path) -> None:
    with Database.open(path, KEY) as database:
        fact = report(database)
    with Database.open(path, KEY) as database, database.reader() as session:
        (stored,) = load_facts(session, ["fault-1"])["fault-1"]
    assert stored.fact == fact
    assert (stored.operator, stored.operator_name, stored.desk) == ("li-honglan", "李鸿兰", "A")


def test_an_exception_takes_the_whole_transaction_back(scratch: Database) -> None:
    def work_that_fails() -> None:
        with scratch.unit_of_work(STAMP) as work:
            work.append_fault_fact("fault-1", FactKind.REPORTED, NOW, Reported(Zone.URBAN))
            work.session.add(Setting(name="theme", value="dark"))
            work.log_change("RegisterFault", {"faults": ["fault-1"]})
            raise KnownError("不行", "换一个")

    with pytest.raises(KnownError, match="不行"):
        work_that_fails()
    with scratch.reader() as session:
        assert load_facts(session, ["fault-1"]) == {"fault-1": []}
        assert session.get(Setting, "theme") is None
        assert session.scalar(select(func.count()).select_from(ChangeLog)) == 0


def test_a_transaction_leaves_a_line_saying_what_it_touched(scratch: Database) -> None:
    with scratch.unit_of_work(STAMP) as work:
        work.log_change("AssignFault", {"staff": {"b", "a"}, "faults": ("f",)})
    with scratch.reader() as session:
        line = session.scalars(select(ChangeLog)).one()
    assert (line.at, line.command, line.operator) == (NOW, "AssignFault", "li-honglan")
    assert line.touched == '{"faults":["f"],"staff":["a","b"]}'


def test_a_desk_fact_keeps_its_payload_and_its_moment(scratch: Database) -> None:
    with scratch.unit_of_work(STAMP) as work:
        first = work.append_desk_fact("setting", "theme", "changed", {"后": "dark", "价": "300.00"})
        work.append_desk_fact("staff", "zhang", "on_leave", {}, at=NOW - 60)
    with scratch.reader() as session:
        events = session.scalars(select(DeskEvent).order_by(DeskEvent.seq)).all()
    assert [(event.at, event.recorded_at) for event in events] == [(NOW, NOW), (NOW - 60, NOW)]
    assert events[0].id == first
    assert events[0].payload == '{"价":"300.00","后":"dark"}'


def test_facts_of_one_second_keep_the_order_in_which_they_were_typed(scratch: Database) -> None:
    with scratch.unit_of_work(STAMP) as work:
        facts = [work.append_fault_fact("f", FactKind.RESOLVED, NOW, Noted(str(n))) for n in range(50)]
    assert sorted(facts, key=lambda fact: (fact.at, fact.recorded_at, fact.id)) == facts
    assert len({fact.id for fact in facts}) == 50


def test_a_reader_sees_one_state_while_others_write(scratch: Database) -> None:
    report(scratch, "before")
    with scratch.reader() as session:
        assert load_facts(session, ["before"])["before"]
        report(scratch, "meanwhile")
        assert not load_facts(session, ["meanwhile"])["meanwhile"]
    with scratch.reader() as session:
        assert load_facts(session, ["meanwhile"])["meanwhile"]


def test_readers_on_other_threads_do_not_wait_for_the_writer(scratch: Database) -> None:
    report(scratch)
    seen: list[int] = []

    def read() -> None:
        with scratch.reader() as session:
            seen.append(len(load_facts(session, ["fault-1"])["fault-1"]))

    with scratch.unit_of_work(STAMP) as work:
        work.append_fault_fact("fault-1", FactKind.RESOLVED, NOW, Noted())
        threads = [threading.Thread(target=read) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert seen == [1] * 6


def test_a_reader_cannot_write(scratch: Database) -> None:
    with pytest.raises(KnownError, match="不能写"), scratch.reader() as session:
        session.execute(text("INSERT INTO settings (name, value) VALUES ('theme', 'dark')"))


def test_a_breach_of_a_constraint_is_a_bug_and_stays_one(scratch: Database) -> None:
    def twice() -> None:
        with scratch.unit_of_work(STAMP) as work:
            for _ in range(2):
                work.session.execute(text("INSERT INTO settings (name, value) VALUES ('theme', 'dark')"))

    with pytest.raises(DBAPIError, match="UNIQUE"):
        twice()


def test_a_foreign_key_without_its_row_is_refused(scratch: Database) -> None:
    def orphan() -> None:
        with scratch.unit_of_work(STAMP) as work:
            work.session.execute(text("INSERT INTO fault_engineers VALUES ('none', 'a', 'b', 'c', 1)"))

    with pytest.raises(DBAPIError, match="FOREIGN KEY"):
        orphan()


def test_errors_do_not_repeat_what_was_typed(scratch: Database) -> None:
    with pytest.raises(OperationalError) as caught, scratch.reader() as session:
        session.execute(text("SELECT * FROM nowhere WHERE a = :a"), {"a": SYMPTOM})
    assert SYMPTOM not in str(caught.value)


def test_every_connection_is_durable_and_checked(path: Path) -> None:
    connection = open_connection(path, KEY)
    asked = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store", "query_only")
    }
    connection.close()
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "temp_store": 2,
        "query_only": 0,
    }


def test_a_driver_that_cannot_encrypt_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    # The standard library's takes `PRAGMA key` without a word.
    plain = path.with_name("new.db")
    plain.touch()
    monkeypatch.setattr(driver, "connect", sqlite3.connect)
    with pytest.raises(RuntimeError, match="cannot encrypt"):
        open_connection(plain, KEY)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_never_taken_for_a_passphrase(path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_connection(path, bytes(length))


def test_another_key_is_refused_and_the_file_not_touched(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(WrongKeyError) as caught:
        Database.open(path, OTHER_KEY)
    assert "恢复码" in caught.value.remedy
    assert path.read_bytes() == before


def test_a_plaintext_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    plain_database(path)
    with pytest.raises(PlaintextError):
        Database.open(path, KEY)


@pytest.mark.parametrize("content", [None, b""])
def test_a_missing_or_empty_file_is_never_made_into_a_new_database(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "desk.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KnownError, match="没有找到完整的数据库"):
        Database.open(path, KEY)
    assert path.exists() == (content is not None)


def test_creating_never_overwrites(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(KnownError, match="已经存在"):
        Database.create(path, OTHER_KEY)
    assert path.read_bytes() == before


def test_a_creation_cut_short_is_begun_again(tmp_path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"desk.db.new{suffix}").write_bytes(b"half a database")
    with Database.create(tmp_path / "desk.db", KEY) as database:
        report(database)
    assert [file.name for file in tmp_path.iterdir()] == ["desk.db"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other people out by the folder")
def test_only_the_owner_may_read_the_database_its_log_and_its_copies(tmp_path: Path) -> None:
    with Database.create(tmp_path / "desk.db", KEY) as database:
        report(database)
        database.back_up(tmp_path / "backups" / "copy.db")
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert {file.name for file in files} == {"desk.db", "desk.db-wal", "desk.db-shm", "copy.db"}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_nothing_typed_lies_readable_in_the_database_its_log_or_a_copy(path: Path, tmp_path: Path) -> None:
    with Database.open(path, KEY) as database:
        report(database)
        database.back_up(tmp_path / "copy.db")
        for file in (path, Path(f"{path}-wal"), tmp_path / "copy.db"):
            content = file.read_bytes()
            assert len(content) > 4096
            assert SYMPTOM.encode() not in content
            assert SYMPTOM.encode("utf-16-le") not in content
            assert b"CREATE TABLE" not in content
            assert KEY not in content
            assert KEY.hex().encode() not in content.lower()


def test_another_program_holding_the_file_is_named_as_such(path: Path) -> None:
    with Database.open(path, KEY, patience=0.01) as database:
        other = open_connection(path, KEY)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnownError, match="占用") as caught:
            report(database)
        assert "内容还在" in caught.value.remedy
        with pytest.raises(KnownError, match="占用"):
            Database.open(path, KEY, patience=0.01)
        other.close()
        report(database)


def test_a_scratch_database_leaves_nothing_behind() -> None:
    database = Database.scratch()
    report(database)
    folder = database.path.parent
    assert Path(f"{database.path}-wal").exists()
    assert SYMPTOM.encode() not in Path(f"{database.path}-wal").read_bytes()
    database.close()
    database.close()
    assert not folder.exists()
