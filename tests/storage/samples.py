"""A stamp, a report and the handful of steps that most storage tests begin with."""

from __future__ import annotations

from pathlib import Path

import sqlcipher3.dbapi2 as driver

from dispatch_app.contract.facts import Fact, FactKind, Reported, Zone
from dispatch_app.storage.cipher import open_connection
from dispatch_app.storage.database import Database
from dispatch_app.storage.sealing import Argon2Cost
from dispatch_app.storage.unit_of_work import Stamp

NOW = 1_709_254_800
STAMP = Stamp("li-honglan", "李鸿兰", "A", NOW)
KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
SYMPTOM = "三楼机房核心交换机不亮灯"
# One guess must cost little here; what it costs the desk is vault.STANDARD_COST.
CHEAP = Argon2Cost(memory_kib=64, passes=1, lanes=1)


def report(
    database: Database, fault_id: str = "fault-1", symptom: str = SYMPTOM, stamp: Stamp = STAMP
) -> Fact:
    """One committed report."""
    with database.unit_of_work(stamp) as work:
        return work.append_fault_fact(
            fault_id, FactKind.REPORTED, stamp.now - 5, Reported(Zone.URBAN, symptom=symptom)
        )


def behind_its_back(path: Path, *statements: str, key: bytes = KEY) -> None:
    """Runs SQL on a file without any of the program's care."""
    connection = open_connection(path, key)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def plain_database(path: Path) -> None:
    """What the driver writes when nobody gives it a key."""
    connection = driver.connect(str(path))
    connection.execute("CREATE TABLE faults (id TEXT)")
    connection.commit()
    connection.close()
