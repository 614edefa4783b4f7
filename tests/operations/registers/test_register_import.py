"""A table becomes entries of a register: all of it or nothing, once and never twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.log_rows import RowFate
from dispatch_app.operations.register_import import (
    AbandonEntries,
    BeginEntries,
    FinishEntries,
    ShowEntries,
    WriteEntries,
)
from dispatch_app.operations.register_rows import WITHDRAWN_VIEW, RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import AddEntry, AmendEntry, WithdrawEntry
from dispatch_app.operations.upkeep import rebuild, verify
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.registers.imports import HEADINGS, device, fates, preview, show, take_in, write
from tests.operations.registers.network_desk import network
from tests.operations.registers.test_entries import SWITCH
from tests.operations.scene import RESOURCES, Scene

READY, KNOWN, DIFFERS, REFUSED = RowFate.READY, RowFate.KNOWN, RowFate.DIFFERS, RowFate.REFUSED


def listed(scene: Scene, register: str = "devices", column: int = 1) -> list[tuple[str, str]]:
    page = scene.queries.register_page(register, RegisterFilter(), RegisterSort())
    return [(row.number, row.cells[column]) for row in page.rows]


def refusal(scene: Scene, folder: Path, headings: tuple[str, ...], *rows: tuple[str, ...]) -> str:
    with pytest.raises(KnownError) as refused:
        preview(scene, folder, rows, headings)
    return refused.value.message


def test_every_row_is_told_what_becomes_of_it(scene: Scene, tmp_path: Path) -> None:
    scene.do(AddEntry("devices", SWITCH))
    found = preview(
        scene,
        tmp_path,
        [
            device("AN-1001"),
            device("an-0012", 品牌="", 状态=""),
            device("AN-0012", 状态="备用", 型号="S6520"),
            device("AN-1002", 站点="月球"),
            device("AN-1001"),
            device("AN-1001", 状态="备用"),
            device(""),
        ],
    )
    assert fates(found) == [
        (2, READY, ""),
        (3, KNOWN, ""),
        (4, DIFFERS, "型号：S5560 → S6520，状态：在用 → 备用；不覆盖，要改请更正那一条"),
        (5, REFUSED, "站点：没有叫「月球」的站点。核对名称，或先在设置里添加站点"),
        (6, KNOWN, ""),
        (7, DIFFERS, "状态：在用 → 备用；不覆盖，要改请更正那一条"),
        (8, REFUSED, "没有填标识号。请填写标识号后再登记"),
    ]
    assert [row.number for row in found.rows] == ["", "A-SB0001", "A-SB0001", "", "第 2 行", "第 2 行", ""]
    assert [row.column for row in found.rows][3] == "site"
    assert found.counts[READY] == len(found.entries) == 1


def test_headings_stand_in_any_order_and_strange_ones_are_said(scene: Scene, tmp_path: Path) -> None:
    found = preview(
        scene,
        tmp_path,
        [("9", "市政府大楼机房", "x", "AN-1001", "交换机")],
        ("编号", "站点", "颜色", " 标识号", "类型"),
    )
    assert found.headings == ("站点", "标识号", "类型")
    assert found.notes == ("不认得的列「颜色」没有读",)
    take_in(scene, found)
    assert listed(scene) == [("A-SB0001", "AN-1001")]
    # What the file does not speak of is as the form of a new entry begins.
    (row,) = scene.queries.register_page("devices", RegisterFilter(), RegisterSort()).rows
    assert scene.queries.register_entry(row.entry_id).typed["state"] == "在用"


def test_a_file_that_is_no_such_register_is_refused(scene: Scene, tmp_path: Path) -> None:
    assert refusal(scene, tmp_path, ("颜色", "气味")) == "devices.csv 里没有设备台账的列"
    assert refusal(scene, tmp_path, ("标识号", "标识号")) == "devices.csv 中「标识号」列出现两次"
    assert refusal(scene, tmp_path, ("标识号", "类型")) == "devices.csv 缺少「站点」列"
    (tmp_path / "empty.csv").write_text("\n\n内部资料\n", encoding="utf-8")
    with pytest.raises(KnownError, match="是空的，没有标题行"):
        scene.queries.preview_register_import("devices", tmp_path / "empty.csv")
    with pytest.raises(KnownError, match="读不出 none"):
        scene.queries.preview_register_import("devices", tmp_path / "none.csv")


def test_a_workbook_is_read_as_a_text_file_is(scene: Scene, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["内部资料　注意保管"])
    book.active.append([*HEADINGS, "购置价（元）", "作废"])
    book.active.append([*device("AN-1001"), 12800.5, "否"])
    book.active.append([*device("AN-1002"), None, "是"])
    book.save(tmp_path / "devices.xlsx")
    found = scene.queries.preview_register_import("devices", tmp_path / "devices.xlsx")
    assert fates(found) == [(3, READY, ""), (4, REFUSED, "这一行已作废，不导入")]
    take_in(scene, found)
    (row,) = scene.queries.register_page("devices", RegisterFilter(), RegisterSort()).rows
    assert scene.queries.register_entry(row.entry_id).typed["price"] == "12,800.50"


def test_a_second_import_adds_nothing(scene: Scene, tmp_path: Path) -> None:
    rows = [device(f"AN-{number}") for number in range(1001, 1004)]
    take_in(scene, preview(scene, tmp_path, rows))
    again = preview(scene, tmp_path, rows)
    assert [row.fate for row in again.rows] == [KNOWN] * 3
    assert again.entries == ()
    assert [row.number for row in again.rows] == ["A-SB0001", "A-SB0002", "A-SB0003"]


def test_nothing_shows_before_all_of_it_is_there(scene: Scene, tmp_path: Path) -> None:
    import_id = write(scene, preview(scene, tmp_path, [device("AN-1001"), device("AN-1002")]))
    assert listed(scene) == []
    assert scene.queries.waiting_entries(import_id) == ()
    # A click in between takes its number and is not in the way.
    scene.do(AddEntry("devices", SWITCH))
    scene.do(FinishEntries(import_id))
    first, second = scene.queries.waiting_entries(import_id)
    assert scene.do(ShowEntries(import_id, (second,))).registers == {"devices"}
    assert listed(scene) == [("A-SB0001", "AN-0012"), ("A-SB0003", "AN-1002")]
    # Shown twice is shown once.
    scene.do(ShowEntries(import_id, (first, second)))
    scene.do(ShowEntries(import_id, (first,)))
    assert listed(scene) == [("A-SB0001", "AN-0012"), ("A-SB0002", "AN-1001"), ("A-SB0003", "AN-1002")]
    assert scene.queries.register_entry(first).history[0].said == "导入"


def test_a_cancelled_import_leaves_nothing_that_counts(scene: Scene, tmp_path: Path) -> None:
    found = preview(scene, tmp_path, [device("AN-1001")])
    import_id = write(scene, found)
    scene.do(AbandonEntries(import_id))
    for late in (
        AbandonEntries(import_id),
        FinishEntries(import_id),
        WriteEntries(import_id, 0, found.entries),
    ):
        with pytest.raises(KnownError, match="这次导入没有在进行"):
            scene.do(late)
    with pytest.raises(KnownError, match="这次导入已经开始"):
        scene.do(BeginEntries(import_id, "devices", "x", "x", 1, 0))
    terms = load_terms(RESOURCES / "contract")
    assert rebuild(scene.database, terms, Stamp("", "", "A", scene.clock.at)).differing == ()
    assert listed(scene) == []
    scene.do(AddEntry("devices", SWITCH))
    assert listed(scene) == [("A-SB0001", "AN-0012")]


def test_what_was_never_finished_cannot_be_shown(scene: Scene, tmp_path: Path) -> None:
    import_id = write(scene, preview(scene, tmp_path, [device("AN-1001")]))
    scene.do(ShowEntries(import_id, (), last=True))
    scene.do(FinishEntries(import_id))
    show(scene, import_id)
    assert listed(scene) == [("A-SB0001", "AN-1001")]


def test_a_start_after_a_kill_shows_the_rest(scene: Scene, tmp_path: Path) -> None:
    import_id = write(scene, preview(scene, tmp_path, [device("AN-1001"), device("AN-1002")]))
    write(scene, preview(scene, tmp_path, [device("AN-2001")]), "i2")
    scene.do(FinishEntries(import_id))
    scene.do(ShowEntries(import_id, scene.queries.waiting_entries(import_id)[:1]))
    Desk(scene.database, scene.clock, RESOURCES)
    assert listed(scene) == [("A-SB0001", "AN-1001"), ("A-SB0002", "AN-1002")]
    assert scene.queries.waiting_entries(import_id) == ()
    terms = load_terms(RESOURCES / "contract")
    assert rebuild(scene.database, terms, Stamp("", "", "A", scene.clock.at)).differing == ()
    assert listed(scene) == [("A-SB0001", "AN-1001"), ("A-SB0002", "AN-1002")]


def test_an_imported_entry_lives_on_as_any_other(scene: Scene, tmp_path: Path) -> None:
    take_in(scene, preview(scene, tmp_path, [device("AN-1001")]))
    (row,) = scene.queries.register_page("devices", RegisterFilter(), RegisterSort()).rows
    scene.do(AmendEntry(row.entry_id, 1, {"rack": "3 柜"}, "补录"))
    assert scene.queries.register_entry(row.entry_id).typed["rack"] == "3 柜"
    scene.do(WithdrawEntry(row.entry_id, 2, "重复"))
    assert [one.fate for one in preview(scene, tmp_path, [device("AN-1001")]).rows] == [READY]


def test_somebody_who_was_quicker_stops_the_import(scene: Scene, tmp_path: Path) -> None:
    import_id = write(scene, preview(scene, tmp_path, [device("AN-1001"), device("AN-0012")]))
    scene.do(AddEntry("devices", SWITCH))
    with pytest.raises(KnownError) as refused:
        scene.do(FinishEntries(import_id))
    assert refused.value.message == "导入期间已另行登记 A-SB0001，与文件里的一行相同"
    scene.do(AbandonEntries(import_id))
    take_in(scene, preview(scene, tmp_path, [device("AN-1001"), device("AN-0012")]), "i2")
    assert [label for _, label in listed(scene)] == ["AN-0012", "AN-1001"]


def test_what_was_withdrawn_meanwhile_stops_nothing(scene: Scene, tmp_path: Path) -> None:
    import_id = write(scene, preview(scene, tmp_path, [device("AN-0012")]))
    scene.do(WithdrawEntry(scene.do(AddEntry("devices", SWITCH)).created, 1, "弄错"))
    scene.do(FinishEntries(import_id))
    show(scene, import_id)
    assert [label for _, label in listed(scene)] == ["AN-0012"]


def test_the_rules_hold_within_the_file_as_well(scene: Scene, tmp_path: Path) -> None:
    network(scene)
    headings = ("IP 地址", "MAC 地址", "冲突说明", "交换机端口")
    mac = "3C-8C-40-12-AB-09"
    rows = [
        ("10.8.1.20", mac, "", ""),
        ("10.8.1.21", mac, "", ""),
        ("10.8.1.22", mac, "双地址终端", ""),
        ("10.8.1.1", "", "", ""),
        ("10.8.1.20", mac, "", ""),
    ]
    found = preview(scene, tmp_path, rows, headings, "addresses")
    assert found.notes == ("「交换机端口」由程序算出，没有读",)
    assert fates(found) == [
        (2, READY, ""),
        (
            3,
            REFUSED,
            f"MAC 地址 {mac} 已用在 第 2 行（10.8.1.20）。"
            "核对后再登记；确要这样用，请在「冲突说明」里写明原因",
        ),
        (4, READY, ""),
        (
            5,
            REFUSED,
            "10.8.1.1 是网段 办公专网 的网关。网关已写在网段里，换一个地址",
        ),
        (6, KNOWN, ""),
    ]
    take_in(scene, found)
    assert listed(scene, "addresses") == [("A-IP0001", "10.8.1.20"), ("A-IP0002", "10.8.1.22")]
    assert [row.fate for row in preview(scene, tmp_path, rows, headings, "addresses").rows] == [
        KNOWN,
        REFUSED,
        KNOWN,
        REFUSED,
        KNOWN,
    ]


def spare(scene: Scene, stock: str) -> str:
    said = {"name": "光模块", "unit": "个", "stock": stock, "minimum": "0", "price": "180", "kind": "配件"}
    return scene.do(AddEntry("spares", said)).created


def test_what_an_entry_brings_about_comes_when_it_is_shown(scene: Scene, tmp_path: Path) -> None:
    one = spare(scene, "5")
    headings = ("备件", "数量", "领用人", "领用时间", "用途")
    rows = [("光模块", number, "张懿明", "2024-11-21 09:00", f"用途{number}") for number in ("2", "4", "3")]
    found = preview(scene, tmp_path, rows, headings, "spare_uses")
    assert [row.fate for row in found.rows] == [READY] * 3
    import_id = write(scene, found)
    scene.do(FinishEntries(import_id))
    assert scene.queries.register_entry(one).typed["stock"] == "5"
    shown = scene.do(ShowEntries(import_id, scene.queries.waiting_entries(import_id), last=True))
    # Four more are not there: that entry is withdrawn and says why, the others stand.
    assert shown.registers == {"spare_uses", "spares"}
    assert shown.message == "A-BY0002 已作废，导入时不成立：「光模块」只剩 3，不够领用"
    assert scene.queries.register_entry(one).typed["stock"] == "0"
    assert listed(scene, "spare_uses", 2) == [("A-BY0001", "2"), ("A-BY0003", "3")]
    page = scene.queries.register_page("spare_uses", RegisterFilter(view=WITHDRAWN_VIEW), RegisterSort())
    gone = scene.queries.register_entry(page.rows[0].entry_id)
    assert gone.history[0].reason == "导入时不成立：「光模块」只剩 3，不够领用"
    terms = load_terms(RESOURCES / "contract")
    assert rebuild(scene.database, terms, Stamp("", "", "A", scene.clock.at)).differing == ()
    assert verify(scene.database) > 0


def test_a_register_that_keeps_only_a_part_takes_no_table(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="只记一部分，不能从表格导入"):
        preview(scene, tmp_path, [], ("人员",), "staff_changes")


def test_a_time_nobody_wrote_is_not_made_up(scene: Scene, tmp_path: Path) -> None:
    spare(scene, "5")
    with pytest.raises(KnownError, match="缺少「领用时间」列"):
        preview(scene, tmp_path, [], ("备件", "领用人"), "spare_uses")
    found = preview(scene, tmp_path, [("光模块", "张懿明", "")], ("备件", "领用人", "领用时间"), "spare_uses")
    assert fates(found)[0][1:] == (REFUSED, "没有填领用时间。请填写领用时间后再登记")
