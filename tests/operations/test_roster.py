"""Personal mobiles come in from a file, never show in a message, and coming again change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations import roster_file
from dispatch_app.operations.roster_file import masked, read_roster
from dispatch_app.operations.staff import ImportRoster
from tests.operations.scene import Scene

# Numbers nobody has: the repository holds no real ones.
FIRST, SECOND = "1" + "39" + "0" * 8, "1" + "38" + "0" * 7 + "1"
ANNEX = f"""2024 年度服务人员表

| 姓 名 | 职 务  | 服务电话                         | 个人手机号码      | 备 注    |
|-----|------|------------------------------|-------------|--------|
| 朱红成 | 副总经理 | 0871-68686833<br>18787077889 | {FIRST} | 网络工程师  |
| 刘 涛 | 技术经理 | 0871-68686833<br>18787077889 | {SECOND} | 软件工程师  |
|     |      |     |     |   |
"""


def numbers(scene: Scene) -> dict[str, str]:
    return {row.name: row.mobile for row in scene.queries.staff() if row.mobile}


@pytest.fixture
def annex(tmp_path: Path) -> Path:
    path = tmp_path / "附五.md"
    path.write_text(ANNEX, encoding="utf-8")
    return path


def test_the_annex_table_as_text_fills_in_the_numbers_of_those_it_names(scene: Scene, annex: Path) -> None:
    changes = scene.do(ImportRoster(annex))
    assert numbers(scene) == {"朱红成": FIRST, "刘涛": SECOND}
    assert changes.message == "已导入 2 个手机号码"
    assert changes.staff == {"zhuhongcheng", "liutao"}


def test_the_same_file_again_changes_nothing(scene: Scene, annex: Path) -> None:
    scene.do(ImportRoster(annex))
    again = scene.do(ImportRoster(annex))
    assert (again.staff, again.message) == (frozenset(), "手机号码与文件一致，没有改动")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_csv_is_read_in_either_encoding(
    scene: Scene, tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "roster.csv"
    lines = [("姓名", "个人手机"), ("刘平", FIRST), ("", "")]
    path.write_text("\n".join(separator.join(line) for line in lines), encoding=encoding)
    scene.do(ImportRoster(path))
    assert numbers(scene) == {"刘平": FIRST}


def test_a_spreadsheet_is_read_even_where_it_kept_the_number_as_a_float(scene: Scene, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (
        ["服务人员表"],
        ["姓名", "手机号码", None],
        ["刘平", float(FIRST), 1.5],
        ["刘涛", int(SECOND)],
    ):
        book.active.append(row)
    path = tmp_path / "roster.XLSX"
    book.save(path)
    scene.do(ImportRoster(path))
    assert numbers(scene) == {"刘平": FIRST, "刘涛": SECOND}


def test_rows_that_cannot_be_used_are_named_by_row_and_the_others_are_taken(
    scene: Scene, tmp_path: Path
) -> None:
    path = tmp_path / "roster.csv"
    rows = ["姓名,手机", f"刘平,{FIRST}", f"生人,{SECOND}", f",{FIRST}", "刘涛,123", f"刘平,{SECOND}", "刘涛"]
    path.write_text("\n".join(rows), encoding="utf-8")
    preview = scene.queries.preview_roster(path)
    assert [(row.row, row.accepted, row.outcome) for row in preview] == [
        (2, True, "将写入"),
        (3, False, "名单上没有 生人"),
        (4, False, "没有姓名"),
        (5, False, "刘涛 的手机号码不是 11 位手机号"),
        (6, False, "刘平 在第 2 行已出现"),
        (7, False, "刘涛 的手机号码不是 11 位手机号"),
    ]
    message = scene.do(ImportRoster(path)).message
    assert message.startswith("已导入 1 个手机号码；未导入：第 3 行：名单上没有 生人；第 4 行")
    assert numbers(scene) == {"刘平": FIRST}


def test_no_number_shows_in_a_message_or_a_preview(scene: Scene, annex: Path, tmp_path: Path) -> None:
    first = scene.queries.preview_roster(annex)
    message = scene.do(ImportRoster(annex)).message
    same = scene.queries.preview_roster(annex)
    other = tmp_path / "other.csv"
    other.write_text(f"name,mobile\n朱红成,{SECOND}\n", encoding="utf-8")
    replacing = scene.queries.preview_roster(other)
    said = " ".join([message, *(f"{row.mobile} {row.outcome}" for row in (*first, *same, *replacing))])
    assert FIRST not in said
    assert SECOND not in said
    assert same[0].outcome == "与已存号码一致"
    assert replacing[0].outcome == f"将替换 {masked(FIRST)}"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", "姓名,备注\n刘平,1\n".encode(), "没有找到服务人员表"),
        ("a.csv", b"", "没有找到服务人员表"),
        ("a.csv", b"\xff\xfe\x00\xd8", "文字编码"),
        ("a.xlsx", b"not a zip", "xlsx"),
        ("a.csv", "姓名,手机\n生人,1\n".encode(), "没有一行可以导入（第 2 行"),
        ("a.csv", "姓名,手机\n".encode(), "没有一行可以导入"),
    ],
)
def test_a_file_that_is_no_roster_is_refused(
    scene: Scene, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(KnownError) as refused:
        scene.do(ImportRoster(path))
    assert why in refused.value.message
    assert numbers(scene) == {}


def test_a_file_that_is_not_there_or_far_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(KnownError, match="读不了"):
        read_roster(tmp_path / "none.csv")
    monkeypatch.setattr(roster_file, "MAX_BYTES", 3)
    path = tmp_path / "large.csv"
    path.write_text("姓名", encoding="utf-8")
    with pytest.raises(KnownError, match="过大"):
        read_roster(path)
