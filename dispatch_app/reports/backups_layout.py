"""Sets the 备份记录: one table a system, one a backup, a line for 甲方 to sign."""

from __future__ import annotations

from dataclasses import astuple

from dispatch_app.reports import desk_frame
from dispatch_app.reports.backups import LABELS, BackupsSheet
from dispatch_app.reports.desk_frame import TEXT, Frame
from dispatch_app.reports.fonts import FontSet
from dispatch_app.reports.paper import A4_LANDSCAPE, Paper
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.tables import Cell, Column, Table, row

_SIGNATURE_HEIGHT = 34.0
_GAP = 12.0
_SYSTEMS = (
    Column("系统", 110),
    Column("甲方指定的存储设备", 110),
    Column("指定依据", 112),
    Column("周期", 70, "centre"),
    Column("全量", 36, "right"),
    Column("增量", 36, "right"),
    Column("刷新", 36, "right"),
    Column("大小（GB）", 62, "right"),
    Column("恢复验证", 110),
    Column("现状", 82),
)
_BACKUPS = (
    Column("时间", 80),
    Column("系统", 120),
    Column("方式", 56, "centre"),
    Column("大小（GB）", 66, "right"),
    Column("介质", 80),
    Column("存储设备", 120),
    Column("备份人", 56, "centre"),
    Column("恢复验证", 150),
)


def lay_out(sheet: BackupsSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(A4_LANDSCAPE, f"备份记录{sheet.number}", sheet.issuer, fonts)
    frame = Frame("备份记录", sheet.number, sheet.issuer, sheet.issued_at, sheet.copy_number, sheet.reprint)
    flow = desk_frame.begin(paper, frame)
    desk_frame.facts(
        flow, (("月份", sheet.month), ("备份次数", str(len(sheet.lines))), ("合计（GB）", sheet.size))
    )
    desk_frame.section(
        flow, "系统", _SYSTEMS, [row(*(str(value) for value in astuple(one))) for one in sheet.systems]
    )
    desk_frame.section(flow, "备份", _BACKUPS, [row(*astuple(one)) for one in sheet.lines])
    flow.y += _GAP
    flow.need(_SIGNATURE_HEIGHT)
    columns = (Column("", 90), Column("", 220), Column("", 90), Column("", 220))
    signed = row(
        Cell("备份人签字", label=True), "", Cell("甲方确认", label=True), "", min_height=_SIGNATURE_HEIGHT
    )
    Table(flow, columns, TEXT).draw([signed])
    desk_frame.feet(paper, sheet.number, "附一 二.3，附二（三）：人工备份到甲方指定的存储设备，定期刷新")
    return paper.pdf()


def _fields(sheet: BackupsSheet) -> list[Field]:
    named = [Field(name, label, getattr(sheet, name)) for name, label in LABELS.items()]
    cells = (str(cell) for each in (sheet.systems, sheet.lines) for line in each for cell in astuple(line))
    typed = "".join(cells)
    return [*named, Field("lines", "备份", typed)]
