"""Sets the 故障清单: A4 across, one fault a row, headings repeated."""

from __future__ import annotations

from dispatch_app.reports.fault_list import HEADINGS, FaultListSheet
from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.moments import moment_text
from dispatch_app.reports.paper import A4_LANDSCAPE, GREY, MM, Align, Paper, Style
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.tables import Column, Flow, Table, row

_TITLE = Style(Role.TITLE, 20)
_TEXT = Style(Role.BODY, 10)
_CELL = Style(Role.SANS, 7.5)
_FOOT = Style(Role.SANS, 8, GREY)
_MARGIN_X = 12 * MM
_TOP, _BOTTOM, _FOOT_TOP = 14 * MM, 193 * MM, 198 * MM
_WIDTHS = (26, 46, 88, 96, 34, 26, 128, 38, 44, 60, 48, 48, 48, 54, 46)
_RIGHT = frozenset({"响应超时", "到场超时", "最长超时", "违约金（元）"})


def lay_out(sheet: FaultListSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`."""
    fonts = fonts or FontSet()
    fields = [Field("wanted", "筛选条件", sheet.wanted)]
    fields += [Field("rows", f"故障“{cells[0]}”行", "".join(cells)) for cells in sheet.rows]
    refuse_unprintable(fields, fonts)
    paper = Paper(A4_LANDSCAPE, f"故障清单{sheet.number}", sheet.contractor, fonts)
    flow = Flow(paper, _MARGIN_X, _TOP, paper.width_pt - _MARGIN_X, _BOTTOM)
    flow.text("故障清单", _TITLE, "centre")
    flow.text(f"筛选：{sheet.wanted}", _TEXT)
    flow.text(f"共 {len(sheet.rows)} 件　计时截至：{moment_text(sheet.as_of)}", _TEXT)
    flow.y += 6
    if sheet.rows:
        columns = [Column(*each) for each in zip(HEADINGS, _WIDTHS, map(_side, HEADINGS), strict=True)]
        lines = [row(str(number), *cells) for number, cells in enumerate(sheet.rows, 1)]
        Table(flow, columns, _CELL).draw(lines)
    else:
        flow.text("没有符合的故障。", _TEXT)
    _feet(paper, sheet)
    return paper.pdf()


def _side(heading: str) -> Align:
    return "right" if heading in _RIGHT else "left"


def _feet(paper: Paper, sheet: FaultListSheet) -> None:
    parts = [f"故障清单 {sheet.number or '（预览，未编号）'}", f"第{sheet.copy_number}份"]
    parts.append(f"{'出具' if sheet.number else '预览'} {moment_text(sheet.issued_at)}")
    if sheet.reprint:
        parts.append("补打")
    for number, page in enumerate(paper.pages, 1):
        page.text(_MARGIN_X, _FOOT_TOP, "　".join(parts), _FOOT)
        right = paper.width_pt - _MARGIN_X
        page.text(right, _FOOT_TOP, f"第{number}页 共{len(paper.pages)}页", _FOOT, "right")
