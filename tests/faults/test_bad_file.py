"""The database file is not what it should be. It is refused, never mended by force, never replaced."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Reported, Zone
from dispatch_app.storage.database import Database
from dispatch_app.storage.facts import all_facts, verify_chain
from tests.faults.children import KEY, STAMP


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "desk.db"
    with Database.create(path, KEY) as database, database.unit_of_work(STAMP) as work:
        for number in range(200):
            work.append_fault_fact(
                f"fault-{number}", FactKind.REPORTED, STAMP.now, Reported(Zone.URBAN, symptom="不亮灯" * 40)
            )
    return path


def read_everything(path: Path) -> int:
    with Database.open(path, KEY) as database, database.reader() as session:
        list(all_facts(session))
        return verify_chain(session)


def test_the_good_file_is_read(good: Path, tmp_path: Path) -> None:
    shutil.copyfile(good, tmp_path / "desk.db")
    assert read_everything(tmp_path / "desk.db") == 200


@pytest.mark.parametrize(
    "content",
    [b"\0", b"\0" * 4096, b"not a database at all" * 500, random.Random(1).randbytes(200_000)],
    ids=["one byte", "a page of zeros", "text", "noise"],
)
def test_what_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(content)
    with pytest.raises(KnownError):
        Database.open(path, KEY)
    assert path.read_bytes() == content


@pytest.mark.parametrize("size", [1, 100, 4095, 4096, 5000, 40_960, 100_000])
def test_a_file_cut_short_is_told_plainly(good: Path, tmp_path: Path, size: int) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(good.read_bytes()[:size])
    with pytest.raises(KnownError) as caught:
        read_everything(path)
    assert "备份" in caught.value.remedy


def test_a_page_of_noise_in_the_middle_is_told_plainly(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    whole = good.read_bytes()
    middle = len(whole) // 2 // 4096 * 4096
    # From the middle on, whatever is read of the facts passes through noise.
    path.write_bytes(whole[:middle] + random.Random(2).randbytes(len(whole) - middle))
    with pytest.raises(KnownError, match="损坏") as caught:
        read_everything(path)
    assert "不要删除" in caught.value.remedy


def test_a_folder_in_the_place_of_the_file_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "desk.db" / "something").mkdir(parents=True)
    with pytest.raises(KnownError, match="打不开"):
        Database.open(tmp_path / "desk.db", KEY)


def test_a_folder_that_vanishes_while_the_desk_is_open_is_told_plainly(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(good, folder / "desk.db")
    database = Database(folder / "desk.db", KEY)
    shutil.rmtree(folder)
    with pytest.raises(KnownError, match="打不开"), database.reader() as session:
        list(all_facts(session))
    database.close()
