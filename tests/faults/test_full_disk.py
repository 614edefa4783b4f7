"""The disk fills up. Nothing typed is lost, the person is told what to do, and afterwards work goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Reported, Zone
from dispatch_app.storage.backup import verify_file
from dispatch_app.storage.database import Database
from dispatch_app.storage.facts import all_facts, verify_chain
from tests.faults import children
from tests.faults.children import KEY, STAMP


def said(*arguments: object) -> list[str]:
    child = subprocess.run(
        [sys.executable, children.__file__, *map(str, arguments)],
        env=children.ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.splitlines()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "desk.db"
    Database.create(path, KEY).close()
    return path


def test_a_database_that_may_not_grow_refuses_and_keeps_what_it_has() -> None:
    with Database.scratch() as database:

        def write(fault: str) -> None:
            with database.unit_of_work(STAMP) as work:
                pages = work.session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
                work.session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
                for _ in range(60):
                    work.append_fault_fact(
                        fault, FactKind.REPORTED, STAMP.now, Reported(Zone.URBAN, symptom="不亮灯" * 200)
                    )

        with pytest.raises(KnownError, match="磁盘已满") as caught:
            write("too much")
        assert "还在" in caught.value.remedy
        with database.unit_of_work(STAMP) as work:
            work.session.execute(text("PRAGMA max_page_count = 1000000"))
            work.append_fault_fact("afterwards", FactKind.REPORTED, STAMP.now, Reported(Zone.URBAN))
        with database.reader() as session:
            assert verify_chain(session) == 1
            assert [stored.fault_id for stored in all_facts(session)] == ["afterwards"]


# The log may not grow: at once, after some commits, and where the log would have to be written back.
@pytest.mark.parametrize("limit", [1, 70_000, 400_000])
def test_a_full_disk_is_told_plainly_and_everything_stored_is_there(path: Path, limit: int) -> None:
    lines = said("write_until_full", path, limit)
    assert lines[-1] == "stored"
    (refusal,) = [line for line in lines if line.startswith("refused")]
    assert "磁盘已满" in refusal
    assert "还在" in refusal
    assert verify_file(path, KEY) == lines.count("stored")
    with Database.open(path, KEY) as database, database.reader() as session:
        assert [stored.fault_id for stored in all_facts(session)][-1] == "afterwards"


@pytest.mark.parametrize("limit", [1, 100_000])
def test_a_disk_too_full_for_a_new_database_leaves_none(tmp_path: Path, limit: int) -> None:
    (refusal,) = said("create_on_a_full_disk", tmp_path / "desk.db", limit)
    assert refusal.startswith("refused")
    assert not (tmp_path / "desk.db").exists()
    Database.create(tmp_path / "desk.db", KEY).close()


def test_a_disk_too_full_for_a_copy_leaves_none(path: Path, tmp_path: Path) -> None:
    (refusal,) = said("back_up_to_a_full_disk", path, tmp_path / "copy" / "copy.db", 50_000)
    assert refusal.startswith("refused 磁盘已满")
    assert list((tmp_path / "copy").iterdir()) == []
    assert verify_file(path, KEY) == 0
