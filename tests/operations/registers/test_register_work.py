"""How much work a list is: statements and how they are carried out, counted instead of timed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from tests.operations.registers.imports import preview, take_in
from tests.operations.registers.network_desk import network
from tests.operations.scene import Scene

HEADINGS = ("IP 地址", "MAC 地址", "交换机", "端口", "使用人", "站点")


def rows(hosts: range) -> list[tuple[str, ...]]:
    return [
        (f"10.8.1.{n}", f"3C-8C-40-12-00-{n:02X}", f"交换机{n // 24}", str(n), f"张{n}", "市政府大楼机房")
        for n in hosts
    ]


def fill(scene: Scene, folder: Path, hosts: range, import_id: str) -> None:
    take_in(scene, preview(scene, folder, rows(hosts), HEADINGS, "addresses"), import_id)


def page(scene: Scene, wanted: RegisterFilter, sort: str = "address") -> None:
    scene.queries.register_page("addresses", wanted, RegisterSort(sort))


@pytest.mark.parametrize(
    ("wanted", "most"),
    [
        (RegisterFilter(), 6),
        (RegisterFilter("张"), 7),
        (RegisterFilter(view="conflict"), 6),
        (RegisterFilter("市政府", "no_port"), 4),
    ],
)
def test_a_page_is_a_few_statements_however_many_rows_it_has(
    scene: Scene, tmp_path: Path, wanted: RegisterFilter, most: int
) -> None:
    network(scene)
    fill(scene, tmp_path, range(2, 5), "i1")
    few = scene.statements(lambda: page(scene, wanted))
    fill(scene, tmp_path, range(5, 120), "i2")
    assert scene.statements(lambda: page(scene, wanted)) <= few <= most


def test_a_preview_is_a_few_statements_however_long_the_file_is(scene: Scene, tmp_path: Path) -> None:
    network(scene)

    def statements(hosts: range) -> int:
        return scene.statements(lambda: preview(scene, tmp_path, rows(hosts), HEADINGS, "addresses"))

    # Each switch is looked up once, by its number, its label and the name it turns out to be itself.
    assert statements(range(2, 120)) <= statements(range(2, 24)) + 3 * 4


def plans(scene: Scene, question: Any) -> str:
    """How SQLite carries out what a question asks, every line of it."""
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    engine = scene.database._readers
    event.listen(engine, "before_cursor_execute", note)
    try:
        question()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    lines = []
    with scene.database.reader() as session:
        for statement, parameters in asked:
            if statement.startswith("SELECT"):
                explained = session.connection().exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", parameters
                )
                lines += [row[3] for row in explained]
    return "\n".join(lines)


@pytest.mark.parametrize("sort", ["address", "mac", "user", "site", "assigned_on", "network"])
def test_a_sorted_page_walks_an_index_and_sorts_nothing(scene: Scene, tmp_path: Path, sort: str) -> None:
    network(scene)
    fill(scene, tmp_path, range(2, 40), "i1")
    plan = plans(scene, lambda: page(scene, RegisterFilter(), sort))
    assert "SEARCH register_cells USING PRIMARY KEY (register=? AND column=?)" in plan
    assert "TEMP B-TREE" not in plan
    assert "SCAN register_entries" not in plan


def test_few_matches_are_looked_up_by_their_ids(scene: Scene, tmp_path: Path) -> None:
    network(scene)
    fill(scene, tmp_path, range(2, 40), "i1")
    plan = plans(scene, lambda: page(scene, RegisterFilter("张17")))
    assert "SEARCH register_cells USING COVERING INDEX ix_register_cells_id (id=? AND column=?)" in plan
