"""A register in a file: what stands over the rows, what is recorded, and that an import takes it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import DeskEvent
from dispatch_app.operations.list_files import list_file
from dispatch_app.operations.log_rows import RowFate
from dispatch_app.operations.register_export import (
    BeginRegisterExport,
    RecordRegisterExport,
    cells,
    every_column,
    file_name,
    head,
    template,
)
from dispatch_app.operations.register_rows import WITHDRAWN_VIEW, RegisterFilter, RegisterSort
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.operations.registers.devices import DEVICES
from dispatch_app.operations.registers.entries import AddEntry, WithdrawEntry
from tests.operations.registers.test_entries import SWITCH
from tests.operations.scene import Scene

WANTED = BeginRegisterExport(
    "devices", RegisterFilter("h3c", "faulty"), ("label", "site"), False, "台账.csv", " 给信息科核对 "
)


def facts(scene: Scene) -> list[tuple[str, str, dict[str, object]]]:
    with scene.database.reader() as session:
        rows = session.scalars(select(DeskEvent).where(DeskEvent.subject == "export"))
        return [(row.kind, row.subject_id, json.loads(row.payload)) for row in rows]


def test_who_takes_what_out_is_a_fact_before_and_after(scene: Scene) -> None:
    number = scene.do(WANTED).created
    assert number == "导出〔2024〕1号"
    said = scene.do(RecordRegisterExport(number, "devices", "台账.csv", 1200)).message
    assert said == "导出〔2024〕1号：已导出 1,200 台设备到 台账.csv"
    (begun, first, asked), (written, second, done) = facts(scene)
    assert (begun, written) == ("register_begun", "register_written")
    assert first == second == number
    assert asked["reason"] == "给信息科核对"
    assert asked["filter"] == {"text": "h3c", "view": "faulty", "refers": None}
    assert asked["columns"] == ["label", "site"]
    assert done == {"register": "devices", "file_name": "台账.csv", "rows": 1200}
    assert scene.do(WANTED).created == "导出〔2024〕2号"


def test_a_confidential_register_goes_out_for_a_reason_only(scene: Scene) -> None:
    with pytest.raises(KnownError) as refused:
        scene.do(BeginRegisterExport("devices", RegisterFilter(), ("label",), False, "台账.csv", "  "))
    assert refused.value.field == "reason"
    assert refused.value.message == "设备台账是内部资料，没有写导出的原因"
    assert facts(scene) == []


def test_a_confidential_file_says_so_in_its_name_and_first_line(scene: Scene) -> None:
    assert file_name(DEVICES, scene.clock.at, ".csv") == "设备台账-内部资料-2024-11-22.csv"
    mark, headings = scene.queries.register_export_head(
        "devices", ("number", "site"), True, "导出〔2024〕1号"
    )
    operator = scene.queries.operator().name
    assert mark == [
        f"内部资料　注意保管，不得外传　设备台账　导出〔2024〕1号　2024-11-22 08:30:00　{operator}"
    ]
    assert headings == ["编号", "站点", "作废"]


def test_an_open_register_goes_out_without_a_mark(scene: Scene) -> None:
    from dataclasses import replace

    plain = replace(DEVICES, confidential=False)
    assert file_name(plain, scene.clock.at, ".xlsx") == "设备台账-2024-11-22.xlsx"
    assert head(plain, ("label",), False, "", "", scene.clock.at) == [["标识号"]]


@pytest.mark.parametrize("name", ["台账.csv", "台账.xlsx"])
def test_what_went_out_comes_in_again_as_known(scene: Scene, tmp_path: Path, name: str) -> None:
    scene.do(AddEntry("devices", SWITCH | {"note": "=1+1\n第二行"}))
    gone = scene.do(AddEntry("devices", SWITCH | {"label": "AN-0013"})).created
    scene.do(WithdrawEntry(gone, 1, "重复"))
    columns = every_column(DEVICES)
    file = list_file(tmp_path / name, DEVICES.title)
    file.begin(scene.queries.register_export_head("devices", columns, True, "导出〔2024〕1号"))
    for view in ("", WITHDRAWN_VIEW):
        page = scene.queries.register_page("devices", RegisterFilter(view=view), RegisterSort())
        file.add(cells(DEVICES, row, columns, withdrawn=True) for row in page.rows)
    file.finish()
    found = scene.queries.preview_register_import("devices", tmp_path / name)
    assert found.notes == ()
    assert [(row.fate, row.number, row.reason) for row in found.rows] == [
        (RowFate.KNOWN, "A-SB0001", ""),
        (RowFate.REFUSED, "", "这一行已作废，不导入"),
    ]


def test_a_template_names_every_column_and_how_it_is_filled(scene: Scene, tmp_path: Path) -> None:
    (headings,), explained = template(register_of("addresses"))
    assert headings[:3] == ["IP 地址", "网段", "MAC 地址"]
    assert "交换机端口" not in headings
    assert explained[0] == ["列", "必填", "写法"]
    assert explained[1] == [
        "IP 地址",
        "是",
        "10.8.1.20 或 fd00:8::20；输入网段名称或前几段，可选空闲地址",
    ]
    file = list_file(tmp_path / "模板.csv", "模板")
    file.begin([headings])
    file.finish()
    assert scene.queries.preview_register_import("addresses", tmp_path / "模板.csv").rows == ()
