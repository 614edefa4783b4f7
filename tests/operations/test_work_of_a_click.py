"""What a click and an import cost, counted in statements: seconds differ from machine to machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.faults import AssignFault, RecordMilestone, RegisterFault
from dispatch_app.operations.import_record import ImportedFault
from dispatch_app.operations.log_import import BeginImport, FinishImport, ShowImported, WriteImported
from dispatch_app.operations.log_rows import ImportPreview
from tests.operations.call_logs import row
from tests.operations.log_imports import preview
from tests.operations.scene import Scene


def written(scene: Scene, work: Callable[[], object]) -> list[str]:
    """The statements the writing connection runs meanwhile; of a statement with many rows one."""
    statements: list[str] = []

    def keep(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    engine = scene.database._writer
    event.listen(engine, "before_cursor_execute", keep)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    return statements


def told(statements: list[str]) -> str:
    return "\n".join(statement.replace("\n", " ")[:110] for statement in statements)


@pytest.fixture
def busy(scene: Scene) -> Scene:
    for _ in range(30):
        scene.register("bajie")
    return scene


def test_a_call_is_written_with_few_statements(busy: Scene) -> None:
    statements = written(busy, lambda: busy.do(RegisterFault(busy.clock.at, "lianran", "断网")))
    assert len(statements) <= 15, told(statements)


def test_sending_somebody_is_written_with_few_statements(busy: Scene) -> None:
    fault = busy.register()
    statements = written(busy, lambda: busy.do(AssignFault(fault, "liuping", 1)))
    assert len(statements) <= 17, told(statements)
    # Nobody was named before: nothing is deleted but the words that are written again.
    assert [one for one in statements if one.startswith("DELETE")] == [
        "DELETE FROM fault_words WHERE rowid = ?"
    ]


def test_a_step_that_changes_no_word_leaves_the_words_alone(busy: Scene) -> None:
    fault = busy.register()
    busy.send(fault, "liuping")
    step = RecordMilestone(fault, FactKind.ACKNOWLEDGED, 2)
    statements = written(busy, lambda: busy.do(step))
    assert len(statements) <= 15, told(statements)
    assert not [one for one in statements if "fault_words" in one]


def imported(folder: Path, scene: Scene, calls: int) -> ImportPreview:
    return preview(scene, folder, [row(f"X{n}", site="市政府") for n in range(calls)])


def waiting(scene: Scene) -> tuple[ImportedFault, ...]:
    return scene.queries.waiting_imports()


def test_many_imported_faults_cost_the_statements_of_few(scene: Scene, tmp_path: Path) -> None:
    found = imported(tmp_path, scene, 60)
    scene.do(BeginImport("i1", found.name, found.digest, 60))
    few = written(scene, lambda: scene.do(WriteImported("i1", found.faults[:2])))
    many = written(scene, lambda: scene.do(WriteImported("i1", found.faults[2:])))
    assert len(many) == len(few), told(many)
    scene.do(FinishImport("i1"))
    few = written(scene, lambda: scene.do(ShowImported(waiting(scene)[:2])))
    many = written(scene, lambda: scene.do(ShowImported(waiting(scene))))
    assert len(many) == len(few) <= 12, told(many)
    assert len(scene.queries.queue()) == 60
