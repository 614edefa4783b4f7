"""Sets a list of records: A4 across, one record a row, headings repeated, lines to sign at the end."""

from __future__ import annotations

from dispatch_app.reports import desk_frame
from dispatch_app.reports.desk_frame import SMALL, TEXT, Frame
from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.paper import A4_LANDSCAPE, Paper, Style
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.record_book import RecordBookSheet
from dispatch_app.reports.tables import Cell, Column, Flow, Row, Table, row

_MARK = Style(Role.SANS, 10)
_GAP = 8.0
_SIGNATURE_GAP = 12.0
_SIGNATURE_HEIGHT = 30.0
_ROW_HEIGHT = 20.0


def lay_out(sheet: RecordBookSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(A4_LANDSCAPE, f"{sheet.title}{sheet.number}", sheet.issuer, fonts)
    frame = Frame(sheet.title, sheet.number, sheet.issuer, sheet.issued_at, sheet.copy_number, sheet.reprint)
    flow = desk_frame.begin(paper, frame)
    desk_frame.facts(flow, tuple((one.label, one.value) for one in sheet.facts))
    flow.y += _GAP
    if sheet.rows:
        columns = [Column(one.heading, one.share, "right" if one.right else "left") for one in sheet.columns]
        Table(flow, columns, SMALL).draw([row(*cells, min_height=_ROW_HEIGHT) for cells in sheet.rows])
    else:
        flow.text(sheet.nothing, TEXT)
    if sheet.summary:
        flow.y += _GAP
        flow.text(sheet.summary, TEXT)
    _signatures(flow, sheet.signatures)
    desk_frame.feet(paper, sheet.number, sheet.rules)
    if sheet.mark:
        for page in paper.pages:
            page.text(desk_frame.MARGIN_X, desk_frame.TOP, sheet.mark, _MARK)
    return paper.pdf()


def _signatures(flow: Flow, who: tuple[str, ...]) -> None:
    """Lines to sign on, two side by side, never parted from each other."""
    flow.y += _SIGNATURE_GAP
    pairs = [who[place : place + 2] for place in range(0, len(who), 2)]
    flow.need(len(pairs) * _SIGNATURE_HEIGHT)
    columns = (Column("", 110), Column("", 150), Column("", 90)) * 2
    Table(flow, columns, TEXT).draw([_signed(pair) for pair in pairs])


def _signed(pair: tuple[str, ...]) -> Row:
    cells: list[Cell] = []
    for place in range(2):
        named = place < len(pair)
        day = Cell("年　　月　　日" if named else "", align="right")
        cells += [Cell(pair[place] if named else "", label=named), Cell(""), day]
    return Row(tuple(cells), _SIGNATURE_HEIGHT)


def _fields(sheet: RecordBookSheet) -> list[Field]:
    fields = [Field("facts", one.label, one.value) for one in sheet.facts]
    fields += [Field("rows", f"第 {place} 行", "".join(cells)) for place, cells in enumerate(sheet.rows, 1)]
    return [*fields, Field("summary", "合计", sheet.summary)]
