"""The door: one command is one transaction, and a refused one leaves nothing."""

from __future__ import annotations

import json
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.models import Base, ChangeLog, DeskEvent, Fault, FaultEvent
from dispatch_app.operations import desk as desk_module
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AssignFault, RegisterFault
from dispatch_app.operations.job import Job
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.storage.database import Database
from dispatch_app.storage.facts import verify_chain
from tests.operations.scene import KEY, RESOURCES, FakeClock, Scene

ITEMS = 14
"""Facts of the 服务项目 the first start enters."""


def counted(scene: Scene) -> dict[str, int]:
    with scene.database.reader() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_a_command_leaves_facts_rows_and_one_line_in_the_change_log(scene: Scene) -> None:
    before = counted(scene)
    fault = scene.at("08:31").register("bajie")
    after = counted(scene)
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "change_log": 1,
        "fault_events": 1,
        "fault_listing": 1,
        "faults": 1,
        "number_series": 1,
    }
    with scene.database.reader() as session:
        line = session.scalars(select(ChangeLog)).all()[-1]
        fact = session.scalars(select(FaultEvent)).one()
    assert (line.command, line.operator, line.at) == ("RegisterFault", "lihonglan", scene.time("08:31"))
    assert json.loads(line.touched) == {"faults": [fault], "sites": ["bajie"]}
    assert (fact.operator_name, fact.desk, fact.recorded_at) == ("李鸿兰", "A", scene.time("08:31"))


def test_a_command_that_changes_nothing_leaves_no_line(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    before = counted(scene)
    scene.do(AssignFault(fault, "zhangyiming", 2))
    assert counted(scene) == before


@pytest.mark.parametrize("error", [KnownError("不行", "换一个"), RuntimeError("bug")])
def test_a_command_that_fails_at_its_very_end_leaves_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    register = desk_module.handler_of(RegisterFault)

    def fail_after(job: Job, command: RegisterFault) -> Changes:
        register(job, command)
        raise error

    before = counted(scene)
    monkeypatch.setattr(desk_module, "handler_of", lambda _command: fail_after)
    with pytest.raises(type(error)):
        scene.register()
    assert counted(scene) == before
    monkeypatch.undo()
    assert scene.row(scene.register()).number == "A-0001"


@pytest.mark.parametrize(("command", "handler"), list(desk_module.HANDLERS.items()))
def test_every_command_in_the_table_has_its_handler(command: str, handler: str) -> None:
    module, _, name = command.rpartition(".")
    kind = getattr(import_module(f"dispatch_app.operations.{module}"), name)
    found = desk_module.handler_of(kind)
    assert f"{found.__module__}.{found.__qualname__}" == f"dispatch_app.operations.{handler}"
    assert list(found.__annotations__.values())[1].rpartition(".")[2] == name


def test_an_unknown_command_is_a_bug(scene: Scene) -> None:
    with pytest.raises(LookupError, match="str"):
        scene.do("派 7 张懿明")


def test_the_chain_of_facts_holds_after_a_day_of_work(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    scene.mark(fault, FactKind.ARRIVED)
    scene.finish(fault)
    scene.do(ChangeSetting("theme", "dark"))
    with scene.database.reader() as session:
        assert verify_chain(session) >= 6


def test_the_first_start_fills_in_people_and_sites_and_the_second_changes_nothing(
    tmp_path: Path,
) -> None:
    with Database.create(tmp_path / "new.db", KEY) as database:
        first = Desk(database, FakeClock(), RESOURCES)
        people, places = first.queries.staff(), first.queries.sites()
        assert (len(people), len(places)) == (6, 27)
        second = Desk(database, FakeClock(), RESOURCES)
        assert second.queries.staff() == people
        with database.reader() as session:
            assert session.scalar(select(func.count()).select_from(DeskEvent)) == 1 + ITEMS


def test_another_desk_gives_out_numbers_of_its_own(scene: Scene) -> None:
    scene.register()
    night = Desk(scene.database, scene.clock, RESOURCES, desk_prefix="B")
    created = night.perform(RegisterFault(scene.clock.at, "bajie", "断网")).created
    assert scene.row(created).number == "B-0001"
    with scene.database.reader() as session:
        assert session.get_one(Fault, created).number == "B-0001"


def test_a_broken_contract_file_keeps_the_desk_shut_and_says_where(tmp_path: Path, scene: Scene) -> None:
    shutil.copytree(RESOURCES / "contract", tmp_path / "contract")
    (tmp_path / "contract" / "roster.toml").write_text("[[member]]\nname = 1\n", encoding="utf-8")
    with pytest.raises(KnownError, match=r"roster\.toml"):
        Desk(scene.database, scene.clock, tmp_path)


def test_the_desk_knows_the_contract_and_its_service_items(scene: Scene) -> None:
    assert scene.queries.contract().contractor == "安宁网盛信息技术有限公司"
    numbers = [item.number for item in scene.queries.service_items()]
    assert numbers == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15]
