"""Sets the 设备标识贴: label after label, page after page, each in its place on the sheet."""

from __future__ import annotations

from dispatch_app.reports.desk_frame import FOOT
from dispatch_app.reports.dots import Dots
from dispatch_app.reports.fonts import FontSet
from dispatch_app.reports.label_design import draw_label, label_box
from dispatch_app.reports.label_media import MEDIA, Medium
from dispatch_app.reports.labels import LABELS, LabelSheet
from dispatch_app.reports.moments import moment_text
from dispatch_app.reports.paper import MM, Paper
from dispatch_app.reports.printable import Field, refuse_unprintable

_FOOT_TOP = 6.0 * MM
_TENTH = MM / 10


def page_size(medium: Medium, dots: Dots) -> tuple[float, float]:
    """Points. A roll is cut by the printer, in whole dots; a sheet has the size it has."""
    width, height = (side * MM for side in medium.page)
    return (width, height) if medium.on_page > 1 else (dots.near(width), dots.near(height))


def lay_out(sheet: LabelSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    medium, dots = MEDIA[sheet.medium], Dots(sheet.dots_per_inch)
    paper = Paper(page_size(medium, dots), f"设备标识贴{sheet.number}", sheet.issuer, fonts)
    shift = (sheet.right_tenths * _TENTH, sheet.down_tenths * _TENTH)
    page = paper.new_page()
    for place, line in enumerate(sheet.labels, sheet.skip % medium.on_page):
        index = place % medium.on_page
        if place and not index and page.marks:
            page = paper.new_page()
        draw_label(page, paper, label_box(medium, index, dots, shift), line, sheet.hotline, dots)
    if medium.footed:
        _feet(paper, sheet)
    return paper.pdf()


def _feet(paper: Paper, sheet: LabelSheet) -> None:
    """On the white edge of every sheet, which stays behind with the backing."""
    again = "（补打）" if sheet.reprint else ""
    said = f"{sheet.number}　出单：{moment_text(sheet.issued_at)}　第{sheet.copy_number}份{again}"
    top = paper.height_pt - _FOOT_TOP
    for place, page in enumerate(paper.pages, 1):
        page.text(15 * MM, top, f"{sheet.issuer}　设备标识贴 {said}", FOOT)
        page.text(paper.width_pt - 15 * MM, top, f"第{place}页 共{len(paper.pages)}页", FOOT, "right")


def _fields(sheet: LabelSheet) -> list[Field]:
    named = [Field(name, LABELS[name], getattr(sheet, name)) for name in ("number", "issuer", "hotline")]
    return named + [Field("labels", "设备", f"{one.label}{one.what}{one.site}") for one in sheet.labels]
