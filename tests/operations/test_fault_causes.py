"""故障原因: a code of a list, said by an amendment, and what the list and the details say of it."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.faults import AmendFault
from dispatch_app.operations.history_columns import COLUMNS
from dispatch_app.operations.history_rows import HistoryFilter, HistorySort
from dispatch_app.operations.law import law_of
from dispatch_app.operations.projection import rebuild_projections
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.scene import RESOURCES, Scene


def say(scene: Scene, fault: str, cause: str, reason: str = "") -> None:
    scene.do(AmendFault(fault, "cause", cause, reason, scene.version(fault)))


def cell(scene: Scene) -> str:
    (row,) = scene.queries.history(HistoryFilter(), HistorySort("cause")).rows
    (column,) = (column for column in COLUMNS if column.heading == "故障原因")
    return column.text(row)


def test_the_cause_said_last_stands_in_the_list_and_outlives_a_rebuilding(scene: Scene) -> None:
    fault = scene.register()
    assert (cell(scene), scene.queries.fault_detail(fault).cause) == ("", "")
    say(scene, fault, "power")
    assert (cell(scene), scene.queries.fault_detail(fault).cause) == ("供电", "power")
    say(scene, fault, "line", "查错了")
    assert cell(scene) == "线路中断"
    stamp = Stamp("", "", "A", 0)
    with scene.database.unit_of_work(stamp) as work:
        before = work.session.execute(text("SELECT * FROM fault_listing")).all()
        rebuild_projections(work.session, law_of(load_terms(RESOURCES / "contract"), ()))
        assert work.session.execute(text("SELECT * FROM fault_listing")).all() == before


def test_the_time_line_says_it_in_words(scene: Scene) -> None:
    fault = scene.register()
    say(scene, fault, "power")
    say(scene, fault, "", "还没有查明")
    notes = [entry.note for entry in scene.queries.fault_detail(fault).timeline]
    assert notes[1:] == ["故障原因：空 改为 供电：补充", "故障原因：供电 改为 空：还没有查明"]


def test_it_is_never_said_in_free_words(scene: Scene) -> None:
    fault = scene.register()
    with pytest.raises(KnownError, match="故障原因没有这一项") as refused:
        say(scene, fault, "天气")
    assert refused.value.remedy.startswith("可选：设备损坏、线路中断")


def test_what_was_said_is_not_changed_without_a_reason(scene: Scene) -> None:
    fault = scene.register()
    say(scene, fault, "power")
    with pytest.raises(KnownError, match="没有写更正故障原因的原因"):
        say(scene, fault, "line")
