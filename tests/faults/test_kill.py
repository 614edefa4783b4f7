"""The process is killed, or the power goes, while facts are being written."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

from dispatch_app.operations.desk import Desk
from dispatch_app.operations.log_rows import RowFate
from dispatch_app.storage.backup import verify_file
from dispatch_app.storage.database import Database
from dispatch_app.storage.facts import all_facts, verify_chain
from tests.faults import children
from tests.faults.children import KEY, StandingClock

ROUNDS = 4


def killed_while_writing(path: Path, acknowledged: int, step: str = "write_forever") -> list[str]:
    """What the child acknowledged before it was killed without warning, amid whatever it was doing then."""
    child = subprocess.Popen(
        [sys.executable, children.__file__, step, str(path)],
        env=children.ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        ids = [child.stdout.readline().strip() for _ in range(acknowledged)]
        child.kill()
        ids += [line.strip() for line in child.stdout if line.endswith("\n")]
    return ids


def test_a_killed_desk_loses_nothing_it_acknowledged_and_keeps_no_half(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    Database.create(path, KEY).close()
    acknowledged: list[str] = []
    for _ in range(ROUNDS):
        acknowledged += killed_while_writing(path, random.randint(1, 60))
        with Database.open(path, KEY) as database, database.reader() as session:
            verified = verify_chain(session)
            facts = list(all_facts(session))
        # Whole transactions only: each has two facts of a fault and one of the desk.
        assert verified == len(facts) + len(facts) // 2
        assert len(facts) % 2 == 0
        assert set(acknowledged) <= {stored.fact.id for stored in facts}
    assert len(acknowledged) >= ROUNDS
    assert verify_file(path, KEY) == verified


def test_a_log_torn_anywhere_leaves_whole_transactions_from_the_first_on(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    Database.create(path, KEY).close()
    whole = path.read_bytes()
    killed_while_writing(path, 25)
    log = Path(f"{path}-wal").read_bytes()
    assert path.read_bytes() == whole
    found = []
    for end in range(0, len(log), max(1, len(log) // 12)):
        folder = tmp_path / f"torn at {end}"
        folder.mkdir()
        torn = folder / "desk.db"
        shutil.copyfile(path, torn)
        Path(f"{torn}-wal").write_bytes(log[:end])
        with Database.open(torn, KEY) as database, database.reader() as session:
            verified = verify_chain(session)
            facts = len(list(all_facts(session)))
        assert verified == facts + facts // 2
        found.append(facts)
    assert found == sorted(found)
    assert found[0] == 0
    assert found[-1] > 20


def test_every_call_being_taken_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    Database.create(path, KEY).close()
    assert killed_while_writing(path, 1, "take_calls") == ["kept"]
    with Database.open(path, KEY) as database:
        drafts = Desk(database, children.StandingClock(), children.RESOURCES).queries.drafts()
    assert [(draft.id, draft.parked) for draft in drafts] == [
        ("first", True), ("second", True), ("typed", False),
    ]  # fmt: skip
    assert [draft.fields["site_text"] for draft in drafts[:2]] == ["八街", "市委"]
    assert set(drafts[2].fields["symptom"]) == {"断"}


def test_an_import_killed_in_its_middle_is_as_if_it_had_never_been(tmp_path: Path) -> None:
    path, log = tmp_path / "desk.db", tmp_path / "calls.csv"
    Database.create(path, KEY).close()
    rows = "".join(f"X{number},2024-03-01 09:00,市区\n" for number in range(400))
    log.write_text("单号,接报时间,区域\n" + rows, "utf-8")
    child = subprocess.Popen(
        [sys.executable, children.__file__, "import_forever", str(path), str(log)],
        env=children.ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout.readline() + child.stdout.readline() == "chunk\nchunk\n"
        child.kill()
    with Database.open(path, KEY) as database:
        desk = Desk(database, StandingClock(), children.RESOURCES)
        with database.reader() as session:
            verify_chain(session)
            assert list(all_facts(session)) != []
        assert desk.queries.queue() == ()
        assert desk.queries.preview_import(log).counts == {RowFate.READY: 400}
