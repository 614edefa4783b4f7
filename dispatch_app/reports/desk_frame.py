"""What the desk's own papers have in common: a title with number, time and copy above, the page below."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.reports.fonts import Role
from dispatch_app.reports.moments import moment_text
from dispatch_app.reports.paper import GREY, MM, Paper, Style
from dispatch_app.reports.tables import Column, Flow, Row, Table, row

TITLE = Style(Role.TITLE, 18)
SECTION = Style(Role.SANS, 11)
TEXT = Style(Role.SANS, 9)
SMALL = Style(Role.SANS, 8)
FOOT = Style(Role.SANS, 8, GREY)
MARGIN_X = 15 * MM
TOP = 12 * MM
_FOOT_GAP = 12 * MM
_BOTTOM_GAP = 15 * MM
_TITLE_HEIGHT = 28.0
_LINE = 15.0
_SECTION_GAP = 8.0
_SECTION_HEIGHT = 17.0
# A section's title never stands at the foot of a page without a line of its table.
_SECTION_LEAST = 60.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Number (empty where a paper has none), issuer, time of issue (epoch seconds UTC) and copy."""

    title: str
    number: str
    issuer: str
    issued_at: int
    copy_number: int
    reprint: bool


def begin(paper: Paper, frame: Frame) -> Flow:
    """A flow over the whole page with the title on its first."""
    flow = Flow(paper, MARGIN_X, TOP, paper.width_pt - MARGIN_X, paper.height_pt - _BOTTOM_GAP)
    flow.page.text(flow.left + flow.width / 2, flow.y, frame.title, TITLE, "centre")
    flow.y += _TITLE_HEIGHT
    if frame.number:
        flow.page.text(flow.left, flow.y, f"单号：{frame.number}", TEXT)
    flow.page.text(flow.left + flow.width / 2, flow.y, frame.issuer, TEXT, "centre")
    flow.page.text(flow.right, flow.y, issue_text(frame), TEXT, "right")
    flow.y += _LINE
    return flow


def issue_text(frame: Frame) -> str:
    """`出单：2026-03-05 08:45　第1份（补打）`."""
    again = "（补打）" if frame.reprint else ""
    return f"出单：{moment_text(frame.issued_at)}　第{frame.copy_number}份{again}"


def section(flow: Flow, title: str, columns: tuple[Column, ...], rows: list[Row]) -> None:
    """A titled table; without rows the title says that there is nothing."""
    flow.y += _SECTION_GAP
    flow.need(_SECTION_LEAST if rows else _SECTION_HEIGHT)
    flow.page.text(flow.left, flow.y, f"{title}（{len(rows)}）" if rows else f"{title}：无", SECTION)
    flow.y += _SECTION_HEIGHT
    if rows:
        Table(flow, columns, TEXT).draw(rows)


def facts(flow: Flow, pairs: tuple[tuple[str, str], ...]) -> None:
    """Labels over their values, side by side."""
    columns = tuple(Column(label, 1, "centre") for label, _ in pairs)
    Table(flow, columns, TEXT).draw([row(*(value for _, value in pairs))])


def feet(paper: Paper, number: str, line: str) -> None:
    """At the foot of every page: a line, the number and which page it is."""
    top = paper.height_pt - _FOOT_GAP
    for place, page in enumerate(paper.pages, 1):
        page.text(MARGIN_X, top, line, FOOT)
        where = f"{number}　第{place}页 共{len(paper.pages)}页".strip()
        page.text(paper.width_pt - MARGIN_X, top, where, FOOT, "right")
