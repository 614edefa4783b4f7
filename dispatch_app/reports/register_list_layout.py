"""Sets a register's list: A4 upright or across, one entry a row, headings repeated."""

from __future__ import annotations

from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.moments import moment_text
from dispatch_app.reports.paper import A4, A4_LANDSCAPE, GREY, MM, Paper, Style
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.register_list import RegisterListSheet
from dispatch_app.reports.tables import Column, Flow, Table, row

_TITLE = Style(Role.TITLE, 18)
_TEXT = Style(Role.SANS, 9)
_CELL = Style(Role.SANS, 7.5)
_FOOT = Style(Role.SANS, 8, GREY)
_SECRET = Style(Role.SANS, 11)
_MARGIN_X, _TOP = 14 * MM, 14 * MM
_BOTTOM_GAP, _FOOT_GAP, _MARK_Y = 17 * MM, 12 * MM, 7 * MM
_NUMBER_WIDTH = 48.0
SECRET = "内部资料　注意保管"


def lay_out(sheet: RegisterListSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(
        A4_LANDSCAPE if sheet.across else A4, f"{sheet.title}{sheet.number}", sheet.contractor, fonts
    )
    flow = Flow(paper, _MARGIN_X, _TOP, paper.width_pt - _MARGIN_X, paper.height_pt - _BOTTOM_GAP)
    flow.text(sheet.title, _TITLE, "centre")
    flow.y += 2
    flow.text(f"{sheet.contractor}　依据合同{sheet.clause}", _TEXT, "centre")
    flow.text(f"范围：{sheet.wanted}　共 {len(sheet.rows)} {sheet.counted}", _TEXT)
    flow.y += 5
    if sheet.rows:
        columns = [Column("序号", _NUMBER_WIDTH, "right")]
        columns += [Column(one.heading, one.width, "right" if one.right else "left") for one in sheet.columns]
        Table(flow, columns, _CELL).draw(
            [row(str(place), *cells) for place, cells in enumerate(sheet.rows, 1)]
        )
    else:
        flow.text("没有符合的记录。", _TEXT)
    _margins(paper, sheet)
    return paper.pdf()


def _fields(sheet: RegisterListSheet) -> list[Field]:
    fields = [
        Field("title", "标题", sheet.title),
        Field("wanted", "筛选条件", sheet.wanted),
        Field("operator", "操作人", sheet.operator),
        Field("columns", "列名", "".join(one.heading for one in sheet.columns)),
    ]
    return fields + [Field("rows", f"“{cells[0]}”行", "".join(cells)) for cells in sheet.rows]


def _margins(paper: Paper, sheet: RegisterListSheet) -> None:
    """What stands above and below the list on every page."""
    parts = [f"{sheet.title} {sheet.number or '（预览，未编号）'}", f"第{sheet.copy_number}份"]
    parts.append(
        f"{'出具' if sheet.number else '预览'} {moment_text(sheet.issued_at)} {sheet.operator}".strip()
    )
    if sheet.reprint:
        parts.append("补打")
    right, foot = paper.width_pt - _MARGIN_X, paper.height_pt - _FOOT_GAP
    for number, page in enumerate(paper.pages, 1):
        if sheet.secret:
            page.text(_MARGIN_X, _MARK_Y, SECRET, _SECRET)
            page.text(right, _MARK_Y, f"第{sheet.copy_number}份", _SECRET, "right")
        page.text(_MARGIN_X, foot, "　".join(parts), _FOOT)
        page.text(right, foot, f"第{number}页 共{len(paper.pages)}页", _FOOT, "right")
