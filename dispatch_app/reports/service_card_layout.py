"""Sets the 服务卡片: cards of 90×54 mm, on A4 with marks to cut along."""

from __future__ import annotations

from dispatch_app.reports.desk_frame import FOOT
from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.moments import moment_text
from dispatch_app.reports.paper import A4, GREY, MM, Page, Paper, Style
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.service_card import LABELS, ServiceCardSheet

CARD = (90 * MM, 54 * MM)
COLUMNS, ROWS = 2, 5
_LEFT, _TOP = (A4[0] - COLUMNS * CARD[0]) / 2, (A4[1] - ROWS * CARD[1]) / 2
_EDGE = 5 * MM
_TITLE = Style(Role.TITLE, 13)
_HEADING = Style(Role.SANS, 8, GREY)
_LINE = Style(Role.SANS, 11.5)
_SMALL = Style(Role.SANS, 7.5)
_MARK = 4 * MM
_MARK_GAP = 1 * MM
_LEADING = 16.0
_FOOT_TOP = 6.0 * MM


def lay_out(sheet: ServiceCardSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(CARD if sheet.single else A4, f"服务卡片{sheet.number}", sheet.issuer, fonts)
    for _ in range(sheet.pages):
        page = paper.new_page()
        if sheet.single:
            _card(page, 0, 0, sheet)
            continue
        for place in range(COLUMNS * ROWS):
            row, column = divmod(place, COLUMNS)
            _card(page, _LEFT + column * CARD[0], _TOP + row * CARD[1], sheet)
        _marks(page)
    if not sheet.single:
        _feet(paper, sheet)
    return paper.pdf()


def _card(page: Page, left: float, top: float, sheet: ServiceCardSheet) -> None:
    x, right = left + _EDGE, left + CARD[0] - _EDGE
    y = top + _EDGE
    page.text((x + right) / 2, y, "电子政务网络服务卡", _TITLE, "centre")
    y += _TITLE.size * 1.6
    page.rule((x, y), (right, y), 0.8)
    y += 6
    middle = (x + right) / 2 + 2 * MM
    for start, heading, numbers in ((x, "服务座机", sheet.landlines), (middle, "服务手机", sheet.mobiles)):
        page.text(start, y, heading, _HEADING)
        for place, number in enumerate(numbers):
            page.text(start, y + 12 + place * _LEADING, number, _LINE)
    y += 12 + max(len(sheet.landlines), len(sheet.mobiles)) * _LEADING + 2
    for line in sheet.limits:
        page.text(x, y, line, _SMALL)
        y += _SMALL.size * 1.35
    page.text(x, top + CARD[1] - _EDGE - _SMALL.size, sheet.issuer, _SMALL)


def _marks(page: Page) -> None:
    """Short lines outside the cards, to lay the knife along."""
    bottom, right = _TOP + ROWS * CARD[1], _LEFT + COLUMNS * CARD[0]
    for column in range(COLUMNS + 1):
        x = _LEFT + column * CARD[0]
        page.rule((x, _TOP - _MARK_GAP - _MARK), (x, _TOP - _MARK_GAP), 0.3)
        page.rule((x, bottom + _MARK_GAP), (x, bottom + _MARK_GAP + _MARK), 0.3)
    for row in range(ROWS + 1):
        y = _TOP + row * CARD[1]
        page.rule((_LEFT - _MARK_GAP - _MARK, y), (_LEFT - _MARK_GAP, y), 0.3)
        page.rule((right + _MARK_GAP, y), (right + _MARK_GAP + _MARK, y), 0.3)


def _feet(paper: Paper, sheet: ServiceCardSheet) -> None:
    again = "（补打）" if sheet.reprint else ""
    said = f"{sheet.number}　出单：{moment_text(sheet.issued_at)}　第{sheet.copy_number}份{again}"
    top = paper.height_pt - _FOOT_TOP
    for place, page in enumerate(paper.pages, 1):
        page.text(_LEFT + 2 * MM, top, f"服务卡片 {said}", FOOT)
        page.text(paper.width_pt - _LEFT - 2 * MM, top, f"第{place}页 共{len(paper.pages)}页", FOOT, "right")


def _fields(sheet: ServiceCardSheet) -> list[Field]:
    said = {name: getattr(sheet, name) for name in (*LABELS, "limits")}
    return [
        Field(name, LABELS.get(name, "时限"), value if isinstance(value, str) else "".join(value))
        for name, value in said.items()
    ]
